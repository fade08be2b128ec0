"""What keeps cleaning quick at national size, and the benchmark that measures it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from helpers.clean import names
from helpers.clean.contracts import has_unique_key
from helpers.clean.names import NameIndex, village_key
from helpers.clean.survey import _as_categories

BENCHMARKS = Path(__file__).resolve().parents[3] / "benchmarks"
DISTRICTS = {"63.06.01": ("Tibung Raya", "Karang Jawa"), "63.06.02": ("Tibung Raja", "Sungai Kupang"),
             "63.06.03": ("Durian Rabung", "Lungau Hulu", "Mandala Kota")}  # fmt: skip


@pytest.fixture
def index() -> NameIndex:
    official = {f"{code}.{2001 + place}": name
                for code, known in DISTRICTS.items() for place, name in enumerate(known)}  # fmt: skip
    return NameIndex(official, (("63.06.03.2002", "Lungau Besar"),), village_key)


def test_a_misspelt_name_is_compared_with_the_names_of_its_district_alone(index, monkeypatch):
    compared: list[list[str]] = []
    extract = names.process.extract

    def watched(form, choices, **options):
        compared.append(sorted(choices))
        return extract(form, choices, **options)

    monkeypatch.setattr(names.process, "extract", watched)
    within = frozenset({"63.06.02.2001", "63.06.02.2002"})
    assert index.match("Tibung Rajah", within).code == "63.06.02.2001"
    assert index.match("Sungai Kupangg", within).code == "63.06.02.2002"
    assert compared == [["sungai kupang", "tibung raja"]] * 2


def test_a_misspelt_alias_is_found_in_its_own_district_only(index):
    third = frozenset({"63.06.03.2001", "63.06.03.2002", "63.06.03.2003"})
    assert index.match("Lungau Besarr", third).code == "63.06.03.2002"
    assert index.match("Lungau Besarr", frozenset({"63.06.01.2001", "63.06.01.2002"})).code == ""


def test_without_a_district_all_names_are_possible(index):
    found = index.match("Durian Rabungg")
    assert (found.code, found.method) == ("63.06.03.2001", "fuzzy")


@pytest.mark.parametrize(
    ("rows", "unique"),
    [
        ([("a", 1), ("a", 2), ("b", 1)], True),
        ([("a", 1), ("b", 1), ("a", 1)], False),
        ([("a", None), ("b", None), ("c", None)], True),
        # Missing is a value like another: two rows without a code are one key twice.
        ([("a", None), ("a", None)], False),
        ([], True),
        # More combinations than places to count them in.
        ([(f"k{n}", n) for n in range(50)], True),
        ([*((f"k{n}", n) for n in range(50)), ("k7", 7)], False),
    ],
)
def test_a_key_is_unique_or_not(rows, unique):
    frame = pd.DataFrame(rows, columns=["code", "month"]).astype({"code": "str", "month": "Int64"})
    assert has_unique_key(frame, ["code", "month"]) is unique
    as_category = frame.astype({"code": "category"})
    assert has_unique_key(as_category, ["code", "month"]) is unique


def test_a_table_without_its_key_column_has_no_unique_key():
    assert not has_unique_key(pd.DataFrame({"code": ["a"]}), ["code", "month"])


def test_texts_become_categories_in_the_order_of_the_sheet():
    made = _as_categories(pd.Series(["R2", "", "R1", "R2"], index=[4, 9, 11, 12], dtype="str"))
    assert made.categories.tolist() == ["R2", "R1"]
    assert made.codes.tolist() == [0, -1, 1, 0]


@pytest.mark.parametrize("kind", ["survey", "budget", "villages"])
def test_the_benchmark_cleans_the_data_that_it_writes(tmp_path, monkeypatch, kind):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import cleaning as benchmark

    benchmark.make_project(tmp_path, kind, 400, workbook=True)
    measured = benchmark.measure(benchmark.clean_with_helpers, tmp_path, kind)
    assert measured["rows"] == 400
    assert measured["seconds"] > 0
    assert measured["peak_mib"] >= measured["base_mib"]


def test_the_benchmark_prints_a_table_for_the_documentation(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import cleaning as benchmark

    small = {"source": "budget", "format": "csv", "rows": 62500, "ratio": 2.5}
    assert benchmark.as_markdown([small, {**small, "rows": 500000, "growth": 8.1}]).splitlines() == [
        "| source | format | rows | ratio | growth |",
        "| --- | --- | ---: | ---: | ---: |",
        "| budget | csv | 62,500 | 2.5 |  |",
        "| budget | csv | 500,000 | 2.5 | 8.1 |",
    ]
