"""Activities, milestones and the figures as published: three short tables."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from helpers.clean.block import Block
from helpers.clean.job import Job, read_choice, report_cells
from helpers.clean.parsing import parse_dates
from helpers.clean.places import normal_village_code, report_foreign_codes
from helpers.clean.rows import clean_records, read_optional
from helpers.clean.text import map_unique
from helpers.columns.milestones import MILESTONES, PRECISION_CHOICES
from helpers.columns.programmes import PROGRAMMES
from helpers.columns.published import PUBLISHED
from helpers.indonesian.dates import read_date, stated_weekday, weekday_candidates

_RANK = {"day": 0, "month": 1, "year": 2}


def _read_village(job: Job, block: Block, name: str) -> pd.Series:
    codes = map_unique(block.text(name), lambda text: normal_village_code(text or "") or None, "str")
    foreign = report_foreign_codes(job, block, name)
    known = codes.isin(job.villages.names) | codes.isna()
    report_cells(job, block, name, ~known.to_numpy() & ~foreign, "code_unknown")
    return codes


def _read_precision(job: Job, block: Block, name: str) -> pd.Series:
    """Return how exact each date is: as stated, and no finer than it is written."""
    written = parse_dates(block.frame["milestone_date"]).precision
    stated = read_choice(job, block, name, PRECISION_CHOICES, required=False)
    finer = stated.map(_RANK) < written.map(_RANK)
    report_cells(job, block, name, finer.to_numpy(dtype=bool), "precision_finer_than_date")
    return stated.fillna(written)


def _hold_stated_dates(job: Job, block: Block, columns: dict[str, Any]) -> None:
    """Hold the dates as the source states them against the calendar and the date on record.

    A stated weekday that the calendar contradicts is a warning with the days that would fit:
    which of the two is wrong is not known, so both stay on show.
    """
    name, recorded = "stated_date_text", columns["milestone_date"]
    texts = block.text(name)
    readings = [read_date(text) for text in texts]
    unread = np.array([reading.date is None and reading.problem != "blank" for reading in readings])
    report_cells(job, block, name, unread, "not_a_date")
    stated = pd.Series([reading.date for reading in readings], index=texts.index).astype("datetime64[us]")
    wrong_day = np.array([reading.problem == "weekday_differs" for reading in readings], dtype=bool)
    fitting = np.full(len(texts), "", dtype=object)
    for place in np.flatnonzero(wrong_day):
        day = stated.iloc[place].date()
        fitting[place] = [
            found.isoformat() for found in weekday_candidates(day, stated_weekday(texts.iloc[place]) or 0)
        ]
    values = {"day": stated.dt.strftime("%Y-%m-%d"), "recorded": recorded.dt.strftime("%Y-%m-%d")}
    report_cells(job, block, name, wrong_day, "stated_weekday", "warning", fitting=fitting, **values)
    other_day = stated.notna() & recorded.notna() & (stated != recorded)
    report_cells(job, block, name, other_day.to_numpy() & ~wrong_day, "stated_date_differs", "warning",
                 **values)  # fmt: skip
    columns |= {"stated_date": stated, "is_date_disputed": other_day | wrong_day}


#: Target and realisation stay missing where none was published.
clean_programmes = clean_records(PROGRAMMES, "activity_name_id", readers={"village_code": _read_village})
#: A date known to the year is the year's first day, and says so.
clean_milestones = clean_records(
    MILESTONES, "title_id",
    readers={"date_precision": _read_precision, "stated_date_text": read_optional},
    complete=_hold_stated_dates,
)  # fmt: skip
#: Their values stay the texts that were published.
clean_published = clean_records(PUBLISHED, "fact_key")
