"""Programme status of the villages, and villages by code and name."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from helpers.cleaning.agencies import report_matches
from helpers.cleaning.block import Block, find_block, split_rows
from helpers.cleaning.job import (
    Cleaned,
    Job,
    kept_rows,
    provenance,
    read_choice,
    read_numbers,
    report_cells,
    report_duplicates,
)
from helpers.cleaning.names import Match, NameIndex, village_key
from helpers.cleaning.preamble import check_preamble
from helpers.cleaning.spellings import VILLAGES as COLUMNS
from helpers.cleaning.text import map_unique
from helpers.schema.villages import VILLAGES, VULNERABILITY_CLASSES

_DOTLESS = re.compile(r"^(\d{2})(\d{2})(\d{2})(\d{4})$")


def normal_village_code(text: str) -> str:
    """Return a village code with its dots.

    >>> normal_village_code("6306052017"), normal_village_code("63.06.05.2017")
    ('63.06.05.2017', '63.06.05.2017')
    """
    match = _DOTLESS.match(text.replace(" ", ""))
    return ".".join(match.groups()) if match else text.replace(" ", "")


def village_index(job: Job) -> NameIndex:
    """Return the villages of the edition's regency, with their aliases."""
    return job.villages


def district_index(job: Job) -> NameIndex:
    """Return the districts of the edition's regency."""
    districts = job.reference("districts")
    own = districts[districts["regency_code"] == job.edition.regency_code]
    return NameIndex(dict(zip(own["district_code"], own["district_name"], strict=True)), (), village_key)


def report_foreign_codes(job: Job, data: Block, name: str) -> np.ndarray:
    """Report village codes of another regency; return where they stand.

    A file whose codes are all foreign is another office's file: that is said once.
    """
    codes = map_unique(data.text(name), lambda text: normal_village_code(text or ""), "str")
    prefix = job.edition.regency_code + "."
    filled = (codes != "").to_numpy()
    foreign = filled & ~codes.str.startswith(prefix).to_numpy(dtype=bool)
    shaped = codes.str.fullmatch(r"\d\d\.\d\d\.\d\d\.\d{4}").to_numpy(dtype=bool)
    foreign &= shaped
    if foreign.any() and foreign.sum() == filled.sum():
        found = sorted({code[:5] for code in codes[foreign]})[:3]
        job.journal.report("file_other_office", data.sheet, found=", ".join(found),
                           office=job.edition.regency_code)  # fmt: skip
    report_cells(job, data, name, foreign, "code_other_regency", regency=job.edition.regency_code)
    return foreign


def clean_villages(job: Job) -> Cleaned:
    """Clean the villages' programme status: one row a village."""
    sheet = next(iter(job.workbook.sheets.values()))
    block = find_block(sheet, COLUMNS, job.journal)
    if block is None:
        return Cleaned({VILLAGES.name: pd.DataFrame(columns=VILLAGES.columns)}, {}, 0)
    check_preamble(job, block)
    data, totals, notes = split_rows(block, job.journal, "village")
    matches = _match(job, data)
    codes = matches.map(lambda match: match.code or None).astype("str")
    years = read_numbers(job, data, "year", required=False, low=2015, high=job.year + 1)
    classes = read_choice(job, data, "class", {name: name for name in VULNERABILITY_CLASSES}, required=False)
    report_duplicates(job, data, pd.DataFrame({"village_code": codes}), "village")
    villages = job.reference("villages").set_index("village_code")
    districts = job.reference("districts").set_index("district_code")["district_name"]
    district = codes.map(villages["district_code"])
    frame = pd.DataFrame({
        "village_code": codes,
        "village_name": codes.map(villages["village_name"]),
        "village_name_source": data.text("village"),
        "match_method": matches.map(lambda match: match.method or None),
        "match_score": matches.map(lambda match: match.score).astype("float64"),
        "village_type": codes.map(villages["village_type"]),
        "district_code": district,
        "district_name": district.map(districts),
        "is_desa_bersinar": ~np.isnan(years),
        "desa_bersinar_year": pd.array(years).astype("Int64"),
        "vulnerability_class": classes,
        **provenance(job, data, {"village_code": "village_code", "village_name": "village",
                                 "desa_bersinar_year": "year",
                                 "vulnerability_class": "class"}),
    }, index=data.frame.index)  # fmt: skip
    _check_type(job, data, frame["village_type"])
    kept = frame[kept_rows(job, data)]
    _check_coverage(job, data, kept)
    structure = len(totals) + notes
    return Cleaned({VILLAGES.name: kept}, {data.sheet or "": data.rows}, len(kept), structure)


