"""Drafts: a notebook run by hand cleans what it reads, so that it runs alone in a fresh clone.

A draft lies in folders of its own (``data/processed/draft``), never in those of a published report,
which its cleaning notebooks fill. What was made from the same files is not made again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from IPython.utils.capture import capture_output

from helpers.clean import clean_sources, write_results
from helpers.columns import TABLES
from helpers.columns.documents import QUALITY_SOURCES, find_left_out
from helpers.edition import Edition
from helpers.paths import project_root

FOLDER, RECORD = "draft", "draft.json"


def is_draft(edition: Edition) -> bool:
    """Return whether an edition's tables are those of a draft."""
    return Path(edition.params.processed).name == FOLDER


def prepare_draft(edition: Edition, sources: Collection[str], *, summary: bool) -> None:
    """Clean what a chapter reads, and for a summary run the chapters that it sums up.

    Parameters
    ----------
    edition : Edition
    sources : collection of str
        Sources of the chapter; published figures are compared in every one.
    summary : bool
        Whether figures and charts of all chapters are needed, and so all sources.

    Raises
    ------
    DataError
        With what is wrong in the files.
    """
    made = _Made(edition.paths.processed / RECORD)
    state = _digest(_inputs(edition))
    wanted = [name for name in edition.sources if summary or name in sources or name == "published"]
    tables = {table.name: table.source for table in TABLES.values()}
    stale = [
        name for name in wanted
        if made.of(name) != state
        or not all((edition.paths.processed / f"{table}.parquet").is_file()
                   for table, source in tables.items() if source == name)
    ]  # fmt: skip
    if stale:
        write_results(clean_sources(edition, stale), edition)
        made.note(dict.fromkeys(stale, state))
    if summary:
        _run_chapters(edition, made, state)


def _run_chapters(edition: Edition, made: _Made, state: str) -> None:
    left_out = find_left_out(edition.sources)
    for path in sorted((project_root() / "notebooks").glob("[0-9]*.ipynb")):
        document = path.stem.partition("_")[2].replace("_", "-")
        # The summaries themselves begin with 1.
        if path.name.startswith("1") or document in left_out or document in QUALITY_SOURCES:
            continue
        own = _digest([path]) + state + edition.locale
        if made.of(document) != own or not (edition.paths.facts / f"{document}.json").is_file():
            with capture_output():
                run_cells(path, edition)
            made.note({document: own})


def run_cells(path: Path, edition: Edition) -> None:
    """Run the code of a notebook with the parameters of an edition; what it shows is not kept."""
    params = edition.params
    given = {name: getattr(params, name) for name in params.__slots__}
    space: dict[str, Any] = {}
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), path.name, "exec"), space)
        if "parameters" in cell["metadata"].get("tags", ()):
            space |= given


def _inputs(edition: Edition) -> Iterator[Path]:
    """Yield the files that cleaning depends on: raw files, corrections, reference tables."""
    paths = edition.paths
    yield from sorted(path for path in paths.raw.rglob("*") if path.is_file())
    yield from (path for path in (paths.corrections,) if path.is_file())
    for folder in (paths.reference, paths.own_reference):
        yield from sorted(folder.glob("*.csv"))


def _digest(files: Iterable[Path]) -> str:
    found = hashlib.sha256()
    for file in files:
        found.update(file.name.encode() + hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()


class _Made:
    """What a draft was made from: name of a source or chapter → digest, kept beside its tables."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, name: str) -> str:
        return self._read().get(name, "")

    def note(self, entries: dict[str, str]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(json.dumps(self._read() | entries, indent=1, sort_keys=True), encoding="utf-8")

    def _read(self) -> dict[str, str]:
        try:
            found: dict[str, str] = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found
