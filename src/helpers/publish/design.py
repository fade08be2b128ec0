"""What the documents' looks are made of: the theme's colours and fonts, named for the page.

Colours come from `helpers.theme` alone. This module says which role plays which part
in a page, in CSS and in Typst, so that HTML, PDF and Word are one family.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from helpers.theme.fonts import FAMILY, FOLDER, font_face_css
from helpers.theme.palette import Scheme, palette

FONT_FAMILY = FAMILY
FONT_FOLDER = FOLDER
#: Part of the page to role of the palette, in each scheme.
PARTS: dict[Scheme, dict[str, str]] = {
    "light": {
        "band": "accent",
        "band-ink": "paper",
        "band-line": "accent2",
        "desk": "surface",
        "desk-ink": "muted",
    },
    "dark": {
        "band": "surface",
        "band-ink": "ink",
        "band-line": "accent2",
        "desk": "surface",
        "desk-ink": "muted",
    },
}
_ROLES = (
    "ink", "muted", "paper", "surface", "grid", "axis", "accent", "accent_soft", "accent2", "accent2_soft",
    "good", "warn", "warn_soft",
)  # fmt: skip


def colours(scheme: Scheme) -> dict[str, str]:
    """Return the page's colours, part to ``#rrggbb``."""
    theme = palette(scheme)
    parts = {part: theme[role] for part, role in PARTS[scheme].items()}
    return {role: theme[role] for role in _ROLES} | parts


def template_text(name: str) -> str:
    """Return a bundled template (``html/page.css``)."""
    return (files("helpers.publish") / "templates" / name).read_text(encoding="utf-8")


def _variables(scheme: Scheme) -> str:
    return "".join(f"--{name.replace('_', '-')}:{colour};" for name, colour in colours(scheme).items())


@cache
def page_css() -> str:
    """Return the whole style of a page: fonts, both colour schemes, layout.

    Paper is white, so the dark scheme is for screens alone.
    """
    schemes = (
        f":root{{color-scheme:light;{_variables('light')}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{color-scheme:dark;{_variables('dark')}}}}}\n"
    )
    return font_face_css() + "\n" + schemes + template_text("html/page.css")


@cache
def typst_colours() -> str:
    """Return the light scheme as a Typst dictionary named ``palette``."""
    entries = ", ".join(f'"{name}": rgb("{colour}")' for name, colour in colours("light").items())
    return f"#let palette = ({entries})\n"
