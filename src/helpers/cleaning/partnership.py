"""The commitments of an agreement, the log of their statuses, and the plan of the year."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from helpers.cleaning.block import Block, find_block, split_rows
from helpers.cleaning.dates import MONTHS
from helpers.cleaning.headings import ColumnSpec
from helpers.cleaning.job import (
    Cleaned,
    Job,
    kept_rows,
    provenance,
    read_choice,
    read_dates,
    read_numbers,
    report_cells,
    report_duplicates,
    require_text,
)
from helpers.cleaning.preamble import check_preamble
from helpers.cleaning.spellings import COMMITMENT_LOG as LOG_COLUMNS
from helpers.cleaning.spellings import COMMITMENTS as COMMITMENT_COLUMNS
from helpers.cleaning.spellings import WORK_PLAN as PLAN_COLUMNS
from helpers.cleaning.text import map_unique
from helpers.schema.partnership import (
    AREA_CHOICES,
    COMMITMENT_CHOICES,
    COMMITMENT_LOG,
    COMMITMENTS,
    PARTY_SEPARATOR,
    WORK_PLAN,
)

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


def _open(job: Job, sheet: str, columns: Sequence[ColumnSpec], label: str) -> tuple[Block | None, int]:
    """Return a sheet's data rows and the number of rows that are totals or notes."""
    block = find_block(job.workbook.sheets[sheet], columns, job.journal)
    if block is None:
        return None, 0
    check_preamble(job, block)
    data, totals, notes = split_rows(block, job.journal, label)
    return data, len(totals) + notes


def _optional(block: Block, name: str) -> pd.Series:
    texts = block.text(name)
    return texts.mask(texts == "")


def _parties(job: Job, block: Block) -> pd.Series:
    return map_unique(require_text(job, block, "party"), lambda text: normal_parties(text or ""), "str")


def clean_commitments(job: Job) -> Cleaned:
    """Clean the commitments, and the log of their statuses where the edition declares its sheet.

    A date known to the month or the year is the last day of it: nothing is late before.
    """
    empty = {table.name: pd.DataFrame(columns=table.columns) for table in (COMMITMENTS, COMMITMENT_LOG)}
    main = next(iter(job.workbook.sheets))
    block, structure = _open(job, main, COMMITMENT_COLUMNS, "title_id")
    if block is None:
        return Cleaned(empty, {}, 0)
    frame = _commitment_frame(job, block)
    kept = frame[kept_rows(job, block)]
    tables, rows = empty | {COMMITMENTS.name: kept}, {block.sheet or "": block.rows}
    log_sheet = job.source.options.get("log_sheet")
    if log_sheet:
        log, notes = _open(job, str(log_sheet), LOG_COLUMNS, "status")
        if log is not None:
            tables[COMMITMENT_LOG.name] = _log_frame(job, log, set(frame["commitment_id"]))
            rows[log.sheet or ""] = log.rows
            structure += notes
            _check_last_status(job, block, frame, tables[COMMITMENT_LOG.name])
    return Cleaned(tables, rows, sum(map(len, tables.values())), structure)


def _commitment_frame(job: Job, block: Block) -> pd.DataFrame:
    ids = require_text(job, block, "id")
    due, precision = _read_due(job, block)
    status = read_choice(job, block, "status", COMMITMENT_CHOICES)
    evidence = _optional(block, "evidence")
    unproven = (status == "done").to_numpy(bool, na_value=False) & evidence.isna().to_numpy()
    report_cells(job, block, "status", unproven, "evidence_missing", "warning", record=ids.to_numpy(object))
    report_duplicates(job, block, pd.DataFrame({"id": ids.mask(ids == "")}), "id")
    measures = {"commitment_id": "id", "party_name": "party", "area": "area", "due_date": "due",
                "commitment_status": "status", "updated_date": "updated"}  # fmt: skip
    columns = {
        "commitment_id": ids,
        "party_name": _parties(job, block),
        "commitment_name_id": require_text(job, block, "title_id"),
        "commitment_name_en": require_text(job, block, "title_en"),
        "area": read_choice(job, block, "area", AREA_CHOICES),
        "deliverable_id": _optional(block, "deliverable_id"),
        "deliverable_en": _optional(block, "deliverable_en"),
        "due_date": due,
        "due_precision": precision,
        "commitment_status": status,
        "evidence": evidence,
        "updated_date": read_dates(job, block, "updated", required=True)[0],
    }
    return pd.DataFrame({**columns, **provenance(job, block, measures)}, index=block.frame.index)


