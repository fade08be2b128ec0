"""A large CSV is read by all cores: the same cells as read by one, whatever stands around its table."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.read import delimited

TABLE = "Kode;Uraian;Nilai\n" + "".join(f"{n};Baris {n};{n}00\n" for n in range(60))
FILES = {
    "table alone": TABLE,
    "lines above": "PERIODE : DESEMBER 2021\nSatker 066\n" + TABLE,
    "a blank line above": "PERIODE : MEI\n\n" + TABLE,
    "wider line above": "a;b;c;d;e\n" + TABLE,
    "note below": TABLE + "Catatan: belum final\n",
    "both": "PERIODE : MEI\n" + TABLE + "\nCatatan\n",
    "odd record inside": TABLE + "99;zonder\n" + TABLE,
    "quotes above": '"PERIODE ""MEI"""\n' + TABLE,
    "line break in quotes": '"PERIODE\nMEI"\n' + TABLE,
    "quotes inside": TABLE + '7;"Baris ; dengan\nganti baris";1\n',
    "Windows": ("PERIODE : MEI\n\n" + TABLE).replace("\n", "\r\n"),
    "old Mac": ("PERIODE : MEI\n" + TABLE).replace("\n", "\r"),
    "mixed ends": "PERIODE : MEI\rSatker\n" + TABLE,
    "letters beyond ASCII": "PÉRIODE : MEI\n" + TABLE.replace("Baris", "Bariš"),
    "nothing but text": "satu\ndua\n",
}


def read_both(folder: Path, content: bytes) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the cells as a large file's and as a small one's."""
    path = folder / "besar.csv"
    path.write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "_LARGE", 0)
        large = delimited.read_delimited(path, "budget").cells
        patch.setattr(delimited, "_LARGE", 1 << 60)
        small = delimited.read_delimited(path, "budget").cells
    return large, small


@pytest.mark.parametrize("name", FILES)
def test_all_cores_read_what_one_reads(tmp_path: Path, name: str) -> None:
    large, small = read_both(tmp_path, FILES[name].encode())
    pd.testing.assert_frame_equal(large, small)


def test_lines_above_do_not_keep_all_cores_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "_LARGE", 0)
    taken: list[pd.DataFrame | None] = []
    even = delimited._read_even
    monkeypatch.setattr(delimited, "_read_even", lambda *given: taken.append(even(*given)) or taken[-1])
    path = tmp_path / "besar.csv"
    path.write_text(FILES["lines above"], encoding="utf-8")
    cells = delimited.read_delimited(path, "budget").cells
    assert [len(table) for table in taken if table is not None] == [61]
    assert cells.loc[[1, 2, 3, 4], 0].tolist() == ["PERIODE : DESEMBER 2021", "Satker 066", "Kode", "0"]
    assert cells.loc[1, 1] == ""


LINES = st.lists(st.text('a;1" é', max_size=8), max_size=6)


@given(above=LINES, below=LINES, end=st.sampled_from(["\n", "\r\n"]))
def test_whatever_stands_around_a_table(
    tmp_path_factory: pytest.TempPathFactory, above: list[str], below: list[str], end: str
) -> None:
    content = end.join([*above, *TABLE.splitlines(), *below])
    large, small = read_both(tmp_path_factory.mktemp("besar"), content.encode())
    pd.testing.assert_frame_equal(large, small)
