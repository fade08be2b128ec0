"""What follows a notebook in its job: it is kept as executed, with all its cells have written."""

from __future__ import annotations

from typing import Any

from helpers.engine.stable import write_notebook
from helpers.pipeline.normalise import publishable
from helpers.pipeline.sandbox import Sandbox


def keep_notebook(notebook: Any, job: Any) -> dict[str, Any]:
    """Write a notebook as executed; take all that its cells have written into the cache.

    Parameters
    ----------
    notebook : NotebookNode
        As executed.
    job : helpers.engine.run.Job
        Its options say where (``sandbox``).

    Returns
    -------
    dict
        ``outputs``: digest by path of every file that the step has written.
    """
    sandbox: Sandbox = job.options["sandbox"]
    write_notebook(publishable(notebook), sandbox.params.paths.out / "notebooks" / job.input.name)
    return {"outputs": sandbox.collect(), "value": None}
