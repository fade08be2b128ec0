"""Both languages hold the same texts with the same placeholders."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from helpers.formats import FORMATS
from helpers.messages import catalogue

ROOT = Path(__file__).resolve().parents[2]
INDONESIAN, ENGLISH = catalogue("id"), catalogue("en")


def placeholders(text: str) -> set[tuple[str, str]]:
    """Return the fields of a text with their formats."""
    return {(name, spec or "") for _, name, spec, _ in string.Formatter().parse(text) if name}


def test_the_keys_are_the_same() -> None:
    assert sorted(INDONESIAN) == sorted(ENGLISH)


@pytest.mark.parametrize("key", sorted(INDONESIAN))
def test_the_placeholders_are_the_same(key: str) -> None:
    names = {name for name, _ in placeholders(INDONESIAN[key])}
    assert names == {name for name, _ in placeholders(ENGLISH[key])}
    used = {spec for text in (INDONESIAN[key], ENGLISH[key]) for _, spec in placeholders(text) if spec}
    assert used <= set(FORMATS)


def test_no_text_is_empty() -> None:
    assert not [key for texts in (INDONESIAN, ENGLISH) for key, text in texts.items() if not text.strip()]


@pytest.mark.parametrize("path", sorted((ROOT / "templates").glob("*.md")), ids=lambda path: path.name)
def test_no_figure_is_typed_in_a_template(path: Path) -> None:
    words = re.sub(r"\{[{%].*?[%}]\}", "", path.read_text(encoding="utf-8"))
    named = re.sub(
        r"P4GN|P2M|B06|B12|(Inpres|Peraturan Daerah) Nomor 2 Tahun 202[01]"
        r"|(Presidential Instruction|Regional Regulation) No\. 2 of 202[01]",
        "",
        words,
    )
    assert not re.search(r"\d", named)
