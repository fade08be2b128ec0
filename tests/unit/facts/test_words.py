"""Facts of profiles are called by their kind, those of the edition by their own key."""

from __future__ import annotations

import pytest

from helpers.facts.words import describe_fact


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("opd.total_count", "OPD di kabupaten"),
        ("opd.reported_count.b06", "OPD melapor posisi B06"),
        ("village.63.06.05.2017.index", "indeks ketahanan keluarga di desa ini"),
        ("district.63.06.05.village_count", "desa dan kelurahan di kecamatan ini"),
        ("opd.perkim-lh.status.b12", "status posisi B12"),
        ("village.63.06.05.2017.realised.ketahanan-keluarga-tibung-raya", "realisasi kegiatan"),
        ("village.63.06.05.2017.nothing", ""),
        ("budget.nothing", ""),
    ],
)
def test_a_fact_has_its_label(key: str, label: str) -> None:
    assert describe_fact("label", key, "id") == label


def test_a_formula_is_found_in_the_same_way() -> None:
    assert "skor" in describe_fact("formula", "village.63.06.05.2017.index", "id")
    assert "score" in describe_fact("formula", "village.63.06.05.2017.index", "en")