def _match(job: Job, data: Block) -> pd.Series:
    """Match each row: by its code, else by its name within its district.

    A code wins over a name; a name that is exactly another village's is reported, since
    one of the two is wrong.
    """
    index, districts = village_index(job), district_index(job)
    names, given = data.text("village"), data.text("district")
    codes = map_unique(data.text("village_code"), lambda text: normal_village_code(text or ""), "str")
    district_match = map_unique(given, lambda name: districts.match(name or ""), object)
    report_matches(job, data, "district", district_match, (given != "").to_numpy())
    inside: dict[str, set[str]] = {}
    for code in index.names:
        inside.setdefault(code[:8], set()).add(code)
    foreign = report_foreign_codes(job, data, "village_code")
    by_code = codes.isin(index.names).to_numpy() & ~foreign
    unknown = (codes != "").to_numpy() & ~by_code & ~foreign
    report_cells(job, data, "village_code", unknown, "code_unknown")
    found = pd.Series([Match()] * len(names), index=names.index, dtype=object)
    found[by_code] = codes[by_code].map(lambda code: Match(code, "code", 100.0))
    need = ~by_code & ~foreign & ~unknown
    pairs = zip(names[need], (match.code for match in district_match[need]), strict=True)
    # Rows without a code are few (a national table carries codes), so these are matched one by one.
    matched = [index.match(name, frozenset(inside[place]) if place else None) for name, place in pairs]
    found[need] = pd.Series(matched, names.index[need], object)
    report_matches(job, data, "village", found, need)
    _report_conflicts(job, data, codes, by_code, index)
    return found


def _report_conflicts(job: Job, data: Block, codes: pd.Series, by_code: np.ndarray, index: NameIndex) -> None:
    names = data.text("village")
    official = codes.map(index.names)
    suspects = by_code & (names != "").to_numpy() & (names != official).to_numpy(dtype=bool, na_value=False)
    conflict = np.zeros(len(names), dtype=bool)
    if suspects.any():
        conflict[suspects] = [
            bool(match.code) and match.code != code and match.method in ("exact", "alias")
            for match, code in ((index.match(name), code)
                                for name, code in zip(names[suspects], codes[suspects], strict=True))
        ]  # fmt: skip
    report_cells(job, data, "village", conflict, "code_and_name_differ",
                 code=codes.to_numpy(dtype=object), official=official.to_numpy(dtype=object))  # fmt: skip


def _check_type(job: Job, data: Block, types: pd.Series) -> None:
    if "type" not in data.frame:
        return
    texts = data.text("type").str.casefold()
    differs = (
        (texts != "").to_numpy() & types.notna().to_numpy() & (texts != types).to_numpy(bool, na_value=False)
    )
    report_cells(job, data, "type", differs, "village_type_differs", "warning",
                 official=types.to_numpy(dtype=object))  # fmt: skip


def _check_coverage(job: Job, data: Block, kept: pd.DataFrame) -> None:
    index = village_index(job)
    missing = sorted(set(index.names) - set(kept["village_code"].dropna()))
    if missing:
        job.journal.report("villages_not_covered", data.sheet, severity="warning", count=len(missing),
                           names=[index.names[code] for code in missing[:5]])  # fmt: skip
