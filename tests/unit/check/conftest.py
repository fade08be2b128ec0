"""Facts of a small edition, and a shorthand to check a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from helpers.check.bind import bind_claims
from helpers.check.extract import extract_claims
from helpers.check.facts_file import make_facts
from helpers.check.model import CheckedClaim, Facts

FACTS_FILE = Path(__file__).parents[2] / "claims" / "facts-2021.json"
NAMES = (
    ("Sekretariat DPRD", "Setwan"),
    ("Badan Penanggulangan Bencana Daerah", "BPBD"),
    ("Dinas Sosial", "Dinsos"),
    ("Dinas Pendidikan dan Kebudayaan", "Disdikbud"),
)


@pytest.fixture(scope="session")
def facts() -> Facts:
    data = json.loads(FACTS_FILE.read_text(encoding="utf-8"), parse_float=Decimal)
    return make_facts(data, name_groups=NAMES)


@pytest.fixture
def check(facts: Facts) -> Callable[..., dict[str, CheckedClaim]]:
    """Return a function that checks a text and gives its verdicts by the claims' text."""

    def run(text: str, lang: str = "id") -> dict[str, CheckedClaim]:
        return {item.claim.text: item for item in bind_claims(extract_claims(text, lang), facts)}

    return run
