"""The report a notebook tells: tables in, facts recorded, charts and tables out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from helpers.blocks import KeyFigure, KeyFigures, Notice, NoticeKind, read_prose
from helpers.charts import Chart, ChartContext, figure_bundle, save_chart
from helpers.edition import Edition, load_edition
from helpers.facts import Fact, FactBook, read_published
from helpers.facts.announced import record_dates
from helpers.facts.citation import Cited, cited, cited_keys, without_citations
from helpers.facts.model import FactValue
from helpers.formats import SUPPRESSED
from helpers.indicators.suppression import has_small_group
from helpers.messages import has_text, translate
from helpers.notebook.blocks import Block, Blocks, Bundle, CitedFacts, Prose, write_shown
from helpers.notebook.columns import hide_cells, make_table, mark_quoted
from helpers.notebook.head import describe_head
from helpers.notebook.sentences import placeholders, record_values
from helpers.params import RunParams
from helpers.schema.documents import ALL_SOURCES
from helpers.schema.model import SMALL_COUNT_LIMIT
from helpers.schema.people import is_small, names_people
from helpers.tables import read_reference, read_table, write_csv


class Report:
    """One notebook's view of an edition.

    Made by `open_report`; everything a notebook shows passes through it, so that a
    number cannot reach a page without its source and its mark.
    """

    def __init__(self, name: str, kind: str, edition: Edition) -> None:
        self.name = name
        self.kind = kind
        self.edition = edition
        self.locale = edition.locale
        #: Where its texts stand in the catalogue, and what the keys of its own facts begin with.
        self.texts = f"documents.{name}"
        self.prefix = name
        self._book: FactBook | None = None
        self._cited: set[str] = set()

    # -- head ------------------------------------------------------------------
    def head(self, *sources: str, **values: Any) -> Blocks:
        """Return the document's head and, for illustrative data, the notice that says so.

        ``sources`` are those that the document shows (all of the edition, if none is named);
        ``values`` fill title and subtitle.
        """
        edition = self.edition
        head = describe_head(edition, self.name, self.kind, None, sources)
        head = replace(
            head,
            title=self.text(self._variant("title"), year=edition.params.year, **values),
            subtitle=self.text(self._variant("subtitle"), place=edition.place_name, **values),
            illustrative=edition.is_illustrative(*sources),
        )
        return Blocks((Block(head),))

    def illustrative_text(self) -> str:
        """Return what a reader must know of illustrative data; a kind of document may say it shorter."""
        own = f"{self.texts}.illustrative"
        key = own if has_text(own, self.locale) else "documents.illustrative.text"
        return translate(key, self.locale)

    def text(self, key: str, **values: Any) -> str:
        """Return a text of this document from the catalogue (``documents.<name>.<key>``)."""
        return translate(f"{self.texts}.{key}", self.locale, **values)

    def _variant(self, key: str) -> str:
        """Return the text's key for an edition that lacks a source, where the catalogue has one."""
        lacking = (f"{key}_without_{name}" for name in ALL_SOURCES if name not in self.edition.sources)
        return next((name for name in lacking if has_text(f"{self.texts}.{name}", self.locale)), key)

    # -- in --------------------------------------------------------------------
    def read(self, table: str) -> pd.DataFrame:
        """Return a cleaned table of the edition."""
        return read_table(table, self.edition.paths.processed)

    def read_declared(self, source: str, table: str) -> pd.DataFrame | None:
        """Return a cleaned table, or ``None`` where the edition does not declare its source."""
        return self.read(table) if source in self.edition.sources else None

    def reference(self, table: str) -> pd.DataFrame:
        """Return a reference table: the office's own, or the one of ``data/reference``."""
        return read_reference(table, self.edition.paths.reference_for(table), self.edition.regency_code)

    def village_name(self, codes: pd.Series) -> str:
        """Return the names of the villages that these codes stand for, as read in a sentence."""
        villages = self.read("clean_villages__village")
        names = villages.loc[villages["village_code"].isin(codes), "village_name"]
        return translate("documents.place.village", self.locale, village=", ".join(names))

    # -- facts -----------------------------------------------------------------
    @property
    def facts(self) -> FactBook:
        """The fact book, opened at first use since it needs the published figures.

        A quality notebook counts rows, which nobody has published, and it runs before the
        published figures are read.
        """
        if self._book is None:
            has_figures = self.kind != "quality" and "published" in self.edition.sources
            published = self.read("clean_published__figure") if has_figures else None
            figures = read_published(published) if published is not None else {}
            self._book = FactBook(self.edition, figures)
            self._book.inherit(self.edition.paths.facts, self.name)
            record_dates(self._book, self.edition)
        return self._book

    def record(
        self, key: str, value: FactValue, unit: str, *, frame: pd.DataFrame, measures: Sequence[str],
        computed_by: Callable[..., Any],
    ) -> Fact:  # fmt: skip
        """Record a figure with the rows it came from (see `FactBook.record`)."""
        return self.facts.record(key, value, unit, frame=frame, measures=measures, computed_by=computed_by)

    def record_reference(self, key: str, value: FactValue, unit: str, *origin: Any) -> Fact:
        """Record a figure of a reference table (see `FactBook.record_reference`)."""
        return self.facts.record_reference(key, value, unit, *origin)

    # -- out -------------------------------------------------------------------
    def context(self, *sources: str, place: str = "", period: str = "") -> ChartContext:
        """Return what a chart says of its data: place, period, sources, illustrative or not."""
        return ChartContext(
            locale=self.locale,
            place=place or self.edition.place_name,
            period=period or str(self.edition.params.year),
            illustrative=self.edition.is_illustrative(*sources),
            source_text=self._source_titles(sources),
        )

    def _source_titles(self, sources: Iterable[str]) -> str:
        return "; ".join(self.edition.sources[name].title_in(self.locale) for name in sources)

    def show(self, chart: Chart) -> Bundle:
        """Save a chart (SVG, PNG, CSV) and show it with its alternative text."""
        save_chart(chart, self.edition.paths.figures)
        bundle = figure_bundle(chart)
        write_shown(bundle, self.edition.paths.shown_charts / f"{chart.name}.json")
        return Bundle(bundle)

    def table(
        self, frame: pd.DataFrame, name: str, *sources: str, total_row: bool = False, quotes: bool = False,
        verbatim: Collection[str] = (), **values: Any,
    ) -> Block | Prose:  # fmt: skip
        """Show a frame as a table and save it as CSV.

        The caption is ``documents.<document>.table.<name>``, a note below it (optional)
        ``documents.<document>.note.<name>``; ``values`` fill both. A table that ``quotes`` tells
        what files hold, right or wrong: it states no figure of the edition. The words of
        ``verbatim`` columns are the source's own, in every language.

        Small counts of people are hidden here, whatever the notebook has done; of a survey with a
        group of too few respondents a sentence says why there is no table.
        """
        if has_small_group(frame):
            return self.tell_protected("group")
        shown = hide_cells(frame, self.locale, total_row=total_row)
        note_key = f"{self.texts}.note.{name}"
        note = translate(note_key, self.locale, **values) if has_text(note_key, self.locale) else ""
        if shown is not frame:
            said = translate("documents.protected.cells", self.locale, limit=SMALL_COUNT_LIMIT)
            note = " ".join(filter(None, [note, said]))
        table = make_table(
            shown,
            name=name,
            caption=self.text(f"table.{name}", **values),
            source=translate("documents.source", self.locale, sources=self._source_titles(sources)),
            locale=self.locale,
            illustrative=self.edition.is_illustrative(*sources),
            note=note,
            total_row=total_row,
        )
        self.keep_table(shown, name)
        return Block(replace(mark_quoted(table, verbatim, self.locale), quotes=quotes))

    def keep_table(self, frame: pd.DataFrame, name: str) -> None:
        """Write a table for the workbook of all tables."""
        write_csv(frame, self.edition.paths.tables / self.name / f"{name}.csv")

    def table_or_note(
        self, frame: pd.DataFrame, name: str, *sources: str, verbatim: Collection[str] = ()
    ) -> Block | Prose:
        """Show a table of what files hold, or the sentence ``documents.empty.<name>`` without rows."""
        if frame.empty:
            return Prose(translate(f"documents.empty.{name}", self.locale))
        return self.table(frame, name, *sources, quotes=True, verbatim=verbatim)

    def tell(self, key: str, origin: Mapping[str, Any] | None = None, **values: Any) -> Prose:
        """Show a generated paragraph: ``documents.<document>.prose.<key>`` with its values.

        Parameters
        ----------
        origin : Mapping, optional
            Where the figures among the values come from (see `record_values`); they are then
            recorded, and the sentence leads to them. Values from ``facts.pick`` are recorded already.
        """
        path = f"{self.texts}.prose.{key}"
        if origin is not None:
            styles = placeholders(path, self.locale)
            values = record_values(self.facts, f"{self.prefix}.{key}", styles, values, origin)
        return Prose(self._note(translate(path, self.locale, **_protected(values))))

    def _note(self, text: str) -> str:
        """Remember the facts that a text cites; the document carries them."""
        self._cited.update(cited_keys(text))
        return text

    def tell_if(
        self, holds: bool, key: str, origin: Mapping[str, Any] | None = None, **values: Any
    ) -> Prose | None:
        """Show a generated paragraph only where it holds."""
        return self.tell(key, origin, **values) if holds else None

    def tell_protected(self, key: str, **values: Any) -> Prose:
        """Say why so small a survey, or a part of it, is not shown: ``documents.protected.<key>``."""
        return Prose(self._note(translate(f"documents.protected.{key}", self.locale, **values)))

    def tell_published(self, fact: Fact) -> Prose | None:
        """Say whether a computed figure agrees with the published one, if there is one."""
        if fact.agrees is None or fact.published is None:
            return None
        key = "published_agrees" if fact.agrees else "published_differs"
        return self.tell(key, published=Cited(fact.key, fact.published), computed=cited(fact))

    def notice(
        self, key: str, kind: NoticeKind = "info", origin: Mapping[str, Any] | None = None, **values: Any
    ) -> Block:
        """Show a notice: ``documents.<document>.notice.<key>`` has ``title`` and ``text``."""
        path = f"{self.texts}.notice.{key}"
        if origin is not None:
            styles = placeholders(f"{path}.text", self.locale)
            values = record_values(self.facts, f"{self.prefix}.{key}", styles, values, origin)
        title = without_citations(translate(f"{path}.title", self.locale, **_protected(values)))
        text = translate(f"{path}.text", self.locale, **_protected(values))
        return Block(Notice(kind, read_prose(self._note(text)), title))

    def key_figures(self, keys: Iterable[str]) -> Block:
        """Show recorded figures as tiles, with what was published beside what was computed."""
        items = tuple(self._key_figure(self.facts[key]) for key in keys)
        self._cited.update(item.key for item in items)
        return Block(KeyFigures(items))

    def _key_figure(self, fact: Fact) -> KeyFigure:
        note = translate(f"facts.note.{fact.key}", self.locale) if has_text(
            f"facts.note.{fact.key}", self.locale) else ""  # fmt: skip
        return KeyFigure(
            label=translate(f"facts.label.{fact.key}", self.locale),
            value=fact.text(self.locale),
            note=note,
            illustrative=fact.illustrative,
            key=fact.key,
        )

    def close(self) -> CitedFacts:
        """Write this notebook's facts for those after it, and show the facts that its document cites."""
        self.facts.write(self.edition.paths.facts / f"{self.name}.json")
        entries = [self.facts[key].to_json() for key in sorted(self._cited)]
        return CitedFacts(tuple(entries), translate("documents.facts", self.locale))


def _protected(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a sentence's values with its small counts of people hidden; facts are hidden when recorded."""
    return {
        name: SUPPRESSED if names_people(name) and is_small(value) else value
        for name, value in values.items()
    }


def open_report(
    name: str,
    office: str,
    year: int,
    locale: str,
    raw: str,
    processed: str,
    out: str,
    *,
    kind: str = "chapter",
) -> Report:
    """Open the report of a notebook.

    Parameters
    ----------
    name : str
        Name of the document, ``budget-absorption``; its texts are ``documents.<name>``.
    office, year, locale, raw, processed, out
        The notebook's parameters, the fields of `RunParams`.
    kind : {"chapter", "quality", "press-release", "brief"}

    Raises
    ------
    ParameterError
        If there is no such edition or language.
    """
    params = RunParams(office, year, locale, raw, processed, out)
    return Report(name, kind, load_edition(params))
