"""Each kind of bad input is one finding with its cell and remedy, and nothing is written."""

from __future__ import annotations

import openpyxl
import pytest

from helpers.clean import raise_if_errors, write_quality, write_results
from helpers.errors import DataError, ParameterError

BUDGET, OPD, SURVEY = "anggaran-2021.xlsx", "laporan-opd-2021.xlsx", "survei-ketahanan-keluarga-2021.xlsx"
SHORT = ("Januari", "Maret", "Juni", "Desember")
#: One cell typed over: source, file, sheet, cell, what is typed, the finding's code.
CELLS = [
    ("budget", BUDGET, "Maret", "F14", "1.2O0.000", "letter_for_digit"),
    ("budget", BUDGET, "Maret", "F14", "belum ada", "not_a_number"),
    ("budget", BUDGET, "Maret", "F14", 1234.5, "number_not_whole"),
    ("budget", BUDGET, "Maret", "F14", "1,2E+09", "number_scientific"),
    ("budget", BUDGET, "Maret", "F14", None, "value_missing"),
    ("budget", BUDGET, "Maret", "F14", True, "not_a_number"),
    ("budget", BUDGET, "Maret", "F14", "=D14+1", "formula_without_result"),
    ("budget", BUDGET, "Maret", "A14", "XX-1", "budget_code_unknown"),
    ("budget", BUDGET, "Maret", "A14", None, "budget_code_missing"),
    ("budget", BUDGET, "Maret", "A14", "611111", "account_unknown"),
    ("budget", BUDGET, "Maret", "G14", 1, "to_date_not_sum"),
    ("budget", BUDGET, "Rencana Penarikan", "D8", "lima juta", "not_a_number"),
    ("budget", BUDGET, "Rencana Penarikan", "D8", -5, "number_out_of_range"),
    ("opd_reports", OPD, "Laporan", "B6", "Dinas Antariksa", "name_unknown"),
    ("opd_reports", OPD, "Laporan", "B6", None, "value_missing"),
    ("opd_reports", OPD, "Laporan", "B8", "Setwan", "duplicate_key"),
    ("opd_reports", OPD, "Laporan", "C6", "B07", "period_unknown"),
    ("opd_reports", OPD, "Laporan", "C6", "B06/2020", "period_other_year"),
    ("opd_reports", OPD, "Laporan", "D6", "Entah", "value_not_on_list"),
    ("opd_reports", OPD, "Laporan", "E6", "31 Februari 2021", "date_impossible"),
    ("opd_reports", OPD, "Laporan", "E6", "kemarin", "not_a_date"),
    ("opd_reports", OPD, "Laporan", "E6", "9 Juli 2018", "date_other_year"),
    ("opd_reports", OPD, "Laporan", "F6", -3, "number_out_of_range"),
    ("opd_reports", OPD, "Laporan", "F6", "2,5", "number_not_whole"),
    ("opd_reports", OPD, "Laporan", "J6", 9999, "part_above_whole"),
    ("family_survey", SURVEY, "Jawaban", "G6", 5, "number_out_of_range"),
    ("family_survey", SURVEY, "Jawaban", "G6", 0, "number_out_of_range"),
    ("family_survey", SURVEY, "Jawaban", "G6", None, "value_missing"),
    ("family_survey", SURVEY, "Jawaban", "G6", "sering", "not_a_number"),
    ("family_survey", SURVEY, "Jawaban", "D6", "Paman", "value_not_on_list"),
    ("family_survey", SURVEY, "Jawaban", "C6", "R01", "duplicate_key"),
    ("family_survey", SURVEY, "Jawaban", "E6", "63.06.05.9999", "code_unknown"),
    ("family_survey", SURVEY, "Jawaban", "E6", "63.07.05.2017", "code_other_regency"),
    ("family_survey", SURVEY, "Jawaban", "F6", "Lungau", "code_and_name_differ"),
    ("family_survey", SURVEY, "Jawaban", "C6", 6306051701990001.0, "personal_nik"),
    ("family_survey", SURVEY, "Jawaban", "C6", "6306051701990001", "personal_nik"),
    ("family_survey", SURVEY, "Jawaban", "C6", "0812-3456-7890", "personal_phone"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "file", "sheet", "cell", "value", "code"), CELLS)
