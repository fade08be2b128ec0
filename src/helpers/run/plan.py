"""The plan of an edition: which notebook makes which document, and what it needs first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from helpers.columns.documents import QUALITY_SOURCES, REQUIRED_SOURCES, find_left_out


@dataclass(frozen=True, slots=True)
class Step:
    """One notebook of the plan.

    Parameters
    ----------
    notebook, document : str
        Stem of the notebook, and the name of the document made of it.
    needs : tuple of str
        Documents that must be made first.
    sources : tuple of str
        Sources of the edition that it cleans, of which an edition may declare some.
    extras : tuple of str
        Formats beyond HTML and PDF.
    """

    notebook: str
    document: str
    needs: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()

    @property
    def formats(self) -> tuple[str, ...]:
        """All formats of the document."""
        return ("html", "pdf", *self.extras)


_BOTH = tuple(QUALITY_SOURCES)
_AGENCIES = ("clean-agencies",)
_ALL = (*QUALITY_SOURCES, *REQUIRED_SOURCES)

#: In this order documents stand in the annual report and in the lists.
STEPS: tuple[Step, ...] = (
    Step("01_clean_agencies", "clean-agencies", sources=QUALITY_SOURCES["clean-agencies"]),
    Step("02_clean_villages", "clean-villages", sources=QUALITY_SOURCES["clean-villages"]),
    Step("03_budget_absorption", "budget-absorption", needs=_AGENCIES),
    Step("04_opd_rollout", "opd-rollout", needs=_AGENCIES),
    Step("05_family_resilience", "family-resilience", needs=_BOTH),
    Step("06_programmes", "programmes", needs=_BOTH),
    Step("07_policy_timeline", "policy-timeline", needs=_BOTH),
    Step("08_commitments", "commitments", needs=_AGENCIES),
    Step("09_work_plan", "work-plan", needs=_AGENCIES),
    Step("11_leadership_brief", "leadership-brief", needs=_ALL),
    Step("10_press_release", "press-release", needs=_ALL, extras=("docx", "txt")),
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
    return tuple(replace(step, needs=tuple(name for name in step.needs if name in made)) for step in kept)
