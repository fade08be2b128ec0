"""Reports of the regency's departments (OPD) on Inpres 2/2020."""

from __future__ import annotations

import datetime as dt
import re
from functools import partial

import numpy as np
import pandas as pd

from helpers.clean.block import Block
from helpers.clean.job import (
    Cleaned,
    Job,
    kept_rows,
    provenance,
    read_choice,
    read_dates,
    read_numbers,
    report_cells,
    report_duplicates,
)
from helpers.clean.names import Match, Matches, NameIndex, match_all, opd_key, shown_score
from helpers.clean.rows import empty, open_rows
from helpers.clean.text import map_unique
from helpers.clean.totals import check_count_totals
from helpers.columns.rollout import ACTION_COUNTS, OPD_REPORTS, STATUS_CHOICES
from helpers.indonesian.text import tidy

_POSITION = re.compile(r"^(?:(20\d\d)[\s/-]*)?B\s*-?\s*0?(6|12)(?:[\s/-]*(20\d\d))?$", re.IGNORECASE)
_PERIOD_END = {"06": (6, 30), "12": (12, 31)}


def reporting_period(text: str, year: int) -> str | None:
    """Return the reporting period of a position in the edition's year, or None.

    >>> reporting_period("B06", 2021), reporting_period("b 12 / 2020", 2021), reporting_period("B6", 2021)
    ('2021-B06', '2020-B12', '2021-B06')
    """
    match = _POSITION.match(tidy(text))
    if match is None:
        return None
    return f"{match[1] or match[3] or year}-B{int(match[2]):02d}"


def opd_index(registry: pd.DataFrame, aliases: pd.DataFrame, on: dt.date, regency: str = "") -> NameIndex:
    """Return the names of the departments that existed on a day.

    A department that was merged later is matched in its own year and not after.

    Parameters
    ----------
    registry : DataFrame
        ``opd_id, opd_name, opd_short_name, valid_from, valid_to`` (the last day; missing:
        still in force).
    aliases : DataFrame
        ``opd_id, alias``.
    on : date
    regency : str
        Name of the regency, which ends the names of its departments or not.
    """
    day = pd.Timestamp(on)
    valid = registry[(registry["valid_from"] <= day) & ~(registry["valid_to"] < day)]
    short = zip(valid["opd_id"], valid["opd_short_name"], strict=True)
    typed = zip(aliases["opd_id"], aliases["alias"], strict=True)
    ids = ((code, code) for code in valid["opd_id"])
    return NameIndex(
        dict(zip(valid["opd_id"], valid["opd_name"], strict=True)),
        (*short, *typed, *ids),
        partial(opd_key, regency=regency),
    )


def clean_opd_reports(job: Job) -> Cleaned:
    """Clean the departments' reports: one row a department and reporting period."""
    rows = open_rows(job, OPD_REPORTS, "opd_name_source")
    if rows is None:
        return empty(OPD_REPORTS)
    data = rows.data
    periods = _periods(job, data)
    matches = _match(job, data, periods)
    status = read_choice(job, data, "report_status", STATUS_CHOICES)
    dates, _ = read_dates(job, data, "reported_date", required=False)
    counts = {name: read_numbers(job, data, name, required=False, low=0) for name in ACTION_COUNTS}
    _check_rows(job, data, status, dates, counts)
    key = pd.DataFrame({"opd": matches["opd_id"], "period": periods}, index=data.frame.index)
    report_duplicates(job, data, key, "opd_name_source")
    frame = matches.assign(
        opd_name_source=data.text("opd_name_source"),
        reporting_period=periods,
        report_status=status,
        is_reported=(status == "reported").fillna(False),
        reported_date=dates,
        **{name: pd.array(values).astype("Int64") for name, values in counts.items()},
    )
    traced = ("report_status", "reported_date", *ACTION_COUNTS)
    measures = {"opd_name": "opd_name_source", **{name: name for name in traced}}
    frame = frame.assign(**provenance(job, data, measures))
    check_count_totals(job, rows.whole, data, rows.totals, counts)
    kept = frame[kept_rows(job, data)]
    _check_coverage(job, data, kept)
    return Cleaned({OPD_REPORTS.name: kept}, {data.sheet or "": data.rows}, len(kept), rows.structure)


def _periods(job: Job, data: Block) -> pd.Series:
    periods = map_unique(
        data.text("reporting_period"), lambda text: reporting_period(text or "", job.year), "str"
    )
    report_cells(job, data, "reporting_period", periods.isna(), "period_unknown", year=job.year)
    other = periods.notna() & ~periods.str.startswith(f"{job.year}-").fillna(False)
    report_cells(job, data, "reporting_period", other, "period_other_year", year=job.year)
    return periods