def test_a_bad_cell_is_one_finding_and_one_rejected_row(project, source, file, sheet, cell, value, code):
    project.set_cells(file, sheet, {cell: value})
    result = project.clean(source)[source]
    found = list(result.errors)
    assert [f.code for f in found] == [code], [f.text() for f in found]
    assert [(f.place.file, f.place.sheet, f.place.cell) for f in found] == [(file, sheet, cell)]
    for locale in ("id", "en"):
        assert found[0].text(locale).startswith(file)
        assert found[0].remedy(locale)
    assert cell in set(result.rejects["source_cell"]) or sheet == "Rencana Penarikan"
    assert result.rows_in == result.rows_kept + result.rows_rejected
    if sheet != "Rencana Penarikan":
        assert result.rows_rejected == 1
    with pytest.raises(DataError) as raised:
        write_results({source: result}, project.edition)
    assert code in {finding.code for finding in raised.value.findings}
    assert not project.processed.exists()


def test_the_text_says_what_where_and_what_to_do(project):
    project.set_cells(BUDGET, "Maret", {"F14": "1.2O0.000"})
    text = project.one("letter_for_digit", "budget").text("id")
    assert text == (
        'anggaran-2021.xlsx, lembar "Maret", sel F14: Realisasi Periode Ini "1.2O0.000" bukan angka '
        "(huruf O, l, I, S, atau B di tempat 0, 1, 5, atau 8?). "
        "Perbaiki sel itu, atau catat koreksinya di data/corrections/bnnk-hss/2021.yml."
    )


def test_all_findings_of_all_files_come_in_one_run(project):
    (project.raw / "program.csv").unlink()
    project.set_cells(BUDGET, "Juni", {"F14": "x", "F17": "y"})
    project.set_cells(OPD, "Laporan", {"B6": "Dinas Antariksa"})
    project.replace("tonggak.csv", "2021-12-29", "2021-13-29")
    with pytest.raises(DataError) as raised:
        raise_if_errors(project.clean())
    codes = [finding.code for finding in raised.value.findings]
    assert codes.count("not_a_number") == 2
    assert {"file_missing", "name_unknown", "date_impossible"} <= set(codes)


def test_a_masked_identity_number_is_never_repeated(project):
    project.set_cells(SURVEY, "Jawaban", {"C6": "NIK 6306051701990001"})
    result = project.clean("family_survey")["family_survey"]
    said = " ".join(f.text(locale) for f in result.findings for locale in ("id", "en"))
    assert "personal_nik" in {f.code for f in result.errors}
    write_quality({"family_survey": result}, project.edition)
    written = "".join(path.read_text(encoding="utf-8") for path in project.processed.rglob("*.*"))
    assert "6306051701990001" not in said + written


@pytest.mark.parametrize("heading", ["Nama Responden", "NIK", "No. HP", "Alamat", "Tanggal Lahir"])
def test_a_column_of_personal_data_is_refused(project, heading):
    project.set_cells(SURVEY, "Jawaban", {"U4": heading, "U5": "isi"})
    finding = project.one("personal_column", "family_survey")
    assert (finding.place.cell, finding.severity) == ("U4", "error")


def test_a_missing_file_names_its_folder(project):
    (project.raw / BUDGET).unlink()
    finding = project.one("file_missing", "budget")
    assert finding.text("id").startswith("anggaran-2021.xlsx: berkas tidak ada di folder bnnk-hss/2021.")


def test_an_undeclared_source_is_refused(project):
    with pytest.raises(ParameterError, match="declares no source budgets; declared: budget, opd_reports"):
        project.clean("budgets")


def test_a_wrong_sheet_lists_the_sheets_there_are(project):
    project.declare('sheet = "Laporan"', 'sheet = "Lapor"')
    finding = project.one("sheet_missing", "opd_reports")
    assert "lembar Lapor tidak ada; yang ada: Laporan." in finding.text("id")


def test_a_sheet_name_may_differ_in_case_and_spaces(project):
    project.declare('sheet = "Laporan"', 'sheet = " laporan "')
    assert project.clean("opd_reports")["opd_reports"].rows_kept == 54


def test_a_missing_column_offers_the_most_similar(project):
    project.set_cells(OPD, "Laporan", {"M5": "Rlwn Aktif"})
    finding = project.one("column_missing", "opd_reports")
    assert 'kolom "Relawan" tidak ada' in finding.text("id")
    assert finding.values["candidates"] == ["Rlwn Aktif (M)"]


