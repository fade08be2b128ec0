"""Nothing is cut off, nothing overlaps, nothing is too small to read."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from itertools import combinations

import pytest
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import FancyBboxPatch
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from helpers.charts import Chart
from helpers.charts.frame import balance_text
from helpers.charts.layout import WIDTH, open_sheet, spread, wrap_text
from helpers.theme import apply, text_width

#: Of a point: what rounding to whole pixels may add to a box.
TOLERANCE = 0.6
SMALLEST = 9.5
#: A tile map names up to 27 departments or 18 villages side by side.
SMALLEST_ON_TILES = 8.0


def boxes_of(chart: Chart, kind: type[Artist]) -> list[tuple[Artist, Bbox]]:
    """Return everything visible of a kind with its box in points, as Agg draws it at four times the size."""
    scale = 4
    with apply():
        figure = chart.figure
        dpi = figure.dpi
        figure.set_dpi(72 * scale)
        canvas = FigureCanvasAgg(figure)
        figure.draw(canvas.get_renderer())
        boxes = [
            (artist, artist.get_window_extent(canvas.get_renderer()))
            for artist in figure.findobj(kind)
            if artist.get_visible()
        ]
        figure.set_dpi(dpi)
    return [(artist, Bbox(box.get_points() / scale)) for artist, box in boxes]


def text_boxes(chart: Chart) -> list[tuple[str, Bbox, Text]]:
    """Return every visible text with its box."""
    texts = [(artist, box) for artist, box in boxes_of(chart, Text) if isinstance(artist, Text)]
    return [(text.get_text(), box, text) for text, box in texts if text.get_text()]


def overlap(first: Bbox, second: Bbox) -> bool:
    wide = min(first.x1, second.x1) - max(first.x0, second.x0)
    tall = min(first.y1, second.y1) - max(first.y0, second.y0)
    return wide > TOLERANCE and tall > TOLERANCE


def test_every_text_is_inside_the_figure(any_chart: Chart) -> None:
    width, height = (inches * 72 for inches in any_chart.figure.get_size_inches())
    outside = [
        words
        for words, box, _ in text_boxes(any_chart)
        if box.x0 < -TOLERANCE
        or box.y0 < -TOLERANCE
        or box.x1 > width + TOLERANCE
        or box.y1 > height + TOLERANCE
    ]
    assert not outside


def test_no_two_texts_overlap(any_chart: Chart) -> None:
    boxes = text_boxes(any_chart)
    assert len(boxes) > 1
    assert not [(a, b) for (a, box_a, _), (b, box_b, _) in combinations(boxes, 2) if overlap(box_a, box_b)]


@pytest.mark.parametrize(
    "name", ["absorption-by-month", "months-target-just-missed", "months-over", "months-low"]
)
def test_no_line_runs_through_the_label_of_a_target(build: Callable[[str, str], Chart], name: str) -> None:
    chart = build(name, "id")
    axes = next(axes for axes in chart.figure.axes if axes.axison)
    lines = [
        line.get_transform().transform_path(line.get_path())
        for line in axes.lines
        if len(line.get_xdata()) == 12
    ]
    assert len(lines) == 2
    labels = [box for words, box, _ in text_boxes(chart) if words in ("15%", "40%", "60%")]
    assert len(labels) == 3
    assert not [box for box in labels for line in lines if line.intersects_bbox(box, filled=False)]


def test_a_text_in_a_box_stays_inside_it(any_chart: Chart) -> None:
    frames = [box for _, box in boxes_of(any_chart, FancyBboxPatch)]
    spilled = [
        words
        for words, box, _ in text_boxes(any_chart)
        for frame in frames
        if frame.contains((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
        and (box.x0 < frame.x0 or box.x1 > frame.x1)
    ]
    assert not spilled


def test_texts_of_the_body_can_be_read_on_a_telephone(report_chart: Chart) -> None:
    smallest = SMALLEST_ON_TILES if report_chart.name.endswith("-tiles") else SMALLEST
    small = [words for words, _, text in text_boxes(report_chart) if float(text.get_fontsize()) < smallest]
    assert not small


def test_the_sheet_is_as_wide_as_a_telephone(any_chart: Chart) -> None:
    assert any_chart.figure.get_size_inches()[0] * 72 == pytest.approx(360) == WIDTH


def test_an_overlap_and_a_cut_text_would_be_noticed(make: type) -> None:
    with open_sheet(make.context("id"), 100) as sheet:
        sheet.text(20, 50, "satu kata")
        sheet.text(40, 52, "kata lain")
        sheet.text(330, 80, "keluar dari lembar")
    boxes = {
        words: box
        for words, box, _ in text_boxes(sheet.chart("x", "Judul", "Keterangan", "alt", make.monthly()))
    }
    assert overlap(boxes["satu kata"], boxes["kata lain"])
    assert boxes["keluar dari lembar"].x1 > 360


def test_only_illustrative_charts_carry_the_mark(make: type) -> None:
    def words(illustrative: bool) -> list[str]:
        with open_sheet(make.context("id", illustrative=illustrative), 40) as sheet:
            pass
        return [
            text for text, _, _ in text_boxes(sheet.chart("x", "Judul", "Keterangan", "alt", make.monthly()))
        ]

    assert "Data ilustrasi" in words(True)
    assert "Data ilustrasi" not in words(False)


def test_text_width_is_what_matplotlib_draws() -> None:
    with apply():
        sheet_text = "Belanja terserap 98,30 persen"
        from matplotlib.figure import Figure

        figure = Figure(figsize=(5, 1), dpi=720)
        drawn = figure.text(0, 0.5, sheet_text, size=14, weight=600)
        canvas = FigureCanvasAgg(figure)
        box = drawn.get_window_extent(canvas.get_renderer())
    assert text_width(sheet_text, 14, 600) == pytest.approx(box.width / 10, abs=0.8)
    assert text_width(sheet_text, 14, 600) > text_width(sheet_text, 14, 400) > text_width(sheet_text, 7, 400)


def test_lines_stay_within_their_width_and_keep_every_word() -> None:
    text = "Serapan tertinggi: Subbag Umum (98,80 persen); terendah: Seksi Rehabilitasi (97,00 persen)"
    lines = wrap_text(text, 200, 14, 600)
    assert len(lines) > 2
    assert all(text_width(line, 14, 600) <= 200 for line in lines)
    assert " ".join(lines).replace("\u00a0", " ") == text


def break_by_whole_lines(text: str, width: float, size: float, weight: int) -> list[str]:
    """Break as `wrap_text` says it does, each line measured as a whole."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and text_width(f"{lines[-1]} {word}", size, weight) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


