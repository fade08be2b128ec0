"""The nbconvert exporters ``helpers-html``, ``helpers-pdf`` and ``helpers-typst``: one file of a notebook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode

from helpers.publish.document import read_document
from helpers.publish.model import Document
from helpers.publish.page import render_page
from helpers.publish.pdf import render_pdf, set_type


class _DocumentExporter(Exporter):
    """Renders the document that an executed notebook holds."""

    ending = ""
    render: Callable[[Document], str | bytes]

    def _file_extension_default(self) -> str:
        return self.ending

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str | bytes, dict[str, Any]]:
        """Return the file's content and nbconvert's resources.

        Raises
        ------
        ExportError
            If the notebook cannot be published as it is.
        """
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        return self.render(read_document(notebook, resources["metadata"]["name"])), resources


class HtmlExporter(_DocumentExporter):
    """One self-contained HTML page."""

    export_from_notebook = "HTML (helpers)"
    output_mimetype, ending = "text/html", ".html"
    render = staticmethod(render_page)


class PdfExporter(_DocumentExporter):
    """An accessible PDF."""

    export_from_notebook = "PDF (helpers)"
    output_mimetype, ending = "application/pdf", ".pdf"
    render = staticmethod(render_pdf)


class TypstExporter(_DocumentExporter):
    """The Typst source of the PDF."""

    export_from_notebook = "Typst (helpers)"
    output_mimetype, ending = "text/plain", ".typ"
    render = staticmethod(lambda document: set_type(document)[0])
