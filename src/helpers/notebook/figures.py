"""The numbers of a chapter: recorded with their rows, and named by the sentences that print them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.columns.labels import has_label, label_of
from helpers.edition import Edition, Source
from helpers.facts import Fact, FactBook, fact_text, read_published
from helpers.facts.announced import record_dates
from helpers.facts.citation import Cited, cited, cited_keys
from helpers.facts.lineage import PROVENANCE_COLUMNS, parse_columns
from helpers.formats import SUPPRESSED
from helpers.indicators.traced import COMPUTED_BY, SOURCES, shared_sources
from helpers.messages import fill
from helpers.notebook.units import Unit
from helpers.notebook.words import UNITS, WORD_FORMATS, Words, check_words, refusal
from helpers.read import read_table

#: End of a part of a key → unit of the figure.
KEY_UNITS = {
    "rate": "share", "share": "share", "level": "share", "idr": "idr", "count": "count", "index": "index",
    "low": "index", "high": "index", "class": "class", "names": "list", "date": "date",
}  # fmt: skip
#: Begins keys of the unit of a profile.
OWN = "own."
PUBLISHED, PUBLISHED_TABLE = "published", "clean_published__figure"


@dataclass(frozen=True)
class Origin:
    """Where numbers come from.

    Parameters
    ----------
    rows : DataFrame or sequence of str, optional
        Rows with their provenance, or names of sources: the whole files.
    cells : sequence of str, optional
        Measures of the rows; without them the number's own column, else all.
    by : callable or str, optional
        What computed the number, where it does not say so itself (`helpers.indicators.traced`).
    """

    rows: pd.DataFrame | Sequence[str] | None = None
    cells: Sequence[str] | None = None
    by: Callable[..., Any] | str | None = None

    def computed_by(self, value: Any, chapter: str) -> Callable[..., Any] | str:
        """Return what computed a value; what a cell computes itself is the notebook's."""
        return self.by or getattr(value, "attrs", {}).get(COMPUTED_BY) or f"notebooks.{chapter}"

    def measures(self, value: Any) -> list[str]:
        """Return the measures of the rows that a value came from."""
        if self.cells is not None:
            return list(self.cells)
        rows = self.rows
        if not isinstance(rows, pd.DataFrame) or "source_columns" not in rows.columns:
            return []
        known = list(parse_columns(str(rows["source_columns"].iloc[0])))
        own = str(value.name) if isinstance(value, pd.Series) else ""
        return [own] if own in known else known

    def holds(self, text: str) -> bool:
        """Return whether a cell of the rows is this text, or is it up to its first comma."""
        if not isinstance(self.rows, pd.DataFrame):
            return False
        own = self.rows.drop(columns=PROVENANCE_COLUMNS, errors="ignore")
        cells = map(str, own.astype("object").to_numpy().ravel())
        return any(text in (cell, cell.partition(",")[0]) for cell in cells)


class Label(str):
    """A value of a closed list, printed by its label: ``{high:section}``."""

    __slots__ = ()

    def printed(self, column: str, locale: str) -> str:
        """Return the label of the value in a column."""
        return label_of(column, self, locale)


