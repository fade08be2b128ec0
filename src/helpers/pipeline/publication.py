"""What follows a notebook in its own process: the documents made of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from helpers.engine.stable import write_notebook
from helpers.paths import project_root
from helpers.pipeline.normalise import publishable
from helpers.publish import export


def publish_notebook(notebook: Any, job: Any) -> list[str]:
    """Write a notebook's documents and the notebook as executed.

    Parameters
    ----------
    notebook : NotebookNode
        As executed.
    job : helpers.engine.run.Job
        Its options say where (``out``), under which name (``document``) and in which
        ``formats``.

    Returns
    -------
    list of str
        Names of the files written.
    """
    out = Path(job.options["out"])
    clean = publishable(notebook)
    letterhead = project_root() / "templates" / "press-release.docx"
    written = export(
        clean, job.options["formats"], out,
        name=job.options["document"], template=letterhead if letterhead.is_file() else None,
    )  # fmt: skip
    executed = out / "notebooks" / job.input.name
    write_notebook(clean, executed)
    return [path.name for path in [*written, executed]]
