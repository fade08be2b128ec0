"""The profile that a template notebook tells: one page on a village, a district or a department."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import pandas as pd

from helpers.charts import Chart, figure_bundle
from helpers.edition import Edition, load_edition
from helpers.errors import ParameterError
from helpers.facts import Fact, FactBook, read_published
from helpers.facts.announced import record_dates
from helpers.facts.citation import cited
from helpers.facts.profiles import Tiles
from helpers.indicators.programmes import list_programmes
from helpers.messages import has_text, translate
from helpers.notebook.blocks import Block, Bundle, Prose, facts_block, key_figures_block
from helpers.notebook.report import Report
from helpers.params import RunParams
from helpers.schema import TABLES
from helpers.schema.labels import capital, label_of
from helpers.schema.people import is_small, may_count_people
from helpers.tables import cast_table

ProfileKind = Literal["village", "district", "opd"]


class Profile(Report):
    """One notebook's view of an edition, for one unit; made by `open_profile`.

    It writes no file: what it shows is in the executed notebook, so that many run side by side.
    """

    def __init__(self, unit: ProfileKind, code: str, edition: Edition) -> None:
        super().__init__(f"{unit}-{code}", "profile", edition)
        self.texts = f"profiles.{unit}"
        self.prefix = f"{unit}.{code}"
        self.code = code

    @property
    def facts(self) -> FactBook:
        """The fact book of this profile alone."""
        if self._book is None:
            published = read_published(self.read("clean_published__figure"))
            self._book = FactBook(self.edition, published)
            record_dates(self._book, self.edition)
        return self._book

    def read(self, table: str) -> pd.DataFrame:
        """Return a cleaned table; one whose source the edition does not declare has no rows."""
        if TABLES[table].source in self.edition.sources:
            return super().read(table)
        return cast_table(pd.DataFrame(columns=list(TABLES[table].columns)), TABLES[table])

    def read_layout(self) -> pd.DataFrame | None:
        """Return the places of districts on the tile map, or nothing where nobody has placed them."""
        path = self.edition.paths.reference_for("district_tiles") / "district_tiles.csv"
        return self.reference("district_tiles") if path.is_file() else None

    def find(self, frame: pd.DataFrame, column: str) -> pd.DataFrame:
        """Return the rows of this profile's unit.

        Raises
        ------
        ParameterError
            If there is none.
        """
        rows = frame.loc[frame[column] == self.code]
        if rows.empty:
            text = translate("profiles.unknown", self.locale, name=column, value=self.code)
            raise ParameterError(text)
        return rows

    def declared(self, *sources: str) -> list[str]:
        """Return those of the sources that the edition declares."""
        return [name for name in sources if name in self.edition.sources]

    def pick_named(self, **names: str) -> dict[str, Any]:
        """Return facts of this profile as values of a sentence: ``pick_named(index="index")``."""
        return dict(self.facts.pick(**{name: f"{self.prefix}.{key}" for name, key in names.items()}))

    def published(self, key: str) -> Fact | None:
        """Record a published figure, if it was published."""
        table = self.read("clean_published__figure")
        return self.facts.record_published(key) if key in set(table["fact_key"]) else None

    def describe(self, own: pd.DataFrame) -> dict[str, str]:
        """Return the names of the profile's unit, as values of a sentence."""
        row = own.iloc[0]
        named = {"code": self.code}
        for column in ("village_name", "district_name"):
            if column in own.columns:
                named[column.partition("_")[0]] = str(row[column])
        if "village_type" in own.columns:
            named["kind"] = capital(label_of("village_type", str(row["village_type"]), self.locale))
        if "opd_name" in own.columns:
            named["opd"] = str(row["opd_name" if self.locale == "id" else "opd_name_en"])
            named["short"] = str(row["opd_short_name"])
        return named

    def name_places(self, levels: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
        """Return a comparison of levels with the names of its places instead."""
        names = self.describe(own)
        said = {
            "village": translate("profiles.comparison.own_village", self.locale, **names),
            "district": translate("profiles.comparison.district", self.locale, **names),
            "regency": self.edition.place_name,
        }
        return levels.drop(columns="level").assign(place_name=levels["level"].map(said))[
            ["place_name", *levels.columns.drop("level")]
        ]

    def mark_own(self, districts: pd.DataFrame) -> pd.DataFrame:
        """Return districts with the own one marked, without their codes."""
        own = districts["district_code"] == self.code
        marked = [
            translate("profiles.comparison.own_district", self.locale, district=name) if mine else name
            for name, mine in zip(districts["district_name"], own, strict=True)
        ]
        return districts.assign(district_name=marked).drop(columns="district_code")

    def tell_names(
        self, key: str, rows: pd.DataFrame, column: str, measure: str, computed_by: Callable[..., Any]
    ) -> Prose:
        """Tell the names in a column of some rows, or ``<key>_none`` where there are none."""
        if rows.empty:
            return self.tell(f"{key}_none")
        origin = {"frame": rows, "measures": [measure], "computed_by": computed_by}
        return self.tell(key, origin, names=rows[column])

    def show(self, chart: Chart) -> Bundle:
        """Show a chart; the page holds the picture and its data."""
        return Bundle(figure_bundle(chart))

    def tiles(self, facts: Tiles) -> Block:
        """Show recorded facts as tiles; one that is not on record says so.

        Texts of a tile: ``tile.<name>.label``, ``.none`` and, where more than the figure is said, ``.value``.
        """
        items: list[dict[str, Any]] = []
        for name, fact in facts.items():
            path = f"{self.texts}.tile.{name}"
            value = fact.text(self.locale) if fact else translate(f"{path}.none", self.locale)
            if fact and has_text(f"{path}.value", self.locale):
                value = translate(f"{path}.value", self.locale, value=value)
            note = translate(f"{path}.note", self.locale) if has_text(f"{path}.note", self.locale) else ""
            items.append(
                {
                    "key": fact.key if fact else "",
                    "label": translate(f"{path}.label", self.locale),
                    "value": value,
                    "note": note,
                    # The page's banner speaks of its tiles; a mark on each would say it again.
                    "illustrative": False,
                }
            )
        self._cited.update(item["key"] for item in items if item["key"])
        return key_figures_block(items)

    def keep_table(self, frame: pd.DataFrame, name: str) -> None:
        """Keep no file: the page holds the table."""

    @property
    def hidden(self) -> str:
        """What stands in a hidden cell: also one hidden with another, which may count more people."""
        return translate("profiles.hidden", self.locale)

    def hide(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return a table with its hidden counts marked: ``is_<x>_suppressed`` hides ``<x>_count``."""
        flags = [column for column in frame.columns if column.endswith("_suppressed")]
        shown = frame.astype(dict.fromkeys(frame.columns, "object"))
        for flag in flags:
            count = flag.removeprefix("is_").removesuffix("_suppressed") + "_count"
            shown[count] = shown[count].mask(frame[flag].fillna(False).astype(bool), self.hidden)
        return shown.drop(columns=flags)

    def activities(self, programmes: pd.DataFrame) -> Prose:
        """List the activities, each with its result where one is published and may be shown."""
        lines = []
        for number in range(len(programmes)):
            row = programmes.iloc[[number]]
            entry = row.iloc[0]
            said = str(entry[f"activity_name_{self.locale}"])
            if pd.notna(entry["realised_count"]):
                said = self._realised(row, said)
            lines.append(f"- {said}")
        return Prose("\n".join(lines))

    def _realised(self, row: pd.DataFrame, said: str) -> str:
        count, unit = int(row["realised_count"].iloc[0]), row["count_unit"].iloc[0]
        words = {"activity": said}
        if may_count_people(unit) and is_small(count):
            return translate("profiles.activity.hidden", self.locale, **words)
        if pd.notna(unit):
            key = f"profiles.unit.{unit}"
            words["unit"] = translate(key, self.locale) if has_text(key, self.locale) else str(unit)
        fact = self.record(
            f"{self.prefix}.realised.{row['activity_id'].iloc[0]}", count, "count", frame=row,
            measures=["realised_count"], computed_by=list_programmes,
        )  # fmt: skip
        key = f"profiles.activity.{'realised' if 'unit' in words else 'bare'}"
        return self._note(translate(key, self.locale, count=cited(fact), **words))

    def close(self) -> Block:
        """Show the facts that the page cites."""
        entries = [self.facts[key].to_json() for key in sorted(self._cited)]
        return facts_block(entries, translate("documents.facts", self.locale))


def open_profile(
    unit: ProfileKind, code: str, office: str, year: int, locale: str, raw: str, processed: str, out: str
) -> Profile:
    """Open the profile of a template notebook.

    Parameters
    ----------
    unit : {"village", "district", "opd"}
    code : str
        ``village_code``, ``district_code`` or ``opd_id``.
    office, year, locale, raw, processed, out
        The notebook's parameters, the fields of `RunParams`.

    Raises
    ------
    ParameterError
        If there is no such edition or language.
    """
    params = RunParams(office, year, locale, raw, processed, out)
    return Profile(unit, code, load_edition(params))
