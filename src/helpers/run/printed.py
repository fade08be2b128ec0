"""What the documents print, each figure with its origin; a figure without one stops the build.

Prose prints figures by citing facts. A chart's title, subtitle and alternative text are made
from its frame: every number in them must be a fact, a cell of the chart's own data, the number of
a column's cells, or the sum of rows that share a text; of a scale also a bound that its notebook
prints. A table's cells lead to file, sheet and cells through its columns.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from itertools import combinations
from pathlib import Path
from typing import Any

from helpers.check.digits import find_written
from helpers.edition import Edition, Source, load_edition
from helpers.errors import DataError, ExportError, ParameterError
from helpers.facts import Fact
from helpers.facts.citation import split_citations
from helpers.facts.origins import SheetOrigin, describe_origins, to_json, whole_file
from helpers.messages import translate
from helpers.run.manifest import write_json

MIME_HEAD = "application/vnd.helpers."
#: Numbers that state how a measure is built, not what was measured: the ends of the scale of
#: the index (25 to 100), a percentage's whole, and the counts that are hidden to protect people.
CONSTANTS = tuple(Decimal(number) for number in (1, 4, 25, 100))
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")
#: Blocks whose texts cite facts.
_PROSE = ("prose", "notice", "release", "keyfigures")


@dataclass(frozen=True, slots=True)
class Printed:
    """A block of an executed notebook: its kind, its content, the document it belongs to."""

    document: str
    kind: str
    content: Any


def write_printed(edition: Edition, facts: Sequence[Fact]) -> None:
    """Add to ``facts.json`` where the cells of all tables and charts come from.

    Raises
    ------
    ExportError
        With every figure in a document that leads to no origin.
    """
    blocks = [block for path in sorted((edition.paths.out / "notebooks").glob("*.ipynb"))
              for block in read_printed(path)]  # fmt: skip
    known = _known_sources(edition)
    errors = [*find_unowned(blocks, facts, edition.locale), *find_sourceless(blocks, known, edition.locale)]
    if errors:
        raise ExportError("\n".join([translate("run.no_origin.head", edition.locale), *errors]))
    origins = describe_origins(edition)
    entries = []
    for block in blocks:
        if block.kind not in ("table", "figure"):
            continue
        sources = [source for title, source in known.items() if title in block.content["source"]]
        for source in sources:
            origins.setdefault(_label(edition, source), [whole_file(source)])
        entries.append(_entry(block, [_label(edition, source) for source in sources], origins))
    path = edition.paths.out / "facts.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    write_json(path, {**document, "origins": to_json(origins), "tables": entries})


def find_sourceless(blocks: Sequence[Printed], titles: Iterable[str], locale: str) -> Iterator[str]:
    """Yield what is wrong with tables and charts whose source line names no source of the edition.

    Parameters
    ----------
    blocks : sequence of Printed
    titles : iterable of str
        Of all sources, as source lines name them.
    locale : str
    """
    named = list(titles)
    for block in blocks:
        if block.kind in ("table", "figure") and not any(title in block.content["source"] for title in named):
            yield _error(locale, "no_source", block, block.content["name"])


def read_printed(path: Path) -> Iterator[Printed]:
    """Yield what an executed notebook shows."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            kinds = [name for name in data if name.startswith(MIME_HEAD)]
            if kinds:
                kind = kinds[0].removeprefix(MIME_HEAD).partition("+")[0]
                yield Printed(path.stem, kind, data[kinds[0]])
            elif "text/markdown" in data:
                yield Printed(path.stem, "prose", "".join(data["text/markdown"]))


def find_unowned(blocks: Sequence[Printed], facts: Sequence[Fact], locale: str) -> Iterator[str]:
    """Yield a message for every number that states neither a fact nor a value of its own chart.

    Parameters
    ----------
    blocks : sequence of Printed
        Of all documents of a build.
    facts : sequence of Fact
        Of the build.
    locale : {"id", "en"}
        Language of the documents and of the messages.
    """
    values, dates = _stated(facts)
    bounds: dict[str, list[Decimal]] = {}
    for block in blocks:
        if block.kind == "table":
            bounds.setdefault(block.document, []).extend(_bounds(block.content))
    shown: set[tuple[str, str, str]] = set()
    by_key = {fact.key: fact for fact in facts}
    for block in blocks:
        if block.kind in _PROSE:
            yield from _miscited(block, by_key, locale)
        quoted, days = "", dates
        if block.kind == "figure":
            # A chart shown again in another document says what it said where it was drawn.
            said = (block.content["name"], block.content["title"], block.content["alt"])
            if said in shown:
                continue
            shown.add(said)
            own = [*values, *_chart_values(block.content["data"]), *bounds.get(block.document, ())]
            texts = [block.content[part] for part in ("title", "subtitle", "alt")]
            quoted, days = _words(block.content["data"]), [*dates, *_dates(block.content["data"])]
        elif block.kind in _PROSE:
            own, texts = values, [_uncited(text) for text in _texts(block.content)]
        elif block.kind == "table":
            own, texts = values, [block.content["caption"], block.content["note"]]
        else:
            continue
        for text in texts:
            for written in find_written(text, locale):
                if written.text not in quoted and not written.states([*own, *CONSTANTS], days):
                    yield _error(locale, "number", block, written.text, text)


def _miscited(block: Printed, facts: Mapping[str, Fact], locale: str) -> Iterator[str]:
    """Yield a message for every figure that cites a fact and does not state it."""
    pairs = [pair for text in _texts(block.content) for pair in split_citations(text) if pair[1]]
    if block.kind == "keyfigures":
        pairs += [(item["value"], item["key"]) for item in block.content["items"]]
    for text, key in pairs:
        own, days = _stated([facts[key]] if key in facts else [])
        written = list(find_written(text, locale))
        if key not in facts or not all(number.states(own, days) for number in written):
            yield _error(locale, "cited", block, text, key)


