"""Results that know which function made them, and of which sources."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import pandas as pd

P = ParamSpec("P")
#: Keys of ``DataFrame.attrs``: the dotted name of the function, and names of sources.
COMPUTED_BY, SOURCES = "computed_by", "sources"


def traced(function: Callable[P, pd.DataFrame]) -> Callable[P, pd.DataFrame]:
    """Mark the frames that an indicator returns, so that no notebook passes their origin by hand.

    The result's ``attrs`` name the function and the sources of all frames it was given; pandas
    keeps them through selecting, sorting and assigning. Of a frame that does not say where it
    comes from nothing is concluded: the result then names no sources either.

    Examples
    --------
    >>> @traced
    ... def total(lines: pd.DataFrame) -> pd.DataFrame:
    ...     return lines[["spent_idr"]].sum().to_frame().T
    >>> lines = pd.DataFrame({"spent_idr": [1, 2]})
    >>> lines.attrs["sources"] = ("budget",)
    >>> total(lines)["spent_idr"].attrs["sources"]
    ('budget',)
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def compute(*args: P.args, **kwargs: P.kwargs) -> pd.DataFrame:
        result = function(*args, **kwargs)
        given = [value for value in (*args, *kwargs.values()) if isinstance(value, pd.DataFrame)]
        if any(result is frame for frame in given):
            result = result.copy(deep=False)
        result.attrs.clear()
        result.attrs[COMPUTED_BY] = name
        result.attrs.update(shared_sources(given))
        return result

    return compute


def shared_sources(frames: list[pd.DataFrame]) -> dict[str, tuple[str, ...]]:
    """Return the sources of several frames as ``attrs`` hold them; nothing if one does not name its own."""
    if any(SOURCES not in frame.attrs for frame in frames):
        return {}
    return {SOURCES: tuple(dict.fromkeys(name for frame in frames for name in frame.attrs[SOURCES]))}
