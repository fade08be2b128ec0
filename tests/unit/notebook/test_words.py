"""No number can be typed into a sentence, and both languages say the same."""

from __future__ import annotations

import pytest

from helpers.errors import SchemaError
from helpers.notebook.words import check_words, find_typed, words


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Terserap 98,30 persen dari pagu", "98,30"),
        ("Sudah lapor: 25 dari {opd.total_count} OPD", "25"),
        ("Edisi 2021 memuat semuanya", "2021"),
        ("Posisi B06 dan B12 menurut Inpres 2/2020 tentang P4GN", ""),
        ("Lihat [bagan](#absorption-by-month-2)", ""),
        ("Index {village.63.06.05.2017.index} of {respondents:count}", ""),
    ],
)
def test_a_typed_number_is_found_and_a_name_is_none(text: str, typed: str) -> None:
    assert find_typed(text) == typed


def test_the_error_quotes_the_sentence_of_the_cell() -> None:
    said = words(id="Terserap {budget.absorption_rate}.", en="Absorbed 98.30 percent.")
    with pytest.raises(SchemaError, match=r'"98\.30".*"Absorbed 98\.30 percent\."'):
        check_words(said, "en")


def test_both_languages_hold_the_same_placeholders() -> None:
    said = words(id="{rate:percent} sampai {month:month}", en="{rate:percent0} by {month:month}", rate=1)
    with pytest.raises(SchemaError, match="tidak memuat isian yang sama: rate"):
        check_words(said, "id")


def test_a_sentence_of_several_lines_is_one() -> None:
    said = words(id="""Baris pertama
        dan kedua.""", en="""First line
        and second.""")  # fmt: skip
    assert said.text("id") == "Baris pertama dan kedua."
    assert words(id="- a\n- b", en="- a\n- b").text("en") == "- a\n- b"
