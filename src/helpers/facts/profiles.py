"""The facts of a profile: one village, district or department, each figure with its cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from helpers.facts.book import FactBook
from helpers.facts.model import Fact, FactValue
from helpers.indicators.profiles import (
    compute_district_status,
    compute_survey_by_role,
    compute_survey_by_village,
    compute_village_status,
)
from helpers.indicators.resilience import classify_index, compute_index_by, compute_index_interval
from helpers.indicators.rollout import compute_rollout_by_opd
from helpers.indicators.suppression import survey_detail

#: Facts by the name of their tile; None where nothing is on record.
Tiles = dict[str, Fact | None]


def _record_rows(
    book: FactBook, key: str, value: FactValue, unit: str, rows: pd.DataFrame, measures: Sequence[str],
    computed_by: Callable[..., Any], source: str,
) -> Fact:  # fmt: skip
    """Record a figure of some rows; where there are none, the whole file says so."""
    if rows.empty:
        return book.record_files(key, value, unit, sources=[source], computed_by=computed_by)
    return book.record(key, value, unit, frame=rows, measures=measures, computed_by=computed_by)


def record_village(book: FactBook, code: str, village: pd.DataFrame, programmes: pd.DataFrame) -> Tiles:
    """Record what is on record of a village: drug-free since, vulnerability class, activities.

    Parameters
    ----------
    book : FactBook
    code : str
        ``village_code``.
    village : DataFrame
        Its row of ``clean_villages__village``, with provenance.
    programmes : DataFrame
        The activities in it, with provenance.
    """
    row = village.iloc[0]
    key = f"village.{code}"
    tiles: Tiles = {"bersinar": None, "vulnerability": None}
    if row["is_desa_bersinar"] and pd.notna(row["desa_bersinar_year"]):
        latest = str(row["desa_bersinar_precision"]) == "latest"
        name = "bersinar_latest" if latest else "bersinar"
        since = book.record(
            f"{key}.{name}", str(int(row["desa_bersinar_year"])), "date", frame=village,
            measures=["desa_bersinar_year"], computed_by=compute_village_status,
        )  # fmt: skip
        tiles = {name: since, "vulnerability": None}
    if pd.notna(row["vulnerability_class"]):
        tiles["vulnerability"] = book.record(
            f"{key}.vulnerability", str(row["vulnerability_class"]), "class", frame=village,
            measures=["vulnerability_class"], computed_by=compute_village_status,
        )  # fmt: skip
    tiles["programmes"] = _record_rows(
        book, f"{key}.programme_count", len(programmes), "count", programmes, ["activity_id"],
        compute_village_status, "programmes",
    )  # fmt: skip
    return tiles


def record_survey(book: FactBook, code: str, answers: pd.DataFrame, scale: pd.DataFrame) -> str:
    """Record the index of a village whose survey may be shown; return the computed class.

    Parameters
    ----------
    book : FactBook
    code : str
        ``village_code``.
    answers : DataFrame
        The village's answers, with provenance; more people than the limit of suppression.
    scale : DataFrame
        Result of `helpers.indicators.resilience.select_scale`.
    """
    key = f"village.{code}"
    index = float(compute_index_by(answers)["family_resilience_index"].iloc[0])
    origin: dict[str, Any] = {"frame": answers, "measures": ["item_score"]}
    book.record(f"{key}.index", index, "index", computed_by=compute_index_by, **origin)
    for name, column in (("respondent_count", "respondent_id"), ("family_count", "family_id")):
        book.record(
            f"{key}.{name}", int(answers[column].nunique()), "count", frame=answers, measures=[column],
            computed_by=compute_survey_by_village,
        )  # fmt: skip
    detail = survey_detail(answers)
    if detail in ("dimensions", "roles"):
        interval = compute_index_interval(answers).iloc[0]
        for name in ("interval_low", "interval_high"):
            value = float(interval[name])
            book.record(f"{key}.{name}", value, "index", computed_by=compute_index_interval, **origin)
        level = float(interval["confidence_level"])
        book.record(f"{key}.level", level, "share", computed_by=compute_index_interval, **origin)
    computed = classify_index(index, scale)
    book.record(f"{key}.computed_class", computed, "class", computed_by=classify_index, **origin)
    since = f"{scale['valid_from'].iloc[0]:%Y-%m-%d}"
    rows = scale["table_row"].tolist()
    book.record_reference(
        f"{key}.scale_date", since, "date", "index_scales", "valid_from", rows, classify_index
    )
    for role in compute_survey_by_role(answers).to_dict("records"):
        if detail == "roles" and not role["is_suppressed"]:
            own = answers.loc[answers["respondent_role"].astype("str") == role["respondent_role"]]
            book.record(
                f"{key}.{role['respondent_role']}_index", float(role["family_resilience_index"]), "index",
                frame=own, measures=["item_score"], computed_by=compute_survey_by_role,
            )  # fmt: skip
    return computed


def record_district(book: FactBook, code: str, villages: pd.DataFrame, programmes: pd.DataFrame) -> Tiles:
    """Record what is on record of a district: villages, drug-free villages, activities, the plan.

    Parameters
    ----------
    book : FactBook
    code : str
        ``district_code``.
    villages : DataFrame
        Its villages, with provenance.
    programmes : DataFrame
        The activities in its villages, with provenance.
    """
    key = f"district.{code}"
    bersinar = villages.loc[villages["is_desa_bersinar"]]
    tiles: Tiles = {
        "villages": book.record(
            f"{key}.village_count", len(villages), "count", frame=villages, measures=["village_name"],
            computed_by=compute_district_status,
        ),
        "bersinar": _record_rows(
            book, f"{key}.bersinar_count", len(bersinar), "count", bersinar, ["desa_bersinar_year"],
            compute_district_status, "villages",
        ),
        "programmes": _record_rows(
            book, f"{key}.programme_count", len(programmes), "count", programmes, ["activity_id"],
            compute_district_status, "programmes",
        ),
    }  # fmt: skip
    return tiles


def record_opd(book: FactBook, opd_id: str, by_opd: pd.DataFrame, reports: pd.DataFrame) -> Tiles:
    """Record the status of a department at each position, and when it reported.

    Parameters
    ----------
    book : FactBook
    opd_id : str
    by_opd : DataFrame
        Result of `compute_rollout_by_opd`.
    reports : DataFrame
        ``clean_opd_reports__opd_period`` with provenance.
    """
    tiles: Tiles = {}
    own = by_opd.loc[by_opd["opd_id"] == opd_id].sort_values("reporting_period")
    for period, status in zip(own["reporting_period"], own["report_status"], strict=True):
        position = str(period).partition("-")[2].casefold()
        rows = reports.loc[(reports["opd_id"] == opd_id) & (reports["reporting_period"] == period)]
        tiles[position] = _record_rows(
            book, f"opd.{opd_id}.status.{position}", str(status), "class", rows, ["report_status"],
            compute_rollout_by_opd, "opd_reports",
        )  # fmt: skip
        dated = rows.loc[rows["reported_date"].notna()]
        if position == "b06":
            date = f"{dated['reported_date'].iloc[0]:%Y-%m-%d}" if len(dated) else ""
            tiles["date"] = (
                book.record(f"opd.{opd_id}.reported_date", date, "date", frame=dated,
                            measures=["reported_date"], computed_by=compute_rollout_by_opd)
                if date else None
            )  # fmt: skip
    return tiles


def record_rollout_counts(book: FactBook, opd_id: str, by_opd: pd.DataFrame, reports: pd.DataFrame) -> None:
    """Record how many departments reported the first position, of how many."""
    period = min(by_opd["reporting_period"])
    first = by_opd.loc[by_opd["reporting_period"] == period]
    rows = reports.loc[reports["reporting_period"] == period]
    for name, value in (("done", int(first["is_reported"].sum())), ("total", len(first))):
        book.record(
            f"opd.{opd_id}.all.{name}", value, "count", frame=rows, measures=["report_status"],
            computed_by=compute_rollout_by_opd,
        )  # fmt: skip
