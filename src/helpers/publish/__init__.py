"""Documents out of executed notebooks: HTML, PDF, and a press release also as Word and text."""

from __future__ import annotations

from helpers.publish.export import FORMATS, RELEASE_FORMATS, export, export_document

__all__ = ["FORMATS", "RELEASE_FORMATS", "export", "export_document"]
