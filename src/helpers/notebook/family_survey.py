"""What the chapter on the family survey shows, as much as its numbers of people and families allow."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.charts import plot_dimension_profile, plot_index_on_scale
from helpers.facts.classes import pick_class_facts, record_class_bounds
from helpers.facts.describe import describe_classes, describe_extremes, describe_index
from helpers.indicators.resilience import (
    classify_index,
    compute_index_by,
    compute_index_interval,
    select_scale,
)
from helpers.indicators.suppression import survey_detail
from helpers.notebook.blocks import Block, Blocks, Bundle, Prose
from helpers.notebook.report import Report


def record_index(report: Report, answers: pd.DataFrame, scale: pd.DataFrame) -> None:
    """Record the index, its interval and its class; nothing of too few respondents.

    Parameters
    ----------
    report : Report
    answers : DataFrame
        ``clean_family_survey__respondent_item`` with provenance.
    scale : DataFrame
        Result of `helpers.indicators.resilience.select_scale`.
    """
    detail = survey_detail(answers)
    if detail == "none":
        return
    origin: dict[str, Any] = {"frame": answers, "measures": ["item_score"]}
    index = _index(answers)
    report.record("resilience.index", index, "index", computed_by=compute_index_by, **origin)
    if detail != "index":
        interval = compute_index_interval(answers)
        for side in ("interval_low", "interval_high"):
            value = float(interval[side].iloc[0])
            report.record(f"resilience.{side}", value, "index", computed_by=compute_index_interval, **origin)
    for key, column in (("family_count", "family_id"), ("respondent_count", "respondent_id")):
        report.record(
            f"resilience.{key}", int(answers[column].nunique()), "count", frame=answers, measures=[column],
            computed_by=compute_index_by,
        )  # fmt: skip
    computed = classify_index(index, scale)
    report.record("resilience.computed_class", computed, "class", computed_by=classify_index, **origin)
    report.facts.record_published("resilience.published_class")
    since = f"{scale['valid_from'].iloc[0]:%Y-%m-%d}"
    rows = scale["table_row"].tolist()
    report.record_reference(
        "resilience.scale_date", since, "date", "index_scales", "valid_from", rows, select_scale
    )


def _index(answers: pd.DataFrame) -> float:
    return float(compute_index_by(answers)["family_resilience_index"].iloc[0])


def show_index(report: Report, answers: pd.DataFrame, scale: pd.DataFrame) -> Blocks:
    """Show the index on its scale, with its interval where enough families answered."""
    detail = survey_detail(answers)
    if detail == "none":
        return Blocks((report.tell_protected("answers"),))
    village = report.village_name(answers["village_code"])
    shown = ("index", "published_class", "computed_class", "respondent_count")
    tiles = report.key_figures(f"resilience.{name}" for name in shown)
    overall = compute_index_by(answers)
    published = str(report.facts["resilience.published_class"].value)
    context = report.context("family_survey", "published", place=village)
    keys = {"index": "index", "respondents": "respondent_count", "families": "family_count"}
    if detail == "index":
        chart = report.show(plot_index_on_scale(_index(answers), None, None, scale, published, context))
        known: dict[str, Any] = {**report.facts.pick(**_named(keys))}
        said = report.tell_protected("families", **known)
    else:
        interval = compute_index_interval(answers)
        low, high = (float(interval[f"interval_{side}"].iloc[0]) for side in ("low", "high"))
        chart = report.show(plot_index_on_scale(_index(answers), low, high, scale, published, context))
        keys |= {"low": "interval_low", "high": "interval_high"}
        known = {**report.facts.pick(**_named(keys))}
        origin = {"frame": answers, "measures": ["item_score"], "computed_by": compute_index_interval}
        said = report.tell("index", origin, **describe_index(overall, interval) | known)
    return Blocks((tiles, chart, said, report.tell("sample", village=village)))


def _named(keys: dict[str, str]) -> dict[str, str]:
    return {name: f"resilience.{key}" for name, key in keys.items()}


def show_classes(report: Report, answers: pd.DataFrame, scale: pd.DataFrame) -> Blocks | None:
    """Show the published and the computed class side by side, and the scale."""
    if survey_detail(answers) == "none":
        return None
    published, computed = (str(report.facts[f"resilience.{name}_class"].value)
                           for name in ("published", "computed"))  # fmt: skip
    record_class_bounds(report.facts, scale, computed)
    said = describe_classes(_index(answers), scale, published, computed, report.locale)
    agree = "classes_agree" if published == computed else "classes_differ"
    notice = report.notice(agree, "warning", **said | pick_class_facts(report.facts))
    table = report.table(scale[["class_id", "lower_bound", "upper_bound"]], "scale", "published")
    return Blocks((notice, table))


def show_dimensions(report: Report, answers: pd.DataFrame) -> Blocks | None:
    """Show the index by dimension and role, or why it is not shown."""
    detail = survey_detail(answers)
    if detail in ("none", "index"):
        # What is missing, and why, is told with the index.
        return None
    village = report.village_name(answers["village_code"])
    by_dimension = compute_index_by(answers, "dimension")
    by_both = compute_index_by(answers, ["dimension", "respondent_role"]) if detail == "roles" else None
    chart = report.show(
        plot_dimension_profile(by_dimension, by_both, report.context("family_survey", place=village))
    )
    found = describe_extremes(by_dimension, "dimension", "family_resilience_index", report.locale)
    origin = {"frame": answers, "measures": ["item_score"], "computed_by": compute_index_by}
    blocks: list[Block | Prose | Bundle] = [
        chart,
        report.tell("dimensions", origin, **found),
        report.table(by_dimension, "by-dimension", "family_survey"),
        report.table(compute_index_by(answers, "respondent_role"), "by-role", "family_survey"),
    ]
    return Blocks(tuple(blocks))
