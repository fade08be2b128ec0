"""What a profile says of activities: the result where there is one, and no word where there is none."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.cleaning import clean_source
from helpers.edition import load_edition
from helpers.facts.citation import without_citations
from helpers.notebook.profile import open_profile
from helpers.params import RunParams

UNITS = [
    ("id", "orang", "realisasi 24 orang."),
    ("id", "paket", "realisasi 24 paket."),
    ("id", None, "realisasi 24."),
    ("en", "orang", "24 people reached."),
    ("en", None, "24 reached."),
]


def said_of(locale: str, count: int | None, unit: str | None) -> str:
    """Return what the profile of a village says of one activity there."""
    cleaned = clean_source(load_edition(RunParams("bnnk-hss", 2021)), "programmes")
    activity = cleaned.tables["clean_programmes__activity"].head(1)
    changed = activity.assign(
        realised_count=pd.array([count], dtype="Int64"), count_unit=pd.array([unit], dtype="str")
    )
    places = ("data/raw", "data/processed", "reports/draft")
    profile = open_profile("village", "63.06.05.2017", "bnnk-hss", 2021, locale, *places)
    return without_citations(profile.activities(changed).text)


@pytest.mark.parametrize(("locale", "unit", "ending"), UNITS)
def test_a_result_is_told_with_its_unit_if_it_has_one(locale: str, unit: str | None, ending: str) -> None:
    assert said_of(locale, 24, unit).endswith(f": {ending}")


@pytest.mark.parametrize("unit", ["orang", None])
def test_a_small_result_is_hidden_whatever_it_counts(unit: str | None) -> None:
    assert said_of("id", 4, unit).endswith("disembunyikan karena jumlahnya sangat kecil.")


def test_an_activity_without_a_result_is_named_alone() -> None:
    said = said_of("id", None, None)
    assert ":" not in said
    assert "nan" not in said.lower().split()
