"""Whatever stands in the cells of a workbook: no traceback, and no row is lost."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import openpyxl
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from helpers.clean.job import Job
from helpers.clean.journal import Journal
from helpers.clean.places import clean_villages
from helpers.clean.privacy import check_sheet
from helpers.clean.run import _result
from helpers.edition import load_edition
from helpers.errors import DataError
from helpers.params import RunParams
from helpers.read import read_raw

HEADER = ["Kode Desa", "Nama Desa", "Kecamatan", "Jenis", "Tahun Desa Bersinar", "Kelas Kerawanan"]
TEXTS = st.text(max_size=15).map(lambda text: ILLEGAL_CHARACTERS_RE.sub("", text)).filter(
    lambda text: not text.startswith("=")
)  # fmt: skip
CELLS = st.one_of(
    st.none(), TEXTS,
    st.sampled_from(["63.06.05.2017", "Tibung Raya", "Baru", "Kandangan", "2020", "desa", "-"]),
    st.integers(-5, 3000), st.booleans(), st.dates(), st.floats(allow_nan=False, allow_infinity=False),
)  # fmt: skip
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=8), max_size=8)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, st.integers(0, 3), st.booleans())
# A code there twice beside a row without one; a merged range below the last row that holds anything.
@example([[None, "63.06.05.2017"], ["63.06.05.2017"], ["63.06.05.2017"]], 0, False)
@example([[None], [None]], 0, True)
def test_any_table_of_villages(tmp_path: Path, rows, above, merged):
    book = openpyxl.Workbook()
    sheet = book.active
    for _ in range(above):
        sheet.append(["Daftar desa"])
    for row in (HEADER, *rows):
        sheet.append(row)
    if merged and rows:
        sheet.merge_cells(start_row=above + 2, end_row=above + 1 + len(rows), start_column=3, end_column=3)
    path = tmp_path / "desa.xlsx"
    book.save(path)
    edition = load_edition(RunParams())
    source = dataclasses.replace(edition.sources["villages"], path=path)
    journal = Journal("villages", path.name, "koreksi")
    workbook = read_raw(source)
    for raw in workbook.sheets.values():
        check_sheet(raw, journal)
    cleaned = clean_villages(Job(edition, source, workbook, journal))
    result = _result("villages", cleaned, journal, _no_corrections())
    assert result.rows_in == result.rows_kept + result.rows_rejected
    texts = [finding.text(locale) for finding in result.findings for locale in ("id", "en")]
    assert all(texts)


def _findings(source):
    try:
        read_raw(source)
    except DataError as error:
        return error.findings
    return ()


def _no_corrections():
    import pandas as pd

    columns = ("source_file", "source_sheet", "source_cell", "from", "to", "reason", "who")
    return pd.DataFrame({name: pd.Series(dtype="str") for name in columns})


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=400),
    st.sampled_from([".csv", ".xlsx", ".xls", ".ods"]),
    st.sampled_from([b"", b"PK\x03\x04"]),
)
def test_any_bytes_are_read_or_refused(tmp_path: Path, content, suffix, start):
    path = tmp_path / f"berkas{suffix}"
    path.write_bytes(start + content)
    edition = load_edition(RunParams())
    source = dataclasses.replace(edition.sources["villages"], path=path)
    found = _findings(source)
    assert len(found) <= 1
    assert all(finding.place.file == path.name for finding in found)
