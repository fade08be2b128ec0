"""Environments made for real: the packages are stand-ins, the steps are not."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from helpers.environment.prepare import STAMP, is_ready, prepare, select
from helpers.errors import ParameterError

if TYPE_CHECKING:
    from conftest import SmallProject


def test_it_is_made_once_and_then_skipped(
    project: SmallProject, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # This would send the packages somewhere else.
    monkeypatch.setenv("PIP_USER", "1")
    python = prepare(project.root, ["runtime"], "en")
    shown = capfd.readouterr()
    assert shown.err.splitlines() == [
        "Making the environment in .venv (once only).",
        "Installing 2 packages from requirements.lock.",
        "The environment is ready.",
    ]
    assert shown.out == ""
    assert project.asked() == ["sync", "install"]
    assert project.modules() == {"uv", "tiny"}
    code = "import tiny, importlib.metadata as m; print(tiny.VALUE, m.version('helpers'))"
    answer = subprocess.run([python, "-I", "-c", code], check=True, capture_output=True, encoding="utf-8")
    assert answer.stdout == "1 0.1.0\n"
    assert prepare(project.root, ["runtime"], "en") == python
    assert capfd.readouterr().err == ""
    assert project.asked() == []


def test_a_set_is_added_none_taken_away_and_a_changed_lock_followed(project: SmallProject) -> None:
    prepare(project.root, ["runtime"], "en")
    assert not is_ready(project.root, ["runtime", "dev"])
    prepare(project.root, ["runtime", "dev"], "en")
    assert project.modules() == {"uv", "tiny", "extra"}
    assert is_ready(project.root, ["runtime"])
    project.lock(second="runtime", extra="dev")
    assert not is_ready(project.root, ["runtime"])
    prepare(project.root, ["runtime"], "en")
    assert project.modules() == {"uv", "second", "extra"}
    with (project.root / "pyproject.toml").open("a") as file:
        file.write("# changed\n")
    assert not is_ready(project.root, ["runtime"])


@pytest.mark.parametrize("harm", ["broken off", "moved", "without its Python"])
def test_what_is_not_whole_is_made_anew(
    project: SmallProject, capfd: pytest.CaptureFixture[str], harm: str
) -> None:
    prepare(project.root, ["runtime"], "en")
    (project.root / ".venv" / "half").touch()
    if harm == "broken off":
        (project.root / ".venv" / STAMP).write_text("", encoding="utf-8")
    elif harm == "moved":
        moved = project.root.with_name("moved")
        shutil.move(project.root, moved)
        project.root = moved
    else:
        for link in (project.root / ".venv/bin").glob("python*"):
            link.unlink()
        (project.root / ".venv/bin/python").symlink_to("/nowhere/python3.9")
    capfd.readouterr()
    prepare(project.root, ["runtime"], "en")
    assert capfd.readouterr().err.startswith("The environment is not whole or has been moved")
    assert not (project.root / ".venv" / "half").exists()
    assert is_ready(project.root, ["runtime"])


def test_pip_steps_in_where_uv_fails(
    project: SmallProject, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UV_FAILS", "1")
    prepare(project.root, ["runtime"], "en")
    told = capfd.readouterr().err
    assert "error: no way through" in told
    assert "trying pip" in told
    assert project.modules() == {"uv", "tiny"}
    assert is_ready(project.root, ["runtime"])


def test_a_package_that_does_not_fit_its_hash_is_not_installed(
    project: SmallProject, capfd: pytest.CaptureFixture[str]
) -> None:
    wheel = project.wheels / "tiny-1.0-py3-none-any.whl"
    sound = wheel.read_bytes()
    wheel.write_bytes(sound + b"x")
    with pytest.raises(ParameterError) as caught:
        prepare(project.root, ["runtime"], "id")
    assert caught.value.exit_code == 2
    assert "git checkout requirements.lock" in str(caught.value)
    assert "hash" in capfd.readouterr().err.lower()
    assert project.modules() == {"uv"}
    assert not is_ready(project.root, ["runtime"])
    wheel.write_bytes(sound)
    prepare(project.root, ["runtime"], "id")
    assert project.modules() == {"uv", "tiny"}


def test_two_runs_at_once_make_it_once(project: SmallProject) -> None:
    runs = [threading.Thread(target=prepare, args=(project.root, ["runtime"], "en")) for _ in range(2)]
    for thread in runs:
        thread.start()
    for thread in runs:
        thread.join(timeout=120)
    assert project.asked() == ["sync", "install"]
    assert is_ready(project.root, ["runtime"])


def test_a_python_without_venv_gets_the_remedy(
    project: SmallProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\necho \"No module named 'ensurepip'\" >&2\nexit 1\n", encoding="utf-8")
    python.chmod(0o755)
    base = getattr(sys, "_base_executable", sys.executable)
    monkeypatch.setattr("sys._base_executable", str(python))
    with pytest.raises(ParameterError, match="sudo apt install python3-venv"):
        prepare(project.root, ["runtime"], "id")
    assert "No module named 'ensurepip'" in capfd.readouterr().err
    # What it left is removed by the next run.
    (project.root / ".venv" / "half").touch()
    python.write_text(f'#!/bin/sh\nexec "{base}" "$@"\n', encoding="utf-8")
    prepare(project.root, ["runtime"], "id")
    assert not (project.root / ".venv" / "half").exists()


def test_a_folder_that_cannot_be_written_is_named(project: SmallProject) -> None:
    # Refused to every user, root too.
    (project.root / ".venv.lock").mkdir()
    with pytest.raises(ParameterError, match="project cannot be written"):
        prepare(project.root, ["runtime"], "en")


LOCK = """\
# A comment.
alpha==1.0 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
    # for: runtime dev
    # via
    #   helpers (pyproject.toml)
beta-lib==2.5 ; sys_platform != 'win32' \\
    --hash=sha256:cc
    # for: build
    # via alpha
# end of 2 packages
"""


def test_only_the_entries_of_the_asked_sets_are_selected(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text(LOCK, encoding="utf-8")
    (alpha,) = select(lock, ["dev"], "en")
    assert alpha.splitlines()[:3] == LOCK.splitlines()[1:4]
    assert select(lock, ["lab"], "en") == []
    assert len(select(lock, ["build", "runtime"], "en")) == 2


@pytest.mark.parametrize(
    "content",
    [
        "",
        LOCK[: LOCK.index("beta-lib")],
        LOCK.replace("end of 2", "end of 3"),
        LOCK.replace("    # for: build\n", ""),
    ],
    ids=["empty", "cut off", "count", "no sets"],
)
def test_a_damaged_lock_is_refused(tmp_path: Path, content: str) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text(content, encoding="utf-8")
    with pytest.raises(ParameterError, match="is missing or damaged"):
        select(lock, ["runtime"], "en")
