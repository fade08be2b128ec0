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


@dataclass(frozen=True, slots=True)
class EditionPaths:
    """The folders of one edition (an office and a year).

    ``findings`` holds what a failed run found; it lies beside the report, which stays.
    """

    raw: Path
    processed: Path
    out: Path
    corrections: Path
    reference: Path
    findings: Path

    @property
    def marked(self) -> Path:
        """Copies of the office's files with the cells marked that something is said about."""
        return self.out / "quality"

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
        """Tables as shown, one CSV each; bound into ``tables.xlsx`` by the pipeline."""
        return self.processed / "tables"

    @property
    def facts(self) -> Path:
        """One facts file a notebook, merged into ``facts.json`` by the pipeline."""
        return self.processed / "facts"

    @property
    def quality(self) -> Path:
        """One quality file a source, merged into ``quality.json`` by the pipeline."""
        return self.processed / "quality"
