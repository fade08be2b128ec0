"""What a brief says of a figure: texts of the catalogue with their values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Remark:
    """A text of the catalogue (below ``documents.leadership-brief``) and its values."""

    key: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Score:
    """One figure of the brief with its change and its target."""

    fact: str
    change: Remark
    target: Remark
