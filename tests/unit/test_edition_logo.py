"""The office's logo: a picture beside ``edition.toml``, or a finding that says what is wrong."""

from __future__ import annotations

import base64
import shutil
from pathlib import Path

import pytest

from helpers.edition import load_edition
from helpers.errors import DataError
from helpers.params import RunParams

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """An edition's folder that holds its declaration alone."""
    folder = tmp_path / "raw" / "bnnk-hss" / "2021"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "data" / "raw" / "bnnk-hss" / "2021" / "edition.toml", folder)
    return folder


def declare(folder: Path, name: str) -> RunParams:
    """Declare a logo and return the parameters of the edition."""
    path = folder / "edition.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("agency_id =", f'logo = "{name}"\nagency_id =', 1), encoding="utf-8")
    return RunParams(raw=str(folder.parents[1]))


def test_a_logo_is_carried_as_data(raw: Path) -> None:
    (raw / "logo.PNG").write_bytes(b"\x89PNG\r\n\x1a\nx")
    logo = load_edition(declare(raw, "logo.PNG")).logo
    assert logo == "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\nx").decode()


def test_no_logo_is_declared(raw: Path) -> None:
    edition = load_edition(RunParams(raw=str(raw.parents[1])))
    assert (edition.logo, edition.logo_file) == ("", None)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("logo.bmp", "edition_logo_kind"),
        ("logo.svg", "edition_logo_missing"),
        ("../outside.png", "edition_logo_missing"),
    ],
)
def test_what_is_no_logo_is_a_finding(raw: Path, name: str, code: str) -> None:
    (raw.parent / "outside.png").write_bytes(b"x")
    with pytest.raises(DataError) as caught:
        load_edition(declare(raw, name))
    assert [(finding.code, finding.values["value"]) for finding in caught.value.findings] == [(code, name)]
