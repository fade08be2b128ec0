"""The plan of an edition: which notebook makes which document, and what it needs first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from helpers.schema.documents import find_left_out


@dataclass(frozen=True, slots=True)
class Step:
    """One notebook of the plan.

    ``needs`` names the documents whose tables or facts it reads; ``sources`` the sources
    of the edition that it cleans, of which an edition may declare some. ``extras`` are
    formats beyond HTML and PDF.
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


_CLEAN = ("clean-agencies", "clean-villages")
_CHAPTERS = ("budget-absorption", "opd-rollout", "family-resilience", "programmes")

STEPS: tuple[Step, ...] = (
    Step(
        "01_clean_agencies",
        "clean-agencies",
        sources=("budget", "opd_reports", "programmes", "milestones", "published"),
    ),
    Step("02_clean_villages", "clean-villages", sources=("villages", "family_survey")),
    Step("03_budget_absorption", "budget-absorption", needs=_CLEAN),
    Step("04_opd_rollout", "opd-rollout", needs=_CLEAN),
    Step("05_family_resilience", "family-resilience", needs=_CLEAN),
    Step("06_programmes", "programmes", needs=_CLEAN),
    Step("11_leadership_brief", "leadership-brief", needs=(*_CLEAN, *_CHAPTERS)),
    Step("10_press_release", "press-release", needs=(*_CLEAN, *_CHAPTERS), extras=("docx", "txt")),
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
        )
        for step in kept
    )


def order_in_waves(steps: Sequence[Step]) -> list[list[Step]]:
    """Return the steps in waves: each needs only documents of the waves before it.

    Raises
    ------
    ValueError
        If a step needs a document that no step makes, or steps need each other.

    Examples
    --------
    >>> [[step.document for step in wave] for wave in order_in_waves(STEPS)][0]
    ['clean-agencies', 'clean-villages']
    """
    waves: list[list[Step]] = []
    done: set[str] = set()
    left = list(steps)
    while left:
        wave = [step for step in left if done.issuperset(step.needs)]
        if not wave:
            raise ValueError(f"steps that never become ready: {', '.join(step.document for step in left)}")
        waves.append(wave)
        done.update(step.document for step in wave)
        left = [step for step in left if step not in wave]
    return waves
