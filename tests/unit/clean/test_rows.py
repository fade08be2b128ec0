"""A source is its declaration: reader, cleaner, contract, form and dictionary page follow from it."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.clean.contracts import check_contract
from helpers.clean.job import Job
from helpers.clean.journal import Journal
from helpers.clean.rows import clean_records
from helpers.columns import Field, Table
from helpers.columns.model import Cell, Choice
from helpers.columns.reference import dictionary_page
from helpers.edition import load_edition
from helpers.params import RunParams
from helpers.read import RawSheet, RawWorkbook, cast_table
from helpers.workbooks.forms import Register, columns_of
from helpers.workbooks.lists import Lists

POSTS = Table(
    name="clean_posts__post",
    source="posts",
    grain="one row a post",
    key=("post_id",),
    fields=(
        Field("post_id", "str", "ID posko", "Post id", cell=Cell("ID", ("Kode Posko",))),
        Field("post_type", "category", "Jenis", "Type",
              choices=(Choice("fixed", "tetap", "fixed", ("permanen",)),
                       Choice("mobile", "keliling", "mobile")),
              cell=Cell("Jenis", note_id="Pilih jenisnya.", note_en="Choose the type.")),
        Field("visit_count", "Int64", "Kunjungan", "Visits", unit="events", nullable=True, low=0,
              cell=Cell("Kunjungan", ("Jumlah Kunjungan",), required=False, width=11)),
        Field("opened_date", "date", "Dibuka", "Opened on", nullable=True,
              cell=Cell("Tanggal Buka", required=False)),
    ),
)  # fmt: skip


def clean(rows: list[list[str]]) -> tuple[Journal, pd.DataFrame, int]:
    cells = pd.DataFrame(rows, dtype="str")
    cells.index = pd.RangeIndex(1, len(cells) + 1)
    edition, journal = load_edition(RunParams()), Journal("posts", "posko.csv", "x")
    workbook = RawWorkbook("posko.csv", {"": RawSheet(None, cells)}, ())
    cleaned = clean_records(POSTS, "post_id")(Job(edition, edition.sources["villages"], workbook, journal))
    (table,) = cleaned.tables.values()
    return journal, table, cleaned.rows_kept


def test_rows_are_read_by_the_headings_spellings_and_types_that_are_declared() -> None:
    journal, table, kept = clean([
        ["Kode Posko", "Jenis", "Jumlah Kunjungan", "Tanggal Buka"],
        ["a", "Permanen", "1.200", "3 Mei 2021"],
        ["b", "mobile", "", ""],
    ])  # fmt: skip
    assert journal.findings == []
    assert kept == 2
    assert table["post_id"].tolist() == ["a", "b"]
    assert table["post_type"].tolist() == ["fixed", "mobile"]
    assert table["visit_count"].tolist() == [1200, pd.NA]
    assert table["opened_date"].iloc[0] == pd.Timestamp("2021-05-03")
    assert table["source_columns"].iloc[0] == "post_id:A post_type:B visit_count:C opened_date:D"
    typed = cast_table(table, POSTS)
    assert check_contract(typed, POSTS, journal)
    assert not check_contract(typed.assign(visit_count=pd.array([-1, 2], dtype="Int64")), POSTS, journal)


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (["", "tetap", "1", ""], "value_missing", "A2"),
        (["a", "", "1", ""], "value_missing", "B2"),
        (["a", "bulat", "1", ""], "value_not_on_list", "B2"),
        (["a", "tetap", "-1", ""], "number_out_of_range", "C2"),
        (["a", "tetap", "satu", ""], "not_a_number", "C2"),
        (["a", "tetap", "1", "31/02/2021"], "date_impossible", "D2"),
        (["b", "tetap", "1", ""], "duplicate_key", "A3"),
    ],
)
def test_each_declared_rule_has_its_finding_and_cell(row: list[str], code: str, cell: str) -> None:
    journal, _, kept = clean([["ID", "Jenis", "Kunjungan", "Tanggal Buka"], row, ["b", "keliling", "2", ""]])
    assert [(finding.code, finding.place.cell) for finding in journal.findings] == [(code, cell)]
    assert kept == 1


def test_a_heading_that_is_not_required_may_lack_and_another_not() -> None:
    journal, _, kept = clean([["ID", "Jenis"], ["a", "tetap"]])
    assert (journal.findings, kept) == ([], 1)
    journal, _, kept = clean([["ID", "Kunjungan"], ["a", "1"]])
    assert [finding.code for finding in journal.findings] == ["column_missing"]
    assert kept == 0


def test_the_form_and_the_page_say_the_same() -> None:
    lists = Lists()
    register = Register(2022, "BNN", pd.DataFrame(), (), 14, "en")
    columns = columns_of(POSTS, register, lists)
    assert [(c.label, c.kind, c.required, c.unique) for c in columns] == [
        ("ID", "text", True, True), ("Jenis", "choice", True, False), ("Kunjungan", "count", False, False),
        ("Tanggal Buka", "date", False, False),
    ]  # fmt: skip
    assert columns[1].note == "Choose the type."
    assert lists.columns["post_type"] == ("Jenis", ["Tetap", "Keliling"])
    row = "| `post_type` | category |  | Jenis | Type | Jenis | `fixed`, `mobile` |  |"
    assert row in dictionary_page([POSTS])
