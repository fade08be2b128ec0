"""Every rule of the dictionary can fail: each is broken once in an otherwise clean table."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.cleaning import clean_sources
from helpers.cleaning.contracts import check_contract
from helpers.cleaning.journal import Journal
from helpers.edition import load_edition
from helpers.params import RunParams
from helpers.schema import PROVENANCE, TABLES, Field

WRONG_TYPE = {"str": 1, "int64": "x", "Int64": "x", "float64": "x", "bool": "x", "date": "x", "category": 1}


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    results = clean_sources(load_edition(RunParams()))
    return {name: frame for result in results.values() for name, frame in result.tables.items()}


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
    for locale in ("id", "en"):
        assert table.name in " ".join(finding.what(locale) for finding in journal.findings)


def test_the_finding_names_the_cell(tables):
    table = TABLES["clean_villages__village"]
    frame = broken(tables[table.name], table.field("desa_bersinar_year"), "high")
    journal = Journal("villages", "desa.csv", "koreksi")
    check_contract(frame, table, journal)
    assert journal.findings[0].place.cell == "E2"
    assert journal.findings[0].values["rule"] == "high"