def test_a_misspelt_heading_is_read_and_said(project):
    project.set_cells(OPD, "Laporan", {"E5": "Tangal Lapor"})
    result = project.clean("opd_reports")["opd_reports"]
    renamed = [f for f in result.findings if f.code == "column_renamed"]
    assert [(f.place.cell, f.severity) for f in renamed] == [("E5", "warning")]
    assert result.rows_kept == 54


def test_a_heading_there_twice_is_refused(project):
    project.set_cells(OPD, "Laporan", {"N5": "Relawan"})
    assert project.one("column_duplicate", "opd_reports").values["cells"] == ["M5", "N5"]


def test_no_header_is_one_finding(project):
    project.set_cells(OPD, "Laporan", {f"{letter}5": None for letter in "ABCDEFGHIJKLM"})
    result = project.clean("opd_reports")["opd_reports"]
    assert [f.code for f in result.errors] == ["header_missing"]


def test_columns_may_stand_in_another_order_and_place(project):
    book = openpyxl.load_workbook(project.raw / SURVEY)
    sheet = book["Jawaban"]
    sheet.insert_rows(1, 4)
    sheet.insert_cols(1, 2)
    sheet.move_range("C8:C60", cols=30)
    book.save(project.raw / SURVEY)
    project.correct("[]")
    project.set_cells(SURVEY, "Jawaban", {"G21": "63.06.05.2017"})
    result = project.clean("family_survey")["family_survey"]
    assert (result.rows_kept, list(result.errors)) == (20, [])
    answers = result.tables["clean_family_survey__respondent_item"]
    assert answers["item_score"].sum() == 950
    assert answers.loc[0, ["source_row", "source_columns"]].tolist() == [
        9,
        "family_id:D respondent_id:E item_score:I",
    ]


def test_a_total_that_does_not_add_up_says_by_how_much(project):
    row = 134
    sheet = openpyxl.load_workbook(project.raw / BUDGET)["Desember"]
    total = next(cell.row for cell in sheet["A"] if cell.value == "JUMLAH SELURUHNYA")
    assert total == row
    project.set_cells(BUDGET, "Desember", {f"C{total}": 1712480001})
    finding = project.one("total_not_sum", "budget")
    assert finding.place.cell == f"C{total}"
    assert "Rp1.712.480.001 tidak sama dengan jumlah baris, Rp1.712.480.000; selisih Rp1." in finding.text(
        "id"
    )


def test_an_unknown_type_in_the_plan(project):
    project.set_cells(BUDGET, "Rencana Penarikan", {"A8": "57", "B8": "Belanja Bantuan Sosial"})
    found = project.findings("value_not_on_list", "budget")
    assert [(f.place.sheet, f.place.cell) for f in found] == [("Rencana Penarikan", "B8")]


def test_a_parent_that_is_not_the_sum_of_its_accounts_is_found(project):
    project.set_cells(BUDGET, "Desember", {"C11": 27700001})
    finding = project.one("parent_not_sum", "budget")
    assert (finding.place.sheet, finding.place.cell, finding.values["difference"]) == ("Desember", "C11", 1)


def test_a_dropped_account_row_breaks_the_sums(project):
    book = openpyxl.load_workbook(project.raw / BUDGET)
    book["Desember"].delete_rows(14)
    book.save(project.raw / BUDGET)
    codes = {finding.code for finding in project.clean("budget")["budget"].errors}
    assert {"parent_not_sum", "total_not_sum"} <= codes


def test_a_line_there_twice_is_rejected_once(project):
    book = openpyxl.load_workbook(project.raw / BUDGET)
    rows = sum(1 for name in SHORT for cell in book[name]["A"] if len(str(cell.value)) == 6)
    sheet = book["Desember"]
    sheet.insert_rows(15)
    for column in range(1, 10):
        sheet.cell(15, column).value = sheet.cell(14, column).value
    book.save(project.raw / BUDGET)
    result = project.clean("budget")["budget"]
    twice = [f for f in result.errors if f.code == "duplicate_key"]
    assert [(f.place.cell, f.values["first"]) for f in twice] == [("A15", 14)]
    assert (result.rows_in, result.rows_rejected) == (rows + 1, 1)
    # The parents and the total hold one of the two: their sums would say the same again.
    assert len(result.errors) == 1


