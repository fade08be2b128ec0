"""The bundled font: for matplotlib, for Typst (as files) and for HTML and SVG (as data)."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import io
import os
import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.errors import ExportError

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

FAMILY = "Source Sans Pro"
FOLDER = Path(__file__).parent / "fonts"
#: Face name to file, CSS weight and CSS style.
FACES: dict[str, tuple[str, int, str]] = {
    "regular": ("SourceSansPro-Regular.ttf", 400, "normal"),
    "italic": ("SourceSansPro-It.ttf", 400, "italic"),
    "semibold": ("SourceSansPro-Semibold.ttf", 600, "normal"),
    "bold": ("SourceSansPro-Bold.ttf", 700, "normal"),
}
_WEIGHT_FACES = {400: "regular", 600: "semibold", 700: "bold"}
#: Latin with the accents of European names, and the signs that the texts use.
_SUBSET = (*range(0x20, 0x7F), *range(0xA0, 0x180), *map(ord, "‐–—‘’“”„†•…‰′″€−≈≠≤≥→←↑↓✓■□▲△▶▼◆◊"))

#: Copyright, family, style, licence and its address.
_NAME_IDS = (0, 1, 2, 13, 14)
#: Subsets of the bundled faces; they belong to the packages of this environment.
_KEPT = Path(sys.prefix) / "var" / "helpers-fonts"


def font_paths() -> list[Path]:
    """Return the font files, in a fixed order."""
    return [FOLDER / file for file, _, _ in FACES.values()]


@cache
def register_fonts() -> None:
    """Make matplotlib draw with the bundled files and nothing else of that name.

    Raises
    ------
    ExportError
        If a weight would be drawn with another font.
    """
    from matplotlib.font_manager import FontProperties, fontManager

    # A copy installed on the machine could be another version with other widths.
    fontManager.ttflist = [entry for entry in fontManager.ttflist if not entry.name.startswith(FAMILY)]
    for path in font_paths():
        fontManager.addfont(path)
    for file, weight, style in FACES.values():
        wanted = FontProperties(family=FAMILY, weight=weight, style=style)  # type: ignore[arg-type]
        try:
            found = str(fontManager.findfont(wanted, fallback_to_default=False))
        except ValueError as error:
            raise ExportError(f"the bundled font {FAMILY} {weight} {style} is not usable") from error
        if Path(found).name != file:
            raise ExportError(f"{FAMILY} {weight} {style} would be drawn with {Path(found).name}, not {file}")


@cache
def _face(weight: int) -> FT2Font:
    from matplotlib.font_manager import get_font

    return get_font(str(FOLDER / FACES[_WEIGHT_FACES[weight]][0]))


if hasattr(os, "register_at_fork"):
    # A face reads its file as letters are met; parent and children would move one another's place in it.
    os.register_at_fork(after_in_child=_face.cache_clear)


@cache
def text_width(text: str, size: float, weight: int = 400) -> float:
    """Return how wide a line of text is drawn, in points.

    Parameters
    ----------
    text : str
    size : float
        Font size in points.
    weight : {400, 600, 700}

    Raises
    ------
    ExportError
        If the bundled font lacks a character.
    """
    from matplotlib.ft2font import LoadFlags

    lost = missing_glyphs(text, weight)
    if lost:
        raise ExportError(f"{FAMILY} cannot draw {lost!r} in {text!r}")
    face = _face(weight)
    # Measured large and scaled: at small sizes FreeType rounds every advance to a pixel.
    face.set_size(100, 72)
    face.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    return float(face.get_width_height()[0]) / 64 * size / 100


@cache
def _characters(weight: int) -> frozenset[int]:
    return frozenset(_face(weight).get_charmap())


def missing_glyphs(text: str, weight: int = 400) -> str:
    """Return the characters of a text that the bundled font cannot draw, each once, in order.

    Examples
    --------
    >>> missing_glyphs("Rp1.234 – “tinggi” ≥ 88,31")
    ''
    >>> missing_glyphs("baik 👍👍")
    '👍'
    """
    known = _characters(weight)
    return "".join(dict.fromkeys(char for char in text if ord(char) not in known and char != "\n"))


@cache
def _subset(file: str) -> bytes:
    """Return the subset of one face, kept in the environment since it takes a third of a second.

    The file's name is made of everything that decides its bytes. A file that is not whole is
    made again; where none can be written, none is kept.
    """
    kept = _KEPT / f"{_subset_key(file)}.woff2"
    try:
        content = kept.read_bytes()
        # A WOFF2 says its own length.
        if content[:4] == b"wOF2" and int.from_bytes(content[8:12], "big") == len(content):
            return content
    except OSError:
        pass
    content = _make_subset(file)
    with contextlib.suppress(OSError):
        _KEPT.mkdir(parents=True, exist_ok=True)
        beside = kept.with_name(f"{kept.name}.{os.getpid()}")
        beside.write_bytes(content)
        beside.replace(kept)
    return content


def _subset_key(file: str) -> str:
    tools = [f"{name} {version(name)}" for name in ("fonttools", "brotli")]
    decisive = [(FOLDER / file).read_bytes(), Path(__file__).read_bytes(), *(tool.encode() for tool in tools)]
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in decisive)).hexdigest()


def _make_subset(file: str) -> bytes:
    """Return a WOFF2 of one face with the characters of `_SUBSET`."""
    from fontTools import subset

    options = subset.Options()
    options.flavor = "woff2"
    options.hinting = False
    # No combining sign is in the subset, so nothing places one.
    options.layout_features = ["kern", "tnum"]
    # The clock must not enter the file.
    options.recalc_timestamp = False
    buffer = io.BytesIO()
    with subset.load_font(FOLDER / file, options) as font:
        # Without it at hand, the subsetter does not search every table for names in use: a third of its time.
        names = font["name"]
        del font["name"]
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=_SUBSET)
        subsetter.subset(font)
        names.names = [record for record in names.names if record.isUnicode() and record.nameID in _NAME_IDS]
        font["name"] = names
        subset.save_font(font, buffer, options)
    return buffer.getvalue()


@cache
def _font_face(face: str) -> str:
    file, weight, style = FACES[face]
    data = base64.b64encode(_subset(file)).decode("ascii")
    return (
        f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};font-style:{style};'
        f'font-display:block;src:url(data:font/woff2;base64,{data}) format("woff2")}}'
    )


def font_face_css(faces: Iterable[str] = tuple(FACES)) -> str:
    """Return ``@font-face`` rules that carry the font itself, so that a page requests nothing.

    Parameters
    ----------
    faces : iterable of str
        Names of `FACES`. Each is subset once a process.

    Raises
    ------
    KeyError
        If a face is not known.
    """
    return "\n".join(_font_face(face) for face in faces)
