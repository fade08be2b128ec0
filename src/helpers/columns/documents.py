"""Which sources a document cannot do without: an edition has the documents that its sources carry."""

from __future__ import annotations

from collections.abc import Collection
from types import MappingProxyType

from helpers.columns.model import Choice

#: Every source that an edition may declare, as readers are told it.
SOURCE_CHOICES = (
    Choice("budget", "Anggaran", "Budget"),
    Choice("opd_reports", "Laporan OPD", "Department reports"),
    Choice("family_survey", "Survei keluarga", "Family survey"),
    Choice("villages", "Desa dan kelurahan", "Villages"),
    Choice("programmes", "Program", "Programmes"),
    Choice("milestones", "Tonggak kegiatan", "Milestones"),
    Choice("published", "Angka terbit", "Published figures"),
    Choice("commitments", "Komitmen", "Commitments"),
    Choice("work_plan", "Rencana kerja", "Work plan"),
)
#: Every source that must be declared in ``edition.toml`` for the document to be made. The
#: quality chapters and what is bound of the others (brief, release) adapt to what is there.
REQUIRED_SOURCES: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {
        "budget-absorption": ("budget",),
        "opd-rollout": ("opd_reports",),
        "family-resilience": ("family_survey", "villages"),
        "programmes": ("programmes", "villages"),
        "policy-timeline": ("milestones",),
        "commitments": ("commitments",),
        "work-plan": ("work_plan",),
    }
)
#: What each quality chapter cleans, of which an edition declares some or all.
QUALITY_SOURCES: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {
        "clean-agencies": (
            "budget", "opd_reports", "programmes", "milestones", "published", "commitments", "work_plan",
        ),
        "clean-villages": ("villages", "family_survey"),
    }
)  # fmt: skip
#: Documents that tell what all others have found: they take over the facts of all others.
SUMMARIES = ("leadership-brief", "press-release")
#: Every source that an edition may declare, in the order in which they are cleaned.
ALL_SOURCES = tuple(source for sources in QUALITY_SOURCES.values() for source in sources)
#: Sources that a chapter reads of the office's earlier editions too (`helpers.edition.earlier_input_files`).
OFFICE_SOURCES: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {"policy-timeline": ("milestones", "villages")}
)
#: Charts of the leadership brief with the chapter that draws each, the most telling first.
BRIEF_CHARTS = (
    ("budget-absorption", "absorption-by-month"), ("family-resilience", "index-on-scale"),
    ("opd-rollout", "opd-status-grid"), ("commitments", "commitments-by-party"),
    ("work-plan", "work-plan"), ("policy-timeline", "policy-timeline"),
)  # fmt: skip
BRIEF_CHART_COUNT = 3


def choose_brief_charts(declared: Collection[str]) -> list[str]:
    """Return the charts that an edition's brief shows: the first of those that it has.

    Examples
    --------
    >>> choose_brief_charts(["commitments", "work_plan"])
    ['commitments-by-party', 'work-plan']
    """
    left_out = find_left_out(declared)
    return [chart for document, chart in BRIEF_CHARTS if document not in left_out][:BRIEF_CHART_COUNT]


def find_left_out(declared: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the documents that an edition leaves out, each with the sources that it lacks.

    Examples
    --------
    >>> find_left_out(["budget", "opd_reports", "villages", "programmes", "milestones", "commitments"])
    {'family-resilience': ('family_survey',), 'work-plan': ('work_plan',)}
    """
    lacking = {
        document: tuple(source for source in required if source not in declared)
        for document, required in REQUIRED_SOURCES.items()
    }
    return {document: sources for document, sources in lacking.items() if sources}
