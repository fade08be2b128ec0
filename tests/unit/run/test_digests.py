"""Digests are taken again where a file may have changed, and only there."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest

from helpers.run import digests as module
from helpers.run.digests import ABSENT, Digests, walk_files


def digest(content: bytes) -> str:
    """Return what a file of this content must be known by."""
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that has been at rest."""
    monkeypatch.setattr(module, "_REST", 0)
    path = tmp_path / "a.csv"
    path.write_bytes(b"one")
    time.sleep(0.02)
    return path


def refuse(path: Path) -> str:
    """Stand in for reading a file that must not be read."""
    raise AssertionError(path)


def test_a_file_at_rest_is_not_read_again(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Digests({})
    assert first.of(file) == digest(b"one")
    assert first.has_news()
    monkeypatch.setattr(module, "sha256_of", refuse)
    again = Digests(first.record())
    assert again.of(file) == digest(b"one")
    assert not again.has_news()


def test_another_content_of_the_same_size_and_time_is_noticed(file: Path) -> None:
    first = Digests({})
    first.of(file)
    before = file.stat()
    file.write_bytes(b"two")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert Digests(first.record()).of(file) == digest(b"two")


def test_a_file_just_written_is_not_trusted(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"one")
    first = Digests({})
    first.of(path)
    stat = path.stat()
    # As a file system with a coarse clock tells it: written again within one tick.
    record = {str(path): [first.record()[str(path)][0], stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns,
                          stat.st_ino, digest(b"zero")]}  # fmt: skip
    assert Digests(record).of(path) == digest(b"one")


def test_a_file_that_is_not_there_is_known_as_such(tmp_path: Path) -> None:
    digests = Digests({})
    assert digests.of(tmp_path / "none.csv") == ABSENT
    assert digests.record() == {}


def test_what_programs_leave_behind_is_passed_by(tmp_path: Path) -> None:
    for name in ("a.csv", "~$a.docx", ".~lock.a.ods#", "__pycache__/a.pyc", ".DS_Store"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    assert list(walk_files(tmp_path)) == [tmp_path / "a.csv"]
