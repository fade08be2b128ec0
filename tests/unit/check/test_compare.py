"""Rounding and qualifying words, worked by hand for an absorption of 98.30 percent."""

from __future__ import annotations

from collections.abc import Callable

import pytest

RATE = "Penyerapan anggaran {}."


@pytest.mark.parametrize(
    "text",
    [
        "98,30 persen",
        "98,3 persen",
        "98 persen",
        "98,300 persen",
        "lebih dari 98 persen",
        "di atas 98 persen",
        "sekitar 98 persen",
        "hampir 99 persen",
        "hampir 100 persen",
        "kurang dari 99 persen",
        "minimal 98,3 persen",
        "98 persen lebih",
        "antara 98 dan 99 persen",
        "98–99 persen",
    ],
)
def test_a_fair_statement_agrees(check: Callable, text: str):
    assert [item.status for item in check(RATE.format(text)).values() if item.claim.kind == "share"][
        -1
    ] == "agrees"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("98,03 persen", "98,30 persen"),
        ("98,4 persen", "98,3 persen"),
        ("99 persen", "98 persen"),
        ("98.03%", "98,30%"),
        ("lebih dari 98,3 persen", "98,30 persen"),
        ("lebih dari 99 persen", "98,30 persen"),
        ("sekitar 90 persen", "98,30 persen"),
        ("hampir 90 persen", "98,30 persen"),
        ("kurang dari 98 persen", "98,30 persen"),
        ("antara 96 dan 97 persen", "98,30 persen"),
        ("sembilan puluh delapan koma nol tiga persen", "sembilan puluh delapan koma tiga persen"),
    ],
)
def test_a_wrong_statement_differs_with_the_text_to_paste(check: Callable, text: str, expected: str):
    item = [item for item in check(RATE.format(text)).values() if item.claim.kind == "share"][-1]
    assert (item.status, item.fact.key, item.expected) == ("differs", "budget.absorption_rate", expected)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("25 OPD", "agrees"),
        ("24 OPD", "differs"),
        ("lebih dari 20 OPD", "agrees"),
        ("sedikitnya 26 OPD", "differs"),
        ("dua puluh lima OPD", "agrees"),
        ("25 (dua puluh lima) OPD", "agrees"),
        ("25 (dua puluh empat) OPD", "differs"),
        ("250 OPD", "differs"),
    ],
)
def test_counts_are_never_rounded(check: Callable, text: str, status: str):
    (item,) = check(f"Sebanyak {text} telah melaksanakan Inpres.").values()
    assert item.status == status


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rp1,17 miliar", "Rp1,71 miliar"),
        ("Rp. 1 Milyar 701 Juta", "Rp1.710.000.000"),
        ("Rp1.701.000.000,-", "Rp1.710.000.000,-"),
        ("satu koma tujuh dua miliar rupiah", "Rp1.710.000.000"),
    ],
)
def test_amounts_are_corrected_in_their_own_form(check: Callable, text: str, expected: str):
    (item,) = check(f"Pagu anggaran {text}.").values()
    assert (item.status, item.expected) == ("differs", expected)
