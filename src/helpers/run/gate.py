"""The last gate: a report whose own text does not agree with its facts is not published."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from helpers.check.command import check_file
from helpers.check.compare import agrees
from helpers.check.model import CheckedClaim
from helpers.errors import ExportError
from helpers.messages import translate
from helpers.params import RunParams

RELEASE = "press-release."


def check_own_texts(built: RunParams, names: Sequence[str]) -> None:
    """Hold the texts of a build against its own ``facts.json``.

    Parameters
    ----------
    built : RunParams
        Of the build; its folder holds the documents and ``facts.json``.
    names : sequence of str
        Files to check.

    Raises
    ------
    ExportError
        With every figure that differs, the sentence it stands in and what it should be.
    """
    folder = built.paths.out
    published = _published_otherwise(folder / "facts.json")
    lines: list[str] = []
    for name in names:
        # The release itself states what was computed, and nothing beside it.
        told = {} if name.startswith(RELEASE) else published
        result = check_file(folder / name, built, facts=folder / "facts.json")
        lines += [f"{name}: {finding.text(built.locale)}" for finding in result.findings
                  if finding.severity == "error"]  # fmt: skip
        lines += [
            translate(
                "run.own_text_differs", built.locale,
                name=name, line=item.claim.line, text=item.claim.text, expected=item.expected,
            )
            for item in result.checked
            if item.status == "differs" and not _quotes_published(item, told)
        ]  # fmt: skip
    if lines:
        raise ExportError("\n".join([translate("run.own_text", built.locale), *lines]))


def _published_otherwise(path: Path) -> dict[str, Decimal]:
    """Return what was published of the facts that came out otherwise."""
    facts = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)["facts"]
    return {
        fact["key"]: Decimal(fact["published"])
        for fact in facts if fact["agrees"] is False and isinstance(fact["published"], int | Decimal)
    }  # fmt: skip


def _quotes_published(item: CheckedClaim, published: Mapping[str, Decimal]) -> bool:
    """Return whether a figure is the published one of a fact that differs: both are told, side by side."""
    key = item.fact.key if item.fact else ""
    return key in published and agrees(item.claim, published[key])
