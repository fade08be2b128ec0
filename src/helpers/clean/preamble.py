"""What stands above a table: its unit of amounts, its year, its month and its office."""

from __future__ import annotations

import re
from collections.abc import Sequence

from helpers.clean.block import Block
from helpers.clean.job import Job
from helpers.clean.text import name_key
from helpers.indonesian.dates import find_month

_UNIT = re.compile(r"\bdalam\s+(ribuan|ribu|jutaan|juta|miliaran|milyaran|miliar|milyar)\b")
_SCALES = {"rib": 1_000, "jut": 1_000_000, "mil": 1_000_000_000}
_YEAR = re.compile(r"\b(20\d\d)\b")
_PERIOD = re.compile(r"^(periode|bulan|s d|sampai dengan|posisi)\b")
_OFFICE = re.compile(r"\b(?:bnn|bnnk|badan narkotika nasional) (?:kabupaten|kab|kota) (.+)$")


def find_scale(preamble: Sequence[str]) -> int:
    """Return what amounts must be multiplied with to be rupiah.

    >>> find_scale(["(dalam ribuan rupiah)"]), find_scale(["(dalam rupiah)"]), find_scale([])
    (1000, 1, 1)
    """
    for text in preamble:
        match = _UNIT.search(name_key(text))
        if match:
            return _SCALES[match[1][:3]]
    return 1


def find_period(preamble: Sequence[str]) -> int | None:
    """Return the month that a heading names as its period.

    >>> find_period(["LRA 2021", "PERIODE : DESEMBER 2021 (s.d. 31 Desember 2021)"])
    12
    """
    months = (find_month(text) for text in preamble if _PERIOD.match(name_key(text)))
    return next((month for month in months if month is not None), None)


def check_preamble(job: Job, block: Block, month: int | None = None) -> None:
    """Report a table that says it is of another year, month or office, and amounts in thousands."""
    years = {int(year) for text in block.preamble for year in _YEAR.findall(text)}
    if years and job.year not in years:
        job.journal.report("file_other_year", block.sheet, found=sorted(years), year=job.year)
    if month is not None:
        for text in block.preamble:
            named = find_month(text) if _PERIOD.match(name_key(text)) else None
            if named is not None and named != month:
                job.journal.report("sheet_other_month", block.sheet, found=named, month=month)
    regency = re.sub(r"^(kabupaten|kota) ", "", name_key(job.edition.regency_name))
    for text in block.preamble:
        office = _OFFICE.search(name_key(text))
        if office and office[1] != regency:
            job.journal.report("file_other_office", block.sheet, found=text, office=regency.title())
    scale = find_scale(block.preamble)
    if scale != 1:
        job.journal.report("amounts_scaled", block.sheet, severity="note", scale=scale)
