"""Every rule of the dictionary can fail: each is broken once in an otherwise clean table."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.clean import clean_sources
from helpers.clean.contracts import check_contract, contract_for
from helpers.clean.journal import Journal
from helpers.columns import PROVENANCE, TABLES, Field
from helpers.edition import load_edition
from helpers.params import RunParams, list_editions
from helpers.paths import project_root

WRONG_TYPE = {"str": 1, "int64": "x", "Int64": "x", "float64": "x", "bool": "x", "date": "x", "category": 1}

#: Broken rule -> the name under which the contract reports it.
REPORTED = {
    "type": "dtype", "null": "not_nullable", "allowed": "allowed", "low": "low", "high": "high",
    "pattern": "pattern", "key": "key", "missing column": "column_in_dataframe",
    "extra column": "column_in_schema", "order": "column_ordered",
}  # fmt: skip


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    """Every table of the dictionary, from the first of the shipped editions that has it."""
    found: dict[str, pd.DataFrame] = {}
    for office, year in sorted(list_editions(project_root() / "data" / "raw")):
        for result in clean_sources(load_edition(RunParams(office, year))).values():
            for name, frame in result.tables.items():
                found.setdefault(name, frame)
    return found


def rules() -> list[tuple[str, str, str]]:
    """Return table, column and rule for everything that the dictionary says."""
    found = []
    for table in TABLES.values():
        for field in (*table.fields, *PROVENANCE):
            kinds = ["type", *(["null"] if not field.nullable else [])]
            kinds += [
                rule
                for rule in ("allowed", "low", "high", "pattern")
                if getattr(field, rule) not in (None, "", ())
            ]
            found += [(table.name, field.name, kind) for kind in kinds]
        found.append((table.name, table.key[0], "key"))
        found.append((table.name, table.key[0], "missing column"))
        found.append((table.name, table.key[0], "extra column"))
        found.append((table.name, table.key[0], "order"))
    return found


def broken(frame: pd.DataFrame, field: Field, rule: str) -> pd.DataFrame:
    """Return the table with one rule broken in its first row."""
    bad = frame.copy()
    if rule == "missing column":
        return bad.drop(columns=field.name)
    if rule == "extra column":
        return bad.assign(surplus=1)
    if rule == "order":
        return bad[[*bad.columns[1:], bad.columns[0]]]
    if rule == "key":
        return pd.concat([bad, bad.head(1)], ignore_index=True).astype(bad.dtypes)
    if rule == "type":
        bad[field.name] = pd.Series([WRONG_TYPE[field.dtype]] * len(bad), dtype=object)
        return bad
    value = {
        "null": None,
        "allowed": "di luar daftar",
        "low": (field.low or 0) - 1,
        "high": (field.high or 0) + 1,
        "pattern": "bukan pola",
    }[rule]
    column = bad[field.name].astype(object)
    column.iloc[0] = value
    keeps_type = rule in ("low", "high", "pattern") or field.dtype not in ("int64", "bool")
    dtype = "category" if field.dtype == "category" else frame[field.name].dtype if keeps_type else object
    bad[field.name] = column.astype(dtype)
    return bad


def enforced(name: str) -> set[tuple[str, str, str]]:
    """Return every rule that the contract itself holds, read from pandera and not from the dictionary."""
    contract = contract_for(TABLES[name])
    found = {(name, contract.unique[0], "key")} if contract.unique else set()
    first = next(iter(contract.columns))
    if contract.strict:
        found |= {(name, first, "missing column"), (name, first, "extra column")}
    if contract.ordered:
        found.add((name, first, "order"))
    found |= {(name, first, f"unknown: {check}") for check in contract.checks or ()}
    for column, rule in contract.columns.items():
        checks = {check.name for check in rule.checks}
        # A category's type is a check of its own: pandera's goes through every category.
        found |= {(name, column, "type" if check == "dtype" else check) for check in checks}
        found |= {(name, column, "type")} if rule.dtype is not None else set()
        found |= {(name, column, "null")} if not rule.nullable else set()
        found |= {(name, column, "unique")} if rule.unique else set()
    return found


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_rule_of_a_contract_is_broken_by_a_test_below(name):
    assert enforced(name) == {rule for rule in rules() if rule[0] == name}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_the_shipped_tables_keep_their_contract(tables, name):
    journal = Journal(name, "berkas", "koreksi")
    assert check_contract(tables[name], TABLES[name], journal)
    assert journal.findings == []


@pytest.mark.parametrize(("name", "column", "rule"), rules())
def test_a_broken_rule_is_a_finding(tables, name, column, rule):
    table = TABLES[name]
    journal = Journal(table.source, "berkas", "koreksi")
    assert not check_contract(broken(tables[name], table.field(column), rule), table, journal)
    assert {finding.code for finding in journal.findings} == {"contract_broken"}
    # The rule that was broken, not another one that the damage happens to break too.
    assert REPORTED[rule] in {finding.values["rule"] for finding in journal.findings}
    for locale in ("id", "en"):
        assert table.name in " ".join(finding.what(locale) for finding in journal.findings)


def test_the_finding_names_the_cell(tables):
    table = TABLES["clean_villages__village"]
    frame = broken(tables[table.name], table.field("desa_bersinar_year"), "high")
    journal = Journal("villages", "desa.csv", "koreksi")
    check_contract(frame, table, journal)
    assert journal.findings[0].place.cell == "E2"
    assert journal.findings[0].values["rule"] == "high"
