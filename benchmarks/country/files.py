"""The raw files of the made-up offices: declaration, two workbooks, small tables, reference tables.

They are plain where the files of the 2021 edition are messy on purpose: what is measured
with them is how time grows with offices and villages.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from country.regencies import OFFICES, YEAR, Regency, make_country
from helpers.errors import ParameterError
from helpers.messages import translate
from helpers.paths import project_root
from helpers.read.xlsx_bytes import workbook_bytes
from helpers.workbooks.declaration import AGENCY
from illustrative_data.budget import RHYTHMS, BudgetLine, code_names, read_package_csv
from illustrative_data.budget_sheets import (
    COLUMNS,
    MONTH_NAMES,
    PLAN_SHEET,
    PLAN_WEIGHTS,
    TYPE_NAMES,
    export_rows,
    percent_cell,
    sum_amounts,
)
from illustrative_data.draws import Draws, share_out
from illustrative_data.opd import COLUMNS as OPD_COLUMNS

_LEVELS = ("program", "activity", "kro", "ro", "account")
_STEPS = ("initial", "revision_1", "revision_2", "revision_3")
ITEMS = 14
NOTE = "Data ilustrasi buatan program: kabupaten ini tidak ada."


def write_country(raw: Path, offices: int = OFFICES, year: int = YEAR, *, locale: str = "id") -> list[Path]:
    """Write the editions of the first so many offices below a folder of raw data.

    Parameters
    ----------
    raw : Path
        Folder of all offices' raw data; made if it is missing.
    offices : int
        1 to 514. Sizes are drawn at random, so that the first fifty are a fair sample.
    year : int
        Year of the editions.
    locale : str
        Language of a refusal.

    Returns
    -------
    list of Path
        The folder of each edition. Beside it lies ``reference/``: the office's villages,
        districts and departments.

    Raises
    ------
    ParameterError
        If there are not so many offices, or the folder is the project's own ``data/raw``.
    """
    if not 1 <= offices <= OFFICES:
        raise ParameterError(
            translate("cli.sample.offices_out_of_range", locale, count=offices, most=OFFICES)
        )
    if raw.resolve() == (project_root() / "data" / "raw").resolve():
        raise ParameterError(translate("cli.sample.country_among_real", locale))
    return [write_office(regency, raw, year) for regency in make_country()[:offices]]


def write_office(regency: Regency, raw: Path, year: int = YEAR) -> Path:
    """Write one office's edition and reference tables; return the folder of the edition."""
    folder = raw / regency.office / str(year)
    reference = raw / regency.office / "reference"
    for place in (folder, reference):
        place.mkdir(parents=True, exist_ok=True)
    departments = _departments(regency)
    for name, content in _reference_files(regency, departments).items():
        (reference / name).write_bytes(content)
    for name, content in edition_files(regency, departments, year).items():
        (folder / name).write_bytes(content)
    return folder


def _departments(regency: Regency) -> list[dict[str, str]]:
    """Return rows of the registry: kinds of departments that every regency has, 18 to 27 of them."""
    with (project_root() / "data" / "reference" / "opd_registry.csv").open(encoding="utf-8-sig") as file:
        known = [row for row in csv.DictReader(file) if row["valid_from"] <= f"{YEAR}-01-01"]
    chosen = known[: Draws(f"{regency.office}-opd").whole(18, 27)]
    return [{**row, "regency_code": regency.code} for row in chosen]


def _reference_files(regency: Regency, departments: list[dict[str, str]]) -> dict[str, bytes]:
    villages = [(code, name, "desa", district) for code, name, district in regency.villages()]
    districts = [(code, name, regency.code) for code, name in regency.districts()]
    return {
        "villages.csv": _csv(
            ("village_code", "village_name", "village_type", "district_code"), villages, ","
        ),
        "districts.csv": _csv(("district_code", "district_name", "regency_code"), districts, ","),
        # A header alone: the shared aliases are those of another regency's villages.
        "village_aliases.csv": _csv(("village_code", "alias"), [], ","),
        "opd_registry.csv": _csv(list(departments[0]), [list(row.values()) for row in departments], ","),
    }


def edition_files(regency: Regency, departments: Sequence[dict[str, str]], year: int) -> dict[str, bytes]:
    """Return the files of an edition by name.

    Parameters
    ----------
    regency : Regency
    departments : sequence of dict
        Rows of the office's registry: ``opd_id``, ``opd_name``.
    year : int
    """
    lines = make_lines(regency)
    return {
        "edition.toml": _declaration(regency, year).encode("utf-8"),
        "anggaran.xlsx": _budget(regency, lines, year),
        "laporan-opd.csv": _opd_reports(regency, departments, year),
        "survei.csv": _survey(regency),
        "desa.csv": _villages(regency, year),
        "program.csv": _programmes(regency),
        "tonggak.csv": _milestones(year),
        "angka-terbit.csv": _published(regency, departments, year),
    }


