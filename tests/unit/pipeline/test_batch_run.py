"""A batch on this machine: side by side, tried again when lost, never when wrong."""

from __future__ import annotations

import shutil
import threading
import time
from pathlib import Path

import pytest

from helpers import paths
from helpers.engine.contained import LostError
from helpers.errors import DataError, ExportError, Finding, ParameterError, Place
from helpers.pipeline import batch, batch_run
from helpers.pipeline.batch import BatchOutcome, BatchRequest, make_batch, plan_jobs, write_overview
from helpers.pipeline.batch_job import describe, make_edition
from helpers.pipeline.batch_plan import EditionJob, EditionResult


def jobs(count: int) -> list[EditionJob]:
    return [EditionJob(f"bnnk-{n}", 2021, "en", "raw", "processed", "out", key=str(n)) for n in range(count)]


def made(job: EditionJob, **changes: str) -> EditionResult:
    return EditionResult(job.office, job.year, job.locale, changes.get("status", "made"), job.key,  # type: ignore[arg-type]
                         changes.get("reason", ""))  # fmt: skip


def test_so_many_at_a_time_and_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most, lock = 0, 0, threading.Lock()

    def run(job: EditionJob) -> EditionResult:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.05 if job.office == "bnnk-0" else 0.01)
        with lock:
            running -= 1
        return made(job)

    monkeypatch.setattr(batch_run, "run_edition", run)
    told: list[str] = []
    results = batch_run.run_here(jobs(6), 2, lambda result: told.append(result.office))
    assert most == 2
    assert [result.office for result in results] == [f"bnnk-{n}" for n in range(6)]
    assert sorted(told) == sorted(result.office for result in results)


@pytest.mark.parametrize(("losses", "status"), [(0, "made"), (2, "made"), (3, "failed")])
def test_a_lost_report_is_tried_twice_more(monkeypatch: pytest.MonkeyPatch, losses: int, status: str) -> None:
    tries: list[str] = []

    def run(job: EditionJob) -> EditionResult:
        tries.append(job.office)
        if len(tries) <= losses:
            raise LostError("the process was ended by SIGKILL")
        return made(job)

    monkeypatch.setattr(batch_run, "run_edition", run)
    (result,) = batch_run.run_here(jobs(1), 1, lambda _result: None)
    assert (result.status, len(tries)) == (status, min(losses, 2) + 1)
    if status == "failed":
        assert result.reason == (
            "The process that made this report was lost, tried 3 times: the process was ended by SIGKILL"
        )


def test_wrong_data_is_not_tried_again_and_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[str] = []

    def run(job: EditionJob) -> EditionResult:
        tries.append(job.office)
        return made(job, status="failed", reason="B7") if job.office == "bnnk-1" else made(job)

    monkeypatch.setattr(batch_run, "run_edition", run)
    results = batch_run.run_here(jobs(3), 1, lambda _result: None)
    assert [result.status for result in results] == ["made", "failed", "made"]
    assert tries == ["bnnk-0", "bnnk-1", "bnnk-2"]
    outcome = BatchOutcome(tuple(results), None)
    assert outcome.counts == {"made": 2, "kept": 0, "failed": 1}
    assert outcome.as_json()["status"] == "failed"


def test_an_interrupt_ends_what_runs_and_starts_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()
    started: list[str] = []

    def run(job: EditionJob) -> EditionResult:
        started.append(job.office)
        if job.office == "bnnk-0":
            return made(job)
        ended.wait(10)
        raise LostError("ended")

    def interrupt(_result: EditionResult) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(batch_run, "run_edition", run)
    monkeypatch.setattr(batch_run, "_end_what_runs", ended.set)
    with pytest.raises(KeyboardInterrupt):
        batch_run.run_here(jobs(5), 2, interrupt)
    assert ended.is_set()
    assert len(started) <= 3


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="the extra `scale` is not installed")
    from helpers.errors import HelpersError

    monkeypatch.setattr(batch_run, "_CONNECT_SECONDS", "1s")
    with pytest.raises(HelpersError, match=r"tcp://127.0.0.1:9 does not answer"):
        batch_run.run_on_cluster(jobs(1), "tcp://127.0.0.1:9", lambda _result: None)


def test_without_the_package_a_scheduler_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(ParameterError, match=r"distributed.*scale"):
        batch_run.run_on_cluster(jobs(1), "tcp://127.0.0.1:9", lambda _result: None)


def test_unknown_offices_are_refused_before_anything_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_run, "run_edition", lambda job: pytest.fail("ran"))
    with pytest.raises(ParameterError, match=r"bnnk-nowhere.*bnnk-hss"):
        make_batch(BatchRequest(offices="bnnk-nowhere"))


def test_a_reason_is_short_and_names_no_place_of_the_machine() -> None:
    findings = [
        Finding(
            "edition_part_missing", "edition", Place("edition.toml", cell=f"A{n}"), values={"part": "office"}
        )
        for n in range(8)
    ]
    error = DataError("see /srv/reports/bnnk-0/2021-findings", findings=findings)
    lines = describe(error, jobs(1)[0]).splitlines()
    assert len(lines) == 7
    assert [f"cell A{n}" in line for n, line in enumerate(lines[:5])] == [True] * 5
    assert lines[5] == "… and 3 more."
    assert "bnnk-0/2021-findings in the folder of reports" in lines[6]
    assert "/srv" not in "\n".join(lines)


def test_an_error_without_findings_is_told_as_it_is() -> None:
    assert describe(ExportError("no font"), jobs(1)[0]) == "no font"


def test_a_declaration_that_cannot_be_read_is_told_when_its_report_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "raw" / "bnnk-0" / "2021"
    folder.mkdir(parents=True)
    (folder / "edition.toml").write_text("[office", encoding="utf-8")
    request = BatchRequest(raw=str(tmp_path / "raw"), processed=str(tmp_path / "p"), out=str(tmp_path / "r"))
    (job,) = plan_jobs(request, [("bnnk-0", 2021)])
    assert job.key == ""
    reason, passing, _ = make_edition(job)
    assert "edition.toml" in reason
    assert not passing
    assert not (tmp_path / "r").exists()


def test_the_page_over_all_reports_is_told_without_the_machine_s_folders(
    report_2021: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(report_2021.parents[1], tmp_path / "laporan")
    for module in (batch, paths):
        monkeypatch.setattr(module, "project_root", lambda: tmp_path)
    assert write_overview(BatchRequest(out="laporan")) == "laporan/index.html"
    assert (tmp_path / "laporan" / "index.html").is_file()
