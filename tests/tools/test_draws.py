"""Chance is seeded, and amounts are split without losing a rupiah."""

from __future__ import annotations

import statistics

import pytest

from illustrative_data.draws import Draws, share_out


@pytest.mark.parametrize(
    ("total", "weights", "step", "parts"),
    [
        (100, [1, 1, 2], 1, [25, 25, 50]),
        (100, [1, 1, 1], 1, [33, 33, 34]),
        (1_000_700, [0, 1, 1, 0], 1000, [0, 500_000, 500_700, 0]),
        (0, [1, 2], 1, [0, 0]),
    ],
)
def test_share_out(total, weights, step, parts):
    assert share_out(total, weights, step) == parts


def test_share_out_without_weights_is_refused():
    with pytest.raises(ValueError, match="no weight is positive"):
        share_out(100, [0, 0])


def test_streams_repeat_and_differ_by_name():
    first, again, other = (Draws(name) for name in ("a", "a", "b"))
    numbers = [first.uniform() for _ in range(20)]
    assert numbers == [again.uniform() for _ in range(20)]
    assert numbers != [other.uniform() for _ in range(20)]


def test_draws_keep_to_their_bounds_and_moments():
    draws = Draws("bounds")
    wholes = [draws.whole(2, 4) for _ in range(600)]
    assert set(wholes) == {2, 3, 4}
    normals = [draws.normal(10, 2) for _ in range(4000)]
    assert statistics.mean(normals) == pytest.approx(10, abs=0.15)
    assert statistics.stdev(normals) == pytest.approx(2, abs=0.1)
