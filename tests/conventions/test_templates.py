"""The office's templates: words are typed there, figures are not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEMPLATES = sorted((Path(__file__).resolve().parents[2] / "templates").glob("*.md"))
#: Names that carry digits; every other digit outside a placeholder is a number somebody typed.
NAMES_WITH_DIGITS = re.compile(
    r"P4GN|B06|B12|P2M|Inpres Nomor 2 Tahun 2020|Peraturan Daerah Nomor 2 Tahun 2021"
    r"|(Presidential Instruction|Instruction) No\. 2 of 2020|Inpres 2/2020|Regional Regulation No\. 2 of 2021"
)
NUMBER_WORDS = re.compile(
    r"\b(persen|percent|puluh|belas|ratus|ribu|juta|miliar|hundred|thousand|million|billion)\b", re.IGNORECASE
)


def typed(text: str) -> str:
    """Return what is printed as it stands: no placeholder, no condition, no name with a digit."""
    words = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", text, flags=re.DOTALL)
    return NAMES_WITH_DIGITS.sub("", words)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_figure_is_typed_in_a_template(path: Path) -> None:
    lines = typed(path.read_text(encoding="utf-8")).splitlines()
    assert [line for line in lines if re.search(r"\d", line) or NUMBER_WORDS.search(line)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_prints_figures_by_key(path: Path) -> None:
    keys = re.findall(r'fact\("([a-z0-9_.]+)"\)', path.read_text(encoding="utf-8"))
    assert {"budget.absorption_rate", "resilience.index", "commitments.total_count"} <= set(keys)


def test_a_typed_figure_is_found() -> None:
    assert re.search(r"\d", typed('Terserap 98,30 persen pada {{ fact("release.year") }}.'))
    assert not re.search(r"\d", typed('Inpres Nomor 2 Tahun 2020, {{ fact("release.year") }}'))
