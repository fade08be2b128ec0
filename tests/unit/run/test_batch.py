"""A batch: which editions it makes, side by side, tried again when lost, never when wrong."""

from __future__ import annotations

import pickle
import re
import shutil
import sys
import threading
import time
from pathlib import Path

import pytest

from helpers import paths
from helpers.errors import DataError, ExportError, Finding, HelpersError, ParameterError, Place
from helpers.params import RunParams
from helpers.run import batch
from helpers.run.batch import (
    BatchOutcome,
    BatchRequest,
    EditionJob,
    EditionResult,
    choose_editions,
    make_batch,
    make_edition,
    run_here,
    run_on_cluster,
)
from helpers.run.failure import Failure, NotebookError

FOUND = [("bnnk-a", 2021), ("bnnk-a", 2022), ("bnnk-b", 2021), ("bnnk-c", 2023)]


@pytest.mark.parametrize(
    ("offices", "years", "expected"),
    [
        ("all", "all", FOUND),
        ("", "", FOUND),
        ("bnnk-b", "all", [("bnnk-b", 2021)]),
        ("bnnk-b, bnnk-a,bnnk-a", "2021,2022", [("bnnk-a", 2021), ("bnnk-a", 2022), ("bnnk-b", 2021)]),
        ("all", "2021", [("bnnk-a", 2021), ("bnnk-b", 2021)]),
    ],
)
def test_editions_are_chosen_in_the_order_found(
    offices: str, years: str, expected: list[tuple[str, int]]
) -> None:
    assert choose_editions(FOUND, offices, years, "en") == expected


@pytest.mark.parametrize(
    ("offices", "years", "named"),
    [
        ("bnnk-x", "all", "bnnk-x"),
        ("bnnk-a,bnnk-x", "all", "bnnk-x"),
        ("all", "1999", "1999"),
        ("bnnk-a,bnnk-c", "2021", "bnnk-c"),
    ],
)
def test_unknown_names_are_refused_with_the_list(offices: str, years: str, named: str) -> None:
    whole = f"Not known: {named}. Offices: bnnk-a, bnnk-b, bnnk-c. Years: 2021, 2022, 2023."
    with pytest.raises(ParameterError, match=re.escape(whole)) as refusal:
        choose_editions(FOUND, offices, years, "en")
    assert refusal.value.exit_code == 2


def test_nothing_found_is_refused() -> None:
    with pytest.raises(ParameterError, match=re.escape("Kantor yang ada: -")):
        choose_editions([], "all", "all", "id")


def test_unknown_offices_are_refused_before_anything_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "make_edition", lambda job: pytest.fail("ran"))
    with pytest.raises(ParameterError, match=r"bnnk-nowhere.*bnnk-hss"):
        make_batch(BatchRequest(offices="bnnk-nowhere"))


# -- one report ------------------------------------------------------------------------------
def job_of(tmp_path: Path, key: str = "k", **changes: object) -> EditionJob:
    params = RunParams(locale="en", processed=str(tmp_path / "p"), out=str(tmp_path / "r"))
    return EditionJob(params, key, "fork", force=True, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(("losses", "status"), [(0, "made"), (2, "made"), (3, "failed")])
def test_a_lost_report_is_tried_twice_more(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, losses: int, status: str
) -> None:
    tries: list[str] = []

    def make(params: RunParams, **_: object) -> None:
        tries.append(params.office)
        if len(tries) <= losses:
            raise NotebookError(Failure("crash", "programmes", evalue="the process was ended by SIGKILL"))

    monkeypatch.setattr(batch, "make_report", make)
    result = make_edition(job_of(tmp_path))
    assert (result.status, len(tries)) == (status, min(losses, 2) + 1)
    assert ("programmes" in result.reason) == (status == "failed")


@pytest.mark.parametrize(
    ("error", "reason"), [(ExportError("no font"), "no font"), (ValueError("a\nb"), "ValueError: a")]
)
def test_what_is_wrong_is_told_and_not_tried_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: Exception, reason: str
) -> None:
    tries: list[int] = []

    def make(params: RunParams, **_: object) -> None:
        tries.append(1)
        raise error

    monkeypatch.setattr(batch, "make_report", make)
    result = make_edition(job_of(tmp_path))
    assert (result.status, result.reason, tries) == ("failed", reason, [1])


def test_a_reason_is_short_and_names_no_place_of_the_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    findings = [
        Finding(
            "edition_part_missing", "edition", Place("edition.toml", cell=f"A{n}"), values={"part": "office"}
        )
        for n in range(8)
    ]

    def make(params: RunParams, **_: object) -> None:
        raise DataError("see /srv/reports/bnnk-hss/2021-findings", findings=findings)

    monkeypatch.setattr(batch, "make_report", make)
    lines = make_edition(job_of(tmp_path)).reason.splitlines()
    assert len(lines) == 7
    assert [f"cell A{n}" in line for n, line in enumerate(lines[:5])] == [True] * 5
    assert lines[5] == "… and 3 more."
    assert "bnnk-hss/2021-findings in the folder of reports" in lines[6]
    assert "/srv" not in "\n".join(lines)


