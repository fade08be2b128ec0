"""The house style in matplotlib, applied around drawing and never left behind."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from helpers.theme.fonts import register_fonts
from helpers.theme.palette import palette

STYLE_FILE = Path(__file__).parent / "helpers.mplstyle"


@cache
def _settings() -> dict[Any, Any]:
    """Return the style file's settings plus the colours, which only the palette defines."""
    from matplotlib import rc_params_from_file

    colours = palette()
    settings: dict[Any, Any] = dict(rc_params_from_file(STYLE_FILE, use_default_template=False))
    return settings | {
        "text.color": colours["ink"],
        "axes.edgecolor": colours["axis"],
        "axes.labelcolor": colours["muted"],
        "axes.facecolor": "none",
        "figure.facecolor": colours["paper"],
        "savefig.facecolor": colours["paper"],
        "grid.color": colours["grid"],
        "xtick.color": colours["muted"],
        "ytick.color": colours["muted"],
        "hatch.color": colours["accent2"],
    }


@contextmanager
def apply() -> Iterator[None]:
    """Draw and save inside this: bundled font registered, style set, missing glyphs an error.

    Raises
    ------
    ExportError
        If the bundled font cannot be used.
    """
    import matplotlib as mpl

    register_fonts()
    with warnings.catch_warnings(), mpl.rc_context(_settings()):
        warnings.filterwarnings("error", message="Glyph .* missing from font")
        yield


def practise() -> None:
    """Draw once what shows nothing, in a process that others are forked from.

    Fonts are found and layouts made at the first drawing. pyplot stays untouched: a kernel
    chooses its backend at a notebook's first figure.
    """
    from matplotlib.figure import Figure

    with apply():
        figure = Figure(figsize=(2, 1))
        figure.add_subplot(xlabel="0", title="0").plot([0, 1])
        for weight in (400, 600, 700):
            figure.text(0, 0, "0", weight=weight)
        for kind in ("png", "svg"):
            figure.savefig(BytesIO(), format=kind)
