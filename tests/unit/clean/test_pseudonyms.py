"""Codes of people become keyed pseudonyms before anything is written; without a key they are refused."""

from __future__ import annotations

import base64
import hmac

import pytest

from helpers.clean import write_quality, write_results
from helpers.clean.pseudonyms import pseudonym
from helpers.workbooks.marked import collect_marks

SURVEY, SHEET = "survei-ketahanan-keluarga-2021.xlsx", "Jawaban"
KEY = "kunci-rahasia-kantor-2021"
#: Respondents R01 and R02 of the first family, in rows 5 and 6; the number is invented.
NIK = "6306051701990001"


@pytest.fixture
def declared(project, monkeypatch):
    """An edition whose respondents are identity numbers, and that says so; the key is set."""
    numbers = {f"C{row}": f"63060517019900{row:02d}" for row in range(5, 25)}
    project.set_cells(SURVEY, SHEET, {"C4": "NIK", **numbers, "C5": NIK})
    project.declare(
        f'sheet = "{SHEET}"', f'sheet = "{SHEET}"\n\n[sources.family_survey.pseudonymise]\nrespondent = "NIK"'
    )
    project.declare("[release]", '[privacy]\nkey_env = "BNNK_KUNCI"\n\n[release]')
    monkeypatch.setenv("BNNK_KUNCI", KEY)
    return project


def test_identity_numbers_become_pseudonyms_and_are_written_nowhere(declared):
    results = declared.clean("villages", "family_survey")
    survey = results["family_survey"]
    assert survey.errors == ()
    assert (survey.rows_in, survey.rows_kept) == (20, 20)
    people = survey.tables["clean_family_survey__respondent_item"]["respondent_id"].unique()
    assert len(people) == 20
    # By hand: the first 13 letters of base 32 of HMAC-SHA256 of column, zero byte and digits.
    digest = hmac.new(KEY.encode(), b"respondent\0" + NIK.encode(), "sha256").digest()
    assert people[0] == base64.b32encode(digest)[:13].decode().lower()
    (note,) = [f for f in survey.findings if f.code == "personal_pseudonymised"]
    assert (note.severity, note.place.cell, note.values["count"]) == ("note", "C4", 20)
    write_quality(results, declared.edition)
    write_results(results, declared.edition)
    written = [path.read_bytes() for path in declared.processed.rglob("*.*")]
    assert len(written) > 6
    for secret in (b"630605170199", KEY.encode()):
        assert not any(secret in content for content in written)


def test_what_is_found_later_quotes_the_pseudonym(declared):
    declared.set_cells(SURVEY, SHEET, {"C6": NIK})
    finding = declared.one("duplicate_key", "family_survey")
    assert finding.place.cell == "C6"
    assert finding.values["value"] == pseudonym(NIK, "respondent", KEY.encode())
    assert NIK not in finding.text("id")


def test_the_same_person_written_otherwise_has_the_same_pseudonym():
    key = KEY.encode()
    for one, same in (
        (NIK, "6306 0517 0199 0001"),
        (NIK, "630605.170199.0001"),
        ("Ani Binti", " ANI  BINTI."),
    ):
        assert pseudonym(one, "respondent", key) == pseudonym(same, "respondent", key)
    distinct = {
        pseudonym(NIK, "respondent", key), pseudonym(NIK, "family", key),
        pseudonym(NIK, "respondent", b"another key of the office"),
        pseudonym(NIK[:-1] + "2", "respondent", key),
    }  # fmt: skip
    assert len(distinct) == 4


def test_totals_and_blanks_are_no_people(declared):
    declared.set_cells(SURVEY, SHEET, {"C25": "Jumlah", "G25": 51})
    result = declared.clean("family_survey")["family_survey"]
    assert (result.rows_in, result.structure_rows) == (20, 2)
    (note,) = [f for f in result.findings if f.code == "personal_pseudonymised"]
    assert note.values["count"] == 20


@pytest.mark.parametrize("key", ["", "pendek"])
def test_without_a_key_it_is_refused_with_both_ways_out(declared, monkeypatch, key):
    monkeypatch.setenv("BNNK_KUNCI", key)
    result = declared.clean("family_survey")["family_survey"]
    codes = {finding.code for finding in result.errors}
    assert {"pseudonym_key_missing", "personal_column", "personal_nik"} <= codes
    assert result.tables["clean_family_survey__respondent_item"].empty
    said = " ".join(f.text(locale) for f in result.findings for locale in ("id", "en"))
    assert "630605170199" not in said
    for code in ("personal_column", "personal_nik"):
        remedy = next(f for f in result.errors if f.code == code).remedy("id")
        assert "Hapus" in remedy
        assert "pseudonymise" in remedy


def test_a_key_may_lie_in_a_file_outside_the_project(declared, tmp_path_factory):
    path = tmp_path_factory.mktemp("kunci") / "kunci.txt"
    path.write_text(f"{KEY}\n")
    before = declared.clean("family_survey")["family_survey"]
    declared.declare('key_env = "BNNK_KUNCI"', f'key_file = "{path}"')
    after = declared.clean("family_survey")["family_survey"]
    name = "clean_family_survey__respondent_item"
    assert after.errors == ()
    assert after.tables[name]["respondent_id"].tolist() == before.tables[name]["respondent_id"].tolist()
    path.unlink()
    assert declared.one("pseudonym_key_missing", "family_survey").values["value"] == "kunci.txt"


@pytest.mark.parametrize("inside", ["kunci.txt", "data/kunci.txt", "{root}/kunci.txt"])
def test_a_key_inside_the_project_is_refused(declared, inside):
    file = inside.format(root=declared.root)
    (declared.root / "kunci.txt").write_text(KEY)
    declared.declare('key_env = "BNNK_KUNCI"', f'key_file = "{file}"')
    assert declared.one("pseudonym_key_inside", "family_survey").values["value"] == "kunci.txt"


def test_an_identity_number_typed_as_a_number_has_lost_digits(declared):
    declared.set_cells(SURVEY, SHEET, {"C7": 6306051701990007})
    finding = declared.one("personal_number_inexact", "family_survey")
    assert (finding.place.cell, finding.severity) == ("C7", "error")
    assert "630605" not in finding.text("id")


def test_a_heading_or_column_that_is_not_there(declared):
    declared.declare('respondent = "NIK"', 'respondent = "Nomor KTP"')
    assert declared.one("pseudonym_heading_missing", "family_survey").values["column"] == "Nomor KTP"
    declared.declare('respondent = "Nomor KTP"', 'orang = "NIK"')
    finding = declared.one("pseudonym_column_unknown", "family_survey")
    assert (finding.values["names"], finding.values["known"]) == (["orang"], ["family", "respondent"])


def test_a_file_with_pseudonyms_is_not_copied_for_marking(declared):
    declared.set_cells(SURVEY, SHEET, {"G7": "9"})
    quality = [result.quality() for result in declared.clean("family_survey").values()]
    assert any(finding["cell"] == "G7" for finding in quality[0]["findings"])
    assert SURVEY not in collect_marks(quality)
