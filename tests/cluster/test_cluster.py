"""A batch on a cluster gives the bytes of the serial run, though a worker is killed in the middle."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from helpers.run.batch import BatchRequest, make_batch

from .conftest import PATIENCE, Cluster, wait_for

distributed = pytest.importorskip("distributed", reason="the extra `scale` is not installed")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="the test kills process groups of Linux"),
    # Of asyncio and tornado, when a scheduler or worker is closed while a message is on its way.
    pytest.mark.filterwarnings("default::ResourceWarning", "default::DeprecationWarning"),
    pytest.mark.filterwarnings("default::pytest.PytestUnraisableExceptionWarning"),
]


def request_of(raw: Path, base: Path, /, **changes: object) -> BatchRequest:
    values = {"raw": str(raw), "processed": str(base / "processed"), "out": str(base / "reports")}
    return BatchRequest(**{"locale": "en", **values, **changes})  # type: ignore[arg-type]


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def serial(country: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, object]]]:
    """The reports of one batch after the other, without a cluster."""
    base = tmp_path_factory.mktemp("serial")
    outcome = make_batch(request_of(country, base))
    return base / "reports", [result.as_json() for result in outcome.results]


def test_the_serial_batch_makes_two_and_tells_of_the_third(
    serial: tuple[Path, list[dict[str, object]]],
) -> None:
    folder, results = serial
    assert [result["status"] for result in results] == ["made", "made", "failed"]
    assert "B99" in str(results[-1]["reason"])
    assert (folder / "contoh-001" / "2021" / "en" / "index.html").is_file()
    assert (folder / "contoh-003" / "2021-findings" / "findings.csv").is_file()
    assert bytes_of(folder / "contoh-003" / "2021") == {}
    portal = (folder / "index.html").read_text(encoding="utf-8")
    assert [name in portal for name in ("contoh-001", "contoh-002", "contoh-003")] == [True, True, False]


def test_a_killed_worker_changes_no_byte(
    serial: tuple[Path, list[dict[str, object]]], country: Path, cluster: Cluster, tmp_path: Path
) -> None:
    expected, expected_results = serial
    for name in ("one", "two"):
        cluster.start_worker(name)
    with distributed.Client(cluster.address, set_as_default=False) as client, ThreadPoolExecutor(1) as pool:
        client.wait_for_workers(2, timeout=PATIENCE)
        running = pool.submit(make_batch, request_of(country, tmp_path, scheduler=cluster.address))
        staging = tmp_path / "reports" / ".staging-en"
        workers = client.scheduler_info(n_workers=-1)["workers"]
        (victim,) = [address for address, info in workers.items() if info["name"] == "one"]
        # In the middle: it has a task, and a report is being built.
        wait_for(lambda: running.done() or (client.processing()[victim] and staging.is_dir()))
        under_way = client.processing()[victim]
        os.kill(cluster.processes["one"].pid, signal.SIGKILL)
        outcome = running.result(PATIENCE)
        assert under_way
        assert victim not in client.scheduler_info(n_workers=-1)["workers"]
    assert [result.as_json() for result in outcome.results] == expected_results
    assert bytes_of(tmp_path / "reports") == bytes_of(expected)


def test_a_worker_s_processes_end_with_it(country: Path, cluster: Cluster, tmp_path: Path) -> None:
    cluster.start_worker("one")
    with distributed.Client(cluster.address, set_as_default=False) as client, ThreadPoolExecutor(1) as pool:
        client.wait_for_workers(1, timeout=PATIENCE)
        running = pool.submit(make_batch, request_of(country, tmp_path, scheduler=cluster.address))
        wait_for(lambda: running.done() or len(_processes_of(tmp_path)) > 1)
        os.kill(cluster.processes["one"].pid, signal.SIGKILL)
        wait_for(lambda: not _processes_of(tmp_path), 60)
        cluster.start_worker("two")
        assert [result.status for result in running.result(PATIENCE).results] == ["made", "made", "failed"]


def _processes_of(folder: Path) -> list[str]:
    """Return the processes that work for a batch: their environment names its folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if b"forkserver" in path.read_bytes() and str(folder).encode() in _environment(path.parent):
                found.append(path.parent.name)
    return found


def _environment(process: Path) -> bytes:
    return (process / "environ").read_bytes()


def test_what_is_there_is_kept_and_a_report_asked_for_twice_is_made_once(
    serial: tuple[Path, list[dict[str, object]]], country: Path, cluster: Cluster, tmp_path: Path
) -> None:
    cluster.start_worker("one", nanny="--nanny")
    request = request_of(country, tmp_path, scheduler=cluster.address, offices="contoh-001")
    with distributed.Client(cluster.address, set_as_default=False) as client, ThreadPoolExecutor(2) as pool:
        client.wait_for_workers(1, timeout=PATIENCE)
        both = [pool.submit(make_batch, request) for _ in range(2)]
        statuses = [future.result(PATIENCE).results[0].status for future in both]
        # The same task, or one after the other: never two at once, and never a failure.
        assert set(statuses) <= {"made", "kept"}
        again = make_batch(request)
    assert [result.status for result in again.results] == ["kept"]
