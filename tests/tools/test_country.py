"""The synthetic country: as large as told, the same each time, clearly made up, and clean to read."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from country import make_country, write_country, write_office
from helpers.clean import clean_sources
from helpers.edition import load_edition
from helpers.errors import ParameterError
from helpers.params import RunParams
from helpers.paths import project_root
from helpers.workbooks.template import read_register

COUNTRY = make_country()
#: The smallest, so that the test is quick.
SMALL = min(COUNTRY, key=lambda regency: sum(regency.village_counts))


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_it_has_as_many_offices_and_villages_as_told() -> None:
    sizes = [sum(regency.village_counts) for regency in COUNTRY]
    districts = [len(regency.village_counts) for regency in COUNTRY]
    assert (len(COUNTRY), sum(sizes)) == (514, 84_000)
    assert min(sizes) >= 50
    assert max(sizes) > 500
    assert (min(districts), max(districts)) == (5, 60)
    assert 7_000 < sum(districts) < 7_600


def test_every_code_is_of_no_real_province_and_its_own() -> None:
    codes = [regency.code for regency in COUNTRY]
    assert len(set(codes)) == 514
    # Provinces are numbered from 11 (Aceh) on.
    assert max(codes) < "11"
    villages = {code for regency in COUNTRY for code, _, _ in regency.villages()}
    assert len(villages) == 84_000
    assert len({regency.label for regency in COUNTRY}) == 514


def test_names_say_that_they_are_made_up_and_hold_no_digit() -> None:
    for regency in COUNTRY[:20]:
        names = [regency.label, *(name for _, name in regency.districts())]
        names += [name for _, name, _ in regency.villages()]
        assert all(name.startswith("Contoh ") for name in names)
        assert not any(letter.isdigit() for name in names for letter in name)
        assert len({name for _, name, _ in regency.villages()}) == sum(regency.village_counts)


def test_an_office_does_not_depend_on_how_many_are_written(tmp_path: Path) -> None:
    write_country(tmp_path / "three", offices=3)
    write_office(COUNTRY[1], tmp_path / "one")
    three, one = files_of(tmp_path / "three" / "contoh-002"), files_of(tmp_path / "one" / "contoh-002")
    assert three == one
    assert len(three) == 12
    assert three != files_of(tmp_path / "three" / "contoh-003")


def test_its_files_are_read_without_a_finding(tmp_path: Path) -> None:
    write_office(SMALL, tmp_path / "raw")
    params = RunParams(
        SMALL.office, 2021, raw=str(tmp_path / "raw"), processed=str(tmp_path / "p"), out=str(tmp_path / "r")
    )
    edition = load_edition(params)
    assert edition.is_illustrative()
    results = clean_sources(edition)
    assert [finding.text("en") for result in results.values() for finding in result.findings] == []
    assert results["villages"].rows_kept == sum(SMALL.village_counts)
    assert all(result.rows_in == result.rows_kept > 0 for result in results.values())


def test_its_own_reference_tables_come_before_the_shared_ones(tmp_path: Path) -> None:
    folder = write_office(SMALL, tmp_path / "raw")
    paths = RunParams(SMALL.office, 2021, raw=str(tmp_path / "raw")).paths
    assert paths.reference_for("villages") == folder.parent / "reference"
    assert paths.reference_for("index_scales") == project_root() / "data" / "reference"
    register = read_register(2022, SMALL.code, "", folder.parent / "reference")
    assert len(register.villages) == sum(SMALL.village_counts)


def test_departments_are_rows_of_the_shared_registry(tmp_path: Path) -> None:
    folder = write_office(SMALL, tmp_path / "raw")
    with (folder.parent / "reference" / "opd_registry.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert 18 <= len(rows) <= 27
    assert {row["regency_code"] for row in rows} == {SMALL.code}


@pytest.mark.parametrize("count", [0, 515])
def test_too_few_or_many_offices_are_refused(tmp_path: Path, count: int) -> None:
    with pytest.raises(ParameterError, match=f"514, bukan {count}"):
        write_country(tmp_path / "raw", offices=count)
    assert not (tmp_path / "raw").exists()


def test_it_is_never_written_among_real_offices() -> None:
    with pytest.raises(ParameterError, match="data/raw"):
        write_country(project_root() / "data" / "raw", offices=1)
    assert not (project_root() / "data" / "raw" / "contoh-001").exists()
