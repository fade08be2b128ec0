"""Cell addresses and texts made safe."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.read import cell_name, escape_formula, parse_cell_name
from helpers.read.cells import escape_frame


@pytest.mark.parametrize(
    ("row", "column", "name"),
    [
        (1, 0, "A1"),
        (23, 7, "H23"),
        (5, 25, "Z5"),
        (5, 26, "AA5"),
        (9, 701, "ZZ9"),
        (1048576, 16383, "XFD1048576"),
    ],
)
def test_a_name_and_its_cell_are_one(row, column, name):
    assert cell_name(row, column) == name
    assert parse_cell_name(name) == (row, column)


@pytest.mark.parametrize("text", ["", "23", "H", "H0", "ABCD1", "H23:I24", "H 23"])
def test_what_is_no_cell_is_refused(text):
    with pytest.raises(ValueError, match="not the name of a cell"):
        parse_cell_name(text)


@pytest.mark.parametrize("text", ["=1+1", "+62", "-5", "@cmd", "\t=1", "\r=1", "\n=1", "\x00=1", "\x1f1"])
def test_a_text_like_a_formula_is_escaped(text):
    assert escape_formula(text) == "'" + text


@pytest.mark.parametrize("text", ["", "Setda", "5-6", " =1", "'=1"])
def test_another_text_is_left_alone(text):
    assert escape_formula(text) == text


def test_a_frame_is_escaped_in_texts_and_categories_only():
    frame = pd.DataFrame({
        "text": pd.Series(["=A1", "a", None], dtype="str"),
        "kind": pd.Categorical(["@x", "b", "@x"]),
        "amount": [-5, 0, 5],
    })  # fmt: skip
    escaped = escape_frame(frame)
    assert escaped["text"].tolist()[:2] == ["'=A1", "a"]
    assert escaped["text"].isna().tolist() == [False, False, True]
    assert escaped["kind"].tolist() == ["'@x", "b", "'@x"]
    assert escaped["amount"].tolist() == [-5, 0, 5]
    assert frame["text"][0] == "=A1"