def make_lines(regency: Regency) -> list[BudgetLine]:
    """Return the office's account lines: the structure of the sample's, in amounts of its own.

    No line spends more than its ceiling, which stays the same all year.
    """
    draws = Draws(f"{regency.office}-anggaran")
    size, absorption = draws.uniform(0.6, 1.8), draws.uniform(0.88, 0.995)
    lines = []
    for row in read_package_csv("budget_lines.csv"):
        ceiling = int(sum(int(row[step]) for step in _STEPS) * size) * 1000
        if ceiling <= 0:
            continue
        spent = int(ceiling * min(1.0, absorption * draws.uniform(0.96, 1.03)))
        months = share_out(spent, RHYTHMS[row["rhythm"]], step=100)
        codes = tuple(row[level] for level in _LEVELS)
        lines.append(BudgetLine(codes, (ceiling,) * 12, (0,) * 12, tuple(months)))
    return lines


def _declaration(regency: Regency, year: int) -> str:
    office = {
        "id": regency.office,
        "name_id": f"Badan Narkotika Nasional Kabupaten {regency.label}",
        "name_en": f"National Narcotics Board of {regency.label} Regency",
        "short_name": f"BNNK {regency.label}",
        **AGENCY,
        "regency_id": f"Kabupaten {regency.label}",
        "regency_en": f"{regency.label} Regency",
        "regency_code": regency.code,
        "address": NOTE,
        "website": "",
    }
    files = {
        "opd_reports": "laporan-opd.csv", "family_survey": "survei.csv", "villages": "desa.csv",
        "programmes": "program.csv", "milestones": "tonggak.csv", "published": "angka-terbit.csv",
    }  # fmt: skip
    months = ", ".join(f'"{name}"' for name in MONTH_NAMES)
    lines = [
        f"# {NOTE}", "schema = 1", 'data_status = "illustrative"', "",
        "[office]", *(f'{name} = "{value}"' for name, value in office.items()), f"year = {year}", "",
        "[release]", f"date = {year}-12-29", f'place = "{regency.label}"', "",
        "[sources.budget]", 'file = "anggaran.xlsx"', f"sheets = [{months}]", f'plan_sheet = "{PLAN_SHEET}"',
    ]  # fmt: skip
    for source, file in files.items():
        lines += ["", f"[sources.{source}]", f'file = "{file}"']
    return "\n".join(lines) + "\n"


def _budget(regency: Regency, lines: list[BudgetLine], year: int) -> bytes:
    book = Workbook(write_only=True)
    for month, name in enumerate(MONTH_NAMES, start=1):
        sheet = book.create_sheet(name)
        sheet.append([f"SATUAN KERJA : BNN KABUPATEN {regency.label.upper()}"])
        sheet.append([f"PERIODE : {name.upper()} {year}"])
        sheet.append([NOTE])
        sheet.append(list(COLUMNS))
        for code, _, leaves in export_rows(lines):
            sheet.append([code, code_names()[code], *_cells(leaves, month)])
        sheet.append(["JUMLAH SELURUHNYA", None, *_cells(lines, month)])
    plan = book.create_sheet(PLAN_SHEET)
    plan.append(["Kode", "Jenis Belanja", *MONTH_NAMES, "Jumlah"])
    for code, name in TYPE_NAMES.items():
        ceiling = sum(line.ceilings[-1] for line in lines if line.codes[-1].startswith(code))
        months = share_out(ceiling, PLAN_WEIGHTS[code], step=1000)
        plan.append([code, name, *months, sum(months)])
    return workbook_bytes(book, dt.datetime(year, 12, 29))


def _cells(lines: Sequence[BudgetLine], month: int) -> list[int | str]:
    ceiling, lock, before, now = sum_amounts(lines, month)
    done = before + now
    return [ceiling, lock, before, now, done, percent_cell(done, ceiling), ceiling - done]


def _opd_reports(regency: Regency, departments: Sequence[dict[str, str]], year: int) -> bytes:
    draws = Draws(f"{regency.office}-laporan")
    rows: list[list[object]] = []
    idle = _idle(regency, departments)
    for position, day in (("B06", f"{year}-07-05"), ("B12", f"{year}-12-20")):
        for row in departments:
            reports = row["opd_id"] not in idle and (position == "B06" or draws.uniform() < 0.7)
            counts: list[object] = [""] * 8
            if reports:
                events, tests = draws.whole(1, 5), draws.whole(0, 2)
                counts = [events, events * draws.whole(18, 45), tests, tests * draws.whole(12, 40), 0,
                          draws.whole(0, 1), draws.whole(0, 1), draws.whole(0, 12)]  # fmt: skip
            status, date = ("Sudah lapor", day) if reports else ("Belum lapor", "")
            rows.append([len(rows) + 1, row["opd_name"], position, status, date, *counts])
    return _csv(OPD_COLUMNS, rows)


