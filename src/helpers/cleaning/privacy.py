"""Personal data in raw files: found by heading and by shape, refused, and never repeated."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

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
#: An amount or a plain number: too short for an identity number, and no telephone number begins so.
_AMOUNT = r"^[1-9][0-9.]{0,14}$"
#: A telephone number has ten digits, an identity number sixteen.
_SHORTEST, _NIK_DIGITS = 10, 16
#: ``<b>``
_SHORTEST_MARKUP = 3
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
    batch: list[_Suspects] = []
    size = 0
    for name, cells in sheet.cells.items():
        found = _suspects(cells, sheet, int(str(name)), journal)
        if len(found.texts):
            batch.append(found)
            size += len(found.texts)
        if size > _BATCH:
            _check_texts(batch, sheet, journal)
            batch, size = [], 0
    _check_texts(batch, sheet, journal)


@dataclass(frozen=True, slots=True)
class _Suspects:
    """Texts of one column that need a look, and the sheet rows they stand in."""

    column: int
    rows: np.ndarray
    texts: pa.Array


def _suspects(cells: pd.Series, sheet: RawSheet, column: int, journal: Journal) -> _Suspects:
    """Return a column's texts that need a look; its numbers are checked on the way."""
    rows = cells.index.to_numpy()
    if cells.dtype == object:
        is_number, is_text = split_kinds(cells)
        values = cells.to_numpy()
        _check_numbers(values[is_number].astype(float), rows[is_number], sheet, column, journal)
        texts = pa.array(values[is_text], pa.large_string())
        rows = rows[is_text]
    else:
        texts = pa.chunked_array([pa.array(cells.fillna(""), pa.large_string())]).combine_chunks()
    # Short texts are most of a table, and amounts of the rest: told so, they are not copied.
    if len(texts) == 0 or pc.max(pc.binary_length(texts)).as_py() < _SHORTEST_MARKUP:
        return _Suspects(column, rows[:0], texts[:0])
    suspect = pc.or_(pc.greater_equal(pc.binary_length(texts), _SHORTEST), pc.match_substring(texts, "<"))
    if not pc.any(suspect).as_py():
        return _Suspects(column, rows[:0], texts[:0])
    rows, texts = rows[_as_mask(suspect)], texts.filter(suspect)
    suspect = pc.invert(pc.match_substring_regex(texts, _AMOUNT))
    return _Suspects(column, rows[_as_mask(suspect)], texts.filter(suspect))


def _as_mask(verdicts: pa.Array) -> np.ndarray:
    return np.asarray(verdicts.to_numpy(zero_copy_only=False), dtype=bool)


def _check_numbers(
    numbers: np.ndarray, rows: np.ndarray, sheet: RawSheet, column: int, journal: Journal
) -> None:
    """Report numbers of 16 digits: an identity number typed as a number."""
    here = rows[(numbers >= 1e15) & (numbers < 1e16)]
    journal.cells("personal_nik", sheet.name, here, column, {"value": MASK})


def _check_texts(batch: list[_Suspects], sheet: RawSheet, journal: Journal) -> None:
    """Check columns together: a sheet may have sixteen thousand of a few cells each."""
    if not batch:
        return
    rows = np.concatenate([found.rows for found in batch])
    columns = np.repeat([found.column for found in batch], [len(found.texts) for found in batch])
    texts = pa.concat_arrays([found.texts for found in batch])
    length = np.asarray(pc.binary_length(texts))
    kinds = ((_NIK, "personal_nik", _NIK_DIGITS), (_PHONE, "personal_phone", _SHORTEST))
    for pattern, code, shortest in kinds:
        long = np.flatnonzero(length >= shortest)
        here = long[_as_mask(pc.match_substring_regex(texts.take(pa.array(long)), pattern))]
        journal.cells(code, sheet.name, rows[here], columns[here], {"value": MASK})
    marked = np.flatnonzero(_as_mask(pc.match_substring(texts, "<")))
    marked = marked[_as_mask(pc.match_substring_regex(texts.take(pa.array(marked)), _MARKUP))]
    if len(marked):
        quoted = pd.Series(pc.utf8_slice_codeunits(texts.take(pa.array(marked)), 0, 40), dtype="str")
        journal.cells("text_markup", sheet.name, rows[marked], columns[marked], {"value": quoted}, "warning")
