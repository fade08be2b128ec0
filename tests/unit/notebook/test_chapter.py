"""A number of a chapter is a recorded figure, a value with its rows, or not there."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from helpers.charts import plot_absorption_by_group
from helpers.errors import ParameterError, SchemaError
from helpers.facts import Fact
from helpers.indicators import budget
from helpers.notebook import Chapter, open_chapter, words

ROOT = Path(__file__).resolve().parents[3]
TABLE = "clean_budget__line_month"


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of drafts."""
    return tmp_path_factory.mktemp("chapter")


def opened(draft: Path, locale: str = "id", **options: Any) -> Chapter:
    places = ("data/raw", str(draft / "processed" / "draft"), str(draft / "reports"))
    return open_chapter("budget-absorption", "bnnk-hss", 2021, locale, *places, **options)


@pytest.fixture
def chapter(draft: Path) -> Chapter:
    return opened(draft, sources=["budget"])


@pytest.fixture
def last(chapter: Chapter) -> pd.DataFrame:
    lines = chapter.read(TABLE)
    return lines.loc[lines["month"] == 12]


def said(chapter: Chapter) -> str:
    """Return the last sentence as read aloud."""
    return str(chapter.shown[-1])


def test_a_table_whose_source_is_not_declared_is_refused(draft: Path) -> None:
    chapter = opened(draft, sources=["budget"])
    with pytest.raises(SchemaError, match=r'sumber "villages".*sources=\[…, "villages"\]'):
        chapter.read("clean_villages__village")
    with pytest.raises(SchemaError, match="Tidak ada tabel bernama clean_budget"):
        chapter.read("clean_budget")


def test_an_edition_without_the_source_of_a_chapter_is_told(draft: Path) -> None:
    places = ("data/raw", str(draft / "processed" / "draft"), str(draft / "reports"))
    with pytest.raises(ParameterError, match="bnnk-hss 2021 has no commitments"):
        open_chapter("commitments", "bnnk-hss", 2021, "en", *places, sources=["commitments"])


def test_a_figure_knows_its_unit_its_cells_and_its_function(chapter: Chapter, last: pd.DataFrame) -> None:
    total = budget.compute_absorption_total(chapter.read(TABLE))
    fact = chapter.figure("budget.ceiling_idr", total["ceiling_idr"], rows=last.head(2))
    assert fact is not None
    assert (fact.value, fact.unit) == (1_712_480_000, "idr")
    assert fact.computed_by == "helpers.indicators.budget.compute_absorption_total"
    assert [(source.sheet, source.cells) for source in fact.sources] == [("Desember", "C14:C15")]


def test_what_a_cell_computes_itself_is_the_notebooks(chapter: Chapter, last: pd.DataFrame) -> None:
    fact = chapter.figure("budget.line_count", len(last), rows=last.head(1), id="baris akun", en="lines")
    assert isinstance(fact, Fact)
    assert fact.computed_by == "notebooks.budget-absorption"
    assert fact.sources[0].cells == "C14,F14,G14"
    assert (fact.label("id"), fact.label("en")) == ("baris akun", "lines")


def test_a_reference_table_leads_to_its_cells(chapter: Chapter) -> None:
    targets = chapter.read("quarterly_targets")
    row = targets.loc[(targets["quarter"] == 4)].head(1)
    fact = chapter.figure("budget.target_rate", row["target_rate"], rows=row)
    assert isinstance(fact, Fact)
    (source,) = fact.sources
    lines = (ROOT / "data" / "reference" / "quarterly_targets.csv").read_text(encoding="utf-8").splitlines()
    column, line = lines[0].split(",").index("target_rate"), int(source.cells[1:])
    assert source.file == "reference/quarterly_targets.csv"
    assert source.cells[0] == "ABCDEFGHIJ"[column]
    assert lines[line - 1].split(",")[2] == "4"
    assert not fact.illustrative


@pytest.mark.parametrize(
    ("values", "text", "message"),
    [
        ({"rate": 0.5}, "Terserap {rate:percent}.", "angka tanpa baris asal"),
        ({"rate": 0.5}, "Terserap {rate}.", "angka tanpa format"),
        ({"rate": "98,30 persen"}, "Terserap {rate}.", r"\(98,30 persen\).*bukan isi sel"),
        ({}, "Terserap {budget.nowhere_rate}.", '"budget.nowhere_rate".*bukan angka yang tercatat'),
        ({}, "Terserap 98,30 persen.", 'Angka "98,30" diketik'),
    ],
)
def test_a_number_without_an_origin_is_refused(
    chapter: Chapter, values: dict[str, Any], text: str, message: str
) -> None:
    with pytest.raises(SchemaError, match=message):
        chapter.say(id=text, en=text, **values)
    assert chapter.shown == []


