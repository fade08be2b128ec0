"""The dictionary: its page is up to date, its labels and keys are whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.charts.model import ChartContext
from helpers.columns import TABLES, Field
from helpers.columns.labels import closed_lists, label_of
from helpers.columns.reference import dictionary_page
from helpers.facts.model import fact_text
from helpers.messages import LOCALES, catalogue
from helpers.notebook.columns import cell_text
from helpers.workbooks.forms import offered

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


def test_a_column_of_several_tables_is_declared_alike() -> None:
    seen: dict[str, Field] = {}
    for field in (field for table in TABLES.values() for field in table.fields):
        first = seen.setdefault(field.name, field)
        assert (field.label_id, field.label_en, field.choices) == (
            first.label_id, first.label_en, first.choices,
        ), field.name  # fmt: skip


@pytest.mark.parametrize("locale", LOCALES)
def test_the_catalogue_holds_no_second_label(locale: str) -> None:
    columns = {field.name for table in TABLES.values() for field in table.fields}
    assert not [key for key in catalogue(locale) if key.removeprefix("tables.column.") in columns]
    values = {
        f"tables.value.{column}.{choice.value}"
        for column, choices in closed_lists().items()
        for choice in choices
    }
    assert not values & set(catalogue(locale))


def test_tables_charts_sentences_and_menus_use_one_label() -> None:
    context = ChartContext("id", "Kabupaten Tapin", "2021", illustrative=False, source_text="Laporan OPD")
    for field in (field for table in TABLES.values() for field in table.fields):
        for choice in field.choices:
            label = choice.label_id
            assert label_of(field.name, choice.value, "id") == label
            assert cell_text(choice.value, field.name, "id") == label
            assert context.word(field.name, choice.value) == label
            assert offered([choice]) == [label[0].upper() + label[1:]]
    assert label_of("report_status", "reported", "id") == "sudah melapor"
    assert fact_text("reported", "class", "id") == "sudah melapor"
    assert context.label("report_status", "reported") == "Sudah melapor"
