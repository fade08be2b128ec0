"""The plan of an edition: which notebook makes which document, and what it needs first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from helpers.schema import TABLES
from helpers.schema.documents import BRIEF_CHARTS, OFFICE_SOURCES, QUALITY_SOURCES, find_left_out


@dataclass(frozen=True, slots=True)
class Step:
    """One notebook of the plan, and everything that it may read.

    Parameters
    ----------
    notebook, document : str
        Stem of the notebook, and the name of the document made of it.
    needs : tuple of str
        Documents that must be made first.
    sources : tuple of str
        Sources of the edition that it cleans, of which an edition may declare some.
    beside : tuple of str
        Sources that it holds its own against without cleaning them.
    earlier : tuple of str
        Sources whose files it also reads from the office's earlier editions.
    reads : tuple of str or None
        Cleaned tables. None: all that the needed documents have written.
    reference : tuple of str or None
        Tables of ``data/reference``. None: all.
    facts : tuple of str or None
        Documents whose facts it takes over. None: all that it needs.
    charts : tuple of str
        Charts of needed documents that it shows again.
    templates : tuple of str
        Files of ``templates``; ``{locale}`` stands for the language.
    extras : tuple of str
        Formats beyond HTML and PDF.
    """

    notebook: str
    document: str
    needs: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    reads: tuple[str, ...] | None = None
    reference: tuple[str, ...] | None = None
    facts: tuple[str, ...] | None = None
    charts: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()

    @property
    def formats(self) -> tuple[str, ...]:
        """All formats of the document."""
        return ("html", "pdf", *self.extras)


_CLEAN = ("clean-agencies", "clean-villages")
_CHAPTERS = (
    "budget-absorption", "opd-rollout", "family-resilience", "programmes", "policy-timeline", "commitments",
    "work-plan",
)  # fmt: skip
_BUDGET = ("clean_budget__line_month", "clean_budget_plan__type_month")
#: Every document but a quality chapter says whether its figures agree with those published.
_PUBLISHED = "clean_published__figure"
_OPD = ("opd_registry", "opd_aliases")
_VILLAGES = ("villages", "village_aliases")

STEPS: tuple[Step, ...] = (
    Step(
        "01_clean_agencies",
        "clean-agencies",
        sources=QUALITY_SOURCES["clean-agencies"],
        beside=("family_survey", "villages"),
        reads=(),
        reference=("budget_sections", *_OPD, *_VILLAGES, "districts", "survey_items"),
        facts=(),
    ),
    Step(
        "02_clean_villages",
        "clean-villages",
        sources=QUALITY_SOURCES["clean-villages"],
        reads=(),
        reference=(*_VILLAGES, "districts", "survey_items"),
        facts=(),
    ),
    Step(
        "03_budget_absorption",
        "budget-absorption",
        needs=("clean-agencies",),
        reads=(*_BUDGET, _PUBLISHED),
        reference=("quarterly_targets",),
        facts=(),
    ),
    Step(
        "04_opd_rollout",
        "opd-rollout",
        needs=("clean-agencies",),
        reads=("clean_opd_reports__opd_period", _PUBLISHED),
        reference=("opd_registry",),
        facts=(),
    ),
    Step(
        "05_family_resilience",
        "family-resilience",
        needs=_CLEAN,
        reads=("clean_family_survey__respondent_item", "clean_villages__village", _PUBLISHED),
        reference=("index_scales",),
        facts=(),
    ),
    Step(
        "06_programmes",
        "programmes",
        needs=_CLEAN,
        reads=(
            "clean_programmes__activity",
            "clean_villages__village",
            _PUBLISHED,
        ),
        reference=(),
        facts=(),
    ),
    Step(
        "07_policy_timeline",
        "policy-timeline",
        needs=_CLEAN,
        earlier=OFFICE_SOURCES["policy-timeline"],
        facts=(),
    ),
    Step(
        "08_commitments",
        "commitments",
        needs=("clean-agencies",),
        reads=("clean_commitments__commitment", "clean_commitment_log__change", _PUBLISHED),
        facts=(),
    ),
    Step(
        "09_work_plan",
        "work-plan",
        needs=("clean-agencies",),
        reads=("clean_work_plan__activity", _PUBLISHED),
        facts=(),
    ),
    Step(
        "11_leadership_brief",
        "leadership-brief",
        needs=(*_CLEAN, *_CHAPTERS),
        charts=tuple(chart for _, chart in BRIEF_CHARTS),
    ),
    Step(
        "10_press_release",
        "press-release",
        needs=(*_CLEAN, *_CHAPTERS),
        templates=("press-release.{locale}.md",),
        extras=("docx", "txt"),
    ),
)


def plan_edition(declared: Collection[str]) -> tuple[Step, ...]:
    """Return the steps of an edition that declares these sources.

    A chapter that lacks a source is left out, and so is a cleaning step without any of its
    sources; the others no longer need it.

    Examples
    --------
    >>> [step.document for step in plan_edition(["villages", "opd_reports"])]
    ['clean-agencies', 'clean-villages', 'opd-rollout', 'leadership-brief', 'press-release']
    """
    left_out = find_left_out(declared)
    kept = [
        step
        for step in STEPS
        if step.document not in left_out and (not step.sources or set(step.sources) & set(declared))
    ]
    made = {step.document for step in kept}
    return tuple(
        replace(
            step,
            needs=tuple(name for name in step.needs if name in made),
            sources=tuple(name for name in step.sources if name in declared),
            beside=tuple(name for name in step.beside if name in declared),
            reads=None if step.reads is None
            else tuple(table for table in step.reads if TABLES[table].source in declared),
            facts=None if step.facts is None else tuple(name for name in step.facts if name in made),
        )
        for step in kept
    )  # fmt: skip
