"""Contrast is computed, not believed."""

from __future__ import annotations

from itertools import pairwise

import pytest

from helpers.theme import contrast_ratio, greyscale, palette
from helpers.theme.palette import MARK_ROLES, QUIET_ROLES, TEXT_ROLES, Scheme

SCHEMES: tuple[Scheme, ...] = ("light", "dark")


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    # From the WCAG's own examples and the usual checkers.
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.0),
        ("#123456", "#123456", 1.0),
    ],
)
def test_contrast_ratio(first: str, second: str, ratio: float) -> None:
    assert contrast_ratio(first, second) == pytest.approx(ratio, abs=0.01)
    assert contrast_ratio(second, first) == contrast_ratio(first, second)


def test_greyscale_of_middle_grey() -> None:
    assert greyscale("#777777") == pytest.approx(50.0, abs=0.5)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_role_has_a_colour_in_every_scheme(scheme: Scheme) -> None:
    assert set(palette(scheme)) == {*MARK_ROLES, *QUIET_ROLES}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("role", TEXT_ROLES)
def test_text_reads_on_every_quiet_fill(scheme: Scheme, role: str) -> None:
    colours = palette(scheme)
    assert contrast_ratio(colours[role], colours["paper"]) >= 4.5
    assert contrast_ratio(colours[role], colours["surface"]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("role", MARK_ROLES)
def test_marks_stand_out_on_paper(scheme: Scheme, role: str) -> None:
    colours = palette(scheme)
    assert contrast_ratio(colours[role], colours["paper"]) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("role", ["accent", "accent2", "good", "warn"])
def test_a_colour_and_ink_read_on_its_soft_fill(scheme: Scheme, role: str) -> None:
    colours = palette(scheme)
    # The tag "Data ilustrasi" is small: the text level, not the one for marks.
    assert contrast_ratio(colours[role], colours[f"{role}_soft"]) >= 4
    assert contrast_ratio(colours["ink"], colours[f"{role}_soft"]) >= 7


def test_the_colours_of_one_chart_differ_on_a_greyscale_print() -> None:
    shades = sorted(greyscale(palette()[role]) for role in ("ink", "accent", "accent2", "accent_soft"))
    assert all(lighter - darker > 10 for darker, lighter in pairwise(shades))


def test_a_changed_palette_is_not_everybodys() -> None:
    palette()["ink"] = "#ffffff"
    assert palette()["ink"] != "#ffffff"
