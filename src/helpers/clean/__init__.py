"""Clean: raw files become the dictionary's tables, and no row is lost on the way.

``run`` takes each source through its cleaner: ``rows`` serves every source whose rows are records,
``budget``, ``agencies``, ``survey`` and ``places`` have their own. All begin with ``headings`` and
``block`` (where the table lies) and write into the ``journal`` what they find. ``corrections`` and
``pseudonyms`` come before, ``contracts`` and ``crosschecks`` after; ``results`` is what is kept.
"""

from __future__ import annotations

from helpers.clean.office import OfficeTable, read_office_table
from helpers.clean.results import (
    CleanResult,
    raise_if_errors,
    summarise_quality,
    write_quality,
    write_results,
)
from helpers.clean.run import CLEANERS, clean_source, clean_sources

__all__ = [
    "CLEANERS",
    "CleanResult",
    "OfficeTable",
    "clean_source",
    "clean_sources",
    "raise_if_errors",
    "read_office_table",
    "summarise_quality",
    "write_quality",
    "write_results",
]
