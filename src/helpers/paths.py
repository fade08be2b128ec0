"""Where things lie. No other module joins folder names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from helpers.errors import ParameterError

MARKER = "pyproject.toml"


@cache
def project_root(start: Path | None = None) -> Path:
    """Return the project's folder: the nearest one above that holds ``notebooks`` and the marker.

    Looks above the current folder first, so that a clone is its own project, then
    above this package (an editable install opened from elsewhere).

    Raises
    ------
    ParameterError
        If neither is inside a project.
    """
    for origin in (start or Path.cwd(), Path(__file__).resolve()):
        for folder in (origin, *origin.parents):
            if (folder / MARKER).is_file() and (folder / "notebooks").is_dir():
                return folder
    raise ParameterError(f"no folder with {MARKER} and notebooks/ above {Path.cwd()}")


def shown_folder(folder: Path) -> str:
    """Return a folder as short as it can be told: from the project's, if it lies there."""
    root = project_root()
    return folder.relative_to(root).as_posix() if folder.is_relative_to(root) else str(folder)


def find_reference(table: str, shared: Path, own: Path) -> Path:
    """Return the folder that a reference table is read from: the office's own one if it holds it."""
    return own if (own / f"{table.removesuffix('.csv')}.csv").is_file() else shared


#: Folders of the project that people keep: no run may write into them, nor into what holds them.
SOURCES = (
    ".ci", ".git", ".venv", "benchmarks", "data/corrections", "data/raw", "data/reference", "docs",
    "notebooks", "src", "templates", "tests", "tools",
)  # fmt: skip


def overlaps(one: Path, other: Path) -> bool:
    """Return whether one of two resolved folders is the other or lies in it.

    >>> overlaps(Path("/a"), Path("/a/b")), overlaps(Path("/a"), Path("/ab"))
    (True, False)
    """
    return one.is_relative_to(other) or other.is_relative_to(one)


def find_conflict(raw: str, processed: str, out: str) -> tuple[str, str] | None:
    """Return a base folder that must not be used and the folder that it meets, both as given; or None.

    Links are followed. Raw data may lie in ``data/raw`` or anywhere outside the project's sources;
    what is written never lies in, on or over a source of the project, the raw data, or each other,
    nor is it a folder that holds the project or the user's home.
    """
    root = project_root().resolve()
    places = {name: (root / name).resolve() for name in SOURCES}
    given = {"RAW": (raw, (root / raw).resolve()), "PROCESSED": (processed, (root / processed).resolve()),
             "OUT": (out, (root / out).resolve())}  # fmt: skip
    for name, (told, folder) in given.items():
        if root.is_relative_to(folder) or Path.home().resolve().is_relative_to(folder):
            return f"{name}={told}", str(folder)
        for source, place in places.items():
            is_raw_data = name == "RAW" and folder.is_relative_to(place) and source == "data/raw"
            if overlaps(folder, place) and not is_raw_data:
                return f"{name}={told}", source
    pairs = (("PROCESSED", "RAW"), ("OUT", "RAW"), ("OUT", "PROCESSED"))
    for name, other in pairs:
        if overlaps(given[name][1], given[other][1]):
            return f"{name}={given[name][0]}", f"{other}={given[other][0]}"
    return None


#: What a run writes into the processed folder of an edition, by the folder in it.
_PROCESSED_ENDINGS = {
    "": (".csv", ".parquet"), "charts": (".json",), "facts": (".json",), "quality": (".json",),
    "rejects": (".csv",), "tables": (".csv",), "marked": (".csv", ".ods", ".xls", ".xlsm", ".xlsx"),
}  # fmt: skip


def is_manifest(path: Path) -> bool:
    """Return whether this is a report's manifest; a damaged one is taken for one."""
    if not path.is_file():
        return False
    try:
        content = json.loads(path.read_bytes())
    except ValueError:
        return True
    return isinstance(content, dict) and "outputs" in content


def find_foreign(paths: EditionPaths) -> tuple[Path, Path] | None:
    """Return a folder that a run would replace, with a file in it that no run has made; or None.

    A report is known by its manifest: what else lies beside one is kept as edited by hand. Of the
    processed data the names are known.
    """
    if paths.out.is_dir() and not is_manifest(paths.out / "manifest.json"):
        # Another language's report and the profiles lie in the folder of the Indonesian one.
        own = {"en", "profiles"}
        for path in sorted(paths.out.iterdir()):
            if path.name not in own:
                return paths.out, path
    stray = find_stray(paths.processed)
    return (paths.processed, stray) if stray else None


def find_stray(processed: Path) -> Path | None:
    """Return a file among an edition's processed data that no run has made; or None."""
    for path in sorted(processed.rglob("*")) if processed.is_dir() else ():
        folder = "" if path.parent == processed else path.relative_to(processed).parts[0]
        is_made = path.suffix in _PROCESSED_ENDINGS.get(folder, ()) and (
            folder != "" or path.name.startswith("clean_")
        )
        if path.is_symlink() or not (path.is_dir() or is_made):
            return path
    return None


@dataclass(frozen=True, slots=True)
class EditionPaths:
    """The folders of one edition (an office and a year).

    ``findings`` holds what a failed run found; it lies beside the report, which stays.
    ``edited`` holds copies of published files that somebody has changed by hand.
    ``reference`` holds the tables that all offices share; ``own_reference`` lies with an
    office's raw data and may hold tables of its own that stand in for the shared ones.
    """

    raw: Path
    processed: Path
    out: Path
    corrections: Path
    reference: Path
    findings: Path
    own_reference: Path
    edited: Path

    def reference_for(self, table: str) -> Path:
        """Folder that holds a reference table (``"villages"``): the office's own, or the shared one."""
        return find_reference(table, self.reference, self.own_reference)

    @property
    def marked(self) -> Path:
        """Copies of the office's files with marked cells, for its own use: never in the published folder."""
        return self.processed / "marked"

    @property
    def figures(self) -> Path:
        """Charts: ``<name>.svg``, ``.png`` and ``.csv``."""
        return self.out / "figures"

    @property
    def shown_charts(self) -> Path:
        """Charts as shown (title, picture, alternative text, data), for documents that show them again."""
        return self.processed / "charts"

    @property
    def tables(self) -> Path:
        """Tables as shown, one CSV each, in a folder for each document."""
        return self.processed / "tables"

    @property
    def facts(self) -> Path:
        """One facts file a notebook, merged into ``facts.json`` when the report is made."""
        return self.processed / "facts"

    @property
    def quality(self) -> Path:
        """One quality file a source, merged into ``quality.json`` when the report is made."""
        return self.processed / "quality"