#: Programme, output, total of a month, total of the plan: nothing is computed from these cells.
STRUCTURE = [
    ("Desember", "F10"),
    ("Desember", "F20"),
    ("Desember", "C11"),
    ("Desember", "G134"),
    ("Rencana Penarikan", "D10"),
]


@pytest.mark.parametrize(("sheet", "cell"), STRUCTURE)
@pytest.mark.parametrize(("typed", "code"), [("1.2O0.000", "letter_for_digit"), ("n/a", "not_a_number")])
def test_an_unreadable_parent_or_total_is_warned_and_kept(project, sheet, cell, typed, code):
    project.set_cells(BUDGET, sheet, {cell: typed})
    result = project.clean("budget")["budget"]
    # The workbook of these tests has four months; that the others are missing is said too.
    found = [f for f in result.findings if f.severity != "note" and f.code != "month_missing"]
    assert [(f.code, f.severity, f.place.sheet, f.place.cell) for f in found] == [
        (code, "warning", sheet, cell)
    ]
    assert typed in found[0].text("id")
    assert (result.rows_rejected, len(result.rejects)) == (0, 0)


def test_a_bad_cell_hides_no_other_fault_of_its_sheet(project):
    # F14 spoils the sums of its column only: the wrong ceiling of the output above it is still told.
    project.set_cells(BUDGET, "Desember", {"F14": "x", "C11": 27700001})
    found = {(f.code, f.place.cell) for f in project.clean("budget")["budget"].errors}
    assert found == {("not_a_number", "F14"), ("parent_not_sum", "C11")}


def test_a_total_row_of_counts_is_compared_and_never_added(project):
    before = project.clean("opd_reports")["opd_reports"].tables["clean_opd_reports__opd_period"]
    counted = int(before["outreach_event_count"].sum())
    project.set_cells(OPD, "Laporan", {"B60": "Jumlah", "F60": counted + 2, "G60": "12O"})
    result = project.clean("opd_reports")["opd_reports"]
    warned = {(f.code, f.place.cell, f.values.get("difference")) for f in result.findings
              if f.severity == "warning"}  # fmt: skip
    assert warned == {("count_total_not_sum", "F60", 2), ("letter_for_digit", "G60", None)}
    after = result.tables["clean_opd_reports__opd_period"]
    assert (int(after["outreach_event_count"].sum()), result.rows_kept) == (counted, 54)


def test_a_total_row_is_not_compared_over_a_rejected_row(project):
    project.set_cells(OPD, "Laporan", {"B60": "Jumlah", "F60": 1, "F6": "x"})
    assert [f.code for f in project.clean("opd_reports")["opd_reports"].errors] == ["not_a_number"]
    assert project.findings("count_total_not_sum", "opd_reports") == []


def test_a_total_row_of_the_survey_adds_up_the_scores(project):
    project.set_cells(SURVEY, "Jawaban", {"A30": "Jumlah", "G30": 1})
    finding = project.one("count_total_not_sum", "family_survey")
    answers = project.clean("family_survey")["family_survey"].tables["clean_family_survey__respondent_item"]
    first = answers.loc[answers["item_id"] == "i01", "item_score"].tolist()
    assert (finding.place.cell, finding.values["computed"], len(first)) == ("G30", sum(first), 20)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"A4": "LAPORAN REALISASI ANGGARAN - TAHUN ANGGARAN 2020", "A5": None}, "file_other_year"),
        ({"A3": "SATUAN KERJA : BNN KABUPATEN TAPIN"}, "file_other_office"),
        ({"A5": "PERIODE : MEI 2021"}, "sheet_other_month"),
        ({"A6": "(dalam ribuan rupiah)"}, "unit_differs"),
    ],
)
def test_a_sheet_of_another_year_office_month_or_unit(project, cells, code):
    project.set_cells(BUDGET, "Juni", cells)
    assert project.one(code, "budget").place.sheet == "Juni"


def test_a_file_of_another_regency(project):
    path = project.raw / "desa.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").replace("63.06.", "63.07."), encoding="utf-8")
    result = project.clean("villages")["villages"]
    assert result.errors[0].code == "file_other_office"
    assert (result.rows_in, result.rows_rejected) == (148, 148)


