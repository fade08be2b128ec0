"""Rebuild an edition in a scratch place and compare it, file by file."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from helpers.errors import DataError, Finding, Place
from helpers.params import RunParams
from helpers.progress import SILENT, Progress
from helpers.run.digests import sha256_of
from helpers.run.job import EngineName
from helpers.run.place import MANIFEST, PROFILES
from helpers.run.report import make_report


def verify(
    params: RunParams, *, jobs: int = 1, engine: EngineName = "fork", progress: Progress = SILENT
) -> list[str]:
    """Return the names of the files that differ between the report and a fresh build.

    A file that only one side has differs. The English folder is a report of its own; profiles
    are made again too where the report has them.

    Raises
    ------
    DataError
        If there is no report to compare with.
    """
    report = params.paths.out
    if not (report / MANIFEST).is_file():
        raise DataError(
            findings=[Finding("report_missing", "edition", Place(f"{params.office}/{params.year}"))]
        )
    with tempfile.TemporaryDirectory(prefix="helpers-verify-") as scratch:
        rebuilt = replace(params, out=f"{scratch}/reports", processed=f"{scratch}/processed")
        make_report(rebuilt, jobs=jobs, engine=engine, force=True, progress=progress)
        if (report / PROFILES / MANIFEST).is_file():
            from helpers.run.profiles import make_profiles

            make_profiles(rebuilt, jobs=jobs, engine=engine, force=True, progress=progress)
        fresh = _digests(rebuilt.paths.out, params.locale)
    known = _digests(report, params.locale)
    return sorted(name for name in known.keys() | fresh.keys() if known.get(name) != fresh.get(name))


def _digests(folder: Path, locale: str) -> dict[str, str]:
    names = {path: path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    return {
        name.as_posix(): sha256_of(path)
        for path, name in names.items()
        if not (locale == "id" and name.parts[0] == "en")
    }
