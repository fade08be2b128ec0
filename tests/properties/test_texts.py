"""What is asked of whole columns of texts is what would be asked of each text alone."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from helpers.clean.block import _mentions_total
from helpers.clean.text import as_text
from helpers.columns.model import Field
from helpers.indonesian.text import tidy
from helpers.read.store import cast_column

TEXTS = st.lists(st.one_of(st.text(max_size=12), st.text("aB1 .\t\u00a0\u200bé", max_size=8)), max_size=8)


@given(TEXTS)
def test_a_column_is_tidied_as_its_cells_are(texts: list[str]) -> None:
    assert as_text(pd.Series(texts, dtype="str")).tolist() == [tidy(text) for text in texts]


@given(
    st.lists(st.text("jumlahtoJUMLAHTO é", max_size=12) | st.sampled_from(["Subtotal", "JUMLAH"]), max_size=6)
)
def test_a_total_is_mentioned_in_capitals_or_not(texts: list[str]) -> None:
    expected = [bool(re.search("jumlah|total", text, re.IGNORECASE | re.ASCII)) for text in texts]
    assert _mentions_total(pd.Series(texts, dtype="str")).tolist() == expected


@given(st.lists(st.integers(-1, 5), max_size=40))
def test_a_category_is_kept_if_any_row_has_it(codes: list[int]) -> None:
    names = pd.Index(list("abcdef"), dtype="str")
    column = pd.Series(pd.Categorical.from_codes(np.array(codes, dtype=np.int8), categories=names))
    cast = cast_column(column, Field("x", "category", "x", "x"))
    assert set(cast.cat.categories) == {names[code] for code in codes if code >= 0}
    assert cast.astype("str").tolist() == column.astype("str").tolist() or not codes
