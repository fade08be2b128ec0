"""Which editions a batch makes, and what a report's key depends on."""

from __future__ import annotations

import json
import pickle
import re
from pathlib import Path

import pytest

from helpers.errors import ParameterError
from helpers.params import RunParams
from helpers.pipeline.batch_plan import EditionJob, EditionResult, choose_editions, key_of, key_of_edition

FOUND = [("bnnk-a", 2021), ("bnnk-a", 2022), ("bnnk-b", 2021), ("bnnk-c", 2023)]


@pytest.mark.parametrize(
    ("offices", "years", "expected"),
    [
        ("all", "all", FOUND),
        ("", "", FOUND),
        ("bnnk-b", "all", [("bnnk-b", 2021)]),
        ("bnnk-b, bnnk-a,bnnk-a", "2021,2022", [("bnnk-a", 2021), ("bnnk-a", 2022), ("bnnk-b", 2021)]),
        ("all", "2021", [("bnnk-a", 2021), ("bnnk-b", 2021)]),
    ],
)
def test_editions_are_chosen_in_the_order_found(
    offices: str, years: str, expected: list[tuple[str, int]]
) -> None:
    assert choose_editions(FOUND, offices, years, "en") == expected


@pytest.mark.parametrize(
    ("offices", "years", "named"),
    [
        ("bnnk-x", "all", "bnnk-x"),
        ("bnnk-a,bnnk-x", "all", "bnnk-x"),
        ("all", "1999", "1999"),
        ("bnnk-a,bnnk-c", "2021", "bnnk-c"),
    ],
)
def test_unknown_names_are_refused_with_the_list(offices: str, years: str, named: str) -> None:
    whole = f"Not known: {named}. Offices: bnnk-a, bnnk-b, bnnk-c. Years: 2021, 2022, 2023."
    with pytest.raises(ParameterError, match=re.escape(whole)) as refusal:
        choose_editions(FOUND, offices, years, "en")
    assert refusal.value.exit_code == 2


def test_nothing_found_is_refused() -> None:
    with pytest.raises(ParameterError, match=re.escape("Kantor yang ada: -")):
        choose_editions([], "all", "all", "id")


MANIFEST = {
    "parameters": {"office": "bnnk-a", "year": 2021, "locale": "id"},
    "inputs": {"raw/a.csv": "1"},
    "code": {"version": "1", "sha256": "2"},
    "packages": {"numpy": "3"},
    "outputs": {"index.html": "4"},
}


@pytest.mark.parametrize("part", ["parameters", "inputs", "code", "packages"])
def test_a_key_changes_with_what_goes_in(part: str) -> None:
    changed = {**MANIFEST, part: {**MANIFEST[part], "another": "5"}}  # type: ignore[dict-item]
    assert key_of(changed) != key_of(MANIFEST)


def test_a_key_does_not_change_with_what_comes_out_or_the_order() -> None:
    other = json.loads(json.dumps({**MANIFEST, "outputs": {}}, sort_keys=True))
    assert key_of(other) == key_of(MANIFEST)


def test_an_edition_s_key_is_that_of_its_content_not_of_its_folder(own_raw: Path, tmp_path: Path) -> None:
    here = key_of_edition("bnnk-hss", 2021, "id", own_raw)
    moved = own_raw.rename(tmp_path / "elsewhere")
    assert key_of_edition("bnnk-hss", 2021, "id", moved) == here
    assert key_of_edition("bnnk-hss", 2021, "en", moved) != here
    with (moved / "bnnk-hss" / "2021" / "program.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert key_of_edition("bnnk-hss", 2021, "id", moved) != here


def test_the_key_of_a_published_report_is_that_of_its_edition(report_2021: Path) -> None:
    manifest = json.loads((report_2021 / "manifest.json").read_text(encoding="utf-8"))
    assert key_of(manifest) == key_of_edition("bnnk-hss", 2021, "id", RunParams().raw_base)


def test_an_office_s_own_reference_table_counts(own_raw: Path) -> None:
    before = key_of_edition("bnnk-hss", 2021, "id", own_raw)
    folder = own_raw / "bnnk-hss" / "reference"
    folder.mkdir()
    (folder / "opd_aliases.csv").write_text("opd_id,alias\nsetda,Setdakab\n", encoding="utf-8")
    assert key_of_edition("bnnk-hss", 2021, "id", own_raw) != before


def test_a_report_with_pseudonyms_has_no_key(own_raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    declaration = own_raw / "bnnk-hss" / "2021" / "edition.toml"
    text = declaration.read_text(encoding="utf-8")
    declaration.write_text(text.replace("[release]", '[privacy]\nkey_env = "BNNK_KUNCI"\n\n[release]'))
    monkeypatch.delenv("BNNK_KUNCI", raising=False)
    assert key_of_edition("bnnk-hss", 2021, "id", own_raw) != ""
    monkeypatch.setenv("BNNK_KUNCI", "sebuah kunci yang cukup panjang")
    assert key_of_edition("bnnk-hss", 2021, "id", own_raw) == ""


def test_a_job_is_small_and_says_where_its_report_goes() -> None:
    job = EditionJob("bnnk-a", 2021, "en", "raw", "processed", "reports", key="k" * 64)
    assert (job.name, job.place) == ("bnnk-a 2021", "bnnk-a/2021/en")
    assert len(pickle.dumps(job)) < 1_000


def test_seconds_and_memory_stay_out_of_the_json() -> None:
    slow = EditionResult("bnnk-a", 2021, "id", "made", "k", seconds=9.0, peak_mb=300.0)
    quick = EditionResult("bnnk-a", 2021, "id", "made", "k", seconds=1.0)
    assert slow.as_json() == quick.as_json()
