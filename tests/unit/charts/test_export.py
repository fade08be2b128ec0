"""Files and notebook outputs: the same bytes, safe ids, readable text, nothing half-written."""

from __future__ import annotations

import base64
import json
import re
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from helpers.charts import (
    Chart,
    figure_bundle,
    plot_absorption_by_group,
    plot_absorption_by_month,
    plot_opd_status_grid,
    save_chart,
)
from helpers.charts.export import body_svg, draw_png
from helpers.charts.frame import frame_of, frame_svg
from helpers.charts.svg import draw_svg
from helpers.errors import ExportError
from helpers.theme import text_width

SVG = "{http://www.w3.org/2000/svg}"
FIGURE = "application/vnd.helpers.figure+json"


def whole_svg(chart: Chart) -> str:
    return frame_svg(chart, body_svg(chart))


def texts(svg: str) -> list[str]:
    return [
        "".join(element.itertext()).replace("\u00a0", " ")
        for element in ET.fromstring(svg).iter(f"{SVG}text")
    ]


def test_two_drawings_have_the_same_bytes(make: type, tmp_path: Path) -> None:
    first, second = (
        save_chart(plot_absorption_by_month(make.monthly(), make.context("id")), tmp_path / name)
        for name in "ab"
    )
    for ending in ("svg", "png", "csv"):
        assert getattr(first, ending).read_bytes() == getattr(second, ending).read_bytes()


def test_drawing_again_gives_the_same_svg(any_chart: Chart) -> None:
    assert draw_svg(any_chart) == draw_svg(any_chart)


def test_other_data_give_other_bytes(make: type) -> None:
    ctx = make.context("id")
    first, second = (plot_absorption_by_month(make.monthly(12, last), ctx) for last in (0.983, 0.984))
    assert body_svg(first) != body_svg(second)


def test_no_clock_version_or_address_is_in_the_file(report_chart: Chart) -> None:
    for svg in (whole_svg(report_chart), body_svg(report_chart)):
        assert not re.search(
            r"matplotlib|<metadata|<!DOCTYPE|<script|<!--|\d\d:\d\d:\d\d", svg, re.IGNORECASE
        )
        addresses = set(re.findall(r"https?://[^\"' )]+", svg))
        assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_ids_are_the_charts_own_and_every_reference_has_its_target(report_chart: Chart) -> None:
    for svg in (whole_svg(report_chart), body_svg(report_chart)):
        ids = re.findall(r'\bid="([^"]+)"', svg)
        assert len(ids) == len(set(ids))
        assert all(name.startswith(report_chart.name + "-") for name in ids)
        used = re.findall(r'href="#([^"]+)"', svg) + re.findall(r"url\(#([^)]+)\)", svg)
        assert set(used) <= set(ids)


def test_text_is_text_in_the_bundled_font(report_chart: Chart) -> None:
    svg = body_svg(report_chart)
    styles = [element.get("style") or "" for element in ET.fromstring(svg).iter(f"{SVG}text")]
    assert len(styles) > 5
    assert all("font-family: 'Source Sans Pro', sans-serif;" in style for style in styles)


def test_the_page_gets_no_style_rule_from_a_chart(report_chart: Chart) -> None:
    root = ET.fromstring(body_svg(report_chart))
    assert not [
        element.tag for element in root.iter() if element.tag in (f"{SVG}style", f"{SVG}title", f"{SVG}desc")
    ]


def test_the_file_is_named_described_and_carries_its_font(report_chart: Chart) -> None:
    root = ET.fromstring(whole_svg(report_chart))
    assert root.get("role") == "img"
    assert [element.text for element in root.iter(f"{SVG}title")] == [report_chart.title]
    assert [element.text for element in root.iter(f"{SVG}desc")] == [report_chart.alt]
    (style,) = root.iter(f"{SVG}style")
    assert (style.text or "").count("@font-face") == 2


def test_title_and_source_are_in_the_file_and_left_to_the_page_inline(report_chart: Chart) -> None:
    whole, inline = texts(whole_svg(report_chart)), texts(body_svg(report_chart))
    assert " ".join(whole).startswith(f"{report_chart.title} {report_chart.subtitle} {inline[0]} ")
    assert " ".join(whole).endswith(f" {report_chart.source}")
    outside = [text for text in whole if text not in inline]
    assert len(outside) == len(whole) - len(inline) >= 3
    assert " ".join(outside) == f"{report_chart.title} {report_chart.subtitle} {report_chart.source}"


def test_the_frame_stands_around_the_body_and_leaves_it_as_it_is(report_chart: Chart) -> None:
    whole, inline = ET.fromstring(whole_svg(report_chart)), ET.fromstring(body_svg(report_chart))
    left, top, width, height = map(float, whole.attrib["viewBox"].split())
    _, inline_top, inline_width, inline_height = map(float, inline.attrib["viewBox"].split())
    frame = frame_of(report_chart)
    assert (left, width, inline_top, inline_width) == (0, 360, 0, 360)
    assert top == pytest.approx(-frame.above, abs=0.01)
    assert top + height == pytest.approx(inline_height + frame.below, abs=0.02)
    drawn = [ET.tostring(element) for element in inline]
    assert [element for element in map(ET.tostring, whole) if element in drawn] == drawn


