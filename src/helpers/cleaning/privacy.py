"""Personal data in raw files: found by heading and by shape, refused, and never repeated."""

from __future__ import annotations

import re

import pandas as pd

from helpers.cleaning.journal import Journal
from helpers.cleaning.text import label_key, split_kinds
from helpers.tables import RawSheet

_PERSONAL_HEADINGS = re.compile(
    r"^(nama( lengkap)?( (responden|orang tua|anak|ayah|ibu|keluarga|kepala keluarga|klien|pasien|"
    r"tersangka|peserta|petugas|siswa))?|nik|no(mor)? (ktp|kk|nik|hp|telp|telepon|wa|whatsapp|identitas)|"
    r"ktp|telepon|telp|hp|whatsapp|email|e mail|alamat( lengkap| rumah| email)?|"
    r"tanggal lahir|tgl lahir|tempat( dan)? tanggal lahir|ttl|tempat tgl lahir)$"
)
# No look-around: Arrow's expressions have none.
_NIK = r"(?:^|[^0-9])[1-9][0-9]{5}[ .-]?[0-9]{6}[ .-]?[0-9]{4}(?:[^0-9]|$)"
# "62" without its plus is left out: 62.812.345.678 is an amount.
_PHONE = r"(?:^|[^0-9.])(?:\+62|0)[ .-]?8[0-9]{2}[ .-]?[0-9]{3,4}[ .-]?[0-9]{3,5}(?:[^0-9]|$)"
#: A telephone number has ten digits, an identity number sixteen.
_SHORTEST = 10
_MARKUP = r"<(?:/?[A-Za-z][A-Za-z0-9]*[^<]*|!--)[^<]*>"
MASK = "•••"


def is_personal_heading(text: str) -> bool:
    """Return whether a column heading asks for personal data.

    >>> is_personal_heading("NIK"), is_personal_heading("Nama Responden"), is_personal_heading("Nama OPD")
    (True, True, False)
    """
    return bool(_PERSONAL_HEADINGS.match(label_key(text)))


def check_sheet(sheet: RawSheet, journal: Journal) -> None:
    """Report identity numbers, telephone numbers and markup in any cell of a sheet.

    The value itself is masked: a finding must not publish what it refuses.
    """
    for column in sheet.cells.columns:
        cells = sheet.cells[column]
        if cells.dtype == object:
            is_number, is_text = split_kinds(cells)
            _check_numbers(cells[is_number].astype("float64"), sheet, int(column), journal)
            cells = cells[is_text].astype("str")
        texts = cells[(cells != "").to_numpy(dtype=bool, na_value=False)]
        if len(texts):
            _check_texts(texts, sheet, int(column), journal)


def _check_numbers(numbers: pd.Series, sheet: RawSheet, column: int, journal: Journal) -> None:
    """Report numbers of 16 digits: an identity number typed as a number."""
    rows = numbers.index[(numbers >= 1e15) & (numbers < 1e16)].to_numpy()
    journal.cells("personal_nik", sheet.name, rows, column, {"value": MASK})


def _check_texts(texts: pd.Series, sheet: RawSheet, column: int, journal: Journal) -> None:
    long = texts[(texts.str.len() >= _SHORTEST).to_numpy(dtype=bool)]
    for pattern, code in ((_NIK, "personal_nik"), (_PHONE, "personal_phone")):
        rows = long.index[long.str.contains(pattern, regex=True)].to_numpy()
        journal.cells(code, sheet.name, rows, column, {"value": MASK})
    marked = texts[texts.str.contains("<", regex=False).to_numpy(dtype=bool)]
    marked = marked[marked.str.contains(_MARKUP, regex=True).to_numpy(dtype=bool)]
    if len(marked):
        evidence = {"value": marked.str.slice(0, 40)}
        journal.cells("text_markup", sheet.name, marked.index.to_numpy(), column, evidence, "warning")
