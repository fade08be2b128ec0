"""Where things lie. No other module joins folder names."""

from __future__ import annotations

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
        """One facts file a notebook, merged into ``facts.json`` by the pipeline."""
        return self.processed / "facts"

    @property
    def quality(self) -> Path:
        """One quality file a source, merged into ``quality.json`` by the pipeline."""
        return self.processed / "quality"
