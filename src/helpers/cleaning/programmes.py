"""Activities, milestones and the figures as published: three short tables."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from helpers.cleaning.block import Block, find_block
from helpers.cleaning.dates import read_date, stated_weekday, weekday_candidates
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
from helpers.cleaning.places import normal_village_code, report_foreign_codes, village_index
from helpers.cleaning.spellings import MILESTONES as MILESTONE_COLUMNS
from helpers.cleaning.spellings import PROGRAMMES as PROGRAMME_COLUMNS
from helpers.cleaning.spellings import PUBLISHED as PUBLISHED_COLUMNS
from helpers.cleaning.text import map_unique
from helpers.schema import Table
from helpers.schema.budget import SECTION_CHOICES
from helpers.schema.programmes import (
    MILESTONE_CHOICES,
    MILESTONES,
    PRECISION_CHOICES,
    PROGRAMMES,
    PUBLISHED,
    UNIT_CHOICES,
)

_RANK = {"day": 0, "month": 1, "year": 2}


def _open(job: Job, columns: Sequence[ColumnSpec], table: Table) -> Block | Cleaned:
    sheet = next(iter(job.workbook.sheets.values()))
    block = find_block(sheet, columns, job.journal)
    return Cleaned({table.name: pd.DataFrame(columns=table.columns)}, {}, 0) if block is None else block


def _close(
    job: Job, block: Block, table: Table, columns: dict[str, object], measures: dict[str, str]
) -> Cleaned:
    frame = pd.DataFrame({**columns, **provenance(job, block, measures)}, index=block.frame.index)
    key = list(table.key)
    report_duplicates(job, block, frame[key].replace("", None), next(iter(measures.values())))
    kept = frame[kept_rows(job, block)]
    return Cleaned({table.name: kept}, {block.sheet or "": block.rows}, len(kept))


def _optional(block: Block, name: str) -> pd.Series:
    texts = block.text(name)
    return texts.mask(texts == "")


def clean_programmes(job: Job) -> Cleaned:
    """Clean the activities: target and realisation stay missing where none was published."""
    block = _open(job, PROGRAMME_COLUMNS, PROGRAMMES)
    if isinstance(block, Cleaned):
        return block
    codes = map_unique(
        block.text("village_code"), lambda text: normal_village_code(text or "") or None, "str"
    )
    foreign = report_foreign_codes(job, block, "village_code")
    known = codes.isin(village_index(job).names) | codes.isna()
    report_cells(job, block, "village_code", ~known.to_numpy() & ~foreign, "code_unknown")
    target = read_numbers(job, block, "target", required=False, low=0)
    realised = read_numbers(job, block, "realised", required=False, low=0)
    columns: dict[str, object] = {
        "activity_id": require_text(job, block, "id"),
        "section": read_choice(job, block, "section", SECTION_CHOICES),
        "activity_name_id": require_text(job, block, "title_id"),
        "activity_name_en": require_text(job, block, "title_en"),
        "village_code": codes,
        "count_unit": _optional(block, "unit"),
        "target_count": pd.array(target).astype("Int64"),
        "realised_count": pd.array(realised).astype("Int64"),
    }
    measures = {"activity_id": "id", "village_code": "village_code", "target_count": "target",
                "realised_count": "realised"}  # fmt: skip
    return _close(job, block, PROGRAMMES, columns, measures)


def clean_milestones(job: Job) -> Cleaned:
    """Clean the milestones; a date known to the year is the year's first day, and says so."""
    block = _open(job, MILESTONE_COLUMNS, MILESTONES)
    if isinstance(block, Cleaned):
        return block
    dates, read_precision = read_dates(job, block, "date", required=True)
    stated = (
        read_choice(job, block, "precision", PRECISION_CHOICES, required=False)
        if "precision" in block.frame
        else pd.Series(None, index=block.frame.index, dtype="str")
    )
    finer = stated.map(_RANK) < read_precision.map(_RANK)
    report_cells(job, block, "precision", finer.to_numpy(dtype=bool), "precision_finer_than_date")
    columns: dict[str, object] = {
        "milestone_id": require_text(job, block, "id"),
        "milestone_date": dates,
        "date_precision": stated.fillna(read_precision),
        "title_id": require_text(job, block, "title_id"),
        "title_en": require_text(job, block, "title_en"),
        "milestone_status": read_choice(job, block, "status", MILESTONE_CHOICES),
        **_stated_dates(job, block, dates),
    }
    measures = {"milestone_id": "id", "milestone_date": "date", "stated_date": "stated"}
    return _close(job, block, MILESTONES, columns, measures)


def _stated_dates(job: Job, block: Block, recorded: pd.Series) -> dict[str, pd.Series]:
    """Hold the dates as the source states them against the calendar and the date on record.

    A stated weekday that the calendar contradicts is a warning with the days that would fit:
    which of the two is wrong is not known, so both stay on show.
    """
    texts = block.text("stated")
    readings = [read_date(text) for text in texts]
    unread = np.array([reading.date is None and reading.problem != "blank" for reading in readings])
    report_cells(job, block, "stated", unread, "not_a_date")
    stated = pd.Series([reading.date for reading in readings], index=texts.index).astype("datetime64[us]")
    wrong_day = np.array([reading.problem == "weekday_differs" for reading in readings], dtype=bool)
    fitting = np.full(len(texts), "", dtype=object)
    for place in np.flatnonzero(wrong_day):
        day = stated.iloc[place].date()
        fitting[place] = [
            found.isoformat() for found in weekday_candidates(day, stated_weekday(texts.iloc[place]) or 0)
        ]
    values = {"day": stated.dt.strftime("%Y-%m-%d"), "recorded": recorded.dt.strftime("%Y-%m-%d")}
    report_cells(job, block, "stated", wrong_day, "stated_weekday", "warning", fitting=fitting, **values)
    other_day = stated.notna() & recorded.notna() & (stated != recorded)
    report_cells(job, block, "stated", other_day.to_numpy() & ~wrong_day, "stated_date_differs", "warning",
                 **values)  # fmt: skip
    return {
        "stated_date_text": texts.mask(texts == ""),
        "stated_date": stated,
        "is_date_disputed": other_day | wrong_day,
    }


def clean_published(job: Job) -> Cleaned:
    """Clean the published figures; their values stay the texts that were published."""
    block = _open(job, PUBLISHED_COLUMNS, PUBLISHED)
    if isinstance(block, Cleaned):
        return block
    dates, _ = read_dates(job, block, "date", required=True)
    columns: dict[str, object] = {
        "fact_key": require_text(job, block, "key"),
        "published_text": require_text(job, block, "value"),
        "fact_unit": read_choice(job, block, "unit", UNIT_CHOICES),
        "published_date": dates,
        "published_by": require_text(job, block, "by"),
        "note_id": _optional(block, "note_id"),
        "note_en": _optional(block, "note_en"),
    }
    return _close(job, block, PUBLISHED, columns, {"fact_key": "key", "published_text": "value"})