class Figures:
    """The figures that one chapter records, those it found recorded, and those it has cited.

    ``used`` are the sources whose rows it has printed; ``files`` those beside the edition's own, by
    the name under which rows cite them.
    """

    def __init__(
        self, edition: Edition, name: str, kind: str, sources: Sequence[str], unit: Unit | None
    ) -> None:
        self._edition = edition
        self._name = name
        self._kind = kind
        self._sources = tuple(sources)
        self._unit = unit
        self._book: FactBook | None = None
        self.files: dict[str, Source] = {}
        self.cited: set[str] = set()
        self.used: set[str] = set()

    @property
    def book(self) -> FactBook:
        """The book, opened at first use since it needs the published figures."""
        if self._book is None:
            paths = self._edition.paths
            # A quality chapter counts rows, which nobody publishes, before published figures are read.
            compares = self._kind != "quality" and PUBLISHED in self._edition.sources
            published = read_published(read_table(PUBLISHED_TABLE, paths.processed)) if compares else {}
            self._book = FactBook(self._edition, published)
            if self._unit is None:
                self._book.inherit(paths.facts, self._name)
            record_dates(self._book, self._edition)
        return self._book

    def full_key(self, key: str) -> str:
        """Return a key with the unit's code: in a profile ``own.index`` is its unit's."""
        if self._unit is not None and key.startswith(OWN):
            return f"{self._unit.prefix}.{key.removeprefix(OWN)}"
        return key

    def find(self, key: str) -> Fact | None:
        """Return a figure that is recorded or was published, else None."""
        key = self.full_key(key)
        if key in self.book:
            return self.book[key]
        return self.book.record_published(key) if self.book.has_published(key) else None

    def record(
        self, key: str, value: Any, origin: Origin, unit: str = "", labels: tuple[str, str] = ("", "")
    ) -> Fact:
        """Record a number with the cells of its rows.

        Raises
        ------
        SchemaError
            If the rows carry no origin, the key is taken by another value, or names no unit.
        """
        key = self.full_key(key)
        unit = unit or self._unit_of(key)
        plain, by = self._plain(key, value, unit), origin.computed_by(value, self._name)
        self.book.know(self.files)
        if isinstance(origin.rows, pd.DataFrame) and len(origin.rows):
            fact = self.book.record(
                key, plain, unit, frame=origin.rows, measures=origin.measures(value), computed_by=by,
                labels=labels,
            )  # fmt: skip
        else:
            # Of no row the whole file says that there is none.
            empty = isinstance(origin.rows, pd.DataFrame)
            files = self.sources_of([origin.rows]) if empty else origin.rows or self._sources
            fact = self.book.record_files(key, plain, unit, sources=files, computed_by=by, labels=labels)
        self._use(fact)
        return fact

    def _unit_of(self, key: str) -> str:
        for part in reversed(key.split(".")):
            end = part.rpartition("_")[2]
            if end in KEY_UNITS:
                return KEY_UNITS[end]
        raise refusal("no_unit", self._edition.locale, figure=key)

    def _plain(self, key: str, value: Any, unit: str) -> Any:
        """Return a value as JSON knows it."""
        if unit == "list":
            return [str(item) for item in value]
        if isinstance(value, pd.Series):
            if len(value) != 1:
                raise refusal("several", self._edition.locale, figure=key, count=len(value))
            value = value.iloc[0]
        if unit == "date" and hasattr(value, "strftime"):
            return f"{value:%Y-%m-%d}"
        return value.item() if hasattr(value, "item") else value

    # -- sentences -----------------------------------------------------------------
    def write(self, said: Words, about: str, origin: Origin) -> str:
        """Return a text in the chapter's language, its numbers recorded and cited.

        Raises
        ------
        SchemaError
            If a number is typed into the text, or a value has no origin.
        """
        locale = self._edition.locale
        styles = check_words(said, locale)
        text = said.text(locale)
        told = {
            name: self._value(name, style, said, about, origin) if name in said.values
            else self._known(name, text)
            for name, style in styles.items()
        }  # fmt: skip
        filled = fill(text, locale, told)
        self.cite(cited_keys(filled))
        return filled

    def _known(self, name: str, text: str) -> Cited:
        """Return the figure that a sentence names, or (``.published``) what was published of it."""
        key, _, part = self.full_key(name).rpartition(".")
        if part == PUBLISHED and key in self.book:
            fact = self.book[key]
            if fact.published is not None:
                printed = {locale: fact_text(fact.published, fact.unit, locale) for locale in ("id", "en")}
                return Cited(key, fact.published, printed)
        if self.full_key(name) not in self.book:
            raise refusal("unknown", self._edition.locale, name=name, text=text)
        return cited(self.book[self.full_key(name)])

    def _value(self, name: str, style: str, said: Words, about: str, origin: Origin) -> Any:
        value, locale = said.values[name], self._edition.locale
        told: dict[str, Any] = {"name": name, "text": said.text(locale)}
        if isinstance(value, Fact):
            return cited(value)
        if style in UNITS:
            if origin.rows is None:
                raise refusal("no_rows", locale, **told)
            prefix = self._unit.prefix if self._unit else self._name
            key = ".".join(part for part in (prefix, about, name) if part)
            return cited(self.record(key, value, origin, UNITS[style]))
        if style in WORD_FORMATS:
            return value
        if has_label(style, str(value)):
            return Label(value)
        if not isinstance(value, str):
            raise refusal("no_format", locale, **told)
        if any(letter.isdigit() for letter in value) and value != SUPPRESSED and not origin.holds(value):
            raise refusal("digits", locale, value=value, **told)
        return value

    # -- what the document must hand on ------------------------------------------------
    def cite(self, keys: Iterable[str]) -> None:
        """Remember the figures that the document prints."""
        for key in keys:
            self.cited.add(key)
            self._use(self.book[key])

    def _use(self, fact: Fact) -> None:
        files = {source.file for source in fact.sources}
        self.used |= {name for name, source in self._edition.sources.items() if source.path.name in files}

    def sources_of(self, values: Iterable[Any]) -> tuple[str, ...]:
        """Return the sources of frames, or all of the chapter's where a frame does not know its own."""
        frames = [value for value in values if isinstance(value, pd.DataFrame)]
        return shared_sources(frames).get(SOURCES) or self._sources

    def source(self, name: str) -> Source:
        """Return a source of the edition, or of another one by the name under which rows cite it."""
        return self.files.get(name) or self._edition.sources[name]
