"""What notebooks import: a chapter that reads, records, says, shows, prints and closes.

``chapter`` has the six verbs; ``figures`` holds its numbers, ``words`` its sentences, ``blocks`` and
``columns`` what its cells show. ``draft`` cleans what a notebook run by hand needs. ``release``,
``brief``, ``quality`` and ``activities`` serve one kind of document each, ``units`` the profiles.
"""

from __future__ import annotations

from helpers.formats import SUPPRESSED
from helpers.notebook.chapter import Chapter, open_chapter
from helpers.notebook.words import words

__all__ = ["SUPPRESSED", "Chapter", "open_chapter", "words"]
