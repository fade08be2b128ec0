"""The illustrative family survey: scores of 20 respondents on 14 items that sum to 950."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl import Workbook

from illustrative_data.draws import Draws
from illustrative_data.workbook import (
    Value,
    new_workbook,
    set_page,
    workbook_bytes,
    write_header,
    write_notes,
    write_row,
    write_titles,
)

SHEET = "Jawaban"
GUIDE_SHEET = "Petunjuk"
HEADER_ROW = 4
FAMILY_COUNT = 10
ITEM_COUNT = 14
#: 100 × 950 / (20 × 14 × 4) = 84.821, the published index.
SCORE_SUM = 950
VILLAGE_CODE, VILLAGE_NAME = "63.06.05.2017", "Tibung Raya"
#: Two digits swapped in one row, mended by data/corrections/bnnk-hss/2021.yml.
TYPO = ("R13", "63.06.05.2071")
ROLES = (("Orang Tua", 0.12), ("Anak", -0.12))
#: Mean latent score of the items, by dimension: belief, organisation, communication.
ITEM_MEANS = (3.52,) * 5 + (3.40,) * 5 + (3.22,) * 4
FAMILY_SPREAD, RESPONDENT_SPREAD, ITEM_SPREAD = 0.25, 0.14, 0.55
ILLUSTRATIVE_NOTE = (
    "*) DATA ILUSTRASI: jawaban dibuat oleh program sehingga jumlah skornya 950 dari 1.120 (indeks 84,821)."
)


@dataclass(frozen=True, slots=True)
class Respondent:
    """One row of the sheet; the codes are running numbers and stand for nobody."""

    family: str
    code: str
    role: str
    scores: tuple[int, ...]


def _latent_scores(draws: Draws) -> list[list[float]]:
    """Return a continuous score a respondent and item, before rounding to 1 to 4."""
    table = []
    for _ in range(FAMILY_COUNT):
        family = draws.normal(spread=FAMILY_SPREAD)
        for _, role_effect in ROLES:
            level = family + role_effect + draws.normal(spread=RESPONDENT_SPREAD)
            table.append([mean + level + draws.normal(spread=ITEM_SPREAD) for mean in ITEM_MEANS])
    return table


def _round_to_sum(latent: list[list[float]], total: int) -> list[list[int]]:
    """Round scores to 1 to 4, then move those nearest to the next score until they sum to ``total``."""
    scores = [[min(4, max(1, round(value))) for value in row] for row in latent]
    gap = total - sum(map(sum, scores))
    step = 1 if gap > 0 else -1
    cells = [(row, column) for row, values in enumerate(latent) for column in range(len(values))]
    # Moving a latent score of 3.4 up to 4 distorts it less than moving one of 2.6.
    cells.sort(key=lambda cell: (-step * (latent[cell[0]][cell[1]] - scores[cell[0]][cell[1]]), cell))
    movable = [(row, column) for row, column in cells if 1 <= scores[row][column] + step <= 4]
    for row, column in movable[: abs(gap)]:
        scores[row][column] += step
    return scores


def make_respondents() -> tuple[Respondent, ...]:
    """Return a parent and a child of each of ten families, with 14 scores of 1 to 4 each."""
    scores = _round_to_sum(_latent_scores(Draws("survei")), SCORE_SUM)
    return tuple(
        Respondent(
            family=f"K{index // len(ROLES) + 1:02d}",
            code=f"R{index + 1:02d}",
            role=ROLES[index % len(ROLES)][0],
            scores=tuple(row),
        )
        for index, row in enumerate(scores)
    )


def make_survey_workbook() -> Workbook:
    """Return the workbook: the answers and a sheet that says how to read them."""
    book = new_workbook("Survei ketahanan keluarga 2021 (data ilustrasi)")
    sheet = book.create_sheet(SHEET)
    titles = (
        "SURVEI INDEKS KETAHANAN KELUARGA ANTI NARKOBA",
        "DESA TIBUNG RAYA, KECAMATAN KANDANGAN - TAHUN 2021",
        None,
    )
    write_titles(sheet, titles, "T")
    items = [f"P{number}" for number in range(1, ITEM_COUNT + 1)]
    labels = ["No", "Kode Keluarga", "Kode Responden", "Peran", "Kode Desa", "Desa", *items]
    write_header(sheet, HEADER_ROW, labels)
    draws = Draws("survei-lembar")
    row = HEADER_ROW
    for number, respondent in enumerate(make_respondents(), start=1):
        row += 1
        village = TYPO[1] if respondent.code == TYPO[0] else VILLAGE_CODE
        as_text = draws.uniform() < 0.2
        cells: list[Value] = [number, respondent.family, respondent.code, respondent.role, village]
        scores = [str(score) if as_text else score for score in respondent.scores]
        write_row(sheet, row, [*cells, VILLAGE_NAME, *scores])
    write_notes(sheet, row + 2, [ILLUSTRATIVE_NOTE])
    set_page(sheet, {"A": 5, "B": 12, "C": 13, "D": 12, "E": 15, "F": 14})
    _write_guide(book)
    return book


def _write_guide(book: Workbook) -> None:
    sheet = book.create_sheet(GUIDE_SHEET)
    write_titles(sheet, ("PETUNJUK PENGISIAN",), "A")
    write_notes(
        sheet,
        3,
        (
            "Satu baris untuk satu responden; tulis kode, jangan nama, NIK, nomor telepon atau alamat.",
            "Skor butir P1 sampai P14: 1 (sangat tidak setuju) sampai 4 (sangat setuju).",
            "Dimensi: P1-P5 sistem keyakinan, P6-P10 proses organisasi, P11-P14 komunikasi (asumsi).",
            ILLUSTRATIVE_NOTE,
        ),
    )
    set_page(sheet, {"A": 110})


def survey_file() -> bytes:
    """Return the bytes of the survey workbook."""
    return workbook_bytes(make_survey_workbook())
