"""Facts: the figures of an edition, each with its origin and what was published before.

``model`` is one figure, ``book`` those of a notebook, ``lineage`` the way to their cells, ``origins`` the
cells of whole tables. ``published`` and ``announced`` hold what the office has said; ``words`` and
``citation`` name and mark figures in print.
"""

from __future__ import annotations

from helpers.facts.book import FactBook, write_facts
from helpers.facts.model import Fact, FactSource, fact_text
from helpers.facts.published import read_published

__all__ = ["Fact", "FactBook", "FactSource", "fact_text", "read_published", "write_facts"]
