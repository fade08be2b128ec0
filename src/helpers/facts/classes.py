"""The facts of the class that an index falls into: its bounds on the dated scale."""

from __future__ import annotations

import pandas as pd

from helpers.facts.book import FactBook
from helpers.facts.citation import Cited
from helpers.indicators.resilience import classify_index

#: The highest class has no upper bound of its own; the index ends here.
INDEX_MAXIMUM = 100.0


def record_class_bounds(book: FactBook, scale: pd.DataFrame, computed: str) -> None:
    """Record the bounds of the computed class.

    Parameters
    ----------
    book : FactBook
    scale : DataFrame
        Result of `helpers.indicators.resilience.select_scale`.
    computed : str
        Id of the class.
    """
    row = scale.loc[scale["class_id"] == computed]
    rows = row["table_row"].tolist()
    for side, column in (("low", "lower_bound"), ("high", "upper_bound")):
        bound = row[column].iloc[0]
        value = INDEX_MAXIMUM if pd.isna(bound) else float(bound)
        key = f"resilience.class_{side}"
        book.record_reference(key, value, "index", "index_scales", column, rows, classify_index)


def pick_class_facts(book: FactBook) -> dict[str, Cited]:
    """Return what the notice on both classes says, as recorded."""
    return book.pick(
        index="resilience.index",
        published="resilience.published_class",
        computed="resilience.computed_class",
        low="resilience.class_low",
        high="resilience.class_high",
        scale_date="resilience.scale_date",
    )
