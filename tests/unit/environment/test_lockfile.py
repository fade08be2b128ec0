from __future__ import annotations

from pathlib import Path

import pytest

from helpers.environment.errors import SetupError
from helpers.environment.lockfile import SETS, normalise, read_lock, select
from helpers.environment.relock import _annotate

A, B = "a" * 64, "b" * 64
LOCK = f"""\
# A comment.
alpha==1.0 \\
    --hash=sha256:{A} \\
    --hash=sha256:{B}
    # for: runtime dev
    # via
    #   helpers (pyproject.toml)
beta-lib==2.5.post1 ; python_full_version < '3.12' and sys_platform != 'win32' \\
    --hash=sha256:{B}
    # for: build
    # via alpha
# end of 2 packages
"""


def written(folder: Path, content: str) -> Path:
    path = folder / "requirements.lock"
    path.write_text(content, encoding="utf-8")
    return path


def test_entries_keep_version_marker_hashes_and_sets(tmp_path: Path) -> None:
    alpha, beta = read_lock(written(tmp_path, LOCK))
    assert (alpha.name, alpha.version, alpha.marker) == ("alpha", "1.0", "")
    assert alpha.hashes == (f"sha256:{A}", f"sha256:{B}")
    assert alpha.sets == {"runtime", "dev"}
    assert beta.version == "2.5.post1"
    assert beta.requirement() == (
        "beta-lib==2.5.post1 ; python_full_version < '3.12' and sys_platform != 'win32' \\\n"
        f"    --hash=sha256:{B}"
    )


def test_only_the_asked_sets_are_selected(tmp_path: Path) -> None:
    pins = read_lock(written(tmp_path, LOCK))
    assert [pin.name for pin in select(pins, ["dev"])] == ["alpha"]
    assert [pin.name for pin in select(pins, ["lab"])] == []
    assert [pin.name for pin in select(pins, ["build", "runtime"])] == ["alpha", "beta-lib"]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (LOCK.replace(B, B[:40], 1), 4),
        (LOCK.replace("    # for: build\n", ""), 8),
        (LOCK.replace("# for: build", "# for: building"), 8),
        (LOCK.replace("alpha==1.0", "<<<<<<< HEAD"), 2),
        (LOCK.replace("alpha==1.0", "alpha>=1.0"), 2),
        (LOCK[: LOCK.index("beta-lib")], 7),
        (LOCK.replace("# end of 2", "# end of 3"), 12),
        (LOCK.replace(f"    --hash=sha256:{B}\n    # for: build", "    # for: build"), 8),
        ("", 0),
    ],
    ids=["cut hash", "no sets", "unknown set", "conflict", "range", "cut file", "count", "no hash", "empty"],
)
def test_a_damaged_lock_is_refused_with_its_line(tmp_path: Path, content: str, line: int) -> None:
    with pytest.raises(SetupError) as caught:
        read_lock(written(tmp_path, content))
    assert caught.value.reason == "lock_damaged"
    assert caught.value.values["line"] == line


def test_a_missing_lock_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupError) as caught:
        read_lock(tmp_path / "requirements.lock")
    assert caught.value.text("en").splitlines() == [
        "The file requirements.lock is missing.",
        "Restore it with: git checkout requirements.lock",
    ]


def test_names_compare_as_indexes_do() -> None:
    assert normalise("Foo_Bar.baz--x") == "foo-bar-baz-x"


def test_the_resolvers_answer_gets_its_sets_and_count(tmp_path: Path) -> None:
    alpha, zeta = (
        f"{entry} \\\n    --hash=sha256:{digest}\n    # via {parent}\n"
        for entry, digest, parent in (("alpha==1.0", A, "helpers"), ("zeta==3", B, "alpha"))
    )
    answer = alpha + zeta
    members = {name: set() for name in SETS} | {"runtime": {"alpha"}, "dev": {"alpha", "zeta"}}
    first, second = read_lock(written(tmp_path, _annotate(answer, members)))
    assert first.sets == {"runtime", "dev"}
    assert second.sets == {"dev"}