def test_many_cells_of_one_kind_are_counted_and_all_rejected(project):
    path = project.raw / "desa.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").replace(";desa;;", ";desa;x;"), encoding="utf-8")
    result = project.clean("villages")["villages"]
    codes = [finding.code for finding in result.errors]
    assert (codes.count("not_a_number"), codes.count("more_of_same")) == (100, 1)
    assert len(result.rejects) == 143 == result.rows_rejected


def test_hidden_rows_are_read_and_said(project):
    book = openpyxl.load_workbook(project.raw / OPD)
    book["Laporan"].row_dimensions[9].hidden = True
    book.save(project.raw / OPD)
    finding = project.one("rows_hidden", "opd_reports")
    assert (finding.place.cell, finding.severity, finding.values["rows"]) == ("A9", "warning", [9])


def test_a_hidden_sheet_that_is_declared_is_read_and_said(project):
    book = openpyxl.load_workbook(project.raw / SURVEY)
    book["Jawaban"].sheet_state = "hidden"
    book.active = 1
    book.save(project.raw / SURVEY)
    result = project.clean("family_survey")["family_survey"]
    assert "sheet_hidden" in {f.code for f in result.findings}
    assert result.rows_kept == 20


def test_an_error_value_of_a_formula(project):
    book = openpyxl.load_workbook(project.raw / OPD)
    book["Laporan"]["F6"].value = "#REF!"
    book["Laporan"]["F6"].data_type = "e"
    book.save(project.raw / OPD)
    finding = project.one("cell_error_value", "opd_reports")
    assert (finding.place.cell, finding.values["value"]) == ("F6", "#REF!")


def test_realisation_above_ceiling_is_warned_and_kept(project):
    sheet = openpyxl.load_workbook(project.raw / BUDGET)["Januari"]
    assert [sheet[cell].value for cell in ("C14", "F14", "G14")] == [3600000, 0, 0]
    above = {"F14": 3600001, "G14": 3600001}
    project.set_cells(BUDGET, "Januari", above)
    result = project.clean("budget")["budget"]
    warned = [f for f in result.findings if f.code == "expenditure_above_ceiling"]
    assert [(f.place.cell, f.severity) for f in warned] == [("G14", "warning")]
    assert "Rp3.600.000" in warned[0].text("id")
    lines = result.tables["clean_budget__line_month"]
    kept = lines[(lines["month"] == 1) & (lines["source_row"] == 14)]
    assert kept["expenditure_to_date_idr"].tolist() == [3600001]


def test_a_number_with_two_readings_is_settled_by_its_column_or_reported(project):
    # Alone in a column of whole numbers a point can only part thousands.
    project.replace(
        "program.csv", "Drug-free village (Desa Bersinar);;;;", "Drug-free village (Desa Bersinar);;;1.234;5"
    )
    result = project.clean("programmes")["programmes"]
    assert result.errors == ()
    table = result.tables["clean_programmes__activity"].set_index("activity_id")
    assert table.loc["desa-bersinar", "target_count"] == 1234
    # Beside a number in English notation it can be one and a fifth as well.
    project.replace(
        "program.csv", "Peer-youth groups against drugs;;;;", "Peer-youth groups against drugs;;;2,345.00;5"
    )
    finding = project.one("number_ambiguous", "programmes")
    assert (finding.place.text("id"), finding.values["value"]) == ("program.csv, sel G4", "1.234")
    assert finding.remedy("id")


def test_html_in_a_text_cell_is_warned_and_kept_as_text(project):
    project.replace("program.csv", "Desa Bersih Narkoba", "<script>alert(1)</script> Narkoba")
    finding = project.one("text_markup", "programmes")
    assert (finding.severity, finding.place.cell) == ("warning", "C4")
    assert project.clean("programmes")["programmes"].rows_kept == 5


def test_a_weekday_that_is_not_the_dates(project):
    project.set_cells(OPD, "Laporan", {"E6": "Senin, 9 Juli 2021"})
    finding = project.one("date_weekday", "opd_reports")
    assert (finding.place.cell, finding.severity) == ("E6", "warning")


