"""A bar for each group says what its values say, and refuses what it cannot show."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.charts.layout import MARGIN, WIDTH
from helpers.errors import SchemaError

NAN = float("nan")


def test_texts_are_made_of_the_values_and_the_given_words(make: type) -> None:
    frame = make.groups("expenditure_type", {"personnel": 0.996, "capital": NAN})
    chart = make.bars(frame, make.context("id"))
    measure = "Serapan per jenis belanja, persen dari pagu, Kabupaten Hulu Sungai Selatan, 2021"
    assert chart.subtitle == measure
    assert chart.alt == (
        f"Grafik batang: {measure}. Belanja pegawai terserap terbanyak. "
        "Rinciannya: Pegawai 99,60 persen; Modal –. Grafik ini memakai data ilustrasi."
    )
    assert list(chart.data.columns) == ["expenditure_type", "absorption_rate"]


def test_the_bar_of_half_the_whole_is_half_its_track(make: type) -> None:
    chart = make.bars(make.groups("section", {"general": 0.5}), make.context("id"))
    track, bar = (artist.get_width() for artist in chart.figure.axes[0].patches[-2:])
    assert track < WIDTH - 2 * MARGIN
    assert bar == pytest.approx(track / 2)


@pytest.mark.parametrize(
    ("frame", "title", "message"),
    [
        (pd.DataFrame({"section": ["general"], "a_share": [-0.1]}), "Judul", "a_share is below zero"),
        (pd.DataFrame({"section": ["general"], "a_share": [0.1]}), "kata " * 13, "more than 12 words"),
        (pd.DataFrame({"section": [], "a_share": []}), "Judul", "no rows"),
        (
            pd.DataFrame({"role": ["child"], "respondent_count": [1], "family_resilience_index": [75.0]}),
            "Judul",
            "too few respondents",
        ),
    ],
)
def test_what_no_bar_can_show_is_refused(make: type, frame: pd.DataFrame, title: str, message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        make.bars(frame, make.context("id"), title)


def test_a_share_of_few_people_is_not_drawn(make: type) -> None:
    frame = pd.DataFrame({"series": ["a", "b"], "client_count": [2, 20], "reached_share": [0.25, 0.5]})
    chart = make.bars(frame, make.context("id"))
    assert chart.data["reached_share"].isna().tolist() == [True, False]
    assert "25,00" not in chart.alt
