"""One palette, one style, one bundled font: what every chart and document looks like.

``palette`` names the colours by role, ``fonts`` gives the font to each medium, ``style`` is matplotlib's.
"""

from __future__ import annotations

from helpers.theme.fonts import FAMILY, font_face_css, font_paths, missing_glyphs, text_width
from helpers.theme.palette import contrast_ratio, greyscale, palette
from helpers.theme.style import apply, practise

__all__ = [
    "FAMILY",
    "apply",
    "contrast_ratio",
    "font_face_css",
    "font_paths",
    "greyscale",
    "missing_glyphs",
    "palette",
    "practise",
    "text_width",
]
