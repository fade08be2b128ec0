"""``docs``: write the pages of ``docs/reference`` that are made from the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.cli import console

if TYPE_CHECKING:
    from helpers.cli.parser import Call


def run(call: Call) -> int:
    """Write them; print their paths."""
    from helpers.paths import project_root
    from helpers.schema import TABLES
    from helpers.schema.reference import dictionary_page

    path = project_root() / "docs" / "reference" / "data-dictionary.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dictionary_page(TABLES.values()), encoding="utf-8")
    console.emit(console.shown_path(path))
    return 0
