"""The graph is carried out: what is known is not made, what changed is, and a change may end early."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from helpers.engine.failure import Failure
from helpers.engine.job import Call, JobResult
from helpers.params import RunParams
from helpers.pipeline.build import Build, BuildError
from helpers.pipeline.cache import Cache
from helpers.pipeline.digests import ChangedError, Digests
from helpers.pipeline.modules import Imports
from helpers.pipeline.nodes import Node
from helpers.pipeline.sandbox import Sandbox

ROOT = Path(__file__).resolve().parents[3]


class Here:
    """A runner that does its work in this process, when a result is asked for."""

    def __init__(self) -> None:
        self.waiting: deque[Call] = deque()

    def submit(self, work: Any, rank: int = 0) -> None:
        """Add work."""
        self.waiting.append(work)

    def take(self) -> tuple[Any, JobResult]:
        """Do the oldest work."""
        work = self.waiting.popleft()
        try:
            return work, JobResult(work.name, value=work.function(*work.arguments))
        except OSError as error:
            return work, JobResult(work.name, Failure("job", work.name, evalue=str(error)))

    def close(self) -> None:
        """Nothing runs."""


def write_lengths(sandbox: Sandbox, source: Path) -> dict[str, Any]:
    """Write how long the source and each file put before the step are."""
    lengths = {"source": len(source.read_text(encoding="utf-8"))}
    lengths |= {name: sandbox.place(name).stat().st_size for name in sandbox.taken}
    sandbox.place("out").mkdir(exist_ok=True, parents=True)
    name = f"{sandbox.root.name}.json"
    (sandbox.params.paths.out / name).write_text(json.dumps(lengths), encoding="utf-8")
    return {"outputs": sandbox.collect(), "value": None}


def node(name: str, source: Path, takes: Mapping[str, tuple[str, ...]] | None = None) -> Node:
    """Return a step that reads one file and what others have written."""

    def work(sandbox: Sandbox, _values: Mapping[str, Any]) -> Call:
        return Call(name, write_lengths, (sandbox, source))

    takes = takes or {}
    return Node(name, tuple(takes), takes, {source.name: source}, (), {}, work)


Run = Callable[..., dict[str, tuple[str, Sequence[str]]]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Carry out nodes; return why each was made or not."""
    before: dict[str, str] = {}
    count = 0

    def carry_out(nodes: Sequence[Node], *, force: bool = False) -> dict[str, tuple[str, Sequence[str]]]:
        nonlocal count
        count += 1
        told: dict[str, tuple[str, Sequence[str]]] = {}
        params = RunParams(processed=str(tmp_path / "p"), out=str(tmp_path / "r"))
        digests = Digests({})
        with Cache(tmp_path / "c") as cache:
            build = Build(
                params, tmp_path / f"steps-{count}", cache, digests, Imports(ROOT / "src", digests.of, {}),
                before=dict(before), engine="fork", force=force, open_runner=Here,
                tell=lambda node, reason, names: told.update({node.name: (reason, names)}),
            )  # fmt: skip
            build.run(nodes)
        before.update(build.keys)
        return told

    return carry_out


@pytest.fixture
def chain(tmp_path: Path) -> list[Node]:
    """Three steps in a row, and one apart."""
    for name in "abcd":
        (tmp_path / f"{name}.csv").write_text("1234", encoding="utf-8")
    return [
        node("c", tmp_path / "c.csv", {"b": ("out/b.json",)}),
        node("b", tmp_path / "b.csv", {"a": ("out/*",)}),
        node("a", tmp_path / "a.csv"),
        node("d", tmp_path / "d.csv"),
    ]


def test_steps_run_after_what_they_take_and_then_no_more(run: Run, chain: list[Node]) -> None:
    first = run(chain)
    assert [name for name in first if name != "d"] == ["a", "b", "c"]
    assert {reason for reason, _ in first.values()} == {"new"}
    assert {reason for reason, _ in run(chain).values()} == {"kept"}
    assert {reason for reason, _ in run(chain, force=True).values()} == {"forced"}