def _match(job: Job, data: Block, periods: pd.Series) -> pd.DataFrame:
    """Match the names in each period's registry; report what matches nothing or too much."""
    registry, aliases = job.reference("opd_registry"), job.reference("opd_aliases")
    names = data.text("opd_name_source")
    indexes = {}
    for period in sorted(set(periods.dropna())):
        month, day = _PERIOD_END[period[-2:]]
        day_of_position = dt.date(int(period[:4]), month, day)
        indexes[period] = opd_index(registry, aliases, day_of_position, job.edition.regency_name)

    is_known = any(index.names for index in indexes.values())
    if indexes and not is_known:
        # Said once: that each name is unknown would follow.
        job.journal.report("regency_without_opd", data.sheet, regency=job.edition.regency_code,
                           year=str(job.year))  # fmt: skip

    def match(key: str) -> Match:
        period, name = key.split("\t", 1)
        return indexes[period].match(name) if period else Match(problem="unknown")

    matches = match_all(periods.fillna("") + "\t" + names, match)
    # A period of another year has been refused; its departments are not this registry's.
    own = periods.str.startswith(f"{job.year}-").fillna(False) & (names != "") & is_known
    report_matches(job, data, "opd_name_source", matches, own.to_numpy(dtype=bool))
    report_cells(job, data, "opd_name_source", (names == ""), "value_missing")
    official = dict(zip(registry["opd_id"], registry["opd_name"], strict=True))
    columns = {
        "opd_id": matches.each(lambda match: match.code or None),
        "opd_name": matches.each(lambda match: official.get(match.code)),
        "match_method": matches.each(lambda match: match.method or None),
        "match_score": matches.each(lambda match: match.score, "float64"),
    }
    return pd.DataFrame(columns, index=names.index).astype({"opd_id": "str", "opd_name": "str"})


def report_matches(job: Job, data: Block, name: str, matches: Matches, where: np.ndarray) -> None:
    """Report names that were not matched, with their candidates, and those matched by similarity."""
    for problem, code in (("unknown", "name_unknown"), ("ambiguous", "name_ambiguous")):
        mask = where & (matches.each(lambda match: match.problem) == problem)
        if mask.any():
            report_cells(job, data, name, mask, code, candidates=matches.each(_offered))
    fuzzy = where & matches.each(lambda match: match.method == "fuzzy", bool)
    if fuzzy.any():
        chosen = matches.each(lambda match: match.candidates[0][0] if match.candidates else "")
        scores = matches.each(lambda match: shown_score(match.score))
        report_cells(job, data, name, fuzzy, "name_matched_by_similarity", "note", match=chosen, score=scores)


def _offered(match: Match) -> list[str]:
    return [f"{text} ({shown_score(score)})" for text, score in match.candidates] or ["-"]


def _check_rows(
    job: Job, data: Block, status: pd.Series, dates: pd.Series, counts: dict[str, np.ndarray]
) -> None:
    positive, tested = counts["urine_test_positive_count"], counts["urine_test_people_count"]
    report_cells(job, data, "urine_test_positive_count", positive > np.nan_to_num(tested), "part_above_whole",
                 whole=np.nan_to_num(tested).astype(int))  # fmt: skip
    reported = (status == "reported").fillna(False).to_numpy(dtype=bool)
    report_cells(
        job, data, "reported_date", reported & dates.isna().to_numpy(), "reported_without_date", "warning"
    )
    not_reported = (status == "not_reported").fillna(False).to_numpy(dtype=bool)
    acted = np.nansum(np.column_stack(list(counts.values())), axis=1) > 0
    report_cells(job, data, "report_status", not_reported & acted, "not_reported_with_counts", "warning")
    years = dates.dt.year.to_numpy()
    released = pd.Timestamp(job.edition.release_date)
    other = dates.notna().to_numpy() & ~np.isin(years, [job.year, job.year + 1])
    report_cells(job, data, "reported_date", other, "date_other_year", year=job.year)
    late = (dates > released).fillna(False).to_numpy(dtype=bool) & ~other
    report_cells(job, data, "reported_date", late, "date_after_release", "warning",
                 release=job.edition.release_date.isoformat())  # fmt: skip


def _check_coverage(job: Job, data: Block, kept: pd.DataFrame) -> None:
    """Report departments of the registry that have no row in a position."""
    registry, aliases = job.reference("opd_registry"), job.reference("opd_aliases")
    short = dict(zip(registry["opd_id"], registry["opd_short_name"], strict=True))
    for suffix, (month, day) in _PERIOD_END.items():
        period = f"{job.year}-B{suffix}"
        expected = opd_index(registry, aliases, dt.date(job.year, month, day)).names
        present = set(kept.loc[(kept["reporting_period"] == period).fillna(False), "opd_id"])
        missing = [short[code] for code in expected if code not in present]
        job.journal.compare_counts("opd_register", period, data.sheet, None, len(expected),
                                   len(expected) - len(missing))  # fmt: skip
        if missing:
            job.journal.report("opd_not_covered", data.sheet, severity="warning", period=period,
                               count=len(missing), names=missing)  # fmt: skip
