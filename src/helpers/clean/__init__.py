"""Cleaning: raw files become the dictionary's tables, and nothing is lost on the way."""

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
