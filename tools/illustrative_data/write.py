"""Put the illustrative files where the edition's declaration expects them."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from pathlib import Path

import yaml

from helpers.errors import ParameterError
from helpers.messages import translate
from helpers.params import RunParams
from illustrative_data.budget_sheets import budget_file
from illustrative_data.opd import opd_file
from illustrative_data.survey import survey_file
from illustrative_data.workbook import is_own_workbook

#: The published figures that the files reconcile with are those of this edition alone.
EDITION = ("bnnk-hss", 2021)
FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "budget": ("anggaran-2021.xlsx", budget_file),
    "opd_reports": ("laporan-opd-2021.xlsx", opd_file),
    "family_survey": ("survei-ketahanan-keluarga-2021.xlsx", survey_file),
}


def source_record(source: str) -> str:
    """Return the text of the ``.source.yml`` that lies beside an illustrative file.

    Parameters
    ----------
    source : str
        Name of the source in ``edition.toml``: a key of `FILES`.
    """
    texts = tomllib.loads(Path(__file__).with_name("records.toml").read_text(encoding="utf-8"))[source]
    record = {
        "producer": "Repositori pelaporan BNNK HSS (python -m helpers sample)",
        "title": texts["title"],
        "title_en": texts["title_en"],
        "url": None,
        "accessed": None,
        "licence": "MIT",
        "data_status": "illustrative",
        "status_id": texts["status_id"],
        "status_en": texts["status_en"],
    }
    return yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=100)


def _is_replaceable(path: Path) -> bool:
    """Return whether the file is missing, or is a workbook of this program marked illustrative.

    The record alone is no proof: an office may drop its export in and forget the record.
    """
    if not path.exists():
        return True
    sidecar = path.with_suffix(".source.yml")
    if not sidecar.is_file():
        return False
    record = yaml.safe_load(sidecar.read_text(encoding="utf-8"))
    marked = isinstance(record, dict) and record.get("data_status") == "illustrative"
    return marked and is_own_workbook(path)


def _replace(path: Path, content: bytes) -> None:
    """Write the whole file or none of it."""
    scratch = path.with_name(path.name + ".part")
    scratch.write_bytes(content)
    os.replace(scratch, path)


def _target_folder(target: RunParams | Path) -> tuple[Path, str]:
    if isinstance(target, Path):
        return target, "id"
    if (target.office, target.year) != EDITION:
        office, year = EDITION
        raise ParameterError(
            translate("cli.sample.other_edition", target.locale, office=office, year=str(year))
        )
    return target.paths.raw, target.locale


def write_sample(target: RunParams | Path) -> list[Path]:
    """Write the illustrative workbooks of the 2021 edition and their source records.

    Parameters
    ----------
    target : RunParams or Path
        The run's parameters (the files go to its folder of raw data) or a folder, made
        if it is missing. Files of an earlier run are replaced.

    Returns
    -------
    list of Path
        The files written: each workbook, then its ``.source.yml``.

    Raises
    ------
    ParameterError
        If the parameters name another edition, or a file stands there that is not
        marked illustrative or was not made by this program: an office's own export is
        never overwritten. Nothing is written then.
    """
    folder, locale = _target_folder(target)
    kept = [name for name, _ in FILES.values() if not _is_replaceable(folder / name)]
    if kept:
        raise ParameterError(translate("cli.sample.official_file", locale, files=", ".join(kept)))
    # Everything is made before anything is written, so that a failure leaves no half of it.
    contents = {name: make() for name, make in FILES.values()}
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for source, (name, _) in FILES.items():
        path = folder / name
        sidecar = path.with_suffix(".source.yml")
        # The record first: were the run cut off between the two, the workbook that is
        # left behind would still be marked illustrative.
        _replace(sidecar, source_record(source).encode("utf-8"))
        _replace(path, contents[name])
        written += [path, sidecar]
    return written
