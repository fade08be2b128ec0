"""Environments made for real, in milliseconds: the packages are stand-ins, the steps are not."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from helpers.environment import state
from helpers.environment.errors import SetupError
from helpers.environment.install import Reporter
from helpers.environment.prepare import prepare

if TYPE_CHECKING:
    from conftest import SmallProject


def run(project: SmallProject, *sets: str) -> str:
    """Prepare the environment; return what was told."""
    told = io.StringIO()
    prepare(project.root, sets or ("runtime",), "en", Reporter(told))
    return told.getvalue()


def test_it_is_made_once_and_then_skipped(project: SmallProject) -> None:
    told = run(project)
    assert told.splitlines() == [
        "Making the environment in .venv (once only).",
        "Installing 1 packages from requirements.lock.",
        "Installing this project.",
        "The environment is ready.",
    ]
    assert project.asked() == ["install", "install"]
    assert state.is_ready(project.root, ["runtime"])
    assert run(project) == ""
    assert project.asked() == []


def test_a_further_set_is_added_and_none_is_taken_away(project: SmallProject) -> None:
    run(project)
    run(project, "runtime", "dev")
    assert project.asked() == ["install"] * 4
    assert run(project, "runtime") == ""
    stamp = state.read_stamp(project.root / ".venv")
    assert stamp is not None
    assert stamp.sets == ("build", "dev", "runtime")


def test_a_changed_lock_installs_again(project: SmallProject) -> None:
    run(project)
    project.asked()
    project.lock(tiny="build runtime lab dev scale", second="runtime")
    assert not state.is_ready(project.root, ["runtime"])
    assert "Installing 2 packages" in run(project)
    assert project.asked() == ["install", "install"]


def test_what_the_lock_no_longer_names_is_removed_and_a_users_own_package_stays(
    project: SmallProject,
) -> None:
    project.lock(tiny="build runtime lab dev scale", old="runtime")
    run(project)
    (library,) = (project.root / ".venv/lib").glob("python*/site-packages")
    info = library / "own_thing-2.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: own-thing\nVersion: 2.0\n", encoding="utf-8")
    project.log.unlink()
    project.lock(tiny="build runtime lab dev scale", second="runtime")
    run(project)
    last = project.log.read_text().splitlines()[-1].split()
    assert (last[0], last[-1]) == ("uninstall", "old")
    assert "own-thing" not in last
    assert project.asked() == ["install", "install", "uninstall"]


def test_a_changed_project_is_installed_without_its_packages(project: SmallProject) -> None:
    run(project)
    project.asked()
    with (project.root / "pyproject.toml").open("a") as file:
        file.write("# changed\n")
    assert "packages" not in run(project)
    assert project.asked() == ["install"]


def test_a_broken_off_run_is_repaired_from_the_start(project: SmallProject) -> None:
    run(project)
    folder = project.root / ".venv"
    (folder / state.UNFINISHED_NAME).touch()
    (folder / "half").touch()
    assert run(project).startswith("The environment is not whole")
    assert not (folder / "half").exists()
    assert state.is_ready(project.root, ["runtime"])


def test_a_moved_project_gets_a_new_environment(project: SmallProject) -> None:
    run(project)
    moved = project.root.with_name("moved")
    shutil.move(project.root, moved)
    project.root = moved
    assert run(project).startswith("The environment is not whole or has been moved")


def test_a_vanished_python_gets_a_new_environment(project: SmallProject) -> None:
    run(project)
    python = project.root / ".venv/bin/python"
    for link in python.parent.glob("python*"):
        link.unlink()
    python.symlink_to("/nowhere/python3.9")
    run(project)
    assert python.exists()


@pytest.mark.parametrize(
    ("says", "reason", "whole"),
    [("error: Hash mismatch for `tiny`", "hash_mismatch", True), ("os error 28", "disk_full", False)],
)
def test_a_failure_is_told_and_leaves_no_stamp(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch, says: str, reason: str, whole: bool
) -> None:
    monkeypatch.setenv("UV_SAYS", says)
    with pytest.raises(SetupError) as caught:
        run(project)
    assert caught.value.reason == reason
    folder = project.root / ".venv"
    assert state.read_stamp(folder) is None
    # After a hash that does not fit nothing was written; after a full disk nobody knows.
    assert (folder / state.UNFINISHED_NAME).exists() is not whole
    monkeypatch.delenv("UV_SAYS")
    run(project)
    assert state.is_ready(project.root, ["runtime"])


def test_pip_steps_in_where_uv_fails(project: SmallProject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_SAYS", "error: unexpected argument '--require-hashes'")
    told = run(project)
    assert "trying pip" in told
    # uv is asked once: after its failure pip does the rest.
    assert project.asked() == ["install"]
    python = str(project.root / ".venv/bin/python")
    code = "import tiny, importlib.metadata as m; print(tiny.VALUE, m.version('helpers'))"
    answer = subprocess.run([python, "-I", "-c", code], check=True, capture_output=True, encoding="utf-8")
    assert answer.stdout == "1 0.1.0\n"


def test_pip_refuses_a_package_that_does_not_fit_its_hash(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UV_SAYS", "boom")
    with (project.wheels / "tiny-1.0-py3-none-any.whl").open("ab") as wheel:
        wheel.write(b"x")
    with pytest.raises(SetupError) as caught:
        run(project)
    assert caught.value.reason == "hash_mismatch"
    assert not list((project.root / ".venv").glob("lib/python*/site-packages/tiny*"))


def test_two_runs_at_once_make_it_once(project: SmallProject) -> None:
    told: list[str] = []
    runs = [threading.Thread(target=lambda: told.append(run(project))) for _ in range(2)]
    for thread in runs:
        thread.start()
    for thread in runs:
        thread.join(timeout=60)
    assert project.asked() == ["install", "install"]
    assert sorted(text.count("ready") for text in told) == [0, 1]
    assert state.is_ready(project.root, ["runtime"])


def test_a_python_without_venv_is_told_apart(
    project: SmallProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\necho \"No module named 'ensurepip'\" >&2\nexit 1\n", encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.setattr("sys._base_executable", str(python))
    with pytest.raises(SetupError) as caught:
        run(project)
    assert caught.value.reason == "no_venv"
    assert "-venv" in caught.value.text("id")
    assert not (project.root / ".venv").exists()


def test_a_folder_that_cannot_be_written_is_named(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(SetupError) as caught:
        run(project)
    assert caught.value.reason == "not_writable"
