"""What the quality chapters list: names that were matched, findings, rejects and corrections."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers.cleaning import CleanResult


def select_unofficial_names(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the names in a source that are not written as the official one.

    Parameters
    ----------
    table : DataFrame
        A cleaned table with ``<name>``, ``<name>_source``, ``match_method`` and ``match_score``.
    name : str
        ``"opd_name"`` or ``"village_name"``.

    Returns
    -------
    DataFrame
        ``<name>_source``, ``<name>``, ``match_method`` and ``match_score``, one row a
        spelling, lowest score first.
    """
    columns = [f"{name}_source", name, "match_method", "match_score"]
    other = table.loc[table[f"{name}_source"] != table[name], columns]
    return other.drop_duplicates().sort_values(["match_score", name], ignore_index=True)


def list_findings(results: Mapping[str, CleanResult], locale: str) -> pd.DataFrame:
    """Return all findings as readers see them: ``place``, ``what`` and ``remedy``."""
    rows = [
        (finding.place.text(locale), finding.what(locale), finding.remedy(locale))
        for result in results.values()
        for finding in result.findings
    ]
    return pd.DataFrame(rows, columns=["place", "what", "remedy"], dtype="str")


def _places(frame: pd.DataFrame) -> pd.Series:
    parts = frame[["source_file", "source_sheet", "source_cell"]].fillna("").astype("str")
    texts = [", ".join(part for part in row if part) for row in parts.itertuples(index=False, name=None)]
    return pd.Series(texts, index=frame.index, dtype="str")


def list_rejects(results: Mapping[str, CleanResult], locale: str) -> pd.DataFrame:
    """Return all rejected rows: ``place``, ``value``, ``reason`` and ``remedy``."""
    columns = ["place", "value", "reason", "remedy"]
    rejected = pd.concat([result.rejects for result in results.values()], ignore_index=True)
    if rejected.empty:
        return pd.DataFrame(columns=columns, dtype="str")
    renamed = rejected.rename(
        columns={f"reason_{locale}": "reason", f"remedy_{locale}": "remedy"}, errors="raise"
    )
    return renamed.assign(place=_places(rejected))[columns]


def list_corrections(results: Mapping[str, CleanResult]) -> pd.DataFrame:
    """Return all corrections applied: ``place``, ``from``, ``to``, ``reason`` and ``who``."""
    columns = ["place", "from", "to", "reason", "who"]
    applied = pd.concat([result.corrections for result in results.values()], ignore_index=True)
    if applied.empty:
        return pd.DataFrame(columns=columns, dtype="str")
    return applied.assign(place=_places(applied))[columns]