@pytest.mark.parametrize("weight", [400, 600, 700])
def test_lines_told_by_their_words_are_those_told_by_their_whole(weight: int) -> None:
    text = "Wajib: AVATAR Tapin, 27 OPD; Rp1.683.367.840 dari pagu – “tinggi”  (84,821 poin) To Yaitu AWAY"
    # What belongs together (a number and its unit) is glued first: here in one line.
    (glued,) = wrap_text(text, 10_000, 11, weight)
    for width in (*range(20, 400, 3), text_width("Wajib: AVATAR Tapin,", 11, weight)):
        assert wrap_text(text, width, 11, weight) == break_by_whole_lines(glued, width, 11, weight)


def test_no_line_breaks_between_a_number_and_percent() -> None:
    for width in range(60, 300, 7):
        for line in wrap_text("Belanja terserap 98,30 persen, di atas target 90 persen", width, 14):
            assert not line.startswith("persen")


def test_balanced_lines_are_as_few_but_no_word_stands_alone() -> None:
    text = "Realisasi per jenis belanja, persen dari pagu revisi, BNNK Hulu Sungai Selatan, 2021"
    plain, even = wrap_text(text, 350, 10.5), balance_text(text, 350, 10.5)
    assert len(plain) == len(even) == 2
    assert plain[1] in ("2021", "Selatan,\u00a02021")
    assert text_width(even[1], 10.5) > 0.6 * text_width(even[0], 10.5)


@pytest.fixture
def ends_soon() -> Iterator[None]:
    """End a test that goes on for ever, by an alarm."""

    def ring(_number: int, _frame: object) -> None:
        raise AssertionError("it does not end")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(20)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.usefixtures("ends_soon")
def test_a_file_name_wider_than_the_line_ends_and_stays_on_the_sheet() -> None:
    name = "rekapitulasi-tonggak-kebijakan-p4gn-hulu-sungai-selatan-2021-final-revisi-dua.xlsx"
    lines = balance_text(f"Tonggak {name}", 348, 14, 600)
    assert "".join(lines).replace(" ", "") == f"Tonggak{name}"
    assert len(lines) > 1
    assert all(text_width(line, 14, 600) <= 348 for line in lines)


@pytest.mark.usefixtures("ends_soon")
def test_lines_whose_longest_word_fills_one_stay_as_they_are() -> None:
    # No narrower column holds the middle word: each word keeps a line of its own.
    assert balance_text("Rapat Penandatanganan kerja", 110, 14) == ["Rapat", "Penandatanganan", "kerja"]


@pytest.mark.parametrize(
    ("wanted", "placed"),
    [
        ([50], [50]),
        ([10, 60], [10, 60]),
        ([50, 50], [45, 55]),
        ([50, 50, 50], [40, 50, 60]),
        ([60, 50], [60, 50]),
        ([52, 50], [56, 46]),
        ([0, 1], [0, 10]),
        ([100, 98, 20], [100, 90, 20]),
    ],
)
def test_labels_are_moved_apart_as_little_as_possible(wanted: list[float], placed: list[float]) -> None:
    assert spread(wanted, 10, 0, 100) == pytest.approx(placed)
