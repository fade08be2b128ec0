"""The family-resilience index against drugs (Indeks Ketahanan Keluarga Anti Narkoba, Dektara)."""

from __future__ import annotations

from math import comb

import numpy as np
import pandas as pd

from helpers.errors import SchemaError
from helpers.indicators.traced import traced

MAX_SCORE = 4
#: Where the highest class of a scale ends, which has no upper bound of its own.
MAX_INDEX = 100.0
#: Beyond this many resamples the exact distribution gives way to a seeded simulation.
EXACT_LIMIT = 200_000
SIMULATED_RESAMPLES = 100_000
SIMULATION_SEED = 20211229


@traced
def compute_index_by(answers: pd.DataFrame, by: str | list[str] | None = None) -> pd.DataFrame:
    """Return the family-resilience index of all answers, or of each group of them.

    Parameters
    ----------
    answers : DataFrame
        ``clean_family_survey__respondent_item``: one row a respondent and item, with
        ``respondent_id`` and ``item_score`` (1 to 4).
    by : str, list of str or None
        Columns to group by (``"dimension"``, ``"respondent_role"``, ``"respondent_id"``,
        ``"item_id"``); ``None`` gives one row.

    Returns
    -------
    DataFrame
        ``by``, ``respondent_count``, ``answer_count``, ``score_sum`` and
        ``family_resilience_index`` (25 to 100).

    Notes
    -----
    ``index = 100 × Σ item_score / (answers × 4)``, that is the mean score × 25. An answer
    that was not given is not in the table, so it is in neither sum.

    Examples
    --------
    Two respondents, two items: scores 4, 3, 2 and 4 sum to 13 of 16, which is 81.25.

    >>> answers = pd.DataFrame({"respondent_id": ["a", "a", "b", "b"],
    ...     "dimension": ["belief", "communication"] * 2, "item_score": [4, 3, 2, 4]})
    >>> compute_index_by(answers)["family_resilience_index"].tolist()
    [81.25]
    >>> compute_index_by(answers, "dimension")[["dimension", "family_resilience_index"]].values.tolist()
    [['belief', 75.0], ['communication', 87.5]]
    """
    keys = [by] if isinstance(by, str) else list(by or [])
    if not keys:
        answers = answers.assign(_all=0)
    grouped = answers.groupby(keys or ["_all"], observed=True, sort=True)
    table = grouped.agg(
        respondent_count=("respondent_id", "nunique"),
        answer_count=("item_score", "size"),
        score_sum=("item_score", "sum"),
    ).reset_index()
    index = 100 * table["score_sum"] / (table["answer_count"] * MAX_SCORE)
    table = table.assign(family_resilience_index=index)
    return table.astype({key: "str" for key in keys}) if keys else table.drop(columns="_all")


def _exact_resamples(means: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """All multisets of ``n`` families out of ``n``, as sums of ``means``, with their probabilities.

    Builds the distribution of the resample's sum family by family: state (how many
    drawn so far) → sums and log-weights, using the multinomial's factors 1/k!.
    """
    n = len(means)
    log_factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, n + 1)))])
    empty, start = np.zeros(0), np.zeros(1)
    states = [(start, start)] + [(empty, empty)] * n
    for mean in means:
        grown: list[tuple[np.ndarray, np.ndarray]] = []
        for drawn in range(n + 1):
            sums = [states[drawn - k][0] + k * mean for k in range(drawn + 1)]
            logs = [states[drawn - k][1] - log_factorial[k] for k in range(drawn + 1)]
            grown.append((np.concatenate(sums), np.concatenate(logs)))
        states = grown
    total, log_weight = states[n]
    return total / n, np.exp(log_weight + log_factorial[n] - n * np.log(n))


