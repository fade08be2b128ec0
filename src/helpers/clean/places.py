"""Programme status of the villages, and villages by code and name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

import numpy as np
import pandas as pd

from helpers.clean.agencies import report_matches
from helpers.clean.block import Block
from helpers.clean.job import (
    Cleaned,
    Job,
    kept_rows,
    provenance,
    read_choice,
    read_numbers,
    report_cells,
    report_duplicates,
)
from helpers.clean.names import Match, NameIndex, match_all, village_key
from helpers.clean.rows import empty, open_rows, read_field
from helpers.clean.text import map_unique
from helpers.columns.villages import FIRST_YEAR, VILLAGES, YEAR_PRECISION_CHOICES

_DOTTED = r"\d{2}\.\d{2}\.\d{2}\.\d{4}"
_DOTLESS = re.compile(r"^(\d{2})(\d{2})(\d{2})(\d{4})$")


def normal_village_code(text: str) -> str:
    """Return a village code with its dots.

    >>> normal_village_code("6306052017"), normal_village_code("63.06.05.2017")
    ('63.06.05.2017', '63.06.05.2017')
    """
    match = _DOTLESS.match(text.replace(" ", ""))
    return ".".join(match.groups()) if match else text.replace(" ", "")


def district_index(job: Job) -> NameIndex:
    """Return the districts of the edition's regency."""
    districts = job.reference("districts")
    own = districts[districts["regency_code"] == job.edition.regency_code]
    return NameIndex(dict(zip(own["district_code"], own["district_name"], strict=True)), (), village_key)


def village_codes(texts: pd.Series) -> pd.Series:
    """Return a column of village codes with their dots."""
    odd = ~texts.str.fullmatch(_DOTTED)
    if not odd.any():
        return texts
    codes = texts.copy()
    codes[odd] = map_unique(texts[odd], lambda text: normal_village_code(text or ""), "str")
    return codes


def report_foreign_codes(job: Job, data: Block, name: str) -> np.ndarray:
    """Report village codes of another regency; return where they stand.

    A file whose codes are all foreign is another office's file: that is said once.
    """
    codes = village_codes(data.text(name))
    prefix = job.edition.regency_code + "."
    filled = (codes != "").to_numpy()
    foreign = filled & ~codes.str.startswith(prefix).to_numpy(dtype=bool)
    if not foreign.any():
        return foreign
    foreign &= codes.str.fullmatch(_DOTTED).to_numpy(dtype=bool)
    if foreign.any() and foreign.sum() == filled.sum():
        found = sorted({code[:5] for code in codes[foreign]})[:3]
        job.journal.report("file_other_office", data.sheet, found=", ".join(found),
                           office=job.edition.regency_code)  # fmt: skip
    report_cells(job, data, name, foreign, "code_other_regency", regency=job.edition.regency_code)
    return foreign


def clean_villages(job: Job) -> Cleaned:
    """Clean the villages' programme status: one row a village."""
    rows = open_rows(job, VILLAGES, "village_name_source")
    if rows is None:
        return empty(VILLAGES)
    data = rows.data
    found = _match(job, data)
    codes = found["village_code"]
    years = read_numbers(job, data, "desa_bersinar_year", required=False, low=FIRST_YEAR, high=job.year + 1)
    classes = read_field(job, data, VILLAGES.field("vulnerability_class"))
    report_duplicates(job, data, found[["village_code"]], "village_name_source")
    frame = pd.DataFrame({
        **found,
        "village_name_source": data.text("village_name_source"),
        **_official(job, codes),
        "is_desa_bersinar": ~np.isnan(years),
        "desa_bersinar_year": pd.array(years).astype("Int64"),
        "desa_bersinar_precision": _year_precision(job, data, years),
        "vulnerability_class": classes,
        **provenance(job, data, {"village_code": "village_code", "village_name": "village_name_source",
                                 "desa_bersinar_year": "desa_bersinar_year",
                                 "vulnerability_class": "vulnerability_class"}),
    }, index=data.frame.index)  # fmt: skip
    _check_type(job, data, frame["village_type"])
    kept = frame[kept_rows(job, data)]
    _check_coverage(job, data, kept)
    return Cleaned({VILLAGES.name: kept}, {data.sheet or "": data.rows}, len(kept), rows.structure)


def _year_precision(job: Job, data: Block, years: np.ndarray) -> pd.Series:
    """Return how exact each year is; a year without a word on it is meant as it stands."""
    stated = read_choice(job, data, "desa_bersinar_precision", YEAR_PRECISION_CHOICES, required=False)
    return stated.fillna("exact").mask(np.isnan(years))


