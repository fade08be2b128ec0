"""Facts: what they cite, how they compare, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from helpers.errors import DataError, Place, SchemaError
from helpers.facts import FactBook, read_published
from helpers.facts.lineage import merge_rows, trace_sources
from helpers.facts.published import agrees_with, parse_published
from helpers.indicators.budget import compute_absorption_total


def budget_rows() -> pd.DataFrame:
    """Three leaves of one sheet, one of another."""
    return pd.DataFrame(
        {
            "source_file": ["anggaran.xlsx"] * 4,
            "source_sheet": ["Desember"] * 3 + ["November"],
            "source_row": [14, 12, 13, 20],
            "source_columns": ["ceiling_idr:C expenditure_to_date_idr:G"] * 4,
        }
    )


def published(**figures: tuple[str, str]) -> pd.DataFrame:
    """Published figures as the cleaned table holds them."""
    return pd.DataFrame(
        {
            "fact_key": [key.replace("__", ".") for key in figures],
            "published_text": [text for text, _ in figures.values()],
            "fact_unit": [unit for _, unit in figures.values()],
            "source_file": "angka.csv",
            "source_sheet": None,
            "source_row": range(2, 2 + len(figures)),
            "source_columns": "fact_key:A published_text:B",
        }
    )


def edition(tmp_path: Path, illustrative: bool = True) -> Any:
    """An edition with two sources, as far as a fact book looks at it."""
    sources = {}
    for name, file in (("budget", "anggaran.xlsx"), ("published", "angka.csv")):
        path = tmp_path / file
        path.write_bytes(name.encode())
        sources[name] = SimpleNamespace(name=name, path=path, sha256=f"digest of {name}")
    return SimpleNamespace(
        sources=sources,
        is_illustrative=lambda *names: illustrative and "budget" in names,
        params=SimpleNamespace(office="bnnk-hss", year=2021),
        declaration={"data_status": "illustrative"},
    )


def test_rows_become_ranges() -> None:
    assert merge_rows([9, 1, 2, 3, 7, 8, 2], "AB") == "AB1:AB3,AB7:AB9"
    assert merge_rows([5], "A") == "A5"


def test_sources_are_the_cells_of_the_measures() -> None:
    found = trace_sources(budget_rows(), ["ceiling_idr"], lambda file: f"sha of {file}")
    assert [(source.file, source.sheet, source.cells) for source in found] == [
        ("anggaran.xlsx", "Desember", "C12:C14"),
        ("anggaran.xlsx", "November", "C20"),
    ]
    assert found[0].sha256 == "sha of anggaran.xlsx"


def test_a_figure_without_an_origin_is_refused() -> None:
    with pytest.raises(SchemaError, match="no origin"):
        trace_sources(pd.DataFrame({"ceiling_idr": [1]}), ["ceiling_idr"], str)
    with pytest.raises(SchemaError, match="no origin"):
        trace_sources(budget_rows().iloc[:0], ["ceiling_idr"], str)
    with pytest.raises(SchemaError, match="no source column for item_score"):
        trace_sources(budget_rows(), ["item_score"], str)


@pytest.mark.parametrize(
    ("text", "unit", "value", "places"),
    [
        ("98,30 persen", "share", 0.983, 2),
        ("98,3%", "share", 0.983, 1),
        ("84,821", "index", 84.821, 3),
        ("25", "count", 25, 0),
        ("1.250", "count", 1250, 0),
        ("Rp1.605.752.558", "idr", 1605752558, 0),
        ("sangat tinggi", "class", "sangat tinggi", 0),
        ("Sekretariat DPRD; BPBD", "list", ["Sekretariat DPRD", "BPBD"], 0),
    ],
)
def test_published_texts_are_read_in_their_unit(text: str, unit: str, value: object, places: int) -> None:
    assert parse_published(text, unit, Place("angka.csv")) == (value, places)


def test_a_published_text_without_a_number_is_a_finding() -> None:
    with pytest.raises(DataError) as caught:
        parse_published("hampir semua", "share", Place("angka.csv", None, "B2"))
    (finding,) = caught.value.findings
    assert (finding.code, finding.place.cell) == ("published_not_number", "B2")


@pytest.mark.parametrize(
    ("computed", "agrees"),
    [(0.983, True), (0.98304, True), (0.98295, True), (0.98306, False), (0.9803, False)],
)
def test_a_share_agrees_at_its_printed_precision(computed: float, agrees: bool) -> None:
    figures = read_published(published(budget__absorption_rate=("98,30 persen", "share")))
    assert agrees_with(computed, figures["budget.absorption_rate"]) is agrees


def test_lists_agree_in_any_order_and_classes_by_word() -> None:
    figures = read_published(published(a=("BPBD; Setwan", "list"), b=("sangat tinggi", "class")))
    assert agrees_with(["Setwan", "BPBD"], figures["a"])
    assert not agrees_with(["Setwan"], figures["a"])
    assert not agrees_with("tinggi", figures["b"])


def test_a_recorded_fact_has_every_field_of_the_contract(tmp_path: Path) -> None:
    figures = read_published(published(budget__absorption_rate=("98,30 persen", "share")))
    book = FactBook(edition(tmp_path), figures)
    book.record(
        "budget.absorption_rate", 0.9803, "share", frame=budget_rows().head(3), measures=["ceiling_idr"],
        computed_by=compute_absorption_total,
    )  # fmt: skip
    book.write(tmp_path / "facts.json")
    document = json.loads((tmp_path / "facts.json").read_text(encoding="utf-8"))
    assert {key: document[key] for key in ("schema", "office", "year", "data_status")} == {
        "schema": 1, "office": "bnnk-hss", "year": 2021, "data_status": "illustrative",
    }  # fmt: skip
    assert document["facts"] == [
        {
            "key": "budget.absorption_rate",
            "value": 0.9803,
            "unit": "share",
            "text_id": "98,03 persen",
            "text_en": "98.03 percent",
            "sources": [
                {
                    "file": "anggaran.xlsx",
                    "sheet": "Desember",
                    "cells": "C12:C14",
                    "sha256": "digest of budget",
                }
            ],
            "computed_by": "helpers.indicators.budget.compute_absorption_total",
            "published": 0.983,
            "agrees": False,
            "illustrative": True,
        }
    ]


def test_a_key_cannot_have_two_values(tmp_path: Path) -> None:
    book = FactBook(edition(tmp_path), {})
    rows = {"frame": budget_rows(), "measures": ["ceiling_idr"], "computed_by": compute_absorption_total}
    book.record("budget.ceiling_idr", 100, "idr", **rows)
    book.record("budget.ceiling_idr", 100, "idr", **rows)
    with pytest.raises(SchemaError, match="recorded twice: 100 and 101"):
        book.record("budget.ceiling_idr", 101, "idr", **rows)


def write_ceiling(tmp_path: Path, name: str, value: int) -> None:
    """Write the facts of a notebook that has recorded one amount."""
    rows = {"frame": budget_rows(), "measures": ["ceiling_idr"], "computed_by": compute_absorption_total}
    book = FactBook(edition(tmp_path), {})
    book.record("budget.ceiling_idr", value, "idr", **rows)
    book.write(tmp_path / "facts" / f"{name}.json")


def inheriting(tmp_path: Path, name: str) -> FactBook:
    """Return the book of a notebook that begins."""
    book = FactBook(edition(tmp_path), {})
    book.inherit(tmp_path / "facts", name)
    return book


def test_facts_of_other_notebooks_are_inherited(tmp_path: Path) -> None:
    write_ceiling(tmp_path, "first", 100)
    book = inheriting(tmp_path, "press-release")
    assert book["budget.ceiling_idr"].text("id") == "Rp100"
    book.write(tmp_path / "second.json")
    assert json.loads((tmp_path / "second.json").read_text(encoding="utf-8"))["facts"] == []


def test_a_chapter_and_the_other_summary_are_not_told_of(tmp_path: Path) -> None:
    # They run side by side: what one finds of the other would depend on which is first.
    write_ceiling(tmp_path, "leadership-brief", 100)
    write_ceiling(tmp_path, "opd-rollout", 100)
    assert "budget.ceiling_idr" not in inheriting(tmp_path, "programmes")
    (tmp_path / "facts" / "opd-rollout.json").unlink()
    assert "budget.ceiling_idr" not in inheriting(tmp_path, "press-release")


def test_what_a_notebook_wrote_before_is_void_when_it_is_run_again(tmp_path: Path) -> None:
    write_ceiling(tmp_path, "first", 100)
    assert "budget.ceiling_idr" not in inheriting(tmp_path, "first")


def test_a_figure_of_its_own_stands_against_an_inherited_one(tmp_path: Path) -> None:
    write_ceiling(tmp_path, "first", 100)
    book = inheriting(tmp_path, "press-release")
    rows = {"frame": budget_rows(), "measures": ["ceiling_idr"], "computed_by": compute_absorption_total}
    book.record("budget.ceiling_idr", 99, "idr", **rows)
    assert book["budget.ceiling_idr"].value == 99


def test_a_figure_on_which_other_notebooks_differ_is_not_cited(tmp_path: Path) -> None:
    write_ceiling(tmp_path, "first", 100)
    write_ceiling(tmp_path, "second", 99)
    book = inheriting(tmp_path, "press-release")
    with pytest.raises(SchemaError, match="differs between first and second: run these notebooks again"):
        book["budget.ceiling_idr"]
    rows = {"frame": budget_rows(), "measures": ["ceiling_idr"], "computed_by": compute_absorption_total}
    book.record("budget.ceiling_idr", 99, "idr", **rows)
    assert book["budget.ceiling_idr"].value == 99


def test_only_what_was_published_can_be_recorded_as_published(tmp_path: Path) -> None:
    figures = read_published(published(opd__planned_count__next_year=("2", "count")))
    book = FactBook(edition(tmp_path), figures)
    fact = book.record_published("opd.planned_count.next_year")
    assert (fact.value, fact.published, fact.agrees, fact.computed_by) == (2, 2, None, "published")
    assert [(source.file, source.cells) for source in fact.sources] == [("angka.csv", "B2")]
    with pytest.raises(SchemaError, match="no published figure"):
        book.record_published("opd.total_count")


def test_a_fact_that_was_not_recorded_is_not_printed(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=r"no fact 'opd\.total_count'"):
        FactBook(edition(tmp_path), {})["opd.total_count"]