@traced
def compute_index_interval(answers: pd.DataFrame, confidence_level: float = 0.95) -> pd.DataFrame:
    """Return a percentile bootstrap interval of the index, resampling whole families.

    Parameters
    ----------
    answers : DataFrame
        As for `compute_index_by`, with ``family_id``.
    confidence_level : float
        Share of resamples inside the interval, 0 to 1.

    Returns
    -------
    DataFrame
        One row: ``interval_low``, ``interval_high`` (25 to 100), ``confidence_level``,
        ``family_count`` and ``method`` (``"exact"`` or ``"simulated"``).

    Raises
    ------
    SchemaError
        If there are fewer than two families (one family has no spread), or families
        answered different numbers of items (a family's mean would then not weigh as
        its answers do).

    Notes
    -----
    Answers within a family are alike, so the family, not the respondent, is drawn with
    replacement. With few families every possible resample is enumerated with its
    multinomial probability (ten families: 92,378), so the interval needs no random
    numbers; with many it is simulated from a fixed seed.

    References
    ----------
    Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapters 6 and 13;
    Fisher and Hall (1991) on enumerating all resamples.

    Examples
    --------
    Two families at 50 and 100: the resamples are 50 (1/4), 75 (1/2) and 100 (1/4).

    >>> answers = pd.DataFrame({"family_id": ["f", "g"], "item_score": [2, 4]})
    >>> compute_index_interval(answers, 0.4)[["interval_low", "interval_high"]].values.tolist()
    [[75.0, 75.0]]
    >>> compute_index_interval(answers)[["interval_low", "interval_high"]].values.tolist()
    [[50.0, 100.0]]
    """
    families = answers.groupby("family_id", observed=True, sort=True)["item_score"].agg(["mean", "size"])
    n = len(families)
    if n < 2:
        raise SchemaError(f"an interval needs at least two families, there are {n}")
    if families["size"].nunique() > 1:
        raise SchemaError("families answered different numbers of items, so their means do not weigh alike")
    means = np.sort(families["mean"].to_numpy(dtype="float64")) * 100 / MAX_SCORE
    exact = comb(2 * n - 1, n) <= EXACT_LIMIT
    if exact:
        values, weights = _exact_resamples(means)
    else:
        rng = np.random.default_rng(SIMULATION_SEED)
        draws = rng.integers(0, n, size=(SIMULATED_RESAMPLES, n))
        values, weights = means[draws].mean(axis=1), np.full(SIMULATED_RESAMPLES, 1 / SIMULATED_RESAMPLES)
    order = np.argsort(values, kind="stable")
    cumulated = np.cumsum(weights[order])
    tail = (1 - confidence_level) / 2
    # The smallest value whose cumulated probability reaches the tail, from either side;
    # the tolerance keeps a sum of exact quarters from missing its own quarter.
    low = values[order][np.searchsorted(cumulated, tail - 1e-12, side="left")]
    high = values[order][np.searchsorted(cumulated, 1 - tail - 1e-12, side="left")]
    return pd.DataFrame(
        {
            "interval_low": [float(low)],
            "interval_high": [float(high)],
            "confidence_level": [confidence_level],
            "family_count": [n],
            "method": ["exact" if exact else "simulated"],
        }
    )


@traced
def select_scale(scales: pd.DataFrame, index_name: str, scale_id: str | None = None) -> pd.DataFrame:
    """Return the classes of one scale, lowest first.

    Parameters
    ----------
    scales : DataFrame
        ``reference/index_scales.csv``: ``scale_id``, ``index_name``, ``valid_from``,
        ``class_id``, ``lower_bound``, ``upper_bound``, ``source``, ``source_en``.
    index_name : str
        ``"family_resilience"`` or ``"youth_resilience"``.
    scale_id : str, optional
        A named scale; without it, the newest one.

    Returns
    -------
    DataFrame
        Its rows with ``table_row``, their position in the file, from 0.

    Raises
    ------
    SchemaError
        If there is no such scale, or its classes leave a gap or overlap.

    Examples
    --------
    >>> scales = pd.DataFrame({"scale_id": "s", "index_name": "x", "valid_from": "2022-12-30",
    ...     "class_id": ["tinggi", "rendah"], "lower_bound": [76.61, 25], "upper_bound": [None, 76.61]})
    >>> select_scale(scales, "x")["class_id"].tolist()
    ['rendah', 'tinggi']
    """
    rows = scales.assign(table_row=range(len(scales))).loc[scales["index_name"] == index_name]
    if scale_id is None and not rows.empty:
        scale_id = str(rows.sort_values(["valid_from", "scale_id"])["scale_id"].iloc[-1])
    scale = rows.loc[rows["scale_id"] == scale_id].sort_values("lower_bound", ignore_index=True)
    if scale.empty:
        raise SchemaError(f"index_scales.csv holds no scale {scale_id!r} of {index_name!r}")
    if not (scale["upper_bound"].to_numpy()[:-1] == scale["lower_bound"].to_numpy()[1:]).all():
        raise SchemaError(f"the classes of scale {scale_id!r} leave a gap or overlap")
    return scale


def classify_index(value: float, scale: pd.DataFrame) -> str:
    """Return the class of an index value: lower bound inclusive, upper bound exclusive.

    Parameters
    ----------
    value : float
        Index value, not rounded.
    scale : DataFrame
        Result of `select_scale`.

    Raises
    ------
    SchemaError
        If the value lies below the lowest class or above the highest.

    Examples
    --------
    >>> scale = pd.DataFrame({"class_id": ["rendah", "tinggi"], "lower_bound": [25, 76.61],
    ...     "upper_bound": [76.61, None]})
    >>> classify_index(76.605, scale), classify_index(76.61, scale)
    ('rendah', 'tinggi')
    """
    at_least = value >= scale["lower_bound"].astype(float)
    below = scale["upper_bound"].astype(float).isna() | (value < scale["upper_bound"].astype(float))
    hit = scale.loc[at_least & below, "class_id"]
    if len(hit) != 1:
        raise SchemaError(f"index {value} lies in {len(hit)} classes of its scale instead of one")
    return str(hit.iloc[0])