def test_the_lines_of_the_frame_stand_in_order_inside_the_file(report_chart: Chart) -> None:
    frame, height = frame_of(report_chart), report_chart.height
    heads = [line.y for line in frame.lines if line.y < 0]
    feet = [line.y for line in frame.lines if line.y > 0]
    assert heads == sorted(heads)
    assert -frame.above + 10 < heads[0]
    assert heads[-1] < -5
    assert feet == sorted(feet)
    assert height + 8 < feet[0]
    assert feet[-1] < height + frame.below - 2
    assert all(text_width(line.text, line.size, line.weight) <= 348 for line in frame.lines)
    # The largest letters are those of the title, the smallest those of the source line.
    assert (frame.lines[0].size, frame.lines[-1].size) == (14.0, 8.5)


def test_drawing_the_picture_leaves_the_chart_as_it_was(build: Callable[[str, str], Chart]) -> None:
    chart = build("quality-rows-agencies", "id")
    before = draw_svg(chart)
    assert draw_png(chart) == draw_png(chart)
    assert draw_svg(chart) == before


def test_a_number_in_a_text_is_not_rounded_with_the_coordinates(build: Callable[[str, str], Chart]) -> None:
    assert "84.821" in texts(body_svg(build("index-on-scale", "en")))


def test_picture_is_1000_pixels_wide(build: Callable[[str, str], Chart], tmp_path: Path) -> None:
    content = save_chart(build("quality-rows-agencies", "id"), tmp_path).png.read_bytes()
    assert struct.unpack(">I", content[16:20]) == (1000,)
    assert b"tEXt" not in content


def test_a_character_that_the_font_lacks_is_refused_and_nothing_is_written(
    make: type, tmp_path: Path
) -> None:
    # The middle one of three: neither in the title nor measured.
    frame = make.groups("section", {"general": 0.99, "漢": 0.98, "prevention": 0.97})
    chart = plot_absorption_by_group(frame, "section", make.context("id"))
    with pytest.raises(ExportError, match="'absorption-by-section': Source Sans Pro cannot draw '漢'"):
        save_chart(chart, tmp_path / "figures")
    assert not (tmp_path / "figures").exists()


def test_a_chart_without_alternative_text_is_refused(
    build: Callable[[str, str], Chart], tmp_path: Path
) -> None:
    silent = replace(build("quality-rows-agencies", "id"), alt="  ")
    with pytest.raises(ExportError, match="'quality-rows-agencies' has no alternative text"):
        save_chart(silent, tmp_path / "figures")
    assert not (tmp_path / "figures").exists()


def test_markup_and_mathematics_in_a_name_stay_words(make: type) -> None:
    frame = make.rollout(B06={}).replace({"opd_short_name": {"DKP": "<b>&", "PUTR": "$x_1$"}})
    chart = plot_opd_status_grid(frame, "2021-B06", make.context("id"))
    assert {"<b>&", "$x_1$"} <= set(texts(body_svg(chart)))
    assert "<b>" not in body_svg(chart)


def test_notebook_output(report_chart: Chart) -> None:
    bundle = figure_bundle(report_chart)
    assert set(bundle) == {FIGURE, "text/html", "text/plain"}
    figure = json.loads(json.dumps(bundle[FIGURE], allow_nan=False))
    assert figure["alt"] == bundle["text/plain"] == report_chart.alt
    assert (figure["name"], figure["illustrative"]) == (report_chart.name, True)
    assert figure["svg"] == body_svg(report_chart)
    assert len(figure["data"]["rows"]) == len(report_chart.data)
    assert all(len(row) == len(figure["data"]["columns"]) for row in figure["data"]["rows"])


def test_notebook_output_shows_the_whole_chart_with_its_alternative_text(make: type) -> None:
    ctx = replace(make.context("id"), source_text='<script>"')
    html = figure_bundle(plot_absorption_by_month(make.monthly(), ctx))["text/html"]
    assert html.startswith("<figure")
    assert 'alt="Grafik garis realisasi anggaran kumulatif' in html
    assert "<script>" not in html
    picture = base64.b64decode(re.findall(r"base64,([^\"]+)", html)[0]).decode("utf-8")
    assert "Belanja terserap" in picture


def test_missing_values_are_null(build: Callable[[str, str], Chart]) -> None:
    rows = figure_bundle(build("absorption-by-month", "id"))[FIGURE]["data"]["rows"]
    assert rows[0] == [1, 1_000_000_000, 20_000_000, 0.02, 0.03, None]
