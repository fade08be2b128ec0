"""The last gate: a report whose own text does not agree with its facts is not published."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from helpers.claims.command import check_file
from helpers.errors import ExportError
from helpers.messages import translate
from helpers.params import RunParams

#: Every format of the release, since each is written by another route; of the rest one.
CHECKED = (
    "press-release.docx",
    "press-release.html",
    "press-release.pdf",
    "press-release.txt",
    "leadership-brief.html",
    "annual-report.html",
)


def check_own_texts(folder: Path, params: RunParams, names: Sequence[str] = CHECKED) -> None:
    """Hold the texts of a finished build against its own ``facts.json``.

    Parameters
    ----------
    folder : Path
        The build, with its ``facts.json``.
    params : RunParams
        The edition, and the language of the message.
    names : sequence of str
        Documents to check, those of them that the build holds.

    Raises
    ------
    ExportError
        With every figure that differs, the sentence it stands in and what it should be.
    """
    lines: list[str] = []
    for name in names:
        path = folder / name
        if not path.is_file():
            continue
        result = check_file(path, params, facts=folder / "facts.json")
        lines += [f"{name}: {finding.text(params.locale)}" for finding in result.findings
                  if finding.severity == "error"]  # fmt: skip
        lines += [
            translate(
                "pipeline.own_text_differs", params.locale,
                name=name, line=item.claim.line, text=item.claim.text, expected=item.expected,
            )
            for item in result.checked
            if item.status == "differs"
        ]  # fmt: skip
    if lines:
        raise ExportError("\n".join([translate("pipeline.own_text", params.locale), *lines]))
