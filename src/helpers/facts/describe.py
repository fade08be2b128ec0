"""What a frame says, as the values of a sentence; the catalogue holds the words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.errors import SchemaError
from helpers.schema.labels import label_of


def describe_absorption(total: pd.DataFrame) -> dict[str, Any]:
    """Return month, spent, ceiling, remaining and rate of `compute_absorption_total`'s row."""
    row = total.iloc[0]
    return {
        "month": int(row["month"]),
        "spent": int(row["expenditure_to_date_idr"]),
        "ceiling": int(row["ceiling_idr"]),
        "remaining": int(row["remaining_idr"]),
        "rate": float(row["absorption_rate"]),
    }


def describe_revisions(monthly: pd.DataFrame) -> dict[str, Any]:
    """Return how often the ceiling changed between months, and its first and last value.

    Examples
    --------
    >>> describe_revisions(pd.DataFrame({"ceiling_idr": [100, 100, 90, 120]}))
    {'changes': 2, 'first': 100, 'last': 120}
    """
    ceilings = monthly["ceiling_idr"].astype("int64")
    changes = int(ceilings.diff().iloc[1:].ne(0).sum())
    return {"changes": changes, "first": int(ceilings.iloc[0]), "last": int(ceilings.iloc[-1])}


def describe_extremes(frame: pd.DataFrame, by: str, measure: str, locale: str) -> dict[str, Any]:
    """Return the groups with the highest and lowest measure, by their printed names.

    Raises
    ------
    SchemaError
        If no group has a value.

    Examples
    --------
    >>> frame = pd.DataFrame({"section": ["general", "prevention"], "absorption_rate": [0.9, 0.95]})
    >>> describe_extremes(frame, "section", "absorption_rate", "id")["high"]
    'Seksi P2M'
    """
    known = frame.dropna(subset=[measure]).sort_values([measure, by], ascending=[False, True])
    if known.empty:
        raise SchemaError(f"no {by} has a {measure}")
    high, low = known.iloc[0], known.iloc[-1]
    return {
        "high": label_of(by, str(high[by]), locale),
        "high_value": float(high[measure]),
        "low": label_of(by, str(low[by]), locale),
        "low_value": float(low[measure]),
    }


def describe_largest(frame: pd.DataFrame, by: str, locale: str) -> dict[str, Any]:
    """Return the group with the largest ceiling, its ceiling and its absorption."""
    row = frame.sort_values(["ceiling_idr", by], ascending=[False, True]).iloc[0]
    return {
        "largest": label_of(by, str(row[by]), locale),
        "largest_ceiling": int(row["ceiling_idr"]),
        "largest_rate": float(row["absorption_rate"]),
    }


def describe_index(overall: pd.DataFrame, interval: pd.DataFrame) -> dict[str, Any]:
    """Return the index, its interval and the numbers of respondents and families."""
    whole, span = overall.iloc[0], interval.iloc[0]
    return {
        "index": float(whole["family_resilience_index"]),
        "respondents": int(whole["respondent_count"]),
        "families": int(span["family_count"]),
        "level": float(span["confidence_level"]),
        "low": float(span["interval_low"]),
        "high": float(span["interval_high"]),
    }


def describe_classes(
    index: float, scale: pd.DataFrame, published: str, computed: str, locale: str
) -> dict[str, Any]:
    """Return both classes of an index and the bounds of the computed one.

    The highest class has no upper bound of its own; 100 is the index's.
    """
    row = scale.loc[scale["class_id"] == computed].iloc[0]
    return {
        "index": index,
        "published": label_of("class_id", published, locale),
        "computed": label_of("class_id", computed, locale),
        "low": float(row["lower_bound"]),
        "high": 100.0 if pd.isna(row["upper_bound"]) else float(row["upper_bound"]),
        # The source names its day too; the sentence gives it once, as a fact.
        "scale_source": str(row["source" if locale == "id" else f"source_{locale}"]).partition(",")[0],
        "scale_date": pd.Timestamp(row["valid_from"]).date(),
    }
