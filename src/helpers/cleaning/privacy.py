"""Personal data in raw files: found by heading and by shape, refused, and never repeated."""

from __future__ import annotations

import re

import numpy as np
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
_SHORTEST, _NIK_DIGITS = 10, 16
#: So many texts are looked at together.
_BATCH = 200_000
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
    batch: list[tuple[int, pd.Series]] = []
    size = 0
    for column, cells in sheet.cells.items():
        texts = _texts(cells, sheet, int(str(column)), journal)
        batch.append((int(str(column)), texts))
        size += len(texts)
        if size > _BATCH:
            _check_texts(batch, sheet, journal)
            batch, size = [], 0
    _check_texts(batch, sheet, journal)


def _texts(cells: pd.Series, sheet: RawSheet, column: int, journal: Journal) -> pd.Series:
    """Return a column's texts that need a look, by sheet row; its numbers are checked on the way."""
    if cells.dtype == object:
        is_number, is_text = split_kinds(cells)
        _check_numbers(cells[is_number].astype("float64"), sheet, column, journal)
        cells = cells[is_text]
        return cells[(cells != "").to_numpy(dtype=bool, na_value=False)]
    # Short texts are most of a table: told by their length alone, they are not copied.
    suspect = (cells.str.len() >= _SHORTEST) | cells.str.contains("<", regex=False)
    return cells[suspect.to_numpy(dtype=bool, na_value=False)]


def _check_numbers(numbers: pd.Series, sheet: RawSheet, column: int, journal: Journal) -> None:
    """Report numbers of 16 digits: an identity number typed as a number."""
    rows = numbers.index[(numbers >= 1e15) & (numbers < 1e16)].to_numpy()
    journal.cells("personal_nik", sheet.name, rows, column, {"value": MASK})


def _check_texts(batch: list[tuple[int, pd.Series]], sheet: RawSheet, journal: Journal) -> None:
    """Check columns together: a sheet may have sixteen thousand of a few cells each."""
    filled = [(column, texts) for column, texts in batch if len(texts)]
    if not filled:
        return
    rows = np.concatenate([texts.index.to_numpy() for _, texts in filled])
    columns = np.repeat([column for column, _ in filled], [len(texts) for _, texts in filled])
    texts = pd.concat([texts for _, texts in filled], ignore_index=True).astype("str")
    length = texts.str.len().to_numpy()
    kinds = ((_NIK, "personal_nik", _NIK_DIGITS), (_PHONE, "personal_phone", _SHORTEST))
    for pattern, code, shortest in kinds:
        long = texts[length >= shortest]
        here = long.index[long.str.contains(pattern, regex=True)].to_numpy()
        journal.cells(code, sheet.name, rows[here], columns[here], {"value": MASK})
    marked = texts[texts.str.contains("<", regex=False).to_numpy(dtype=bool)]
    marked = marked[marked.str.contains(_MARKUP, regex=True).to_numpy(dtype=bool)]
    if len(marked):
        here = marked.index.to_numpy()
        evidence = {"value": marked.str.slice(0, 40)}
        journal.cells("text_markup", sheet.name, rows[here], columns[here], evidence, "warning")
