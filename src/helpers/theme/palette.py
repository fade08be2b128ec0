"""The colours, each named for its role. Charts, web pages and PDFs all take them from here.

Two data colours (a deep blue and a warm orange) differ in lightness as well as in hue, so
that a greyscale print still tells them apart; no meaning rests on colour alone anyway.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Scheme = Literal["light", "dark"]

#: At least 4.5:1 on ``paper``: may carry text of any size.
TEXT_ROLES = ("ink", "muted", "accent", "accent2", "good", "warn")
#: At least 3:1 on ``paper``: lines, marks and bars that carry meaning.
MARK_ROLES = (*TEXT_ROLES, "grey", "axis")
#: Fills and hairlines that carry no meaning by themselves; ``ink`` reads on each fill.
QUIET_ROLES = ("paper", "surface", "grid", "accent_soft", "accent2_soft", "good_soft", "warn_soft")

_LIGHT = {
    "ink": "#16243a",
    "muted": "#4d5b70",
    "paper": "#ffffff",
    "surface": "#f4f6f9",
    "grid": "#dbe1e9",
    "axis": "#7f8b9b",
    "grey": "#76828f",
    "accent": "#143f73",
    "accent_soft": "#dce7f4",
    "accent2": "#b4560f",
    "accent2_soft": "#fbe9d9",
    "good": "#1c6a4f",
    "good_soft": "#ddf0e7",
    "warn": "#9c2f21",
    "warn_soft": "#fae3df",
}
_DARK = {
    "ink": "#e9eef5",
    "muted": "#a9b5c5",
    "paper": "#10161f",
    "surface": "#1a2330",
    "grid": "#2c3848",
    "axis": "#7c8a9d",
    "grey": "#8a97a8",
    "accent": "#8fb8ec",
    "accent_soft": "#1c3350",
    "accent2": "#f0a35e",
    "accent2_soft": "#42290f",
    "good": "#74cba3",
    "good_soft": "#123527",
    "warn": "#f0978a",
    "warn_soft": "#44201b",
}
_SCHEMES: Mapping[Scheme, Mapping[str, str]] = MappingProxyType(
    {"light": MappingProxyType(_LIGHT), "dark": MappingProxyType(_DARK)}
)


def palette(scheme: Scheme = "light") -> dict[str, str]:
    """Return the colours of a scheme: role to ``#rrggbb``.

    Charts are always drawn in the light scheme (they stand on a white card when the page
    is dark); the dark scheme is for the page around them.
    """
    return dict(_SCHEMES[scheme])


def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[start : start + 2], 16)) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(first: str, second: str) -> float:
    """Return the contrast of two ``#rrggbb`` colours, 1 to 21.

    References
    ----------
    WCAG 2.2, definitions of relative luminance and contrast ratio.

    Examples
    --------
    >>> round(contrast_ratio("#000000", "#ffffff"), 2)
    21.0
    """
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def greyscale(colour: str) -> float:
    """Return the lightness of a colour on a greyscale print, 0 (black) to 100 (white).

    Examples
    --------
    >>> round(greyscale("#ffffff")), round(greyscale("#000000"))
    (100, 0)
    """
    luminance = _luminance(colour)
    cut = (6 / 29) ** 3
    root = luminance ** (1 / 3) if luminance > cut else luminance / (3 * (6 / 29) ** 2) + 4 / 29
    return 116 * root - 16
