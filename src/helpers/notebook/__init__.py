"""What notebooks import: one object that reads tables, records facts and shows results."""

from __future__ import annotations

from helpers.notebook.columns import SUPPRESSED
from helpers.notebook.report import Report, open_report

__all__ = ["SUPPRESSED", "Report", "open_report"]
