"""The budget workbook reconciles to the rupiah and looks like the export it stands for."""

from __future__ import annotations

import csv
import itertools
import re
from decimal import ROUND_HALF_UP, Decimal

import pytest

from .conftest import MONTHS, REFERENCE, read_amount

FIELDS = ("ceiling", "locked", "before", "now", "to_date", "remaining")


def test_december_absorption_is_exactly_98_30_percent(months):
    leaves = months[11].leaves
    ceiling = sum(row.ceiling for row in leaves)
    spent = sum(row.to_date for row in leaves)
    assert (ceiling, spent) == (1_712_480_000, 1_683_367_840)
    assert spent * 10_000 == ceiling * 9_830


def test_only_december_reaches_the_published_rate(months):
    shares = [sum(r.to_date for r in m.leaves) / sum(r.ceiling for r in m.leaves) for m in months]
    assert [round(share, 4) for share in shares[:11]].count(0.983) == 0
    assert shares[2] > 0.15
    assert 0.35 < shares[5] < 0.40
    assert shares[8] > 0.60


@pytest.mark.parametrize("index", range(12), ids=MONTHS)
def test_every_parent_is_the_sum_of_its_leaves(months, index):
    month = months[index]
    for row in [*month.rows, month.total]:
        below = [leaf for leaf in month.leaves if leaf.path[: len(row.path)] == row.path]
        assert below, f"row {row.number} has no leaves"
        for field in FIELDS:
            assert getattr(row, field) == sum(getattr(leaf, field) for leaf in below), (row.number, field)


@pytest.mark.parametrize("index", range(12), ids=MONTHS)
def test_columns_of_a_row_agree_with_each_other(months, index):
    for row in [*months[index].rows, months[index].total]:
        assert row.before + row.now == row.to_date, row.number
        assert row.ceiling - row.to_date == row.remaining, row.number
        assert 0 <= row.to_date <= row.ceiling, row.number
        share = (Decimal(100 * row.to_date) / row.ceiling).quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert row.percent == f"{share}%".replace(".", ","), row.number


def test_each_month_takes_up_where_the_last_one_ended(months):
    for earlier, later in itertools.pairwise(months):
        done = {row.path: row.to_date for row in earlier.leaves}
        assert {row.path: row.before for row in later.leaves if row.before} == {
            path: amount for path, amount in done.items() if amount
        }


def test_a_line_stands_once_in_a_sheet(months):
    for month in months:
        paths = [row.path for row in month.rows]
        assert len(paths) == len(set(paths))
        assert 60 <= len(month.leaves) <= 90


def test_three_revisions_change_the_ceilings(months):
    by_line = [{row.path: row.ceiling for row in month.leaves} for month in months]
    changed = [n + 1 for n in range(1, 12) if by_line[n] != by_line[n - 1]]
    assert changed == [3, 7, 10]
    totals = [month.total.ceiling for month in months]
    assert totals == [1_779_850_000] * 6 + [1_690_050_000] * 3 + [1_712_480_000] * 3


def test_a_line_appears_and_another_goes_with_a_revision(months):
    accounts = [{row.path[-1] for row in month.leaves} for month in months]
    assert ["521131" in codes for codes in accounts] == [False] * 2 + [True] * 10
    assert ["524119" in codes for codes in accounts] == [True] * 6 + [False] * 6


def test_ceilings_are_whole_thousands(months):
    assert all(row.ceiling % 1000 == 0 for month in months for row in month.leaves)


def test_all_types_and_sections_spend(months):
    with (REFERENCE / "budget_sections.csv").open(encoding="utf-8") as file:
        section = {row["activity_code"]: row["section"] for row in csv.DictReader(file)}
    leaves = months[11].leaves
    assert {row.path[4][:2] for row in leaves} == {"51", "52", "53"}
    assert {section[row.path[1]] for row in leaves} == {
        "general", "prevention", "rehabilitation", "eradication",
    }  # fmt: skip
    assert set(section) == {row.path[1] for row in leaves}
    rates = {
        name: sum(r.to_date for r in leaves if section[r.path[1]] == name)
        / sum(r.ceiling for r in leaves if section[r.path[1]] == name)
        for name in set(section.values())
    }
    assert max(rates.values()) - min(rates.values()) > 0.02


