"""The cache: what is found is whole, whatever has happened to the files or the run that wrote them."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from helpers.pipeline import cache as cache_module
from helpers.pipeline.cache import Cache, Record

ROOT = Path(__file__).resolve().parents[3]
KEY = "ab" * 32


def keep(cache: Cache, scratch: Path, content: bytes) -> str:
    """Put a file of this content into the cache."""
    path = scratch / "made"
    path.write_bytes(content)
    return cache.keep(path)


def store(cache: Cache, scratch: Path, key: str, content: bytes) -> str:
    """Remember a step that has written one file."""
    digest = keep(cache, scratch, content)
    cache.store(key, Record("step", {"raw/a.csv": "1"}, {"out/a.html": digest}, ["told"]))
    return digest


def test_what_is_kept_is_found_and_copied_out(tmp_path: Path) -> None:
    with Cache(tmp_path / "c") as cache:
        digest = store(cache, tmp_path, KEY, b"page")
        record = cache.find(KEY)
        assert record == Record("step", {"raw/a.csv": "1"}, {"out/a.html": digest}, ["told"])
        cache.copy_out(digest, tmp_path / "new" / "a.html")
    assert digest == hashlib.sha256(b"page").hexdigest()
    assert (tmp_path / "new" / "a.html").read_bytes() == b"page"
    assert not (tmp_path / "made").exists()
    assert cache.find("cd" * 32) is None


@pytest.mark.parametrize("content", [b"pagE", b"", b"page and more"])
def test_a_damaged_file_is_noticed_and_may_be_made_again(tmp_path: Path, content: bytes) -> None:
    with Cache(tmp_path / "c") as cache:
        digest = store(cache, tmp_path, KEY, b"page")
        cache.blob(digest).write_bytes(content)
        assert cache.find(KEY) is None
        store(cache, tmp_path, KEY, b"page")
        assert cache.find(KEY) is not None
        assert cache.blob(digest).read_bytes() == b"page"


@pytest.mark.parametrize("content", [b"", b"{", b'{"step": 1}', b"\xff"])
def test_a_damaged_record_is_none(tmp_path: Path, content: bytes) -> None:
    with Cache(tmp_path / "c") as cache:
        store(cache, tmp_path, KEY, b"page")
        (record,) = (tmp_path / "c" / "records").rglob("*.json")
        record.write_bytes(content)
        assert cache.find(KEY) is None


def test_the_oldest_go_when_there_is_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "MAX_BYTES", 4000)
    keys = [f"{number:02d}" * 32 for number in range(6)]
    with Cache(tmp_path / "c") as cache:
        for age, key in enumerate(keys):
            store(cache, tmp_path, key, key.encode() * 15)
            (path,) = (tmp_path / "c" / "records").rglob(f"{key}.json")
            os.utime(path, (age, age))
        # Found again, so no longer the oldest.
        assert cache.find(keys[0]) is not None
    assert [key for key in keys if cache.find(key)] == [keys[0], *keys[4:]]
    blobs = [path for path in (tmp_path / "c" / "blobs").rglob("*") if path.is_file()]
    assert len(blobs) == 3


def test_nothing_is_pruned_under_another_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "MAX_BYTES", 10)
    with Cache(tmp_path / "c") as other:
        with Cache(tmp_path / "c") as cache:
            store(cache, tmp_path, KEY, b"page " * 10)
        assert other.find(KEY) is not None
    assert other.find(KEY) is None


WRITER = """
import itertools, sys
from pathlib import Path
from helpers.pipeline.cache import Cache, Record
folder, seed = Path(sys.argv[1]), sys.argv[2]
with Cache(folder / "c") as cache:
    print("ready", flush=True)
    for number in itertools.cycle(range(40)):
        path = folder / f"made-{seed}"
        path.write_bytes(str(number).encode() * 20_000)
        digest = cache.keep(path)
        cache.store(f"{number:064d}", Record("step", {}, {"out/a": digest}))
"""


def test_killed_at_any_point_and_two_at_once_leave_nothing_half(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    moments = random.Random(6)
    for _ in range(8):
        writers = [
            subprocess.Popen(
                [sys.executable, "-c", WRITER, str(tmp_path), str(seed)],
                env=environment, stdout=subprocess.PIPE,
            )
            for seed in range(2)
        ]  # fmt: skip
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"ready\n"
        for writer in writers:
            time.sleep(moments.uniform(0, 0.05))
            writer.send_signal(signal.SIGKILL)
            writer.communicate()
        cache = Cache(tmp_path / "c")
        found = 0
        for number in range(40):
            record = cache.find(f"{number:064d}")
            if record is not None:
                found += 1
                content = cache.blob(record.outputs["out/a"]).read_bytes()
                assert content == str(number).encode() * 20_000
        written = len(list((tmp_path / "c" / "records").rglob("[0-9]*.json")))
        assert found == written
    assert found
