"""A result says which function made it and of which sources, and claims no more than it knows."""

from __future__ import annotations

import pandas as pd

from helpers.indicators.traced import traced


@traced
def keep(frame: pd.DataFrame, other: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the frame itself."""
    return frame if other is None else frame.merge(other, on="a")


def frame(*sources: str) -> pd.DataFrame:
    """Return a frame read from sources."""
    made = pd.DataFrame({"a": [1, 2]})
    made.attrs["sources"] = sources
    return made


def test_a_result_names_its_function_and_leaves_the_frame_alone() -> None:
    given = frame("budget")
    result = keep(given)
    assert result.attrs["computed_by"].endswith("test_traced.keep")
    assert "computed_by" not in given.attrs
    assert result[["a"]].sort_values("a").head(1)["a"].attrs["computed_by"].endswith("test_traced.keep")


def test_sources_are_those_of_all_frames_in_order() -> None:
    assert keep(frame("villages", "budget"), frame("budget", "programmes")).attrs["sources"] == (
        "villages", "budget", "programmes",
    )  # fmt: skip


def test_of_a_frame_that_does_not_say_nothing_is_concluded() -> None:
    assert "sources" not in keep(frame("budget"), pd.DataFrame({"a": [1]})).attrs