def test_refunds_are_negative_months_in_brackets(budget_book, months):
    refunds = {(n + 1, row.path[-1]): row for n, m in enumerate(months) for row in m.leaves if row.now < 0}
    assert {key: row.now for key, row in refunds.items()} == {
        (4, "521113"): -1_000,
        (7, "522151"): -850_000,
        (8, "524113"): -1_250_000,
    }
    row = refunds[4, "521113"]
    assert budget_book["April"].cell(row.number, 6).value == "(1.000)"


def test_plan_sums_to_the_ceiling_of_each_type(budget_book, months):
    sheet = budget_book["Rencana Penarikan"]
    assert [cell.value for cell in sheet[6]] == ["Kode", "Jenis Belanja", *MONTHS, "Jumlah"]
    columns = [0] * 12
    for number, kind in enumerate(("51", "52", "53"), start=7):
        values = [sheet.cell(number, column).value for column in range(1, 16)]
        assert values[0] == kind
        ceiling = sum(r.ceiling for r in months[11].leaves if r.path[4].startswith(kind))
        assert sum(values[2:14]) == values[14] == ceiling
        assert min(values[2:14]) >= 0
        columns = [a + b for a, b in zip(columns, values[2:14], strict=True)]
    assert [sheet.cell(10, column).value for column in range(1, 16)] == [
        "JUMLAH", None, *columns, 1_712_480_000,
    ]  # fmt: skip


def test_spending_lags_the_plan_in_the_middle_of_the_year(budget_book, months):
    sheet = budget_book["Rencana Penarikan"]
    planned = sum(sheet.cell(10, column).value for column in range(3, 10))
    assert months[6].total.to_date < planned * 0.85


@pytest.mark.parametrize("name", MONTHS)
def test_sheet_has_the_shape_of_an_export(budget_book, name):
    sheet = budget_book[name]
    assert [sheet.cell(row, 1).value is not None for row in range(1, 8)] == [True] * 6 + [False]
    assert "Badan Narkotika Nasional".upper() in sheet["A1"].value
    assert name.upper() in sheet["A5"].value
    assert sheet["A6"].value == "(dalam rupiah)"
    assert [cell.value for cell in sheet[8]] == [
        "Kode", "Uraian", "Pagu Revisi", "Lock Pagu", "Realisasi Periode Lalu",
        "Realisasi Periode Ini", "s.d. Periode", "%", "Sisa Anggaran",
    ]  # fmt: skip
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A1:I1", "A8:A9", "I8:I9"} <= merged


def test_footers_hold_three_to_five_notes_and_say_illustrative(budget_book, months):
    for name, month in zip(MONTHS, months, strict=True):
        sheet = budget_book[name]
        notes = [sheet.cell(n, 1).value for n in range(month.total.number + 1, sheet.max_row + 1)]
        written = [note for note in notes if note]
        assert 3 <= len(written) <= 5
        assert "DATA ILUSTRASI" in written[-1]


def test_part_of_the_rows_hold_text_amounts_of_every_form(budget_book, months):
    forms = {"dotted": 0, "currency": 0, "spaced": 0, "dash": 0}
    text_rows = rows = 0
    for name, month in zip(MONTHS, months, strict=True):
        for row in month.rows:
            value = budget_book[name].cell(row.number, 3).value
            rows += 1
            text_rows += isinstance(value, str)
            for column in (3, 4, 5, 6, 7, 9):
                text = budget_book[name].cell(row.number, column).value
                if isinstance(text, str):
                    forms["dash"] += text == "-"
                    forms["currency"] += text.startswith("Rp ")
                    forms["spaced"] += "\u00a0" in text
                    forms["dotted"] += re.fullmatch(r"\d{1,3}(\.\d{3})+", text) is not None
    assert 0.2 < text_rows / rows < 0.4
    assert min(forms.values()) > 20


def test_two_months_hold_codes_as_numbers(budget_book):
    numeric = [name for name in MONTHS if isinstance(budget_book[name]["A11"].value, int)]
    assert numeric == ["April", "September"]


def test_code_list_is_hidden(budget_book):
    states = {sheet.title: sheet.sheet_state for sheet in budget_book.worksheets}
    assert [title for title, state in states.items() if state == "hidden"] == ["Referensi"]


def test_the_reader_of_this_test_refuses_what_is_no_amount():
    assert read_amount("\u00a01.234.567\u00a0") == 1_234_567
    assert read_amount("(1.000)") == -1000
    with pytest.raises(AssertionError, match="not an amount"):
        read_amount("1.2O0.000")
