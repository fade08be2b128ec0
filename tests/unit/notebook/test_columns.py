"""Cells of tables are printed by the names of their columns."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.notebook.columns import cell_text, make_table


@pytest.mark.parametrize(
    ("column", "value", "indonesian", "english"),
    [
        ("ceiling_idr", 1234567, "Rp1.234.567", "Rp1,234,567"),
        ("absorption_rate", 0.983, "98,30%", "98.30%"),
        ("respondent_count", 1200, "1.200", "1,200"),
        ("family_resilience_index", 84.8214, "84,821", "84.821"),
        ("month", 2, "Februari", "February"),
        ("section", "prevention", "Seksi P2M", "Prevention Section (P2M)"),
        ("class_id", "sangat tinggi", "sangat tinggi", "very high"),
        ("reporting_period", "2021-B06", "B06", "B06"),
        ("account_name", "Belanja Bahan", "Belanja Bahan", "Belanja Bahan"),
        ("target_rate", float("nan"), "–", "–"),
        ("urine_test_people_count", pd.NA, "–", "–"),
    ],
)
def test_a_cell_in_both_languages(column: str, value: object, indonesian: str, english: str) -> None:
    assert cell_text(value, column, "id") == indonesian
    assert cell_text(value, column, "en") == english


def test_numbers_stand_right_and_suppressed_counts_are_marked() -> None:
    frame = pd.DataFrame(
        {
            "action": ["volunteer_count", "regulation_count"],
            "action_count": pd.array([None, None], dtype="Int64"),
            "is_suppressed": [True, False],
        }
    )
    table = make_table(
        frame, name="actions", caption="Aksi", source="Sumber: x.", locale="id", illustrative=True
    )
    assert [column.align for column in table.columns] == ["left", "right"]
    assert table.rows == (("Relawan", "1–4"), ("Regulasi", "–"))


def test_a_column_without_a_label_is_refused() -> None:
    with pytest.raises(KeyError, match=r"tables\.column\.xyz"):
        make_table(
            pd.DataFrame({"xyz": [1]}), name="t", caption="c", source="s", locale="id", illustrative=False
        )