def _idle(regency: Regency, departments: Sequence[dict[str, str]]) -> set[str]:
    """Return the one to three departments that report nothing, of those with a name of one part.

    In a printed list a name with "dan" or a comma of its own can be read as two.
    """
    draws = Draws(f"{regency.office}-belum")
    plain = [row["opd_id"] for row in departments if not {"dan", "and", ","} & _words(row)]
    return {draws.one_of(plain) for _ in range(draws.whole(1, 3))}


def _words(department: dict[str, str]) -> set[str]:
    names = [text for name, text in department.items() if name.startswith("opd_") and text]
    return set(" ".join(names).replace(",", " , ").split())


def _survey(regency: Regency) -> bytes:
    draws = Draws(f"{regency.office}-survei")
    code, name, _ = regency.villages()[0]
    rows: list[list[object]] = []
    for family in range(1, draws.whole(10, 20) + 1):
        for role in ("Orang Tua", "Anak"):
            scores = [min(4, max(1, round(draws.normal(3.3, 0.6)))) for _ in range(ITEMS)]
            number = len(rows) + 1
            rows.append([number, f"K{family:02d}", f"R{number:02d}", role, code, name, *scores])
    items = [f"P{number}" for number in range(1, ITEMS + 1)]
    return _csv(("No", "Kode Keluarga", "Kode Responden", "Peran", "Kode Desa", "Desa", *items), rows)


def _villages(regency: Regency, year: int) -> bytes:
    draws = Draws(f"{regency.office}-desa")
    names = dict(regency.districts())
    classes = ("", "", "aman", "siaga", "waspada", "bahaya")
    rows: list[list[object]] = []
    for position, (code, name, district) in enumerate(regency.villages()):
        bright = position == 0 or draws.uniform() < 0.05
        formed = draws.whole(2018, year) if bright else ""
        rows.append([code, name, names[district], "desa", formed, draws.one_of(classes)])
    columns = ("Kode Desa", "Nama Desa", "Kecamatan", "Jenis", "Tahun Desa Bersinar", "Kelas Kerawanan")
    return _csv(columns, rows)


def _programmes(regency: Regency) -> bytes:
    draws = Draws(f"{regency.office}-program")
    village = regency.villages()[0][0]
    planned = (
        ("ketahanan-keluarga", "P2M", "Ketahanan keluarga", "Family resilience", village, "keluarga"),
        ("penyuluhan", "P2M", "Penyuluhan sekolah", "School outreach", "", "kegiatan"),
        ("pascarehabilitasi", "Rehabilitasi", "Layanan pascarehabilitasi", "Aftercare", "", "orang"),
        ("ungkap-kasus", "Pemberantasan", "Pengungkapan kasus", "Cases uncovered", "", "kasus"),
    )
    rows: list[list[object]] = []
    for row in planned:
        target = draws.whole(8, 40)
        rows.append([*row, target, draws.whole(target // 2, target)])
    columns = ("ID", "Seksi", "Kegiatan", "Kegiatan (Inggris)", "Kode Desa", "Satuan", "Target", "Realisasi")
    return _csv(columns, rows)


def _milestones(year: int) -> bytes:
    rows: list[list[object]] = [
        ["tim-terpadu-p4gn", f"{year - 1}-03-02", "bulan", "Tim Terpadu P4GN dibentuk",
         "Integrated P4GN team formed", "Berlaku"],
        ["rilis-akhir-tahun", f"{year}-12-29", "hari", f"Rilis akhir tahun {year}",
         f"Year-end release {year}", "Selesai"],
    ]  # fmt: skip
    return _csv(("ID", "Tanggal", "Ketelitian", "Judul", "Judul (Inggris)", "Status"), rows)


def _published(regency: Regency, departments: Sequence[dict[str, str]], year: int) -> bytes:
    day = f"{year}-12-29"
    figures = (
        ("opd.planned_count.next_year", len(_idle(regency, departments)), "count"),
        ("districts.planned_count.next_year", 5, "count"),
        ("resilience.published_class", "tinggi", "class"),
    )
    rows: list[list[object]] = [[*figure, day, "Program contoh", NOTE, ""] for figure in figures]
    return _csv(("Kunci", "Nilai", "Satuan", "Tanggal", "Penerbit", "Catatan", "Catatan (Inggris)"), rows)


def _csv(columns: Sequence[str], rows: Sequence[Sequence[object]], delimiter: str = ";") -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")
