"""What notebooks import: one object that reads tables, records figures and shows results."""

from __future__ import annotations

from helpers.formats import SUPPRESSED
from helpers.notebook.chapter import Chapter, open_chapter
from helpers.notebook.words import words

__all__ = ["SUPPRESSED", "Chapter", "open_chapter", "words"]