def _error(locale: str, key: str, block: Printed, found: str, text: str = "") -> str:
    return translate(f"run.no_origin.{key}", locale, document=block.document, found=found, text=text)


def _stated(facts: Iterable[Fact]) -> tuple[list[Decimal], list[dt.date]]:
    """Return the numbers and dates that facts state; of a date also the year."""
    values: list[Decimal] = []
    dates: list[dt.date] = []
    for fact in facts:
        for value in (fact.value, fact.published):
            if fact.unit == "date" and isinstance(value, str):
                values.append(Decimal(value[:4]))
                dates += [dt.date.fromisoformat(value)] if len(value) == len("2021-12-29") else []
            else:
                values += _numbers(value)
    return values, dates


def _numbers(value: Any) -> Iterator[Decimal]:
    """Yield the numbers in a value or in nested lists of them; text that is a number counts."""
    if isinstance(value, list | tuple):
        for item in value:
            yield from _numbers(item)
    elif isinstance(value, int | float | str) and not isinstance(value, bool):
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            return
        if number.is_finite():
            yield number


def _chart_values(data: Mapping[str, Any]) -> Iterator[Decimal]:
    """Yield what a chart's own data state.

    These are its cells, how many a column has, the sums of its rows that share a text, and how many rows
    share two texts: a grid of statuses states how many units have each status at each position.
    """
    for column in zip(*data["rows"], strict=True):
        yield Decimal(sum(cell is not None for cell in column))
    pairs = Counter(
        ((first, row[first]), (second, row[second]))
        for row in data["rows"] for first, second in combinations(range(len(row)), 2)
        if isinstance(row[first], str) and isinstance(row[second], str)
    )  # fmt: skip
    yield from map(Decimal, set(pairs.values()))
    sums: dict[tuple[int, str, int], Decimal] = {}
    for row in data["rows"]:
        yield from _numbers([cell for cell in row if not isinstance(cell, str)])
        # "2021-12-29" and "2021-B06" speak of their year
        yield from (Decimal(cell[:4]) for cell in row if isinstance(cell, str) and cell[:4].isdigit())
        for group, name in ((place, cell) for place, cell in enumerate(row) if isinstance(cell, str)):
            for place, cell in enumerate(row):
                for number in _numbers(cell) if not isinstance(cell, str) else ():
                    key = (group, name, place)
                    sums[key] = sums.get(key, Decimal(0)) + number
    yield from sums.values()


def _bounds(table: Mapping[str, Any]) -> Iterator[Decimal]:
    """Yield the bounds of a scale that a table prints."""
    places = [place for place, column in enumerate(table["columns"]) if column["key"].endswith("_bound")]
    yield from _numbers([[row[place] for place in places] for row in table["values"]])


def _dates(data: Mapping[str, Any]) -> Iterator[dt.date]:
    """Yield the dates in a chart's data: cells that begin as ``2021-12-29``."""
    for cell in (cell for row in data["rows"] for cell in row if isinstance(cell, str)):
        if _ISO_DATE.match(cell):
            yield dt.date.fromisoformat(cell[:10])


def _words(data: Mapping[str, Any]) -> str:
    """Return a chart's text cells: a name that it shows may hold a number ("RAN P4GN 2020–2024")."""
    return " … ".join(cell for row in data["rows"] for cell in row if isinstance(cell, str))


def _texts(content: Any) -> Iterator[str]:
    """Yield the texts of a block, not the keys of its facts."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping):
        for name, value in content.items():
            if name not in ("key", "kind", "contact", "svg"):
                yield from _texts(value)
    elif isinstance(content, list):
        for item in content:
            yield from _texts(item)


def _uncited(text: str) -> str:
    """Return a text without the figures that cite a fact."""
    return " … ".join(part for part, key in split_citations(text) if not key)


def _known_sources(edition: Edition) -> dict[str, Source]:
    """Return sources by their titles, of the edition and of the office's other ones."""
    known = {source.title_in(edition.locale): source for source in edition.sources.values()}
    for folder in sorted(edition.paths.raw.parent.glob("[0-9]*")):
        year = int(folder.name) if folder.name.isdigit() else edition.params.year
        if year == edition.params.year:
            continue
        try:
            other = load_edition(replace(edition.params, year=year))
        except (DataError, ParameterError):
            continue  # an edition that is not ready lends no figures
        for source in other.sources.values():
            known.setdefault(source.title_in(edition.locale), source)
    return known


def _label(edition: Edition, source: Source) -> str:
    own = edition.sources.get(source.name)
    return source.name if own == source else f"{source.path.parent.name}/{source.name}"


def _entry(block: Printed, sources: list[str], origins: Mapping[str, list[SheetOrigin]]) -> dict[str, Any]:
    """Return a table or chart as ``facts.json`` lists it.

    A column that a source holds as its own measure leads to that measure's cells; one that is
    computed leads to all cells of its sources (``measure`` is null).
    """
    columns = block.content["columns"] if block.kind == "table" else block.content["data"]["columns"]
    keys = [column["key"] if isinstance(column, Mapping) else str(column) for column in columns]
    measures = {measure for name in sources for sheet in origins[name] for measure in sheet.cells}
    return {
        "name": block.content["name"],
        "kind": block.kind,
        "notebook": block.document,
        "sources": sources,
        "columns": [{"key": key, "measure": key if key in measures else None} for key in keys],
    }
