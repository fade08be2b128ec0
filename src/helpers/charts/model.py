"""What a chart is, and what it needs to know besides its frame."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.columns.labels import capital, has_label, label_of
from helpers.errors import SchemaError
from helpers.formats import format_value
from helpers.messages import translate

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class ChartContext:
    """Where a chart is shown.

    Parameters
    ----------
    locale : {"id", "en"}
    place, period : str
        As the subtitle names them: ``"BNNK Hulu Sungai Selatan"``, ``"2021"``.
    illustrative : bool
        Whether any source of the chart is illustrative; the chart then says so.
    source_text : str
        The source line without the word "Source".
    """

    locale: str
    place: str
    period: str
    illustrative: bool
    source_text: str

    def text(self, key: str, **values: Any) -> str:
        """Return a text of the ``charts`` catalogue; ``place`` and ``period`` are given to each."""
        return translate(
            f"charts.{key}", self.locale, **({"place": self.place, "period": self.period} | values)
        )

    def show(self, value: Any, name: str) -> str:
        """Return a value as the locale prints it (a format name of `helpers.formats`)."""
        return format_value(value, name, self.locale)

    def label(self, column: str, code: str) -> str:
        """Return the label of a closed list's value as it begins a line."""
        return capital(self.word(column, code)) if has_label(column, code) else code

    def word(self, column: str, code: str) -> str:
        """Return the label of a closed list's value as tables print it."""
        return label_of(column, code, self.locale)


@dataclass(frozen=True, eq=False)
class Chart:
    """A finished chart: the picture and everything that is said about it.

    Parameters
    ----------
    name : str
        File name without ending.
    figure : Figure
        Drawn in points, without title, subtitle and source line.
    title, subtitle, alt, source : str
        The finding (at most 12 words); measure, place and period; the text for those who
        do not see the picture; where the data come from.
    data : DataFrame
        The values shown, one row a mark.
    illustrative : bool
    """

    name: str
    figure: Figure
    title: str
    subtitle: str
    alt: str
    source: str
    data: pd.DataFrame
    illustrative: bool

    @property
    def height(self) -> float:
        """Points of the figure."""
        return float(self.figure.get_figheight()) * 72


def check_frame(frame: pd.DataFrame, columns: Iterable[str], chart: str) -> None:
    """Refuse a frame that a chart cannot be drawn from.

    Raises
    ------
    SchemaError
        If a column is missing or there is no row.
    """
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise SchemaError(f"chart {chart!r} needs the columns {', '.join(missing)}")
    if frame.empty:
        raise SchemaError(f"chart {chart!r} has no rows to draw")
