"""Carry out the graph of an edition: what is known is taken from the cache, the rest is made."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

from helpers.engine.job import Job, JobResult
from helpers.engine.parameters import check_parameters
from helpers.engine.runner import Runner
from helpers.params import RunParams
from helpers.paths import project_root
from helpers.pipeline.cache import Cache, Record
from helpers.pipeline.digests import Digests, sha256_of_text
from helpers.pipeline.modules import Imports
from helpers.pipeline.nodes import Node
from helpers.pipeline.sandbox import Sandbox
from helpers.pipeline.state import interpreter, lock_file

#: Of a digest among the inputs of a record: they are compared, never looked up.
_LETTERS = 16

#: Why a node is made, or not: known from the cache, never made before, asked for, changed
#: inputs, or outputs that the cache has lost.
Reason = Literal["kept", "new", "forced", "changed", "lost"]


class BuildError(Exception):
    """Some nodes failed; the others are in the cache."""

    def __init__(self, results: Sequence[JobResult]) -> None:
        super().__init__(", ".join(result.name for result in results))
        self.results = tuple(results)


class Build:
    """One run through the graph.

    Parameters
    ----------
    params : RunParams
        Of the report.
    folder : Path
        Sandboxes are made in it.
    cache : Cache
    digests : Digests
    imports : Imports
    before : Mapping
        Keys of the last good run by node.
    engine : str
    force : bool
        Make everything.
    open_runner : callable
        Called when the first node has to be made; it gives what runs them.
    tell : callable
        Told each node with the reason for which it is made or not, and names of what changed.
    """

    def __init__(  # noqa: PLR0913  (all of a run, given once)
        self,
        params: RunParams,
        folder: Path,
        cache: Cache,
        digests: Digests,
        imports: Imports,
        *,
        before: Mapping[str, str],
        engine: str,
        force: bool,
        open_runner: Callable[[], Runner],
        tell: Callable[[Node, Reason, Sequence[str]], None],
    ) -> None:
        self._params = params
        self._folder = folder
        self._cache = cache
        self._digests = digests
        self._imports = imports
        self._before = before
        self._engine = engine
        self._force = force
        self._open_runner = open_runner
        self._tell = tell
        self._runner: Runner | None = None
        self._running: dict[str, tuple[str, Mapping[str, str], Node]] = {}
        self._ranks: dict[str, int] = {}
        self.keys: dict[str, str] = {}
        self.done: dict[str, Record] = {}

    def run(self, nodes: Sequence[Node]) -> None:
        """Do everything; `done` and `keys` then hold every node.

        Raises
        ------
        BuildError
            If a node failed; what was under way was finished first.
        ChangedError
            If a file that a node reads was changed meanwhile.
        ValueError
            If nodes need each other, or one that there is not.
        """
        waiting = list(nodes)
        self._ranks = {node.name: rank for rank, node in enumerate(nodes)}
        failed: list[JobResult] = []
        try:
            while waiting or self._running:
                ready = [] if failed else [node for node in waiting if self.done.keys() >= set(node.needs)]
                for node in ready:
                    waiting.remove(node)
                    self._begin(node)
                if self._running and (failed or not self._is_any_ready(waiting)):
                    failed += self._finish_next()
                elif failed:
                    break
                elif not ready and waiting:
                    names = ", ".join(node.name for node in waiting)
                    raise ValueError(f"steps that never become ready: {names}")
        finally:
            if self._runner is not None:
                self._runner.close()
        if failed:
            raise BuildError(failed)

    def _is_any_ready(self, waiting: Sequence[Node]) -> bool:
        return any(self.done.keys() >= set(node.needs) for node in waiting)

    # -- one node --------------------------------------------------------------
    def _begin(self, node: Node) -> None:
        taken = self._taken(node)
        inputs = self._inputs(node, taken)
        # The name too: two nodes may make different things of the same inputs.
        key = sha256_of_text(json.dumps([node.name, *sorted(inputs.items())]))
        self.keys[node.name] = key
        record = None if self._force else self._cache.find(key)
        if record is not None:
            self.done[node.name] = record
            self._tell(node, "kept", ())
            return
        self._tell(node, *self._why(node, key, inputs))
        sandbox = Sandbox(self._folder / node.name.replace(" ", "-"), self._params, self._cache.folder, taken)
        sandbox.fill()
        work = node.work(sandbox, {name: self.done[name].value for name in node.told})
        if isinstance(work, Job):
            check_parameters(work.input, work.parameters)
        if self._runner is None:
            self._runner = self._open_runner()
        self._running[node.name] = (key, inputs, node)
        self._runner.submit(work, self._ranks[node.name])

    def _finish_next(self) -> list[JobResult]:
        """Wait for the next result; return it if it is a failure."""
        assert self._runner is not None
        work, result = self._runner.take()
        key, inputs, node = self._running.pop(work.name)
        # Before anything else: what it made, or why it failed, may be of neither the old file nor the new.
        self._digests.check_unchanged(
            self._params.locale, node.files.values(), besides=self._params.paths.out
        )
        if result.failure is not None or result.error is not None:
            return [result]
        record = Record(work.name, inputs, result.value["outputs"], result.value["value"])
        self._cache.store(key, record)
        self.done[work.name] = record
        return []

    def _taken(self, node: Node) -> dict[str, str]:
        return {
            name: digest
            for need, patterns in node.takes.items()
            for name, digest in self.done[need].outputs.items()
            if any(fnmatchcase(name, pattern) for pattern in patterns)
        }

    def _inputs(self, node: Node, taken: Mapping[str, str]) -> dict[str, str]:
        """Return everything that decides what a node makes, by the name that people know."""
        source = project_root() / "src"
        told = {f"told {name}": sha256_of_text(json.dumps(self.done[name].value)) for name in node.told}
        code = {
            path.relative_to(source.parent).as_posix(): self._digests.of(path)
            for path in self._imports.files_of(node.modules)
        }
        digests = {
            **{name: self._digests.of(path) for name, path in node.files.items()},
            **taken,
            **told,
            **code,
            "settings": sha256_of_text(json.dumps(node.settings, sort_keys=True)),
            lock_file().name: self._digests.of(lock_file()),
        }
        short = {name: digest[:_LETTERS] for name, digest in digests.items()}
        return {**short, "engine": self._engine, "python": interpreter()}

    def _why(self, node: Node, key: str, inputs: Mapping[str, str]) -> tuple[Reason, list[str]]:
        if self._force:
            return "forced", []
        known = self._before.get(node.name)
        before = self._cache.peek(known) if known else None
        if known == key:
            return "lost", []
        if before is None:
            return "new", []
        names = inputs.keys() | before.inputs.keys()
        return "changed", sorted(name for name in names if inputs.get(name) != before.inputs.get(name))
