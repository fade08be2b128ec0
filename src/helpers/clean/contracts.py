"""Contracts: the dictionary's rules as pandera schemas, checked on every cleaned table.

The cleaners refuse bad cells one by one; a contract is the net below them. What it
catches is reported with the cell that the row's provenance names.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.clean.journal import Journal
from helpers.columns import PROVENANCE, TABLES, Field, Table
from helpers.read import cast_table

_LISTED = 5
#: Keys are counted in an array of at most so many places a row.
_COUNTED = 4


@cache
def contract_for(table: Table, with_key: bool = True) -> Any:
    """Return the pandera schema of a table, made from the dictionary.

    It holds every column in order with its type, its nullability, closed list, bounds and
    pattern, and, if asked, the uniqueness of the key. Import of pandera is put off to here: notebooks
    that only read processed tables do not pay for it.
    """
    import pandera.pandas as pa

    columns = {field.name: _column(field, pa) for field in (*table.fields, *PROVENANCE)}
    unique = list(table.key) if with_key else None
    return pa.DataFrameSchema(columns, strict=True, ordered=True, unique=unique, name=table.name)


def load_contracts() -> None:
    """Load pandera and what it loads at its first check: for a parent whose children will check."""
    for table in TABLES.values():
        contract = contract_for(table, with_key=False)
    contract.validate(cast_table(pd.DataFrame(columns=table.columns), table), lazy=True)


def _column(field: Field, pa: Any) -> Any:
    dtype = {"date": "datetime64[us]", "category": None}.get(field.dtype, field.dtype)
    checks = []
    if field.dtype == "category":
        # Pandera's own check of the type goes through a million categories one by one.
        checks.append(pa.Check(lambda s: isinstance(s.dtype, pd.CategoricalDtype), name="dtype"))
    if field.allowed:
        allowed = set(field.allowed)
        checks.append(pa.Check(lambda s: _each(s, lambda v: v in allowed), name="allowed"))
    if field.low is not None:
        checks.append(pa.Check(_at_least(field.low), name="low"))
    if field.high is not None:
        checks.append(pa.Check(_at_most(field.high), name="high"))
    if field.pattern:
        checks.append(pa.Check(_matches(field.pattern), name="pattern"))
    return pa.Column(dtype, checks, nullable=field.nullable)


def _at_least(low: float) -> Callable[[pd.Series], pd.Series]:
    return lambda column: column >= low


def _at_most(high: float) -> Callable[[pd.Series], pd.Series]:
    return lambda column: column <= high


def _each(column: pd.Series, rule: Callable[[Any], bool]) -> pd.Series:
    """Check the distinct values once and map the verdicts back."""
    codes, uniques = _distinct(column)
    verdicts = pd.array([bool(rule(value)) for value in uniques.tolist()] + [True], dtype="bool")
    return pd.Series(verdicts.take(codes), index=column.index)


def _distinct(column: pd.Series) -> tuple[np.ndarray, pd.Index]:
    """Return a code for each value (-1 where missing) and the values by code; categories have both."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy(), column.cat.categories
    codes, distinct = pd.factorize(column)
    return codes, pd.Index(distinct)


def _matches(pattern: str) -> Callable[[pd.Series], pd.Series]:
    def check(column: pd.Series) -> pd.Series:
        codes, distinct = _distinct(column)
        verdicts = pd.Series(distinct, dtype="str").str.fullmatch(pattern).to_numpy(dtype=bool)
        # A missing value has the code -1 and breaks no pattern.
        return pd.Series(np.append(verdicts, True)[codes], index=column.index)

    return check


def has_unique_key(frame: pd.DataFrame, key: Sequence[str]) -> bool:
    """Return whether no two rows have the same key; missing values are equal to each other.

    >>> has_unique_key(pd.DataFrame({"a": [1, 1], "b": ["x", "y"]}), ["a", "b"])
    True
    """
    if not set(key) <= set(frame.columns):
        return False
    parts = [_distinct(frame[name]) for name in key]
    size = math.prod(len(distinct) + 1 for _, distinct in parts)
    if size > np.iinfo(np.int64).max:
        return not frame.duplicated(list(key)).any()
    # In place, and narrow where that is wide enough: a national survey has 14 million rows.
    joined: npt.NDArray[Any] = np.zeros(
        len(frame), dtype=np.int32 if size <= np.iinfo(np.int32).max else np.int64
    )
    for codes, distinct in parts:
        joined *= len(distinct) + 1
        joined += codes.astype(joined.dtype, copy=False)
        joined += 1
    if bool((joined[1:] > joined[:-1]).all()):
        return True
    if size > _COUNTED * len(frame):
        return bool(pd.Series(joined).is_unique)
    return len(frame) == 0 or int(np.bincount(joined).max()) == 1


def check_contract(frame: pd.DataFrame, table: Table, journal: Journal) -> bool:
    """Report every rule that a cleaned table breaks; return whether it keeps all.

    Parameters
    ----------
    frame : DataFrame
        The table with its provenance columns.
    table : Table
        Its dictionary entry.
    journal : Journal
    """
    import pandera.errors as pa_errors

    try:
        # On 14 million rows pandera's own search for equal keys takes longer than all other rules.
        contract = contract_for(table, with_key=not has_unique_key(frame, table.key))
        # The check changes nothing: told so, it does not copy the table first.
        contract.validate(frame.copy(deep=False), lazy=True, inplace=True)
    except pa_errors.SchemaErrors as failure:
        _report(failure.failure_cases, frame, table, journal)
        return False
    return True


def _report(cases: pd.DataFrame, frame: pd.DataFrame, table: Table, journal: Journal) -> None:
    labels = {field.name: field for field in (*table.fields, *PROVENANCE)}
    for (column, check), group in cases.groupby(["column", "check"], dropna=False, sort=True):
        field = labels.get(str(column))
        offenders = list(dict.fromkeys(str(value) for value in group["failure_case"]))
        rows = [int(index) for index in group["index"].dropna().unique()]
        rule = "key" if "unique" in str(check) else str(check).split("(")[0]
        sheet, cell = _place(frame, rows, str(column)) if rows else (None, None)
        journal.report(
            "contract_broken", sheet, cell,
            column=str(column) if field is None else field.label_id, table=table.name, rule=rule,
            value=offenders[:_LISTED], count=max(len(rows), len(offenders)),
        )  # fmt: skip


def _place(frame: pd.DataFrame, rows: list[int], column: str) -> tuple[str | None, str | None]:
    if rows[0] not in frame.index or "source_row" not in frame:
        return None, None
    row: dict[Hashable, Any] = frame.loc[[rows[0]]].to_dict("records")[0]
    letters = dict(pair.split(":") for pair in str(row["source_columns"]).split() if ":" in pair)
    letter = letters.get(column, "A")
    sheet, number = row.get("source_sheet"), row["source_row"]
    if not isinstance(number, int):
        return None, None
    return (None if pd.isna(sheet) else str(sheet)), f"{letter}{number}"
