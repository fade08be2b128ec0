"""The font as data: complete for the texts, small, the same every time."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from helpers.formats import format_value
from helpers.messages import LOCALES, catalogue
from helpers.theme import font_face_css, fonts


def faces(css: str) -> list[TTFont]:
    return [TTFont(io.BytesIO(base64.b64decode(data))) for data in re.findall(r"base64,([^)]+)\)", css)]


def test_one_rule_a_face_and_no_address() -> None:
    css = font_face_css()
    rules = re.findall(
        r"@font-face\{font-family:\"Source Sans Pro\";font-weight:(\d+);font-style:(\w+);", css
    )
    assert rules == [("400", "normal"), ("400", "italic"), ("600", "normal"), ("700", "normal")]
    assert set(re.findall(r"url\((\w+):", css)) == {"data"}


def test_only_the_faces_asked_for() -> None:
    assert re.findall(r"font-weight:(\d+)", font_face_css(["semibold"])) == ["600"]
    with pytest.raises(KeyError, match="black"):
        font_face_css(["black"])


def test_every_text_of_every_catalogue_is_covered() -> None:
    needed = {ord(char) for locale in LOCALES for text in catalogue(locale).values() for char in text}
    needed |= set(map(ord, format_value(1234567.891, "number2") + "ABCXYZabcxyz0123456789 %–“”"))
    for font in faces(font_face_css()):
        missing = {chr(code) for code in needed - set(font.getBestCmap()) if code >= 32}
        assert not missing


def test_the_subset_draws_what_the_whole_font_draws() -> None:
    from fontTools.pens.recordingPen import RecordingPen

    from helpers.theme.fonts import FOLDER

    (small,) = faces(font_face_css(["regular"]))
    whole = TTFont(io.BytesIO((FOLDER / "SourceSansPro-Regular.ttf").read_bytes()))
    for char in "Rp98,3%äñ“–":
        outlines = []
        for font in (small, whole):
            pen, glyphs = RecordingPen(), font.getGlyphSet()
            name = font.getBestCmap()[ord(char)]
            glyphs[name].draw(pen)
            outlines.append((glyphs[name].width, len(pen.value) > 0))
        assert outlines[0] == outlines[1]


def test_it_is_small() -> None:
    assert len(font_face_css()) < 90_000


def test_two_subsets_have_the_same_bytes() -> None:
    assert fonts._make_subset("SourceSansPro-It.ttf") == fonts._make_subset("SourceSansPro-It.ttf")


def test_a_subset_is_made_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    real = fonts._make_subset
    monkeypatch.setattr(fonts, "_KEPT", tmp_path / "kept")

    def counted(file: str) -> bytes:
        made.append(file)
        return real(file)

    monkeypatch.setattr(fonts, "_make_subset", counted)
    fresh = fonts._subset.__wrapped__
    first = fresh("SourceSansPro-It.ttf")
    assert fresh("SourceSansPro-It.ttf") == first
    assert made == ["SourceSansPro-It.ttf"]
    (kept,) = (tmp_path / "kept").iterdir()
    kept.write_bytes(first[:-1])
    assert fresh("SourceSansPro-It.ttf") == first == kept.read_bytes()
    assert len(made) == 2


def test_a_subset_needs_no_place_to_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setattr(fonts, "_KEPT", tmp_path / "file" / "kept")
    assert fonts._subset.__wrapped__("SourceSansPro-It.ttf")[:4] == b"wOF2"


def test_the_name_of_a_kept_subset_changes_with_the_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fonts._subset_key("SourceSansPro-It.ttf")
    assert before != fonts._subset_key("SourceSansPro-Bold.ttf")
    monkeypatch.setattr(fonts, "version", lambda name: "0")
    assert before != fonts._subset_key("SourceSansPro-It.ttf")
