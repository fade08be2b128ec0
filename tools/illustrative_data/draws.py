"""Seeded draws: the only place where chance enters the illustrative data."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist

import numpy as np

SEED = 20211229
_STANDARD_NORMAL = NormalDist()


class Draws:
    """Numbers drawn from one seeded stream.

    Only ``Generator.random`` is used: numpy keeps the stream of the PCG64 bit generator
    across versions, but not how its other distributions consume it.

    Parameters
    ----------
    name : str
        Name of the file being made: each file has its own stream, so that a change to
        one leaves the bytes of the others alone.
    """

    def __init__(self, name: str) -> None:
        seeds = np.random.SeedSequence([SEED, *name.encode("utf-8")])
        self._generator = np.random.Generator(np.random.PCG64(seeds))

    def uniform(self, low: float = 0.0, high: float = 1.0) -> float:
        """Return a number in ``[low, high)``."""
        return low + (high - low) * float(self._generator.random())

    def normal(self, mean: float = 0.0, spread: float = 1.0) -> float:
        """Return a normally distributed number with this mean and standard deviation."""
        # Half a step away from 0 and 1, where the inverse is infinite.
        share = (int(self._generator.random() * 2**32) + 0.5) / 2**32
        return mean + spread * _STANDARD_NORMAL.inv_cdf(share)

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from ``low`` to ``high``, both included."""
        return low + int(float(self._generator.random()) * (high - low + 1))

    def one_of(self, values: Sequence[str]) -> str:
        """Return one of the values, all equally likely."""
        return values[self.whole(0, len(values) - 1)]


def share_out(total: int, weights: Sequence[float], step: int = 1) -> list[int]:
    """Split an amount in proportion to weights, exactly.

    Parameters
    ----------
    total : int
        Amount to split, not negative.
    weights : sequence of float
        One weight a part, none negative, at least one positive.
    step : int
        Parts are multiples of this; what is left over goes to the last part with weight.

    Returns
    -------
    list of int
        As many parts as weights; their sum is ``total``.

    Raises
    ------
    ValueError
        If no weight is positive: there is nobody to give the amount to.

    Examples
    --------
    >>> share_out(1000, [1, 1, 1])
    [333, 333, 334]
    >>> share_out(1000, [1, 0, 3, 0], step=100)
    [200, 0, 800, 0]
    """
    whole = sum(weights)
    if whole <= 0:
        raise ValueError(f"cannot split {total}: no weight is positive")
    parts = [int(total * weight / whole) // step * step for weight in weights]
    last = max(index for index, weight in enumerate(weights) if weight > 0)
    parts[last] += total - sum(parts)
    return parts
