"""What a figure takes from around its sentence: questions, captions, slips, other bodies, totals."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from helpers.check.bind import is_of_another
from helpers.check.check import check_document
from helpers.check.compare import is_slip
from helpers.check.digits import find_written
from helpers.check.extract import extract_claims
from helpers.check.facts_file import make_facts
from helpers.check.model import CheckedClaim, Facts
from helpers.check.readers import read_text

Check = Callable[..., dict[str, CheckedClaim]]


def test_an_answer_is_about_its_question(check: Check):
    asked = "Tanya: Berapa serapan anggaran tahun ini?\nJawab: Alhamdulillah {} persen."
    assert check(asked.format("98,30"))["98,30 persen"].status == "agrees"
    wrong = check(asked.format("97,00"))["97,00 persen"]
    assert (wrong.status, wrong.expected) == ("differs", "98,30 persen")
    other = "Tanya: Berapa persen warga yang hadir?\nJawab: Alhamdulillah 97,00 persen."
    assert check(other)["97,00 persen"].status == "unknown"


def test_a_figure_above_its_caption(check: Check):
    found = check("Slide 2\n97,10%\nanggaran BNNK HSS terserap\nSlide 3\n24 OPD\naktif jalankan Inpres P4GN")
    assert found["97,10%"].expected == "98,30%"
    assert found["24 OPD"].expected == "25 OPD"


@pytest.mark.parametrize(
    ("text", "fact", "slip"),
    [
        ("93,8 persen", "0.983", True),
        ("98,03 persen", "0.983", True),
        ("98,33 persen", "0.983", False),
        ("97,3 persen", "0.983", True),
        ("61,2 persen", "0.983", False),
        ("Rp1,86 miliar", "1680930000", True),
        ("Rp1,68 juta", "1680930000", True),
        ("Rp2,45 miliar", "1680930000", False),
    ],
)
def test_a_slip_of_the_pen_is_told_from_another_figure(text: str, fact: str, slip: bool):
    (claim,) = extract_claims(f"Anggaran {text}")
    assert is_slip(claim, Decimal(fact)) is slip


def test_weak_words_bind_a_slip_and_nothing_else(check: Check):
    told = "Anggaran kantor dibahas. Kalau dipersentasekan, itu {} persen."
    assert check(told.format("93,8"))["93,8 persen"].status == "differs"
    assert check(told.format("61,2"))["61,2 persen"].status == "unknown"


def test_the_budget_of_another_body_is_not_the_offices(check: Check):
    own = "BNNK HSS menyerap anggaran 95,12 persen."
    other = "Serapan anggaran Diskominfo sendiri 95,12 persen."
    assert check(own)["95,12 persen"].status == "differs"
    assert check(other)["95,12 persen"].status == "unknown"


def test_a_figure_quoted_as_wrong_is_not_accused(check: Check):
    found = check("Tertulis penyerapan anggaran 89,3 persen; yang benar 98,3 persen.")
    assert found["89,3 persen"].status == "unknown"
    assert found["98,3 persen"].status == "agrees"


@pytest.mark.parametrize(
    ("text", "status"), [("Tak kurang dari 25 OPD", "agrees"), ("Tak kurang dari 26 OPD", "differs")]
)
def test_no_fewer_than_holds_literally(check: Check, text: str, status: str):
    found = check(f"{text} telah melaksanakan Inpres P4GN.")
    assert next(iter(found.values())).status == status


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tenda Rp300.000. Konsumsi Rp200.000. Totalnya {}.", ("Rp500.000", "Rp600.000")),
        (
            "Rincian:\n- Tenda: Rp3.000.000\n- Konsumsi: Rp2.500.000\nTotal: {}",
            ("Rp5.500.000", "Rp6.000.000"),
        ),
        (
            "Tes diikuti 40 pegawai. Sosialisasi diikuti 60 pegawai. Seluruhnya {}.",
            ("100 pegawai", "120 pegawai"),
        ),
        ("Tents cost Rp300,000. Food cost Rp200,000. In total {}.", ("Rp500,000", "Rp600,000")),
    ],
)
def test_a_total_of_several_sentences_is_added_up(check: Check, text: str, expected: tuple[str, str]):
    right, wrong = expected
    lang = "en" if "cost" in text else "id"
    assert check(text.format(right), lang)[right].status == "unknown"
    found = check(text.format(wrong), lang)[wrong]
    assert (found.status, found.expected, found.note) == ("differs", right, "sum")


@pytest.mark.parametrize(
    "text",
    [
        "Tenda Rp300.000. Hadir 5 orang. Totalnya Rp600.000.",
        "Tenda Rp300.000. Konsumsi sekitar Rp200.000. Totalnya Rp600.000.",
        "Tenda Rp300.000 dan sewa Rp100.000. Konsumsi Rp200.000. Totalnya Rp600.000.",
    ],
)
def test_a_total_whose_parts_are_not_plain_is_left_alone(check: Check, text: str):
    assert check(text)["Rp600.000"].status == "unknown"


@pytest.mark.parametrize(("text", "status"), [("2020–2024", "unknown"), ("2024", "differs")])
def test_a_span_of_years_is_no_plan(check: Check, text: str, status: str):
    found = check(f"Rencana pelaksanaan Inpres oleh kecamatan pada {text}.")
    assert found["2024"].status == status


def test_a_date_in_the_year_beside_the_release(check: Check):
    found = check("Disampaikan bahwa sampai dengan tanggal 29 Desember 2022 semua berjalan.")
    assert found["29 Desember 2022"].expected == "29 Desember 2021"
    assert (
        check("Rapat tahun sebelumnya, 29 Desember 2020, lebih pendek.")["29 Desember 2020"].status
        == "unknown"
    )


def test_numbers_in_digits_are_found_whatever_they_count():
    found = [
        item.text
        for item in find_written("Pada 29 Desember 2021, 2 dari tiga: 98,30% (Inpres No. 2 Tahun 2020)", "id")
    ]
    assert sorted(found) == ["2", "29 Desember 2021", "98,30%"]


def test_two_figures_beside_a_comma_stay_two():
    found = [item.text for item in find_written("Value 84.821, 95 percent interval", "en")]
    assert sorted(found) == ["84.821", "95 percent"]


def test_a_weekday_that_the_calendar_contradicts_in_a_text_of_another_year(facts: Facts):
    text = (
        "Penandatanganan dilakukan pada Jumat, 06 Januari 2026 di Kandangan "
        "oleh Bupati dan kepala BNNP yang hadir."
    )
    result = check_document(read_text(text, "berita.txt"), facts)
    (item,) = [item for item in result.checked if item.claim.kind == "date"]
    assert (item.status, item.note, item.expected) == ("differs", "weekday", "Selasa, 06 Januari 2026")
    assert [finding.code for finding in result.findings] == ["other_year"]


def test_a_value_of_another_fact_is_no_slip():
    shares = {"opd.active_share": "0.9259", "budget.quarter_rate.q3": "0.592911"}
    entries = [{"key": key, "value": Decimal(value), "unit": "share"} for key, value in shares.items()]
    facts = make_facts({"office": "a", "year": 2021, "facts": entries})
    active = facts.by_key["opd.active_share"]
    quarter, slip = extract_claims("Up from 59.29 percent. It was 95.29 percent.", "en")
    # Both look like 92.59 with its digits turned; the first is the third quarter's.
    assert is_slip(quarter, active.value)
    assert is_slip(slip, active.value)
    assert is_of_another(quarter, active, facts)
    assert not is_of_another(slip, active, facts)
