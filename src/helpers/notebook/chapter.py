"""The chapter that a notebook tells: six verbs between its tables and its document.

``read`` a table, record a ``figure`` with its rows, ``say`` a sentence in both languages, ``show`` a
chart, print a ``table``, ``close``. Beside them stand ``tiles``, figures set large, and ``note``, a
remark that no reader may miss: both are blocks of their own in every document. Everything that a
document prints passes through here, so that a number cannot reach a page without its origin.
Words of several documents (titles, labels) are in the catalogue; a chapter's own are in its cells.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
from IPython.display import display

from helpers.blocks import KeyFigure, KeyFigures, Notice, NoticeKind, read_prose
from helpers.charts import Chart, ChartContext, figure_bundle, save_chart
from helpers.clean import read_office_table
from helpers.columns import TABLES
from helpers.columns.documents import REQUIRED_SOURCES
from helpers.columns.model import SMALL_COUNT_LIMIT
from helpers.edition import Edition, Source, load_edition
from helpers.errors import ParameterError
from helpers.facts import Fact
from helpers.facts.citation import without_citations
from helpers.facts.lineage import PROVENANCE_COLUMNS
from helpers.facts.words import describe_fact
from helpers.indicators.suppression import has_small_group
from helpers.indicators.traced import SOURCES
from helpers.messages import translate
from helpers.notebook.blocks import Block, Bundle, CitedFacts, Prose, read_shown, write_shown
from helpers.notebook.columns import hide_cells, make_table, mark_quoted
from helpers.notebook.draft import is_draft, prepare_draft
from helpers.notebook.figures import Figures, Origin
from helpers.notebook.head import describe_head
from helpers.notebook.units import Unit, find_unit
from helpers.notebook.words import Words, refusal
from helpers.params import RunParams
from helpers.read import cast_table, column_letter, read_reference, read_table, write_csv

NO_ORIGIN = Origin()


class Chapter:
    """One notebook's view of an edition; made by `open_chapter`.

    Its verbs show what they make at once, so that a cell may hold several, a condition or a loop.
    ``shown`` is what they have shown, ``sources`` are those of the chapter that the edition has. The
    chapter of one unit (a profile) writes no files: its document holds all there is, and many run
    side by side.
    """

    def __init__(
        self, name: str, edition: Edition, sources: Sequence[str], kind: str, unit: Unit | None = None
    ) -> None:
        self.name = name
        self.kind = kind
        self.edition = edition
        self.unit = unit
        self.shown: list[Any] = []
        self._declared = frozenset(sources)
        self.sources = tuple(source for source in sources if source in edition.sources)
        self.figures = Figures(edition, name, kind, self.sources, unit)

    # -- read ------------------------------------------------------------------
    def read(self, table: str, *, earlier: bool = False, missing_ok: bool = False) -> pd.DataFrame:
        """Return a cleaned table of the edition, or a reference table, with the cells of each row.

        Parameters
        ----------
        table : str
            ``"clean_budget__line_month"``, or a file of ``data/reference``: ``"quarterly_targets"``.
        earlier : bool
            Also the rows of the office's earlier editions, with ``edition_year``; ``attrs["unread"]``
            names the years whose file cannot be read.
        missing_ok : bool
            Whether a reference table may be missing: an office need not have it.

        Returns
        -------
        DataFrame
            Without rows where the edition does not declare the source, or the reference is missing.

        Raises
        ------
        SchemaError
            If the chapter does not declare the table's source, or there is no such table.
        """
        if table not in TABLES:
            return self._read_reference(table, missing_ok)
        source, paths = TABLES[table].source, self.edition.paths
        if source not in self._declared:
            raise refusal("undeclared", self.edition.locale, table=table, source=source)
        names = [source]
        if earlier:
            found = read_office_table(self.edition, source, table)
            self.figures.files |= found.sources
            frame = found.frame
            frame.attrs["unread"] = found.unread
            names = [*found.sources, *(name for name in names if name in self.edition.sources)]
        elif source in self.edition.sources:
            frame = read_table(table, paths.processed)
        else:
            frame = cast_table(pd.DataFrame(columns=TABLES[table].columns), TABLES[table])
        known = {*self.figures.files, *self.edition.sources}
        frame.attrs[SOURCES] = tuple(name for name in names if name in known)
        return frame

    def _read_reference(self, table: str, missing_ok: bool) -> pd.DataFrame:
        folder = self.edition.paths.reference_for(table)
        path = folder / f"{table}.csv"
        if not path.is_file() and missing_ok:
            nothing = pd.DataFrame()
            nothing.attrs[SOURCES] = ()
            return nothing
        if not path.is_file():
            raise refusal("no_table", self.edition.locale, table=table)
        frame = read_reference(table, folder, self.edition.regency_code)
        label = f"reference/{path.name}"
        self.figures.files[label] = Source("reference", path, {}, "official", {})
        columns = " ".join(f"{name}:{column_letter(place)}" for place, name in enumerate(frame.columns))
        # The header is row 1 of the sheet.
        places = dict(zip(PROVENANCE_COLUMNS, (label, None, frame.index + 2, columns), strict=True))
        frame = frame.assign(**places)
        frame.attrs[SOURCES] = ()
        return frame

    # -- figure, say -------------------------------------------------------------
    def figure(
        self, key: str, value: Any = None, *, rows: pd.DataFrame | Sequence[str] | None = None,
        cells: Sequence[str] | None = None, by: Callable[..., Any] | str | None = None, unit: str = "",
        id: str = "", en: str = "",
    ) -> Fact | None:  # fmt: skip
        """Record a number with the rows that it came from; without a value, return a known one.

        Parameters
        ----------
        key : str
            Dotted name, ``budget.absorption_rate``; its end gives the unit.
        value : number, str, list or Series
            Shares 0 to 1, not rounded; a Series of one row also says which function computed it. Left
            out, the figure is one that is recorded already, here or by a notebook before this one, or
            one that was published.
        rows, cells, by
            See `Origin`.
        unit : str, optional
            Where the key does not end with it.
        id, en : str
            What the figure is called, where the catalogue (``facts.label``) does not name it.

        Returns
        -------
        Fact or None
            None if it is neither recorded nor published.

        Raises
        ------
        SchemaError
            If the rows carry no origin, the key is taken by another value, or names no unit.
        """
        if value is None:
            return self.figures.find(key)
        return self.figures.record(key, value, Origin(rows, cells, by), unit, (id, en))

    def say(
        self, about: str = "", *, id: str = "", en: str = "", items: Iterable[Words] = (),
        rows: pd.DataFrame | Sequence[str] | None = None, cells: Sequence[str] | None = None,
        by: Callable[..., Any] | str | None = None, **values: Any,
    ) -> None:  # fmt: skip
        """Show a sentence: ``chapter.say(id="Sampai {month:month} …", en="By {month:month} …", month=12)``.

        Parameters
        ----------
        about : str
            Name of the sentence: the numbers among its values are recorded under
            ``<chapter>.<about>.<value>``.
        id, en : str
            The sentence in both languages (Markdown). In braces stand keys of recorded figures
            (``{budget.absorption_rate}``; ``….published`` for what was published) and names of values,
            with a format of `helpers.formats` where it is not the figure's own, or the name of a column
            where it is one of its closed list.
        items : iterable of Words
            Points of a list below the sentence, or instead of it.
        rows, cells, by
            Origin of the numbers among the values (see `Origin`).
        **values
            Words, and numbers that no other document needs.

        Raises
        ------
        SchemaError
            If a number is typed into the sentence, or a value has no origin.
        """
        origin = Origin(rows, cells, by)
        points = "\n".join(f"- {self.figures.write(item, about, origin)}" for item in items)
        sentence = self.figures.write(Words(id, en, values), about, origin)
        self.put(Prose("\n\n".join(part for part in (sentence, points) if part)))

    def note(self, kind: NoticeKind, title: Words, text: Words, *, rows: pd.DataFrame | None = None) -> None:
        """Show a remark that a reader must not miss: a ``warning`` or ``info``, with its title.

        ``rows`` are those whose cells its texts quote.
        """
        head = without_citations(self.figures.write(title, "", NO_ORIGIN))
        said = read_prose(self.figures.write(text, "", Origin(rows)))
        self.put(Block(Notice(kind, said, head)))

    def tiles(self, *items: str | Mapping[str, Any]) -> None:
        """Show figures large, side by side.

        Parameters
        ----------
        *items : str or Mapping
            Keys of recorded figures. A mapping says more: ``key`` (left out where nothing is on
            record), and `words` for ``label``, ``value``, ``note``, ``change`` and ``target``.
        """
        tiles = [self._tile({"key": item} if isinstance(item, str) else item) for item in items]
        self.figures.cite(tile.key for tile in tiles if tile.key)
        self.put(Block(KeyFigures(tuple(tiles))))

    def _tile(self, item: Mapping[str, Any]) -> KeyFigure:
        fact = self.figures.find(item["key"]) if item.get("key") else None
        locale = self.edition.locale
        tile: dict[str, Any] = {"label": "", "value": ""}
        if fact is not None:
            label = describe_fact("label", fact.key, locale) or fact.label(locale) or fact.key
            tile |= {"key": fact.key, "label": label, "value": fact.text(locale)}
            # The banner of a page speaks of all its tiles; a mark on each would say it again.
            tile |= {"note": describe_fact("note", fact.key, locale),
                     "illustrative": fact.illustrative and self.unit is None}  # fmt: skip
        own = {part: self.figures.write(text, "", NO_ORIGIN) for part, text in item.items() if part != "key"}
        told = {part: read_prose(text) if part in ("change", "target") else without_citations(text)
                for part, text in own.items()}  # fmt: skip
        return KeyFigure(**tile | told)

    # -- show, table -------------------------------------------------------------
    def show(
        self, plot: Callable[..., Chart] | str, *args: Any, place: str = "", period: str = "",
        sources: Sequence[str] = (), **options: Any,
    ) -> None:  # fmt: skip
        """Draw a chart and show it: ``chapter.show(plot_absorption_by_month, monthly)``.

        Parameters
        ----------
        plot : callable or str
            A function of `helpers.charts`; or the name of a chart that a notebook before this one drew.
        *args, **options
            Its frame and what else it takes; the chapter adds language, place, period and source line,
            and fills in `words` with recorded figures.
        place, period : str, optional
            Where the chart speaks of another place than the regency, or of several years.
        sources : sequence of str, optional
            Where the frames do not know them (see `helpers.indicators.traced`).
        """
        if isinstance(plot, str):
            self.put(Bundle(read_shown(self.edition.paths.shown_charts / f"{plot}.json")))
            return
        names = tuple(sources) or self.figures.sources_of(args)
        context = ChartContext(
            locale=self.edition.locale,
            place=place or self.edition.place_name,
            period=period or str(self.edition.params.year),
            illustrative=self._is_illustrative(names),
            source_text=self._titles(names),
        )
        told = {
            name: without_citations(self.figures.write(option, "", NO_ORIGIN))
            if isinstance(option, Words) else option
            for name, option in options.items()
        }  # fmt: skip
        chart = plot(*args, context, **told)
        bundle = figure_bundle(chart)
        self.figures.used |= set(names)
        if self.unit is None:
            save_chart(chart, self.edition.paths.figures)
            write_shown(bundle, self.edition.paths.shown_charts / f"{chart.name}.json")
        self.put(Bundle(bundle))

    def table(  # noqa: PLR0913 - each says one thing about the table
        self, frame: pd.DataFrame, name: str, *, id: str, en: str, note: Words | None = None,
        sources: Sequence[str] = (), quotes: bool = False, verbatim: Collection[str] = (),
        labels: Mapping[str, tuple[str, str]] | None = None,
    ) -> None:  # fmt: skip
        """Print a frame as a table and keep it for the workbook of all tables.

        Parameters
        ----------
        frame : DataFrame
            In the order and with the columns of the table; their names give label and format.
        name : str
            Of the table within the chapter.
        id, en : str
            Its caption.
        note : Words, optional
            What stands below it.
        quotes : bool
            Whether it tells what files hold, right or wrong: it states no figure of the edition.
        verbatim : collection of str
            Columns whose words are the source's own, in every language.
        labels : Mapping, optional
            Labels in both languages of columns that the dictionary does not name.
        """
        names, locale = tuple(sources) or self.figures.sources_of([frame]), self.edition.locale
        if has_small_group(frame):
            self.put(Prose(translate("documents.protected.group", locale)))
            return
        shown = hide_cells(frame, locale)
        said = [self.figures.write(note, "", NO_ORIGIN)] if note else []
        if shown is not frame:
            said.append(translate("documents.protected.cells", locale, limit=SMALL_COUNT_LIMIT))
        table = make_table(
            shown,
            name=name,
            caption=self.figures.write(Words(id, en), "", NO_ORIGIN),
            source=translate("documents.source", locale, sources=self._titles(names)),
            locale=locale,
            illustrative=self._is_illustrative(names),
            note=" ".join(said),
            labels={column: pair[locale == "en"] for column, pair in (labels or {}).items()},
        )
        self.figures.used |= set(names)
        if self.unit is None:
            write_csv(shown, self.edition.paths.tables / self.name / f"{name}.csv")
        self.put(Block(replace(mark_quoted(table, verbatim, locale), quotes=quotes)))

    # -- close ---------------------------------------------------------------------
    def close(self) -> None:
        """Write the figures for the notebooks after this one; hand the document its head and figures."""
        book = self.figures.book
        if self.unit is None:
            book.write(self.edition.paths.facts / f"{self.name}.json")
        head = describe_head(self.edition, self.name, self.kind, self.unit, self.figures.used)
        entries = [book[key].to_json() for key in sorted(self.figures.cited)]
        self.put(Block(head))
        self.put(CitedFacts(tuple(entries), translate("documents.facts", self.edition.locale)))

    def put(self, block: Any) -> None:
        """Show a block; notebooks call the verbs, modules of this package also this."""
        self.shown.append(block)
        display(block)  # type: ignore[no-untyped-call]

    def _titles(self, names: Iterable[str]) -> str:
        titles = (self.figures.source(name).title_in(self.edition.locale) for name in names)
        return "; ".join(dict.fromkeys(titles))

    def _is_illustrative(self, names: Iterable[str]) -> bool:
        return any(self.figures.source(name).data_status == "illustrative" for name in names)


def open_chapter(  # noqa: PLR0913 - a notebook's parameters stand in its cell one by one
    name: str, office: str, year: int, locale: str, raw: str, processed: str, out: str, *,
    sources: Sequence[str], kind: str = "chapter", unit: str = "",
) -> Chapter:  # fmt: skip
    """Open the chapter of a notebook.

    In a draft (``processed`` ends with ``draft``) what the chapter needs is cleaned first, unless
    that has been done since the files last changed: a notebook runs alone, in a fresh clone. A
    quality chapter cleans its sources itself.

    Parameters
    ----------
    name : str
        Name of the document, ``budget-absorption``; its title is ``documents.<name>.title``. Of a
        profile the kind of its unit: ``village``, ``district`` or ``opd``.
    office, year, locale, raw, processed, out
        The notebook's parameters, the fields of `RunParams`.
    sources : sequence of str
        Sources of the edition that the chapter reads; no other table is read.
    kind : {"chapter", "quality", "press-release", "brief", "profile"}
    unit : str
        Of a profile: ``village_code``, ``district_code`` or ``opd_id``.

    Raises
    ------
    ParameterError
        If there is no such edition, language or unit, or the edition lacks what the chapter needs.
    DataError
        In a draft, with what is wrong in the files.
    """
    edition = load_edition(RunParams(office, year, locale, raw, processed, out))
    lacking = [source for source in REQUIRED_SOURCES.get(name, ()) if source not in edition.sources]
    if lacking:
        values = {"office": office, "year": str(year), "sources": lacking, "name": name}
        raise ParameterError(translate("chapter.source_missing", locale, **values))
    # The same frame is printed alike in JupyterLab and wherever a notebook is run.
    pd.set_option("display.max_columns", 20)
    if is_draft(edition) and kind != "quality":
        prepare_draft(edition, sources, summary=kind in ("press-release", "brief"))
    if not unit:
        return Chapter(name, edition, sources, kind)
    return Chapter(f"{name}-{unit}", edition, sources, "profile", find_unit(edition, name, unit))
