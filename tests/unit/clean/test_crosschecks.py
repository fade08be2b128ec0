"""Comparisons between sources and with the published figures: kept whether they agree or differ."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.notebook.quality import NO_DIFFERENCE, list_checks

#: What notebooks 01 and 02 clean, each on its own.
AGENCIES = ("budget", "opd_reports", "programmes", "milestones", "published")
VILLAGES = ("villages", "family_survey")


def checks(project, *names: str) -> pd.DataFrame:
    results = project.clean(*names)
    return pd.concat([result.checks for result in results.values()], ignore_index=True)


def test_the_shipped_edition_agrees_with_all_that_is_published(project):
    found = checks(project, *AGENCIES)
    assert found["agrees"].all()
    published = found[found["check"] == "published_figure"]
    # Those of the ten published figures that rows can give: not the plans, not the category.
    assert dict(zip(published["subject"], published["computed"], strict=True)) == {
        "budget.absorption_rate": "98.30",
        "opd.active_count": "25",
        "opd.inactive_count": "2",
        "opd.inactive_names": "Sekretariat DPRD; Badan Penanggulangan Bencana Daerah",
        "opd.reported_count.b06": "25",
        "resilience.index": "84.821",
        "resilience.family_count": "10",
    }
    assert published["source_cell"].tolist() == ["B2", "B3", "B4", "B5", "B6", "B9", "B11"]


def test_a_notebook_checks_its_sources_against_those_of_the_other(project):
    """Neither group of sources holds what the other's comparisons need."""
    project.replace("angka-terbit.csv", "resilience.index;84,821", "resilience.index;84,830")
    project.replace("desa.csv", "Tibung Raya;Kandangan;desa;2020;", "Tibung Raya;Kandangan;desa;;")
    results = project.clean(*AGENCIES)
    assert set(results) == set(AGENCIES)
    (finding,) = [f for f in results["published"].findings if f.code == "published_differs"]
    assert finding.values["difference"] == "-0,009"
    results = project.clean("family_survey")
    assert [f.code for f in results["family_survey"].errors] == ["survey_village_outside"]


@pytest.mark.parametrize(
    ("file", "old", "new", "names", "check", "said"),
    [
        ("desa.csv", "Tibung Raya;Kandangan;desa;2020;", "Tibung Raya;Kandangan;desa;;",
         VILLAGES, "survey_in_programme", ("1", "0", "-1")),
        ("desa.csv", "63.06.01.2001;Hamalau;Sungai Raya;desa;;\n", "",
         VILLAGES, "village_register", ("148", "147", "-1")),
        ("program.csv", "63.06.05.2017", "63.06.05.2018",
         AGENCIES, "survey_with_activity", ("1", "0", "-1")),
        ("angka-terbit.csv", "98,30 persen", "98,50 persen",
         AGENCIES, "published_figure", ("98,50 persen", "98.30", "-0.20")),
    ],
)  # fmt: skip
def test_a_difference_says_by_how_much(project, file, old, new, names, check, said):
    before = checks(project, *names)
    project.replace(file, old, new)
    after = checks(project, *names)
    assert before["agrees"].all()
    (row,) = after[~after["agrees"]].to_dict("records")
    assert (row["check"], row["source_file"]) == (check, file if check != "survey_in_programme" else
            "survei-ketahanan-keluarga-2021.xlsx")  # fmt: skip
    assert (row["stated"], row["computed"], row["difference"]) == said


def test_a_department_without_a_row_is_a_difference(project):
    project.set_cells("laporan-opd-2021.xlsx", "Laporan", dict.fromkeys([f"{c}7" for c in "ABCDEFGHIJKLM"]))
    found = checks(project, "opd_reports")
    assert found[["subject", "stated", "computed", "difference", "agrees"]].values.tolist() == [
        ["2021-B06", "27", "26", "-1", False],
        ["2021-B12", "27", "27", "0", True],
    ]


def test_a_figure_is_not_compared_with_a_source_that_has_errors(project):
    project.set_cells("laporan-opd-2021.xlsx", "Laporan", {"F6": "x"})
    found = checks(project, "published")
    assert set(found["subject"]) == {"budget.absorption_rate", "resilience.index", "resilience.family_count"}


def test_the_quality_entry_holds_them(project):
    entry = project.clean("published")["published"].quality()
    assert entry["checks"][0] == {
        "check": "published_figure",
        "subject": "budget.absorption_rate",
        "source_file": "angka-terbit.csv",
        "source_sheet": None,
        "source_cell": "B2",
        "stated": "98,30 persen",
        "computed": "98.30",
        "difference": "0.00",
        "agrees": True,
    }


def test_readers_see_them_in_their_own_notation(project):
    project.replace("angka-terbit.csv", "98,30 persen", "98,50 persen")
    results = project.clean("opd_reports", "published")
    indonesian, english = list_checks(results, "id"), list_checks(results, "en")
    assert indonesian["check"].iloc[[0, 2]].tolist() == [
        "OPD yang mempunyai baris posisi B06, menurut daftar OPD",
        "Angka terbit: penyerapan anggaran",
    ]
    row = indonesian.iloc[2].tolist()
    assert row[1:] == ["98,50 persen", "98,30", "-0,20", "angka-terbit.csv, sel B2"]
    assert english.iloc[2].tolist() == [
        "Published figure: budget absorption", "98,50 persen", "98.30", "-0.20", "angka-terbit.csv, cell B2",
    ]  # fmt: skip
    assert indonesian["difference"].ne(NO_DIFFERENCE).sum() == 1