def test_a_department_without_a_row_is_named(project):
    book = openpyxl.load_workbook(project.raw / OPD)
    book["Laporan"].delete_rows(6)
    book.save(project.raw / OPD)
    project.correct("[]")
    project.set_cells(OPD, "Laporan", {"G14": 120})
    finding = project.one("opd_not_covered", "opd_reports")
    assert (finding.values["period"], finding.values["names"]) == ("2021-B06", ["Setda"])


def test_a_village_without_a_row_is_named(project):
    project.replace("desa.csv", "63.06.01.2001;Hamalau;Sungai Raya;desa;;\n", "")
    assert project.one("villages_not_covered", "villages").values["names"] == ["Hamalau"]


def test_survey_villages_must_be_of_the_programme(project):
    project.replace("desa.csv", "Tibung Raya;Kandangan;desa;2020;", "Tibung Raya;Kandangan;desa;;")
    finding = project.one("survey_village_outside")
    assert (finding.source, finding.values["value"]) == ("family_survey", "63.06.05.2017")


def test_totals_that_differ_from_the_published_say_by_how_much(project):
    project.replace("angka-terbit.csv", "98,30 persen", "98,50 persen")
    project.replace("angka-terbit.csv", "resilience.index;84,821", "resilience.index;84,830")
    texts = [finding.text("id") for finding in project.findings("published_differs")]
    assert len(texts) == 2
    assert 'terbit "98,50 persen", sedangkan dari data 98,30; selisih -0,20' in texts[0]
    assert 'terbit "84,830", sedangkan dari data 84,821; selisih -0,009' in texts[1]


#: Published figure, unit, a wrong value, and what the data give: each counted by hand in the raw files.
PUBLISHED = [
    ("opd.total_count", "count", "28", "27", "-1"),
    ("opd.active_count", "count", "24", "25", "1"),
    ("opd.inactive_count", "count", "3", "2", "-1"),
    ("opd.reported_count.b06", "count", "26", "25", "-1"),
    ("resilience.family_count", "count", "11", "10", "-1"),
    ("resilience.respondent_count", "count", "11", "20", "9"),
    ("villages.total_count", "count", "149", "148", "-1"),
    ("districts.total_count", "count", "12", "11", "-1"),
    ("budget.ceiling_idr", "idr", "Rp 1.712.480.001", "1712480000", "-1"),
    ("opd.inactive_names", "list", "Sekretariat DPRD",
     "Sekretariat DPRD; Badan Penanggulangan Bencana Daerah", "Badan Penanggulangan Bencana Daerah"),
]  # fmt: skip


def publish(project, key: str, value: str, unit: str) -> None:
    """Publish one figure instead of what the edition says of it."""
    path = project.raw / "angka-terbit.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    kept = [line for line in lines if not line.startswith(f"{key};")]
    path.write_text("\n".join([*kept, f'{key};"{value}";{unit};2021-12-29;BNNK;;', ""]), encoding="utf-8")


@pytest.mark.parametrize(("key", "unit", "wrong", "right", "difference"), PUBLISHED)
def test_each_published_figure_is_checked_against_the_data(project, key, unit, wrong, right, difference):
    publish(project, key, wrong, unit)
    finding = project.one("published_differs")
    assert (finding.source, finding.severity, finding.values["fact"]) == ("published", "warning", key)
    assert (finding.values["computed"], finding.values["difference"]) == (right, difference)
    publish(project, key, right if unit != "list" else "BPBD; Setwan", unit)
    assert project.findings("published_differs") == []


def test_a_published_name_that_is_no_department(project):
    publish(project, "opd.inactive_names", "Dinas Antariksa; BPBD", "list")
    finding = project.one("name_unknown")
    assert (finding.source, finding.values["value"]) == ("published", "Dinas Antariksa")


def test_figures_are_not_compared_with_a_table_that_has_errors(project):
    publish(project, "opd.active_count", "24", "count")
    project.set_cells(OPD, "Laporan", {"F6": "x"})
    assert project.findings("published_differs") == []


def test_rows_of_a_broken_reference_do_not_hide_the_other_findings(project):
    (project.root / "data/reference/opd_registry.csv").unlink()
    project.set_cells(BUDGET, "Juni", {"F14": "x"})
    codes = [f.code for result in project.clean().values() for f in result.errors]
    assert sorted(codes) == ["not_a_number", "reference_missing"]


STALE = """
- {source: opd_reports, sheet: Laporan, cell: G15, from: "999", to: "120", reason: uji, who: penguji}
"""


