"""The documents of one notebook, made of it as executed."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.params import RunParams
from helpers.paths import project_root

#: The office's own Word template, if it has one.
LETTERHEAD = "press-release.docx"


def publish_notebook(built: RunParams, notebook: str, document: str, formats: Sequence[str]) -> None:
    """Write the documents of a notebook.

    Parameters
    ----------
    built : RunParams
        Of the build; its folder holds the notebook as executed.
    notebook : str
        Its file name.
    document : str
    formats : sequence of str

    Raises
    ------
    ExportError
        If the document cannot be published.
    """
    # The program that only plans never needs these.
    from nbformat import v4

    from helpers.publish import export

    out = built.paths.out
    executed = v4.reads_json((out / "notebooks" / notebook).read_text(encoding="utf-8"))
    letterhead = project_root() / "templates" / LETTERHEAD
    export(executed, formats, out, name=document, template=letterhead if letterhead.is_file() else None)
