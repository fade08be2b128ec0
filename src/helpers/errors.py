"""Errors and findings: what is wrong, where, the evidence, and what to do.

A `Finding` is one thing wrong in an input; it is data, so that all findings of all
files can be gathered in one run, printed in the reader's language and written to
``quality.json``. A `HelpersError` is what stops a run; it carries its findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from helpers.messages import translate

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a value stands: file name, sheet and cell (A1 style, or a range)."""

    file: str
    sheet: str | None = None
    cell: str | None = None

    def text(self, locale: str = "id") -> str:
        """Return the place as people say it: ``anggaran.xlsx, lembar "LRA", sel H23``."""
        parts = [self.file]
        if self.sheet:
            parts.append(translate("findings.place.sheet", locale, sheet=self.sheet))
        if self.cell:
            parts.append(translate("findings.place.cell", locale, cell=self.cell))
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in an input.

    Parameters
    ----------
    code : str
        Key below ``findings.`` in the catalogue; it has ``what`` (the statement) and
        ``remedy`` (what to do).
    source : str
        Name of the source in ``edition.toml`` (``"budget"``), or ``"edition"``.
    place : Place
        Where it is.
    severity : {"error", "warning", "note"}
        An error stops the run; a warning is published in the quality chapter.
    values : Mapping
        Evidence: the placeholders of the catalogue's texts. ``value`` is the offending
        content as read. Identifiers of persons are masked in both, whoever makes the finding.
    """

    code: str
    source: str
    place: Place
    severity: Severity = "error"
    values: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # Its patterns take longer to set up than a run in which nothing has changed may take.
        from helpers.privacy import mask, mask_value

        place = self.place
        sheet = place.sheet and mask(place.sheet)
        object.__setattr__(self, "place", replace(place, file=mask(place.file), sheet=sheet))
        values = {key: mask_value(value) for key, value in self.values.items()}
        object.__setattr__(self, "values", values)

    def what(self, locale: str = "id") -> str:
        """Return the statement of what is wrong, without its place."""
        return translate(f"findings.{self.code}.what", locale, **self.values)

    def remedy(self, locale: str = "id") -> str:
        """Return what to do about it."""
        return translate(f"findings.{self.code}.remedy", locale, **self.values)

    def text(self, locale: str = "id") -> str:
        """Return place, statement and remedy as one paragraph."""
        return f"{self.place.text(locale)}: {self.what(locale)} {self.remedy(locale)}"


class Withheld:
    """Evidence that is not published: it prints, in the reader's language, that it is not shown."""

    def printed(self, _style: str, locale: str) -> str:
        """Return the words that stand in its place, whatever its format."""
        return translate("findings.evidence.withheld", locale)


class HelpersError(Exception):
    """Base of all errors shown to people without a traceback."""

    exit_code = 1

    def __init__(self, message: str = "", findings: Iterable[Finding] = ()) -> None:
        super().__init__(message)
        self.findings: tuple[Finding, ...] = tuple(findings)

    def __str__(self) -> str:
        return self.text()

    def text(self, locale: str = "id") -> str:
        """Return the message and every finding, one to a line."""
        head = super().__str__()
        lines = [head] if head else []
        return "\n".join([*lines, *(finding.text(locale) for finding in self.findings)])


class DataError(HelpersError):
    """The content of an input is wrong."""


class SchemaError(HelpersError):
    """A table does not have the columns, types or keys that the dictionary gives it."""


class ParameterError(HelpersError):
    """A command or notebook was given a parameter it does not know or cannot use."""

    exit_code = 2


class ExportError(HelpersError):
    """A document could not be written as it must be."""
