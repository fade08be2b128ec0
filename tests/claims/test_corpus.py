"""The check against the corpus: enough texts and claims, no honest text accused, wrong figures found."""

from __future__ import annotations

from collections import Counter

import pytest
from claims_corpus import PARTS, load_corpus
from claims_measure import Score, load_fixture_facts, measure

LEAST_RELEASES = 30
LEAST_CLAIMS = 300
LEAST = 0.98


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    facts = load_fixture_facts()
    return {part: measure(part, facts) for part in PARTS}


def test_the_corpus_is_large_and_every_text_without_noise_alone_has_wrong_variants():
    releases = [release for part in PARTS for release in load_corpus(part)]
    stated = [mark for release in releases for mark in release.marks if mark.facts[0] not in "?-"]
    assert len(releases) >= LEAST_RELEASES
    assert len(stated) >= LEAST_CLAIMS
    without = [release.name for release in releases if not any(mark.wrong for mark in release.marks)]
    assert without == ["24-derau-jujur", "80-derau-lain", "95-derau-tetangga"]
    assert Counter(release.lang for release in releases)["en"] >= 5


def test_every_fact_of_the_contract_is_stated_in_the_corpus():
    facts = {
        key for part in PARTS for release in load_corpus(part) for mark in release.marks for key in mark.facts
    }
    assert facts - {"?", "-"} >= set(load_fixture_facts().by_key)


@pytest.mark.parametrize("part", PARTS)
def test_no_honest_text_is_accused(scores: dict[str, Score], part: str):
    assert scores[part].false_honest == []


@pytest.mark.parametrize("part", PARTS)
def test_numbers_that_are_no_claims_are_left_alone(scores: dict[str, Score], part: str):
    assert scores[part].not_claims == []


def test_wrong_figures_are_found_and_nothing_else_is(scores: dict[str, Score]):
    found = sum(score.found for score in scores.values())
    missed = [case for score in scores.values() for case in score.missed]
    false = [case for score in scores.values() for case in score.false]
    assert found / (found + len(missed)) >= LEAST, missed
    assert found / (found + len(false)) >= LEAST, false


def test_most_honest_claims_are_confirmed(scores: dict[str, Score]):
    agreed = sum(score.agreed for score in scores.values())
    silent = [case for score in scores.values() for case in score.not_agreed]
    assert agreed / (agreed + len(silent)) >= LEAST, silent
