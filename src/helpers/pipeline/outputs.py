"""What is merged from all notebooks: facts, quality and the copies with marked cells."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from helpers.edition import load_edition
from helpers.errors import SchemaError
from helpers.facts import Fact, write_facts
from helpers.params import RunParams
from helpers.pipeline.manifest import SCHEMA_VERSION, write_json
from helpers.pipeline.printed import write_printed
from helpers.workbooks.marked import write_marked_copies


def merge_facts(built: RunParams, order: Sequence[str]) -> None:
    """Join the facts of all notebooks into ``facts.json``, with the origin of all that is printed.

    Raises
    ------
    SchemaError
        If two notebooks give one key different entries.
    ExportError
        If a document prints a figure that leads to no origin.
    """
    edition = load_edition(built)
    merged: dict[str, Fact] = {}
    for name in order:
        path = edition.paths.facts / f"{name}.json"
        if not path.is_file():
            continue
        for entry in json.loads(path.read_text(encoding="utf-8"))["facts"]:
            fact = Fact.from_json(entry)
            if merged.setdefault(fact.key, fact) != fact:
                raise SchemaError(f"fact {fact.key!r} differs between notebooks")
    write_facts(edition.paths.out / "facts.json", edition, merged.values())
    write_printed(edition, list(merged.values()))


def merge_quality(built: RunParams) -> None:
    """Join the quality files of all sources into ``quality.json``.

    Copies of the office's files with marked cells hold what single people answered: they go to the
    processed data, never beside it.
    """
    edition = load_edition(built)

    def read(kind: str) -> list[dict[str, Any]]:
        paths = [edition.paths.quality / f"{name}.{kind}" for name in edition.sources]
        return [json.loads(path.read_text(encoding="utf-8")) for path in paths if path.is_file()]

    document = {
        "schema": SCHEMA_VERSION,
        "office": built.office,
        "year": built.year,
        "sources": read("json"),
    }
    write_json(edition.paths.out / "quality.json", document)
    write_marked_copies(read("office.json"), edition, edition.paths.marked)
