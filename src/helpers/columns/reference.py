"""The data dictionary as a page, for ``docs/reference``."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.columns.model import PROVENANCE, Field, Table

HEAD = """# Data dictionary

Written by `make docs` from `src/helpers/columns`; a test holds it to the code. Every cleaned
table is written to `data/processed/<office>/<year>/` as Parquet and CSV.
"""


def _limits(field: Field) -> str:
    parts = []
    if field.allowed:
        parts.append(", ".join(f"`{value}`" for value in field.allowed))
    if field.low is not None or field.high is not None:
        low = "" if field.low is None else f"{field.low:g}"
        high = "" if field.high is None else f"{field.high:g}"
        parts.append(f"{low}–{high}" if low and high else f"≥ {low}" if low else f"≤ {high}")
    if field.pattern:
        parts.append(f"`{field.pattern}`".replace("|", "\\|"))
    if field.nullable:
        parts.append("may be empty")
    return "; ".join(parts)


def _rows(fields: Iterable[Field]) -> list[str]:
    return [
        f"| `{field.name}` | {field.dtype} | {field.unit} | {field.label_id} | {field.label_en} "
        f"| {field.cell.heading if field.cell else ''} | {_limits(field)} | {field.description} |"
        for field in fields
    ]


def dictionary_page(tables: Iterable[Table]) -> str:
    """Return all tables and columns as Markdown.

    Parameters
    ----------
    tables : iterable of Table
        `helpers.columns.TABLES`, in the order in which they are shown.
    """
    header = [
        "| column | type | unit | label (id) | label (en) | heading in the file | limits | meaning |",
        "|---|---|---|---|---|---|---|---|",
    ]
    parts = [HEAD]
    for table in tables:
        key = ", ".join(f"`{name}`" for name in table.key)
        parts.append(f"## {table.name}\n\nSource `{table.source}`; {table.grain}. Key: {key}.\n")
        parts.append("\n".join([*header, *_rows(table.fields)]) + "\n")
    parts.append("## Provenance\n\nCarried by every table above.\n")
    parts.append("\n".join([*header, *_rows(PROVENANCE)]) + "\n")
    return "\n".join(parts)
