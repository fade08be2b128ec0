"""The style is applied inside, gone outside, and never falls back to another font."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib.font_manager import fontManager
from matplotlib.ft2font import FT2Font

from helpers.errors import ExportError
from helpers.theme import apply, fonts, palette
from helpers.theme.style import STYLE_FILE


def test_the_style_is_left_behind_nowhere() -> None:
    before = dict(mpl.rcParams)
    with apply():
        assert mpl.rcParams["font.family"] == ["Source Sans Pro"]
        assert mpl.rcParams["svg.hashsalt"] == "helpers"
        assert mpl.rcParams["svg.fonttype"] == "none"
        assert mpl.rcParams["text.color"] == palette()["ink"]
    assert dict(mpl.rcParams) == before


def test_the_style_file_defines_no_colour() -> None:
    settings = [
        line for line in STYLE_FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]
    assert len(settings) > 20
    assert not [line for line in settings if re.search(r"color\s*:|#[0-9a-fA-F]{3,}", line)]


def test_the_charts_define_no_colour_either() -> None:
    modules = (STYLE_FILE.parents[1] / "charts").glob("*.py")
    hexadecimal = {
        path.name: re.findall(r"#[0-9a-fA-F]{6}\b", path.read_text(encoding="utf-8")) for path in modules
    }
    assert len(hexadecimal) > 5
    assert not {name: found for name, found in hexadecimal.items() if found}


@pytest.mark.parametrize(("weight", "file"), [(400, "Regular"), (600, "Semibold"), (700, "Bold")])
def test_each_weight_is_drawn_with_its_own_bundled_file(weight: int, file: str) -> None:
    from matplotlib.font_manager import FontProperties

    with apply():
        found = fontManager.findfont(
            FontProperties(family="Source Sans Pro", weight=weight), fallback_to_default=False
        )
    assert Path(str(found)).name == f"SourceSansPro-{file}.ttf"
    assert Path(str(found)).parent == fonts.FOLDER


@pytest.fixture
def other_fonts(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """What is registered inside is forgotten afterwards, matplotlib's own memory included."""
    with monkeypatch.context() as patch:
        patch.setattr(fontManager, "ttflist", list(fontManager.ttflist))
        yield patch
    fonts.register_fonts.__wrapped__()


def test_a_missing_weight_is_an_error_not_a_fallback(other_fonts: pytest.MonkeyPatch) -> None:
    only_bold = [fonts.FOLDER / "SourceSansPro-Bold.ttf"]
    other_fonts.setattr(fonts, "font_paths", lambda: only_bold)
    with pytest.raises(
        ExportError, match=r"Source Sans Pro 400 normal would be drawn with SourceSansPro-Bold\.ttf"
    ):
        fonts.register_fonts.__wrapped__()


def test_no_font_at_all_is_an_error(other_fonts: pytest.MonkeyPatch) -> None:
    another = [Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"]
    other_fonts.setattr(fonts, "font_paths", lambda: another)
    with pytest.raises(ExportError, match="Source Sans Pro 400 normal is not usable"):
        fonts.register_fonts.__wrapped__()


def test_a_missing_glyph_is_an_error_while_drawing() -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with apply():
        figure = Figure()
        figure.text(0.5, 0.5, "漢")
        with pytest.raises(UserWarning, match=r"Glyph .* missing from font"):
            FigureCanvasAgg(figure).draw()


def test_a_text_that_cannot_be_drawn_cannot_be_measured_either() -> None:
    with pytest.raises(ExportError, match="Source Sans Pro cannot draw '漢' in 'DKP 漢'"):
        fonts.text_width("DKP 漢", 10)


def test_missing_glyphs() -> None:
    assert fonts.missing_glyphs("Kecamatan Daha Selatan, 84,821 – “tinggi” ≥ 88,31 · ±") == ""
    assert fonts.missing_glyphs("a漢b漢😀") == "漢😀"


def test_every_text_of_the_charts_catalogue_can_be_drawn() -> None:
    from helpers.messages import LOCALES, catalogue

    texts = [
        text for locale in LOCALES for key, text in catalogue(locale).items() if key.startswith("charts.")
    ]
    assert len(texts) > 100
    assert fonts.missing_glyphs("".join(texts)) == ""


def test_bundled_files_are_there_for_typst() -> None:
    paths = fonts.font_paths()
    assert [path.name for path in paths] == [
        "SourceSansPro-Regular.ttf",
        "SourceSansPro-It.ttf",
        "SourceSansPro-Semibold.ttf",
        "SourceSansPro-Bold.ttf",
    ]
    assert {FT2Font(str(path)).family_name.removesuffix(" Semibold") for path in paths} == {"Source Sans Pro"}
    assert "SIL Open Font License" in (fonts.FOLDER / "OFL.txt").read_text(encoding="utf-8")
