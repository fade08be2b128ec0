"""Which sources a document cannot do without: an edition has the documents that its sources carry."""

from __future__ import annotations

from collections.abc import Collection
from types import MappingProxyType

#: Every source that must be declared in ``edition.toml`` for the document to be made. The
#: quality chapters and what is bound of the others (brief, release) adapt to what is there.
REQUIRED_SOURCES: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {
        "budget-absorption": ("budget",),
        "opd-rollout": ("opd_reports",),
        "family-resilience": ("family_survey", "villages"),
        "programmes": ("programmes", "villages"),
    }
)


def find_left_out(declared: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the documents that an edition leaves out, each with the sources that it lacks.

    Examples
    --------
    >>> find_left_out(["budget", "opd_reports", "villages", "programmes"])
    {'family-resilience': ('family_survey',)}
    """
    lacking = {
        document: tuple(source for source in required if source not in declared)
        for document, required in REQUIRED_SOURCES.items()
    }
    return {document: sources for document, sources in lacking.items() if sources}