def test_a_sentence_prints_figures_values_labels_and_words(chapter: Chapter, last: pd.DataFrame) -> None:
    chapter.figure("budget.half_rate", 0.5, rows=last)
    chapter.say(
        "halves",
        id="{section:section}: {budget.half_rate}, {count:count} baris, {month:month}, {account}",
        en="{section:section}: {budget.half_rate}, {count:count} lines, {month:month}, {account}",
        section="prevention", count=1234, month=12, account=last["account_code"].iloc[0], rows=last,
    )  # fmt: skip
    account = last["account_code"].iloc[0]
    assert said(chapter) == f"Seksi P2M: 50,00 persen, 1.234 baris, Desember, {account}"
    known = chapter.figure("budget-absorption.halves.count")
    assert isinstance(known, Fact)
    assert known.value == 1234


def test_a_sentence_in_english_from_the_same_cell(draft: Path) -> None:
    chapter = opened(draft, "en", sources=["budget"])
    lines = chapter.read(TABLE)
    chapter.figure("budget.absorption_rate", 0.98304, rows=lines, cells=["ceiling_idr"])
    chapter.say(
        id="{budget.absorption_rate.published} terbit, {budget.absorption_rate:percent1}",
        en="{budget.absorption_rate.published} published, {budget.absorption_rate:percent1}",
    )
    assert said(chapter) == "98.30 percent published, 98.3 percent"


def test_a_chart_and_a_table_name_the_source_that_was_read(chapter: Chapter) -> None:
    by_type = budget.compute_absorption_by(chapter.read(TABLE), "expenditure_type")
    chapter.show(plot_absorption_by_group, by_type, "expenditure_type")
    figure = chapter.shown[-1].content["application/vnd.helpers.figure+json"]
    assert figure["source"].startswith("Sumber: Realisasi anggaran per akun")
    assert figure["illustrative"]
    spend = by_type.assign(spend_rate=0.5)[["expenditure_type", "spend_rate"]]
    chapter.table(spend, "spend", id="Laju", en="Pace", labels={"spend_rate": ("Laju belanja", "Pace")})
    table = chapter.shown[-1].content
    assert [column.label for column in table.columns] == ["Jenis belanja", "Laju belanja"]
    assert table.source == figure["source"].removesuffix(".") + "."


def test_tiles_and_notes_hold_recorded_figures_only(chapter: Chapter, last: pd.DataFrame) -> None:
    chapter.figure("budget.absorption_rate", 0.983, rows=last)
    chapter.tiles("budget.absorption_rate", {"label": words("Desa", "Village"), "value": words("–", "–")})
    first, second = chapter.shown[-1].content.items
    assert (first.label, first.value) == ("penyerapan anggaran", "98,30 persen")
    assert (second.key, second.label, second.value) == ("", "Desa", "–")
    with pytest.raises(SchemaError, match='Angka "3" diketik'):
        chapter.note("warning", words("Perhatian", "Mind"), words("Ada 3 baris", "There are 3 lines"))


def test_a_closed_chapter_hands_on_what_it_cites(draft: Path) -> None:
    chapter = opened(draft, sources=["budget"])
    last = chapter.read(TABLE)
    chapter.figure("budget.absorption_rate", 0.983, rows=last, cells=["ceiling_idr"])
    chapter.figure("budget.silent_rate", 0.5, rows=last, cells=["ceiling_idr"])
    chapter.say(id="{budget.absorption_rate}", en="{budget.absorption_rate}")
    chapter.close()
    head, facts = chapter.shown[-2:]
    assert head.content.title == "Penyerapan anggaran 2021"
    assert [entry["key"] for entry in facts.entries] == ["budget.absorption_rate"]
    written = chapter.edition.paths.facts / "budget-absorption.json"
    assert '"budget.silent_rate"' in written.read_text(encoding="utf-8")


def test_a_draft_is_cleaned_once_and_again_after_a_file_has_changed(draft: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data" / "raw" / "bnnk-hss" / "2021", tmp_path / "raw" / "bnnk-hss" / "2021")
    places = (str(tmp_path / "raw"), str(tmp_path / "draft"), str(tmp_path / "reports"))
    values = ("programmes", "bnnk-hss", 2021, "id", *places)
    first = open_chapter(*values, sources=["programmes", "villages"])
    assert len(first.read("clean_programmes__activity")) == 5
    table = first.edition.paths.processed / "clean_programmes__activity.parquet"
    written = table.stat().st_mtime_ns
    open_chapter(*values, sources=["programmes", "villages"])
    assert table.stat().st_mtime_ns == written
    raw = tmp_path / "raw" / "bnnk-hss" / "2021" / "program.csv"
    lines = raw.read_text(encoding="utf-8").splitlines(keepends=True)
    raw.write_text("".join(lines[:-1]), encoding="utf-8")
    again = open_chapter(*values, sources=["programmes", "villages"])
    assert len(again.read("clean_programmes__activity")) == 4


def test_a_figure_whose_key_names_no_unit_or_that_has_several_values_is_refused(
    chapter: Chapter, last: pd.DataFrame
) -> None:
    with pytest.raises(SchemaError, match=r'Satuan angka "budget\.speed" tidak terbaca'):
        chapter.figure("budget.speed", 3, rows=last)
    with pytest.raises(SchemaError, match=r'Angka "budget\.ceiling_idr" diberi 7\d nilai'):
        chapter.figure("budget.ceiling_idr", last["ceiling_idr"], rows=last)
