"""Where a figure comes from, as a reader sees it: the same words in a panel and in a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from helpers.facts import Fact, fact_text
from helpers.facts.words import describe_fact
from helpers.messages import translate
from helpers.publish.references import fact_anchor

_CELLS = re.compile(r"([A-Z]+)(\d+)(?::[A-Z]+(\d+))?")
#: Ranges up to which a list of cells is written out on paper.
_FEW_RANGES = 4


@dataclass(frozen=True, slots=True)
class Origin:
    """One fact in words; ``places`` name a file with its sheet, then the cells in it."""

    anchor: str
    label: str
    value: str
    formula: str
    places: tuple[tuple[str, str], ...]
    status: str
    function: str
    illustrative: bool


def describe_origin(fact: Fact, lang: str, *, short: bool = False) -> Origin:
    """Return a fact's origin in words; a fact without a label is called by its key.

    ``short`` gives long lists of cells as one range a column with the number of cells in it,
    which is what paper has room for; the page and ``facts.json`` hold every cell.
    """
    label = describe_fact("label", fact.key, lang) or fact.label(lang) or fact.key
    formula = describe_fact("formula", fact.key, lang)
    return Origin(
        anchor=fact_anchor(fact.key),
        label=label[:1].upper() + label[1:],
        value=fact.text(lang),
        formula=formula,
        places=tuple(_places(fact, lang, short)),
        status=_status(fact, lang),
        function="" if fact.computed_by in ("published", "declared") else fact.computed_by,
        illustrative=fact.illustrative,
    )


def _places(fact: Fact, lang: str, short: bool) -> Iterator[tuple[str, str]]:
    """Yield file and cells; sheets of one file whose cells are the same are named together."""
    sheets: dict[tuple[str, str], list[str]] = {}
    for source in fact.sources:
        sheets.setdefault((source.file, source.cells), []).extend([source.sheet] if source.sheet else [])
    for (file, cells), names in sheets.items():
        sheet = translate("publish.origin.sheet", lang, sheet=", ".join(names)) if names else ""
        where = ", ".join(part for part in (file, sheet) if part)
        if not cells:
            yield where, translate("publish.origin.whole_file", lang)
            continue
        kind = "entry" if fact.computed_by == "declared" else "cells"
        blocks = _merged(cells)
        if short and len(blocks.split(",")) > _FEW_RANGES:
            yield where, _spans(cells, lang)
        else:
            # A space after each comma lets a long list of ranges wrap.
            yield where, translate(f"publish.origin.{kind}", lang, cells=blocks.replace(",", ", "))


def _merged(cells: str) -> str:
    """Return cells with the same rows in neighbouring columns as one block.

    >>> _merged("G5:G24,H5:H24,I5:I24,K5:K24")
    'G5:I24,K5:K24'
    """
    blocks: list[tuple[str, str, str, str]] = []
    for part in cells.split(","):
        match = _CELLS.fullmatch(part)
        if match is None:
            return cells
        column, first, last = match[1], match[2], match[3] or match[2]
        if blocks and blocks[-1][2:] == (first, last) and _follows(blocks[-1][1], column):
            blocks[-1] = (blocks[-1][0], column, first, last)
        else:
            blocks.append((column, column, first, last))
    return ",".join(
        f"{left}{first}" if (left, first) == (right, last) else f"{left}{first}:{right}{last}"
        for left, right, first, last in blocks
    )


def _follows(before: str, column: str) -> bool:
    return len(before) == len(column) == 1 and ord(column) == ord(before) + 1


def _spans(cells: str, lang: str) -> str:
    """Return a long list of cells as the span of each column and the number of cells in it."""
    columns: dict[str, list[tuple[int, int]]] = {}
    for match in filter(None, map(_CELLS.fullmatch, cells.split(","))):
        columns.setdefault(match[1], []).append((int(match[2]), int(match[3] or match[2])))
    return ", ".join(
        translate(
            "publish.origin.span", lang,
            first=f"{column}{rows[0][0]}", last=f"{column}{rows[-1][1]}",
            count=sum(last - first + 1 for first, last in rows),
        )
        for column, rows in columns.items()
    )  # fmt: skip


def _status(fact: Fact, lang: str) -> str:
    if fact.computed_by in ("published", "declared"):
        return translate(f"publish.origin.{fact.computed_by}", lang)
    if fact.agrees is None or fact.published is None:
        return translate("publish.origin.computed", lang)
    published = fact_text(fact.published, fact.unit, lang)
    return translate(f"publish.origin.{'agrees' if fact.agrees else 'differs'}", lang, value=published)
