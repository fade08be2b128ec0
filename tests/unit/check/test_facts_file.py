"""Facts as figures: whatever kind of number a facts file was read with, and nothing that is none."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from helpers.check.bind import bind_claims
from helpers.check.extract import extract_claims
from helpers.check.facts_file import load_facts, make_facts
from helpers.errors import ParameterError


def document(value: Any, unit: str = "share") -> dict[str, Any]:
    fact = {"key": "budget.absorption_rate", "value": value, "unit": unit}
    return {"office": "x", "year": 2021, "facts": [fact]}


@pytest.mark.parametrize("value", [0.983, Decimal("0.983")])
def test_a_share_is_a_number_however_it_was_read(value: Any):
    facts = make_facts(document(value))
    assert facts.by_key["budget.absorption_rate"].value == Decimal("0.983")
    claims = extract_claims("Penyerapan anggaran 0 persen pagu.", "id")
    assert [item.expected for item in bind_claims(claims, facts)] == ["98 persen"]


@pytest.mark.parametrize("value", ['"98,30"', "NaN", "Infinity"])
def test_a_figure_that_is_no_number_is_a_bad_facts_file(tmp_path: Path, value: str):
    path = tmp_path / "facts.json"
    text = '{"office": "x", "year": 2021, "facts": [{"key": "a.b", "value": VALUE, "unit": "share"}]}'
    path.write_text(text.replace("VALUE", value))
    with pytest.raises(ParameterError, match=r"facts\.json"):
        load_facts(path)


def test_a_figure_may_be_missing():
    assert make_facts(document(None)).by_key["budget.absorption_rate"].value is None
