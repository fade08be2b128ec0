"""The commitments of an agreement, the log of their statuses, and the plan of the year."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from helpers.clean.block import Block
from helpers.clean.job import Cleaned, Job, kept_rows, read_dates, report_cells, require_text
from helpers.clean.parsing import parse_dates
from helpers.clean.rows import Reader, clean_records, empty, open_rows, read_records
from helpers.clean.text import map_unique
from helpers.columns.partnership import COMMITMENT_LOG, COMMITMENTS, PARTY_SEPARATOR
from helpers.columns.work_plan import WORK_PLAN
from helpers.indonesian.calendar import MONTHS

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_QUARTER = re.compile(r"^(?:triwulan|tw|tri|kuartal|quarter|q)?\.?\s*(iv|i{1,3}|[1-4])$")
_MONTH = re.compile(r"^(?:bulan\s+)?([a-z]+)\.?(?:\s+20\d\d)?$")


def read_span(text: str, *, last: bool) -> int | None:
    """Return the month that a quarter or month begins or ends in; ``None`` if it is neither.

    >>> read_span("TW II", last=False), read_span("Triwulan 2", last=True), read_span("Mei", last=True)
    (4, 6, 5)
    """
    lowered = text.casefold().strip()
    if quarter := _QUARTER.match(lowered):
        number = _ROMAN[quarter[1]]
        return 3 * number if last else 3 * number - 2
    if (month := _MONTH.match(lowered)) and month[1] in MONTHS:
        return MONTHS[month[1]]
    return None


def normal_parties(text: str) -> str:
    """Return the parties of a cell, parted in one way.

    >>> normal_parties("BNNP Kalsel;Pemkab HSS ; ")
    'BNNP Kalsel; Pemkab HSS'
    """
    return PARTY_SEPARATOR.join(part.strip() for part in re.split(r"[;\n]", text) if part.strip())


def _read_parties(job: Job, block: Block, name: str) -> pd.Series:
    return map_unique(require_text(job, block, name), lambda text: normal_parties(text or ""), "str")


def clean_commitments(job: Job) -> Cleaned:
    """Clean the commitments, and the log of their statuses where the edition declares its sheet.

    A date known to the month or the year is the last day of it: nothing is late before.
    """
    rows = open_rows(job, COMMITMENTS, "commitment_name_id")
    if rows is None:
        return empty(COMMITMENTS, COMMITMENT_LOG)
    block, structure = rows.data, rows.structure
    frame = read_records(job, block, COMMITMENTS, _READERS, _check_evidence)
    tables = {COMMITMENTS.name: frame[kept_rows(job, block)]}
    places = {block.sheet or "": block.rows}
    log_sheet = job.source.options.get("log_sheet")
    log = open_rows(job, COMMITMENT_LOG, "commitment_status", sheet=str(log_sheet)) if log_sheet else None
    if log is not None:
        changes = _read_log(job, log.data, set(frame["commitment_id"]))
        tables[COMMITMENT_LOG.name] = changes
        places[log.data.sheet or ""] = log.data.rows
        structure += log.structure
        _check_last_status(job, block, frame, changes)
    return Cleaned(tables, places, sum(map(len, tables.values())), structure)


def _check_evidence(job: Job, block: Block, columns: dict[str, Any]) -> None:
    done = (columns["commitment_status"] == "done").to_numpy(bool, na_value=False)
    report_cells(job, block, "commitment_status", done & columns["evidence"].isna().to_numpy(),
                 "evidence_missing", "warning", record=columns["commitment_id"].to_numpy(object))  # fmt: skip


def _read_due(job: Job, block: Block, name: str) -> pd.Series:
    dates, precision = read_dates(job, block, name, required=False)
    ends = dates.mask((precision == "month").to_numpy(), dates + pd.offsets.MonthEnd(0))
    ends = ends.mask((precision == "year").to_numpy(), dates + pd.offsets.YearEnd(0))
    return ends.astype("datetime64[us]")


def _read_due_precision(job: Job, block: Block, name: str) -> pd.Series:
    if "due_date" not in block.frame:
        return pd.Series(None, index=block.frame.index, dtype="str")
    dates = parse_dates(block.frame["due_date"])
    return dates.precision.mask(dates.values.isna())


_READERS: dict[str, Reader] = {
    "party_name": _read_parties, "due_date": _read_due, "due_precision": _read_due_precision,
}  # fmt: skip


def _read_log(job: Job, log: Block, known: set[str]) -> pd.DataFrame:
    def check(job: Job, block: Block, columns: dict[str, Any]) -> None:
        unknown = ~columns["commitment_id"].isin(known | {""}).to_numpy()
        report_cells(job, block, "commitment_id", unknown, "commitment_unknown")

    frame = read_records(job, log, COMMITMENT_LOG, complete=check)
    return frame[kept_rows(job, log)]


def _check_last_status(job: Job, block: Block, frame: pd.DataFrame, log: pd.DataFrame) -> None:
    """Warn where the log's last word on a commitment is not its status."""
    last = log.sort_values("changed_date").groupby("commitment_id")["commitment_status"].last()
    logged = frame["commitment_id"].map(last)
    differs = logged.notna() & frame["commitment_status"].notna() & (logged != frame["commitment_status"])
    report_cells(job, block, "commitment_status", differs.to_numpy(bool), "status_not_last", "warning",
                 record=frame["commitment_id"].to_numpy(object))  # fmt: skip


def _read_months(job: Job, block: Block, name: str) -> np.ndarray:
    """Return the months of a column of quarters or months; NaN where it is neither."""
    texts = require_text(job, block, name)
    months = map_unique(texts, lambda text: read_span(text or "", last=name == "end_month"), "float64")
    report_cells(job, block, name, months.isna().to_numpy() & (texts != "").to_numpy(), "period_unreadable")
    return months.to_numpy(dtype=float)


def _check_plan(job: Job, block: Block, columns: dict[str, Any]) -> None:
    reversed_ = columns["end_month"] < columns["start_month"]
    report_cells(job, block, "end_month", reversed_, "period_reversed", start=block.text("start_month"))
    target, realised = (
        pd.Series(columns[name]).to_numpy(dtype=float, na_value=np.nan)
        for name in ("target_count", "realised_count")
    )
    counted = ~np.isnan(target) | ~np.isnan(realised)
    unnamed = columns["count_unit"].isna().to_numpy()
    report_cells(job, block, "count_unit", counted & unnamed, "unit_missing")
    report_cells(job, block, "realised_count", realised > target, "realised_above_target", "warning",
                 target=block.text("target_count"))  # fmt: skip


#: Targets and results stay missing where none was given.
clean_work_plan = clean_records(
    WORK_PLAN, "activity_name_id",
    readers={"party_name": _read_parties, "start_month": _read_months, "end_month": _read_months},
    complete=_check_plan,
)  # fmt: skip
