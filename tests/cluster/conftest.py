"""A real Dask scheduler and workers, each a process of its own, and a small country for them."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from country import make_country, write_office

ROOT = Path(__file__).resolve().parents[2]
#: A limit for what hangs; a loaded machine takes its time.
PATIENCE = 900.0
#: What the reports of the test are made of: little, so that they are quick.
SOURCES = ("opd_reports", "milestones", "published")


def wait_for(what: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.1)


@dataclass
class Cluster:
    """A scheduler and its workers."""

    folder: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Address of the scheduler."""
        document = json.loads((self.folder / "scheduler.json").read_text(encoding="utf-8"))
        return str(document["address"])

    def start(self, name: str, *arguments: str) -> None:
        """Start a part of the cluster in the project's folder."""
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "BATCH_TEST": str(self.folder)}
        with (self.folder / f"{name}.log").open("wb") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{arguments[0]}", *arguments[1:]],
                cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            )  # fmt: skip

    def start_scheduler(self) -> None:
        """Start the scheduler on a free port of this machine alone."""
        file = self.folder / "scheduler.json"
        self.start("scheduler", "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
                   "--no-jupyter", "--scheduler-file", str(file))  # fmt: skip
        wait_for(lambda: file.is_file() and file.stat().st_size > 0)

    def start_worker(self, name: str, nanny: str = "--no-nanny") -> None:
        """Start a worker with one thread."""
        self.start(name, "worker", self.address, nanny, "--no-dashboard", "--nthreads", "1", "--name", name,
                   "--host", "127.0.0.1", "--local-directory", str(self.folder / name))  # fmt: skip

    def close(self) -> None:
        """End what was started here."""
        for process in reversed(self.processes.values()):
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler without workers."""
    found = Cluster(tmp_path)
    with contextlib.closing(found):
        found.start_scheduler()
        yield found


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Raw data of three small offices, the last of which has a file that is wrong."""
    raw = tmp_path_factory.mktemp("country") / "raw"
    for regency in make_country()[:3]:
        folder = write_office(regency, raw)
        declaration = folder / "edition.toml"
        head, *parts = re.split(r"^(?=\[sources\.)", declaration.read_text("utf-8"), flags=re.MULTILINE)
        kept = [part for part in parts if part.startswith(tuple(f"[sources.{name}]" for name in SOURCES))]
        declaration.write_text(head + "".join(kept), encoding="utf-8")
    reports = raw / "contoh-003" / "2021" / "laporan-opd.csv"
    reports.write_text(reports.read_text("utf-8").replace("B06", "B99"), encoding="utf-8")
    return raw
