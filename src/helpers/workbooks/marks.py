"""What is written on a cell: how bad it is, and the words of the comment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from helpers.messages import translate
from helpers.tables import parse_cell_name

#: Worst first; a cell takes the colour of the worst that is said of it.
SEVERITIES = ("error", "warning", "note")
_PERSONAL = "personal_"
_SPACES = re.compile(r"[\x00-\x1f\x7f\s]+")
#: Comments are in the language of whoever mends the file, not of the report.
_LOCALE = "id"


@dataclass(frozen=True, slots=True)
class CellMark:
    """The colour and the comment of one cell."""

    severity: str
    text: str


#: Sheet (empty: the file's only table) -> (row from 1, column from 0) -> mark.
FileMarks = dict[str, dict[tuple[int, int], CellMark]]


def collect_marks(quality: Iterable[Mapping[str, Any]]) -> dict[str, FileMarks]:
    """Return the marks of every file.

    Parameters
    ----------
    quality : iterable of Mapping
        Sources as in ``quality.json``: their findings, rejected cells and corrections.

    Returns
    -------
    dict
        File name -> marks. A file refused for personal data is left out: a copy would
        spread what was refused.
    """
    files: dict[str, dict[str, dict[tuple[int, int], dict[str, str]]]] = {}
    refused = set()
    for source in quality:
        refused |= {f["file"] for f in source["findings"] if f["code"].startswith(_PERSONAL)}
        for file, sheet, cell, severity, text in _statements(source):
            try:
                # Of a run of cells ("F109…F300") the first is named; the others are rejected cells.
                place = parse_cell_name(re.split("[…:]", cell)[0])
            except ValueError:
                continue
            texts = files.setdefault(file, {}).setdefault(sheet or "", {}).setdefault(place, {})
            texts.setdefault(text, severity)
    return {
        file: {
            sheet: {place: _merge(texts) for place, texts in cells.items()} for sheet, cells in sheets.items()
        }
        for file, sheets in files.items()
        if file not in refused
    }


def _merge(texts: Mapping[str, str]) -> CellMark:
    ordered = sorted(texts, key=lambda text: SEVERITIES.index(texts[text]))
    return CellMark(texts[ordered[0]], "\n\n".join(ordered))


def _statements(source: Mapping[str, Any]) -> Iterable[tuple[str, str | None, str, str, str]]:
    """Yield file, sheet, cell, severity and text of everything said about a cell."""
    for finding in source["findings"]:
        if finding["cell"]:
            text = _said(finding["severity"], finding["what_id"], finding["remedy_id"])
            yield finding["file"], finding["sheet"], finding["cell"], finding["severity"], text
    for reject in source["rejects"]:
        text = _said("error", reject["reason_id"], reject["remedy_id"])
        yield reject["source_file"], reject["source_sheet"], reject["source_cell"], "error", text
    for fix in source["corrections"]:
        what = translate(
            "workbooks.marked.correction", _LOCALE, new=fix["to"], old=fix["from"], reason=fix["reason"]
        )
        text = _said("note", what, translate("workbooks.marked.correction_remedy", _LOCALE))
        yield fix["source_file"], fix["source_sheet"], fix["source_cell"], "note", text


def _said(severity: str, what: str, remedy: str) -> str:
    """Return the words of a comment; they begin with a word, never as a formula would."""
    lines = (
        translate(f"workbooks.marked.{severity}", _LOCALE, what=what),
        translate("workbooks.marked.remedy", _LOCALE, remedy=remedy),
    )
    return "\n".join(_SPACES.sub(" ", line).strip() for line in lines)