def test_a_declaration_that_cannot_be_read_is_told_when_its_report_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "raw" / "bnnk-0" / "2021"
    folder.mkdir(parents=True)
    (folder / "edition.toml").write_text("[office", encoding="utf-8")
    request = BatchRequest(raw=str(tmp_path / "raw"), processed=str(tmp_path / "p"), out=str(tmp_path / "r"))
    (result,) = make_batch(request).results
    assert result.status == "failed"
    assert "edition.toml" in result.reason
    assert not (tmp_path / "r" / "bnnk-0").exists()


def test_another_machine_that_sees_other_inputs_makes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(batch, "make_report", lambda *_, **__: pytest.fail("made"))
    result = make_edition(job_of(tmp_path, key="of other inputs", elsewhere=True))
    assert result.status == "failed"
    assert "other inputs" in result.reason or "another version" in result.reason


# -- many ------------------------------------------------------------------------------------
def jobs(tmp_path: Path, count: int) -> list[EditionJob]:
    return [job_of(tmp_path, key=str(n)) for n in range(count)]


def result_of(job: EditionJob, status: str = "made", reason: str = "") -> EditionResult:
    return EditionResult("bnnk-hss", 2021, "en", status, job.key, reason)  # type: ignore[arg-type]


def test_so_many_at_a_time_and_in_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    running, most, lock = 0, 0, threading.Lock()

    def run(job: EditionJob, _stop: threading.Event) -> EditionResult:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.05 if job.key == "0" else 0.01)
        with lock:
            running -= 1
        return result_of(job)

    monkeypatch.setattr(batch, "make_edition", run)
    told: list[str] = []
    results = run_here(jobs(tmp_path, 6), 2, lambda result: told.append(result.key))
    assert most == 2
    assert [result.key for result in results] == list("012345")
    assert sorted(told) == list("012345")


def test_a_failed_report_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def run(job: EditionJob, _stop: threading.Event) -> EditionResult:
        return result_of(job, "failed", "B7") if job.key == "1" else result_of(job)

    monkeypatch.setattr(batch, "make_edition", run)
    results = run_here(jobs(tmp_path, 3), 1, lambda _result: None)
    assert [result.status for result in results] == ["made", "failed", "made"]
    outcome = BatchOutcome(tuple(results), None)
    assert outcome.counts == {"made": 2, "kept": 0, "failed": 1}
    assert outcome.as_json()["status"] == "failed"


def test_an_interrupt_ends_what_runs_and_starts_nothing_more(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ended = threading.Event()
    started: list[str] = []

    def run(job: EditionJob, _stop: threading.Event) -> EditionResult:
        started.append(job.key)
        if job.key != "0":
            ended.wait(10)
        return result_of(job)

    def interrupt(_result: EditionResult) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(batch, "make_edition", run)
    monkeypatch.setattr(batch, "stop_all", ended.set)
    with pytest.raises(KeyboardInterrupt):
        run_here(jobs(tmp_path, 5), 2, interrupt)
    assert ended.is_set()
    assert len(started) <= 3


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="the extra `scale` is not installed")
    monkeypatch.setattr(batch, "_CONNECT_SECONDS", "1s")
    with pytest.raises(HelpersError, match=r"tcp://127.0.0.1:9 does not answer"):
        run_on_cluster(jobs(tmp_path, 1), "tcp://127.0.0.1:9", lambda _result: None)


def test_without_the_package_a_scheduler_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ParameterError, match=r"distributed.*scale"):
        run_on_cluster(jobs(tmp_path, 1), "tcp://127.0.0.1:9", lambda _result: None)


def test_a_job_is_small_and_seconds_stay_out_of_the_json(tmp_path: Path) -> None:
    assert len(pickle.dumps(job_of(tmp_path, key="k" * 64))) < 1_000
    slow = EditionResult("bnnk-a", 2021, "id", "made", "k", seconds=9.0)
    quick = EditionResult("bnnk-a", 2021, "id", "made", "k", seconds=1.0)
    assert slow.as_json() == quick.as_json()


def test_the_page_over_all_reports_is_told_without_the_machine_s_folders(
    report_2021: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(report_2021.parents[1], tmp_path / "laporan")
    for module in (batch, paths):
        monkeypatch.setattr(module, "project_root", lambda: tmp_path)
    monkeypatch.setattr(batch, "list_editions", lambda _raw: [("a", 2021)])
    monkeypatch.setattr(batch, "_job", lambda *_: job_of(tmp_path))
    monkeypatch.setattr(batch, "make_edition", lambda job, _stop: result_of(job, "kept"))
    assert make_batch(BatchRequest(out="laporan")).portal == "laporan/index.html"
    assert (tmp_path / "laporan" / "index.html").is_file()
