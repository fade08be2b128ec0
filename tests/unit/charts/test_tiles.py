"""Tile maps: the own tile is highlighted, every place has one, and the words fit."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pandas as pd
import pytest

from helpers.charts import Chart, ChartContext, plot_district_tiles, plot_opd_tiles, plot_village_tiles
from helpers.charts.export import body_svg
from helpers.charts.tile_map import draw_tile
from helpers.errors import SchemaError
from helpers.indicators.profiles import compute_district_status, compute_village_status, place_districts

from . import partnership_and_tiles as more

LOCALES = ("id", "en")


def context(locale: str, *, illustrative: bool = False) -> ChartContext:
    """Return the context of the 2021 edition."""
    return ChartContext(locale, "Kabupaten Hulu Sungai Selatan", "2021", illustrative, "Daftar desa")


@pytest.fixture(scope="module")
def villages() -> pd.DataFrame:
    """All villages, one of them a Desa Bersinar."""
    return more.villages()


@pytest.fixture(scope="module")
def placed() -> pd.DataFrame:
    """The districts on the map."""
    return more.placed()


def texts(chart: Chart) -> list[str]:
    """Return the texts of the picture without title and source."""
    root = ET.fromstring(body_svg(chart))
    return ["".join(element.itertext()).strip() for element in root.iter("{http://www.w3.org/2000/svg}text")]


def district_chart(villages: pd.DataFrame, placed: pd.DataFrame, code: str, locale: str) -> Chart:
    """Plot one district among all."""
    status = compute_district_status(
        compute_village_status(villages, pd.DataFrame({"village_code": pd.Series(dtype="str")}))
    )
    return plot_district_tiles(placed, status, code, context(locale))


def boxes(chart: Chart) -> Iterator[tuple[float, float, float, float]]:
    """Yield the rectangles drawn on the paper: left, top, width, height."""
    from matplotlib.patches import Rectangle

    for patch in chart.figure.findobj(Rectangle):
        if isinstance(patch, Rectangle) and patch.get_width() > 20:
            yield patch.get_x(), patch.get_y(), patch.get_width(), patch.get_height()


def overlap(first: tuple[float, ...], second: tuple[float, ...]) -> bool:
    """Return whether two rectangles share an area."""
    return (
        first[0] < second[0] + second[2] and second[0] < first[0] + first[2]
        and first[1] < second[1] + second[3] and second[1] < first[1] + first[3]
    )  # fmt: skip


def test_every_district_has_a_tile_of_its_own(villages: pd.DataFrame, placed: pd.DataFrame) -> None:
    chart = district_chart(villages, placed, "63.06.05", "id")
    sizes = [(round(width, 3), round(height, 3)) for _, _, width, height in boxes(chart)]
    common = max(set(sizes), key=sizes.count)
    tiles = [box for box, size in zip(boxes(chart), sizes, strict=True) if size == common]
    assert len(tiles) == 11
    assert not any(overlap(a, b) for n, a in enumerate(tiles) for b in tiles[n + 1 :])
    assert chart.data.loc[chart.data["is_own"], "district_name"].tolist() == ["Kandangan"]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_village_is_named_on_the_tiles_of_its_district(
    villages: pd.DataFrame, placed: pd.DataFrame, locale: str
) -> None:
    members = villages.loc[villages["district_code"] == "63.06.05"]
    chart = plot_village_tiles(members, placed, "63.06.05.2017", context(locale))
    said = " ".join(texts(chart))
    assert len(members) == 18
    assert all(word in said for name in members["village_name"] for word in name.split())
    assert "Tibung Raya" in chart.alt
    assert "18" in chart.title


@pytest.mark.parametrize("locale", LOCALES)
def test_titles_are_at_most_twelve_words(villages: pd.DataFrame, placed: pd.DataFrame, locale: str) -> None:
    for code, members in villages.groupby("district_code"):
        longest = max(members["village_code"], key=lambda own: len(names_of(members, own)))
        chart = plot_village_tiles(members, placed, longest, context(locale))
        assert len(chart.title.split()) <= 12
        assert len(district_chart(villages, placed, str(code), locale).title.split()) <= 12


def names_of(members: pd.DataFrame, code: str) -> str:
    """Return the name of one village."""
    return str(members.set_index("village_code").loc[code, "village_name"])


def test_the_order_of_codes_is_said_where_nobody_has_placed_the_districts(villages: pd.DataFrame) -> None:
    chart = district_chart(villages, place_districts(villages, None), "63.06.05", "en")
    assert "order of codes" in chart.subtitle
    assert "order of the codes" in chart.alt


def test_an_unknown_place_is_refused(villages: pd.DataFrame, placed: pd.DataFrame) -> None:
    with pytest.raises(SchemaError, match="not among the tiles"):
        plot_village_tiles(villages, placed, "63.06.99.2001", context("id"))
    with pytest.raises(SchemaError, match="not among the tiles"):
        district_chart(villages, placed, "63.06.99", "id")


def test_the_own_tile_differs_by_its_frame_not_by_colour_alone() -> None:
    drawn: list[tuple[float, ...]] = []
    paper = SimpleNamespace(
        colours=dict.fromkeys(("paper", "accent", "accent_soft", "axis", "ink"), "#000000"),
        box=lambda *place, **_look: drawn.append(place),
    )
    draw_tile(paper, 10, 10, 50, 20, own=False)  # type: ignore[arg-type]
    assert len(drawn) == 1
    draw_tile(paper, 10, 10, 50, 20, own=True)  # type: ignore[arg-type]
    assert drawn[1] == (8, 8, 54, 24)


@pytest.fixture
def by_opd() -> pd.DataFrame:
    """Two departments at two positions."""
    return pd.DataFrame(
        {
            "opd_id": ["a", "b"] * 2,
            "opd_short_name": ["Dinkes", "Satpol PP Damkar"] * 2,
            "reporting_period": ["2021-B06"] * 2 + ["2021-B12"] * 2,
            "report_status": ["reported", "not_reported", "in_progress", "not_reported"],
        }
    )


@pytest.mark.parametrize(
    ("own", "title"),
    [
        ("a", "Dinkes termasuk 1 dari 2 OPD yang melapor B06"),
        ("b", "Satpol PP Damkar tidak termasuk 1 dari 2 OPD yang melapor B06"),
    ],
)
def test_a_department_is_told_by_its_status(by_opd: pd.DataFrame, own: str, title: str) -> None:
    chart = plot_opd_tiles(by_opd, own, context("id", illustrative=True))
    assert chart.title == title
    assert "Data ilustrasi" in texts(chart)
    assert chart.data["is_own"].sum() == 2


def test_an_unknown_department_is_refused(by_opd: pd.DataFrame) -> None:
    with pytest.raises(SchemaError, match="not among the tiles"):
        plot_opd_tiles(by_opd, "c", context("id"))
