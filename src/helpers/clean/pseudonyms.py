"""Codes of people replaced by keyed pseudonyms, before anything is checked, said or written.

An office that has only identity numbers or names for its respondents declares it; the same
person then has the same pseudonym in every edition made with the same key, and nobody without
the key can find out whose it is (HMAC-SHA256, RFC 2104). The key is the office's own: it lies
in an environment variable or in a file outside the project, and is never written anywhere.
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from helpers.clean.block import NOTE_ROW, TOTAL_ROW
from helpers.clean.journal import Journal
from helpers.clean.text import label_key, map_unique, name_key, split_kinds
from helpers.columns.resilience import FAMILY_SURVEY
from helpers.edition import Edition, Source
from helpers.indonesian.text import tidy
from helpers.privacy import MASK
from helpers.privacy_key import SHORTEST_KEY, find_key, is_inside_project, key_place
from helpers.read import RawSheet, RawWorkbook, cell_name

#: Source -> the columns that may hold people, with the heading that the cleaner looks for.
PSEUDONYMISED = {
    "family_survey": {name: FAMILY_SURVEY.cells[f"{name}_id"].heading for name in ("family", "respondent")}
}
#: 13 letters hold 65 bits: a million people share none, and no run of digits looks like a number.
_LETTERS = 13
#: A heading is looked for in so many rows.
_HEADING_ROWS = 40
_STRUCTURE = re.compile(rf"{TOTAL_ROW}|{NOTE_ROW}|^\d{{1,2}}$")
_DIGITS = re.compile(r"[\d .\-]+")
#: From here on a number has lost its last digits to the spreadsheet.
_INEXACT = 1e15


def pseudonymise(workbook: RawWorkbook, edition: Edition, source: Source, journal: Journal) -> RawWorkbook:
    """Return the workbook with the declared columns of people replaced by pseudonyms.

    ``edition.toml`` says which heading of the file holds the people of which column, and where
    the key is::

        [sources.family_survey.pseudonymise]
        respondent = "NIK"

        [privacy]
        key_env = "BNNK_KUNCI"       # or key_file = "/a/folder/outside/the/project/key"

    Without a usable key nothing is replaced: what is personal is then refused as everywhere.
    """
    declared = source.options.get("pseudonymise", {})
    if not declared:
        return workbook
    known = PSEUDONYMISED.get(source.name, {})
    unknown = sorted(set(declared) - set(known))
    if unknown:
        journal.report("pseudonym_column_unknown", names=unknown, known=list(known) or ["-"])
        return workbook
    key = _find_key(edition.declaration.get("privacy", {}), journal)
    if key is None:
        return workbook
    sheets: dict[str, RawSheet] = dict(workbook.sheets)
    for name in workbook.sheets:
        for column, heading in declared.items():
            sheets[name] = _replace_column(sheets[name], column, str(heading), known[column], key, journal)
    return replace(workbook, sheets=sheets)


def _find_key(privacy: Mapping[str, Any], journal: Journal) -> bytes | None:
    """Return the key; report why there is none."""
    key = find_key(privacy)
    if is_inside_project(privacy):
        journal.report("pseudonym_key_inside", value=key_place(privacy))
    elif key is None:
        journal.report("pseudonym_key_missing", value=key_place(privacy) or "-", shortest=SHORTEST_KEY)
    return key


def _replace_column(
    sheet: RawSheet, column: str, heading: str, label: str, key: bytes, journal: Journal
) -> RawSheet:
    place = _find_heading(sheet, heading)
    if place is None:
        journal.report("pseudonym_heading_missing", sheet.name, column=heading)
        return sheet
    row, position = place
    cells = sheet.cells[position].astype(object)
    below = cells.index > row
    is_number = split_kinds(cells)[0] & below
    inexact = cells.index[is_number][cells[is_number].astype("float64").abs() >= _INEXACT].to_numpy()
    journal.cells("personal_number_inexact", sheet.name, inexact, position, {"value": MASK})

    def is_person(value: Any) -> bool:
        words = label_key(tidy(value))
        return bool(words) and words != label_key(heading) and not _STRUCTURE.match(words)

    people = map_unique(cells, is_person, "bool").to_numpy(dtype=bool) & below
    cells[people] = map_unique(cells[people], lambda value: pseudonym(tidy(value), column, key), "str")
    # Exports repeat the heading on every page: each is the heading that the cleaner looks for.
    cells[map_unique(cells, lambda value: label_key(tidy(value)) == label_key(heading), "bool")] = label
    journal.report("personal_pseudonymised", sheet.name, cell_name(row, position), "note",
                   column=heading, count=int(people.sum()))  # fmt: skip
    changed = sheet.cells.copy()
    changed[position] = cells
    return replace(sheet, cells=changed)


def _find_heading(sheet: RawSheet, heading: str) -> tuple[int, int] | None:
    wanted = label_key(heading)
    for row, values in sheet.cells.head(_HEADING_ROWS).iterrows():
        for position, value in values.items():
            if isinstance(value, str) and label_key(value) == wanted:
                return int(str(row)), int(str(position))
    return None


def pseudonym(text: str, column: str, key: bytes) -> str:
    """Return the pseudonym of a person in a column: the same for every way to write the same text.

    >>> pseudonym("6306 0517 0199 0001", "respondent", b"k" * 16) == pseudonym(
    ...     "6306051701990001", "respondent", b"k" * 16)
    True
    """
    plain = re.sub(r"\D", "", text) if _DIGITS.fullmatch(text) else name_key(text)
    digest = hmac.digest(key, f"{column}\0{plain}".encode(), "sha256")
    return base64.b32encode(digest).decode()[:_LETTERS].lower()
