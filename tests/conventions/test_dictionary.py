"""The dictionary: its page is up to date, its labels and keys are whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.schema import TABLES
from helpers.schema.reference import dictionary_page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "data-dictionary.md"


def test_the_page_is_what_the_code_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == dictionary_page(TABLES.values()), "run: make docs"


@pytest.mark.parametrize("name", TABLES)
def test_every_column_has_a_label_in_both_languages_and_the_key_exists(name: str) -> None:
    table = TABLES[name]
    columns = [field.name for field in table.fields]
    assert len(columns) == len(set(columns))
    assert set(table.key) <= set(columns)
    assert all(field.label_id and field.label_en for field in table.fields)
    assert name.startswith("clean_")
    assert "__" in name


@pytest.mark.parametrize("name", TABLES)
def test_units_stand_in_the_names(name: str) -> None:
    for field in TABLES[name].fields:
        assert (field.unit == "IDR") == field.name.endswith("_idr"), field.name
        if field.unit in ("people", "events", "regulations", "task forces"):
            assert field.name.endswith("_count"), field.name