def test_two_steps_of_the_same_inputs_keep_their_own_outputs(run: Run, tmp_path: Path) -> None:
    source, other = tmp_path / "same.csv", tmp_path / "other.csv"
    for path in (source, other):
        path.write_text("1234", encoding="utf-8")
    nodes = [
        node("a", source),
        node("b", source),
        node("c", other, {"a": ("out/a.json",)}),
        node("d", other, {"b": ("out/b.json",)}),
    ]
    assert {reason for reason, _ in run(nodes).values()} == {"new"}
    # Taken from the cache in the other order, each must still find its own.
    assert {reason for reason, _ in run([nodes[1], nodes[3], nodes[0], nodes[2]]).values()} == {"kept"}


def test_a_change_that_changes_no_output_ends_there(run: Run, chain: list[Node], tmp_path: Path) -> None:
    run(chain)
    (tmp_path / "a.csv").write_text("4321", encoding="utf-8")
    assert run(chain) == {
        "a": ("changed", ["a.csv"]), "b": ("kept", ()), "c": ("kept", ()), "d": ("kept", ()),
    }  # fmt: skip


def test_a_change_goes_on_as_far_as_outputs_change(run: Run, chain: list[Node], tmp_path: Path) -> None:
    run(chain)
    (tmp_path / "a.csv").write_text("1234567890", encoding="utf-8")
    told = run(chain)
    # b writes how long what a has written is: one character more, so that c sees another file.
    assert told == {
        "a": ("changed", ["a.csv"]), "b": ("changed", ["out/a.json"]), "c": ("changed", ["out/b.json"]),
        "d": ("kept", ()),
    }  # fmt: skip


def test_a_file_that_goes_or_comes_is_a_change(run: Run, chain: list[Node], tmp_path: Path) -> None:
    run(chain)
    (tmp_path / "d.csv").unlink()
    with pytest.raises(BuildError):
        run(chain)
    (tmp_path / "d.csv").write_text("1234", encoding="utf-8")
    assert run(chain)["d"] == ("kept", ())


def test_after_a_failure_nothing_new_begins_and_what_was_made_is_kept(
    run: Run, chain: list[Node], tmp_path: Path
) -> None:
    (tmp_path / "b.csv").unlink()
    with pytest.raises(BuildError) as caught:
        run(chain)
    assert [result.name for result in caught.value.results] == ["b"]
    (tmp_path / "b.csv").write_text("1234", encoding="utf-8")
    told = run(chain)
    assert {name: told[name][0] for name in told} == {"a": "kept", "b": "new", "c": "new", "d": "kept"}


def test_steps_that_need_each_other_are_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("1", encoding="utf-8")
    nodes = [
        node("a", tmp_path / "a.csv"),
        node("b", tmp_path / "a.csv", {"c": ("*",)}),
        node("c", tmp_path / "a.csv", {"b": ("*",)}),
    ]
    with pytest.raises(ValueError, match="never become ready: b, c"):
        run(nodes)


def replaced_while_read(name: str, source: Path, *, is_put_back: bool) -> Node:
    """Return a step during which its file is replaced, and put back if so wanted."""

    def read(sandbox: Sandbox, path: Path) -> dict[str, Any]:
        good = path.read_text(encoding="utf-8")
        path.write_text("12345678", encoding="utf-8")
        made = write_lengths(sandbox, path)
        if is_put_back:
            path.write_text(good, encoding="utf-8")
        return made

    def work(sandbox: Sandbox, _values: Mapping[str, Any]) -> Call:
        return Call(name, read, (sandbox, source))

    return replace(node(name, source), work=work)


@pytest.mark.parametrize("is_put_back", [False, True], ids=["left", "put back"])
def test_a_file_changed_while_it_is_read_stops_the_run_and_leaves_nothing_in_the_cache(
    run: Run, tmp_path: Path, is_put_back: bool
) -> None:
    source = tmp_path / "a.csv"
    source.write_text("1234", encoding="utf-8")
    time.sleep(0.05)  # Longer than a tick of the file system's clock.
    with pytest.raises(ChangedError, match=r"a\.csv"):
        run([replaced_while_read("a", source, is_put_back=is_put_back)])
    source.write_text("1234", encoding="utf-8")
    assert run([node("a", source)]) == {"a": ("new", [])}
    # No record leads to what the refused run has written.
    (record,) = tmp_path.glob("c/records/*/*.json")
    digest = json.loads(record.read_text(encoding="utf-8"))["outputs"]["out/a.json"]
    made = tmp_path / "c" / "blobs" / digest[:2] / digest
    assert json.loads(made.read_text(encoding="utf-8")) == {"source": 4}
