"""Publish: executed notebooks become HTML, PDF, Word, text and workbooks.

``document`` reads a notebook into ``model`` once; ``page`` writes HTML, ``typeset`` and ``pdf`` the PDF,
``word`` the release. ``annual`` joins all chapters, ``workbook`` their tables, ``portal``
leads to all. ``exporters`` and ``export`` are the doors.
"""

from __future__ import annotations

from helpers.publish.export import FORMATS, RELEASE_FORMATS, export, export_document

__all__ = ["FORMATS", "RELEASE_FORMATS", "export", "export_document"]