def _official(job: Job, codes: pd.Series) -> dict[str, pd.Series]:
    """Return name, type and district of each village as the reference tables have them."""
    districts = job.reference("districts").set_index("district_code")["district_name"]
    villages = job.reference("villages").set_index("village_code")
    villages["district_name"] = villages["district_code"].map(districts)
    names = ["village_name", "village_type", "district_code", "district_name"]
    official = villages[names].reindex(codes).set_axis(codes.index)
    return {name: official[name] for name in names}


def _match(job: Job, data: Block) -> pd.DataFrame:
    """Match each row: by its code, else by its name within its district.

    A code wins over a name; a name that is exactly another village's is reported, since
    one of the two is wrong.

    Returns
    -------
    DataFrame
        ``village_code`` (missing where none was found), ``match_method``, ``match_score``.
    """
    index = job.villages
    given = village_codes(data.text("village_code"))
    place = _match_districts(job, data)
    foreign = report_foreign_codes(job, data, "village_code")
    official = given.map(index.names)
    by_code = official.notna().to_numpy() & ~foreign
    unknown = (given != "").to_numpy() & ~by_code & ~foreign
    report_cells(job, data, "village_code", unknown, "code_unknown")
    need = ~by_code & ~foreign & ~unknown
    found = pd.DataFrame({
        "village_code": given.where(by_code),
        "match_method": pd.Series("code", index=given.index, dtype="str").where(by_code),
        "match_score": np.where(by_code, 100.0, 0.0),
    })  # fmt: skip
    if need.any():
        matches = match_all((place + "\t" + data.text("village_name_source"))[need], _within_district(index))
        everywhere = np.ones(int(need.sum()), dtype=bool)
        report_matches(job, data.keep(need), "village_name_source", matches, everywhere)
        found.loc[need, "village_code"] = matches.each(lambda match: match.code or None)
        found.loc[need, "match_method"] = matches.each(lambda match: match.method or None)
        found.loc[need, "match_score"] = matches.each(lambda match: match.score, "float64")
    _report_conflicts(job, data, given, official, by_code, index)
    return found


def _match_districts(job: Job, data: Block) -> pd.Series:
    """Return the code of the district that each row names; empty where it names none."""
    names, districts = data.text("district_name"), district_index(job)
    matches = match_all(names, districts.match)
    report_matches(job, data, "district_name", matches, (names != "").to_numpy())
    return pd.Series(matches.each(lambda match: match.code), index=names.index, dtype="str")


def _within_district(index: NameIndex) -> Callable[[str], Match]:
    """Return the matcher of ``district code, tab, name``."""
    inside: dict[str, set[str]] = defaultdict(set)
    for code in index.names:
        inside[code[:8]].add(code)
    possible = {district: frozenset(codes) for district, codes in inside.items()}

    def match(key: str) -> Match:
        district, name = key.split("\t", 1)
        return index.match(name, possible.get(district, frozenset()) if district else None)

    return match


def _report_conflicts(
    job: Job, data: Block, codes: pd.Series, official: pd.Series, by_code: np.ndarray, index: NameIndex
) -> None:
    names = data.text("village_name_source")
    suspects = by_code & (names != "").to_numpy() & (names != official).to_numpy(dtype=bool, na_value=False)
    conflict = np.zeros(len(names), dtype=bool)
    if suspects.any():
        conflict[suspects] = [
            bool(match.code) and match.code != code and match.method in ("exact", "alias")
            for match, code in ((index.match(name), code)
                                for name, code in zip(names[suspects], codes[suspects], strict=True))
        ]  # fmt: skip
    report_cells(job, data, "village_name_source", conflict, "code_and_name_differ",
                 code=codes.to_numpy(dtype=object), official=official.to_numpy(dtype=object))  # fmt: skip


def _check_type(job: Job, data: Block, types: pd.Series) -> None:
    if "village_type" not in data.frame:
        return
    texts = data.text("village_type").str.casefold()
    differs = (
        (texts != "").to_numpy() & types.notna().to_numpy() & (texts != types).to_numpy(bool, na_value=False)
    )
    report_cells(job, data, "village_type", differs, "village_type_differs", "warning",
                 official=types.to_numpy(dtype=object))  # fmt: skip


def _check_coverage(job: Job, data: Block, kept: pd.DataFrame) -> None:
    index = job.villages
    missing = sorted(set(index.names) - set(kept["village_code"].dropna().tolist()))
    job.journal.compare_counts(
        "village_register", "", data.sheet, None, len(index.names), len(index.names) - len(missing)
    )
    if missing:
        job.journal.report("villages_not_covered", data.sheet, severity="warning", count=len(missing),
                           names=[index.names[code] for code in missing[:5]])  # fmt: skip
