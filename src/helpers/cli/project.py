"""The commands on the project itself: notebooks, tests, measures, and files that are made anew."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from helpers.cli import PROJECT, UsageError, console
from helpers.cli.edition import run_params
from helpers.cli.options import Options, available_cores, command
from helpers.messages import translate


def _reach_tools() -> None:
    """Let commands import what is no part of the package; nothing else imports from there."""
    sys.path += [str(PROJECT / name) for name in ("tools", "benchmarks")]


def _emit_paths(paths: list[Path] | tuple[Path, ...]) -> int:
    for path in paths:
        console.emit(console.shown_path(path))
    return 0


@command("sample", "office", "year", "raw", "country")
def sample(options: Options) -> int:
    """Write the illustrative raw files of an edition, or a made-up country to measure with."""
    _reach_tools()
    if options.country is None:
        from illustrative_data import write_sample

        return _emit_paths(write_sample(run_params(options)))
    from country import YEAR, write_country
    from helpers.params import check_folders
    from helpers.paths import project_root

    check_folders(options.raw or "data/raw", "data/processed", "reports", options.locale)
    raw = project_root() / (options.raw or "data/raw")
    return _emit_paths(write_country(raw, options.country, options.year or YEAR, locale=options.locale))


@command("lab", passes_rest=True)
def lab(options: Options) -> int:
    """Open JupyterLab on the notebooks until its user ends it."""
    from helpers.paths import project_root

    command = [
        *(sys.executable, "-m", "jupyterlab"),
        "--LabApp.default_url=/lab/tree/notebooks",
        # The lock decides on versions; an update offered in the window would only mislead.
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.news_url=",
        *options.rest,
    ]
    try:
        return 1 if subprocess.call(command, cwd=project_root()) else 0
    except KeyboardInterrupt:
        # Its users end it in this way.
        return 0


@command("test", "jobs", passes_rest=True)
def test(options: Options) -> int:
    """Run pytest; tests that need a browser or a finished report say so when they skip."""
    jobs = options.jobs or available_cores()
    spread = ["-n", str(jobs)] if jobs > 1 else []
    code = subprocess.call([sys.executable, "-m", "pytest", *spread, *options.rest], cwd=PROJECT)
    # pytest's codes: 1 failed, 2 interrupted, 3 its own error, 4 used wrongly, 5 nothing collected.
    return {0: 0, 2: 130, 4: 2}.get(code, 1)


@command("bench", "against", passes_rest=True)
def bench(options: Options) -> int:
    """Run one program of ``benchmarks``; its result is a table on stdout."""
    names = sorted(path.stem for path in (PROJECT / "benchmarks").glob("*.py"))
    name, rest = "reports", options.rest
    if rest and not rest[0].startswith("-"):
        name, rest = rest[0], rest[1:]
    if options.against:
        name, rest = "against", [options.against, *rest]
    if name not in names:
        known = ", ".join(names)
        raise UsageError("bad_value", options.locale, option="bench", value=name, known=known)
    command = [sys.executable, str(PROJECT / "benchmarks" / f"{name}.py"), *rest]
    path = os.pathsep.join(str(PROJECT / folder) for folder in ("src", "tools"))
    return 1 if subprocess.call(command, cwd=PROJECT, env={**os.environ, "PYTHONPATH": path}) else 0


@command("lint")
def lint(options: Options) -> int:
    """Check style, layout and types, all three even if the first fails."""
    failed = False
    for check in (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy", "--strict")):
        console.say("$ " + " ".join(check))
        failed |= subprocess.call([sys.executable, "-m", *check], cwd=PROJECT) != 0
    return 1 if failed else 0


@command("docs")
def docs(options: Options) -> int:
    """Write the pages of ``docs/reference`` that are made from the code."""
    from helpers.columns import TABLES
    from helpers.columns.reference import dictionary_page
    from helpers.paths import project_root

    path = project_root() / "docs" / "reference" / "data-dictionary.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dictionary_page(TABLES.values()), encoding="utf-8")
    return _emit_paths([path])


@command("lock", "upgrade")
def lock(options: Options) -> int:
    """Write ``requirements.lock`` and ``environment.yml`` after a change of ``pyproject.toml``."""
    _reach_tools()
    from relock import write_lock

    # The locked uv, so that two developers get the same answer.
    uv = str(Path(sys.executable).with_name("uv"))
    with tempfile.TemporaryDirectory(prefix="helpers-") as scratch:
        try:
            return _emit_paths(write_lock(uv, PROJECT, Path(scratch), upgrade=options.upgrade))
        except subprocess.CalledProcessError:
            return 1


#: Fixed places, never taken from an option: `OUT=src` must not remove the source.
_MADE = (
    "data/processed/.cache",
    "data/processed/.fingerprints",
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
    ".hypothesis",
)
_WITH_BYTECODE = ("src", "tests", "tools", "benchmarks", "notebooks")


def made_folders(project: Path) -> Iterator[Path]:
    """Yield every folder that can be made again.

    A link is left alone: what it leads to is not this project's.
    """
    candidates = [project / name for name in _MADE]
    for top in _WITH_BYTECODE:
        candidates += [*(project / top).rglob("__pycache__"), *(project / top).rglob(".ipynb_checkpoints")]
    for folder in candidates:
        if folder.is_dir() and not folder.is_symlink():
            yield folder


@command("clean")
def clean(options: Options) -> int:
    """Remove what this project's commands have made, and nothing else; the environment stays.

    Reports and processed data go by their manifest and known names: files of people stay.
    """
    from helpers.run.place import clear_processed, clear_reports

    folders = sorted(made_folders(PROJECT))
    for folder in folders:
        shutil.rmtree(folder)
    cleared = clear_processed(PROJECT / "data" / "processed")
    cleared += clear_reports(PROJECT / "reports", PROJECT / "data" / "raw")
    console.say(translate("cli.clean.done", options.locale, count=len(folders) + cleared))
    return 0
