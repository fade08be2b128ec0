"""What a profile says of activities: the result where there is one, and no word where there is none."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from helpers.clean import clean_sources, write_results
from helpers.edition import load_edition
from helpers.notebook import open_chapter
from helpers.notebook.activities import list_activities
from helpers.params import RunParams

UNITS = [
    ("id", "orang", "realisasi 24 orang."),
    ("id", "paket", "realisasi 24 paket."),
    ("id", None, "realisasi 24."),
    ("en", "orang", "24 people reached."),
    ("en", None, "24 reached."),
]


class Village:
    """A village's profile, from cleaned tables of its own."""

    def __init__(self, folder: Path) -> None:
        places = {"processed": str(folder / "processed"), "out": str(folder / "reports")}
        edition = load_edition(RunParams("bnnk-hss", 2021, **places))
        cleaned = clean_sources(edition, ["programmes", "published", "villages"])
        write_results(cleaned, edition)
        self.activity = cleaned["programmes"].tables["clean_programmes__activity"].head(1)
        self._places = ("data/raw", places["processed"], places["out"])

    def say(self, locale: str, count: int | None, unit: str | None) -> str:
        """Return what the profile says of one activity."""
        changed = self.activity.assign(
            realised_count=pd.array([count], dtype="Int64"), count_unit=pd.array([unit], dtype="str")
        )
        chapter = open_chapter(
            "village", "bnnk-hss", 2021, locale, *self._places, sources=["programmes"], unit="63.06.05.2017"
        )
        chapter.say(items=list_activities(chapter, changed), rows=changed)
        return str(chapter.shown[-1])


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Village:
    """Return one village."""
    return Village(tmp_path_factory.mktemp("village"))


@pytest.mark.parametrize(("locale", "unit", "ending"), UNITS)
def test_a_result_is_told_with_its_unit_if_it_has_one(
    village: Village, locale: str, unit: str | None, ending: str
) -> None:
    assert village.say(locale, 24, unit).endswith(f": {ending}")


@pytest.mark.parametrize("unit", ["orang", None])
def test_a_small_result_is_hidden_whatever_it_counts(village: Village, unit: str | None) -> None:
    assert village.say("id", 4, unit).endswith("disembunyikan karena jumlahnya sangat kecil.")


def test_an_activity_without_a_result_is_named_alone(village: Village) -> None:
    said = village.say("id", None, None)
    assert ":" not in said
    assert "nan" not in said.lower().split()
