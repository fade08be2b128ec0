"""What follows a notebook in its own process: the documents made of it."""

from __future__ import annotations

from typing import Any

from helpers.engine.stable import write_notebook
from helpers.paths import project_root
from helpers.pipeline.normalise import publishable
from helpers.pipeline.sandbox import Sandbox


def publish_notebook(notebook: Any, job: Any) -> dict[str, Any]:
    """Write a notebook's documents and the notebook as executed; take all it wrote into the cache.

    Parameters
    ----------
    notebook : NotebookNode
        As executed.
    job : helpers.engine.run.Job
        Its options say where (``sandbox``), under which name (``document``) and in which
        ``formats``.

    Returns
    -------
    dict
        ``outputs``: digest by path of every file that the step has written.
    """
    # Loads what documents are made with; the program that only plans never needs it.
    from helpers.publish import export

    sandbox: Sandbox = job.options["sandbox"]
    out = sandbox.params.paths.out
    clean = publishable(notebook)
    letterhead = project_root() / "templates" / "press-release.docx"
    export(
        clean, job.options["formats"], out,
        name=job.options["document"], template=letterhead if letterhead.is_file() else None,
    )  # fmt: skip
    write_notebook(clean, out / "notebooks" / job.input.name)
    return {"outputs": sandbox.collect(), "value": None}