def test_a_correction_expires_when_the_source_changes(project):
    project.correct(STALE)
    finding = project.one("correction_stale", "opd_reports")
    assert (finding.place.cell, finding.severity) == ("G15", "error")
    assert 'koreksi mengharapkan "999", tetapi sel berisi "12O"' in finding.text("id")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("- {source: opd_reports, sheet: Laporan, cell: G15", "corrections_not_yaml"),
        ("source: opd_reports", "corrections_not_yaml"),
        ("- {source: opd_reports, cell: G15, from: 1, to: 2, reason: uji}", "correction_part_missing"),
        (STALE.replace("G15", "ZZ999"), "correction_without_cell"),
        (STALE.replace("Laporan", "Lembar1"), "correction_without_cell"),
        (STALE.replace("G15", "9Z"), "correction_without_cell"),
    ],
)
def test_a_broken_correction_is_one_finding(project, text, code):
    project.correct(text)
    assert project.one(code, "opd_reports").severity == "error"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("2020;", "1999;", "number_out_of_range"),
        (";2020;", ";2020;gawat", "value_not_on_list"),
        ("63.06.01.2001", "63.06.01.2002", "duplicate_key"),
        ("63.06.01.2001", "63.06.01.2999", "code_unknown"),
        ("2001;Hamalau", "2001;Hariti", "code_and_name_differ"),
    ],
)
def test_a_bad_village_row(project, old, new, code):
    project.replace("desa.csv", old, new)
    assert len(project.findings(code, "villages")) == 1


def test_a_village_type_that_differs_is_warned(project):
    project.replace("desa.csv", "Hamalau;Sungai Raya;desa", "Hamalau;Sungai Raya;kelurahan")
    assert project.one("village_type_differs", "villages").severity == "warning"


@pytest.mark.parametrize(
    ("file", "old", "new", "source", "code"),
    [
        ("program.csv", "P2M", "Logistik", "programmes", "value_not_on_list"),
        ("program.csv", "desa-bersinar;", ";", "programmes", "value_missing"),
        ("program.csv", "keluarga;;10", "keluarga;;sepuluh?", "programmes", "not_a_number"),
        ("program.csv", "63.06.05.2017", "63.06.05.2999", "programmes", "code_unknown"),
        ("tonggak.csv", "Berlaku", "Lama", "milestones", "value_not_on_list"),
        ("tonggak.csv", "2020-01-01;tahun", "2020;hari", "milestones", "precision_finer_than_date"),
        ("angka-terbit.csv", ";share;", ";bagian;", "published", "value_not_on_list"),
        ("angka-terbit.csv", "opd.inactive_count", "opd.active_count", "published", "duplicate_key"),
    ],
)
def test_a_bad_row_of_a_short_table(project, file, old, new, source, code):
    project.replace(file, old, new)
    assert len(project.findings(code, source)) == 1


def test_departments_of_another_regency_are_not_matched(project):
    path = project.root / "data/reference/opd_registry.csv"
    text = path.read_text(encoding="utf-8")
    other = "\n".join(line.replace(",63.06", ",63.05") for line in text.splitlines()[1:])
    # Another regency's registry above our own: the same ids and names.
    path.write_text(text.replace("\n", f"\n{other}\n", 1), encoding="utf-8")
    result = project.clean("opd_reports")["opd_reports"]
    assert result.errors == ()
    assert result.checks["stated"].tolist() == ["27", "27"]
    path.write_text(text.replace(",63.06", ",63.05"), encoding="utf-8")
    errors = project.clean("opd_reports")["opd_reports"].errors
    assert [finding.code for finding in errors] == ["regency_without_opd"]
    assert "63.06" in errors[0].text("id")


def test_reference_data_that_cannot_be_read(project):
    path = project.root / "data/reference/opd_registry.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("2021-01-01", "1/1/21", 1), encoding="utf-8")
    assert project.one("reference_value", "opd_reports").place.file == "opd_registry.csv"
    path.unlink()
    assert project.one("reference_missing", "opd_reports").place.file == "opd_registry.csv"


def test_an_unknown_source_name_lists_the_known(project):
    project.declare("[sources.villages]", '[sources.hobbies]\nfile = "desa.csv"\n\n[sources.villages]')
    assert "villages" in project.one("source_unknown", "hobbies").text("en")
