"""The nbconvert exporter ``helpers-html``."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode

from helpers.publish.document import read_document
from helpers.publish.page import render_page


class HtmlExporter(Exporter):
    """One self-contained HTML page of an executed notebook."""

    export_from_notebook = "HTML (helpers)"
    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the page and nbconvert's resources.

        Raises
        ------
        ExportError
            If the notebook cannot be published as it is.
        """
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        return render_page(read_document(notebook, resources["metadata"]["name"])), resources