def _read_due(job: Job, block: Block) -> tuple[pd.Series, pd.Series]:
    if "due" not in block.frame:
        none = pd.Series(pd.NaT, index=block.frame.index, dtype="datetime64[us]")
        return none, pd.Series(None, index=block.frame.index, dtype="str")
    dates, precision = read_dates(job, block, "due", required=False)
    ends = dates.mask((precision == "month").to_numpy(), dates + pd.offsets.MonthEnd(0))
    ends = ends.mask((precision == "year").to_numpy(), dates + pd.offsets.YearEnd(0))
    return ends.astype("datetime64[us]"), precision.mask(dates.isna())


def _log_frame(job: Job, log: Block, known: set[str]) -> pd.DataFrame:
    ids = require_text(job, log, "id")
    report_cells(job, log, "id", ~ids.isin(known | {""}).to_numpy(), "commitment_unknown")
    dates, _ = read_dates(job, log, "date", required=True)
    status = read_choice(job, log, "status", COMMITMENT_CHOICES)
    report_duplicates(job, log, pd.DataFrame({"id": ids, "date": dates.dt.strftime("%Y-%m-%d")}), "date")
    measures = {"commitment_id": "id", "changed_date": "date", "commitment_status": "status"}
    columns = {"commitment_id": ids, "changed_date": dates, "commitment_status": status}
    frame = pd.DataFrame({**columns, **provenance(job, log, measures)}, index=log.frame.index)
    return frame[kept_rows(job, log)]


def _check_last_status(job: Job, block: Block, frame: pd.DataFrame, log: pd.DataFrame) -> None:
    """Warn where the log's last word on a commitment is not its status."""
    last = log.sort_values("changed_date").groupby("commitment_id")["commitment_status"].last()
    logged = frame["commitment_id"].map(last)
    differs = logged.notna() & frame["commitment_status"].notna() & (logged != frame["commitment_status"])
    report_cells(job, block, "status", differs.to_numpy(bool), "status_not_last", "warning",
                 record=frame["commitment_id"].to_numpy(object))  # fmt: skip


def clean_work_plan(job: Job) -> Cleaned:
    """Clean the work plan; targets and results stay missing where none was given."""
    block, structure = _open(job, next(iter(job.workbook.sheets)), PLAN_COLUMNS, "title_id")
    if block is None:
        return Cleaned({WORK_PLAN.name: pd.DataFrame(columns=WORK_PLAN.columns)}, {}, 0)
    ids = require_text(job, block, "id")
    start, end = (_read_months(job, block, name, last=name == "end") for name in ("start", "end"))
    report_cells(job, block, "end", end < start, "period_reversed", start=block.text("start"))
    target, realised = (
        read_numbers(job, block, name, required=False, low=0) for name in ("target", "realised")
    )
    unit = _optional(block, "unit")
    counted = ~np.isnan(target) | ~np.isnan(realised)
    report_cells(job, block, "unit", counted & unit.isna().to_numpy(), "unit_missing")
    report_cells(job, block, "realised", realised > target, "realised_above_target", "warning",
                 target=block.text("target"))  # fmt: skip
    report_duplicates(job, block, pd.DataFrame({"id": ids.mask(ids == "")}), "id")
    columns: dict[str, object] = {
        "activity_id": ids,
        "activity_name_id": require_text(job, block, "title_id"),
        "activity_name_en": require_text(job, block, "title_en"),
        "area": read_choice(job, block, "area", AREA_CHOICES),
        "party_name": _parties(job, block),
        "start_month": start,
        "end_month": end,
        "count_unit": unit,
        "target_count": pd.array(target).astype("Int64"),
        "realised_count": pd.array(realised).astype("Int64"),
    }
    measures = {"activity_id": "id", "area": "area", "start_month": "start", "end_month": "end",
                "target_count": "target", "realised_count": "realised"}  # fmt: skip
    frame = pd.DataFrame({**columns, **provenance(job, block, measures)}, index=block.frame.index)
    kept = frame[kept_rows(job, block)].astype({"start_month": "int64", "end_month": "int64"})
    return Cleaned({WORK_PLAN.name: kept}, {block.sheet or "": block.rows}, len(kept), structure)


def _read_months(job: Job, block: Block, name: str, *, last: bool) -> np.ndarray:
    """Return the months of a column of quarters or months; NaN where it is neither."""
    texts = require_text(job, block, name)
    months = map_unique(texts, lambda text: read_span(text or "", last=last), "float64")
    report_cells(job, block, name, months.isna().to_numpy() & (texts != "").to_numpy(), "period_unreadable")
    return months.to_numpy(dtype=float)
