"""What a village's profile says of the family survey, or why it says nothing."""

from __future__ import annotations

import pandas as pd

from helpers.facts.profiles import record_survey
from helpers.indicators.profiles import compute_survey_by_village
from helpers.indicators.resilience import select_scale
from helpers.notebook.blocks import Blocks, Prose
from helpers.notebook.profile import Profile


def survey_state(answers: pd.DataFrame, village_code: str) -> str:
    """Return whether a village's survey is ``shown``, ``hidden`` (too few people) or there is ``none``.

    Parameters
    ----------
    answers : DataFrame
        The answers of all villages: whether one is hidden depends on the others.
    village_code : str
    """
    surveyed = compute_survey_by_village(answers).set_index("village_code")["is_suppressed"]
    if village_code not in surveyed.index:
        return "none"
    return "hidden" if surveyed[village_code] else "shown"


def tell_survey(report: Profile, answers: pd.DataFrame) -> Blocks:
    """Tell the index of the profile's village, with its interval, its categories and its limits.

    Parameters
    ----------
    report : Profile
    answers : DataFrame
        ``clean_family_survey__respondent_item`` of all villages, with provenance.
    """
    state = survey_state(answers, report.code)
    if state != "shown":
        return Blocks((report.tell(f"survey_{state}"),))
    own = answers.loc[answers["village_code"] == report.code]
    record_survey(
        report.facts, report.code, own, select_scale(report.reference("index_scales"), "family_resilience")
    )
    said = [_index(report), _classes(report, answers)]
    if all(f"{report.prefix}.{role}_index" in report.facts for role in ("parent", "child")):
        said.append(report.tell("roles", **report.pick_named(parent="parent_index", child="child_index")))
    return Blocks((*said, report.tell("sample")))


def _index(report: Profile) -> Prose:
    known = report.pick_named(index="index", respondents="respondent_count", families="family_count")
    if f"{report.prefix}.interval_low" not in report.facts:
        return report.tell("survey_single" if known["families"].value == 1 else "survey_few", **known)
    span = report.pick_named(low="interval_low", high="interval_high", level="level")
    return report.tell("survey", **known, **span)


def _classes(report: Profile, answers: pd.DataFrame) -> Prose:
    known = report.pick_named(computed="computed_class", date="scale_date")
    # The published category speaks of the only village surveyed; of several it names none.
    published = report.published("resilience.published_class")
    if published is None or answers["village_code"].nunique() > 1:
        return report.tell("computed_class", **known)
    return report.tell("published_class", published=report.facts.pick(fact=published.key)["fact"], **known)
