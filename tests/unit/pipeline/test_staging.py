"""A report appears whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.errors import ExportError
from helpers.params import RunParams
from helpers.pipeline.staging import staging

#: What `build` leaves.
FILES = [
    "processed/bnnk-hss/2021/clean_table.csv", "reports/bnnk-hss/2021/index.html",
    "reports/bnnk-hss/2021/manifest.json",
]  # fmt: skip


@pytest.fixture
def params(tmp_path: Path) -> RunParams:
    """An edition whose processed data and reports lie in a scratch folder."""
    return RunParams(processed=str(tmp_path / "processed"), out=str(tmp_path / "reports"))


def build(params: RunParams, text: str) -> None:
    """Publish a report of one file."""
    with staging(params) as built:
        (built.paths.out / "index.html").write_text(text, encoding="utf-8")
        (built.paths.out / "manifest.json").write_text('{"outputs": {}}', encoding="utf-8")
        (built.paths.processed / "clean_table.csv").write_text(text, encoding="utf-8")


def tree(folder: Path) -> list[str]:
    """Return all files below a folder, relative."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_report_is_moved_into_place_and_nothing_else_is_left(params: RunParams, tmp_path: Path) -> None:
    build(params, "one")
    assert tree(tmp_path) == FILES
    assert [path.name for path in tmp_path.rglob(".*")] == []


def test_a_new_report_replaces_the_old_one_whole(params: RunParams) -> None:
    build(params, "one")
    (params.paths.out / "stale.html").write_text("old", encoding="utf-8")
    build(params, "two")
    assert tree(params.paths.out) == ["index.html", "manifest.json"]
    assert (params.paths.out / "index.html").read_text(encoding="utf-8") == "two"


def test_a_failed_run_leaves_the_last_good_one_as_it_was(params: RunParams, tmp_path: Path) -> None:
    build(params, "one")
    with pytest.raises(FileNotFoundError), staging(params) as built:
        (built.paths.out / "missing" / "half.html").write_text("half", encoding="utf-8")
    assert (params.paths.out / "index.html").read_text(encoding="utf-8") == "one"
    assert tree(tmp_path) == FILES


@pytest.mark.parametrize("locale", ["id", "en"])
def test_a_first_run_that_fails_leaves_no_empty_folder(
    params: RunParams, tmp_path: Path, locale: str
) -> None:
    first = RunParams(locale=locale, processed=params.processed, out=params.out)
    with pytest.raises(FileNotFoundError), staging(first) as built:
        (built.paths.out / "missing" / "half.html").write_text("half", encoding="utf-8")
    assert [
        path for path in (tmp_path / "reports").rglob("*") if "2021" in path.name or path.name == "en"
    ] == []


def test_two_runs_of_one_edition_do_not_mix(params: RunParams) -> None:
    with staging(params), pytest.raises(ExportError, match="bnnk-hss 2021"), staging(params):
        pass


def test_the_english_report_outlives_a_new_indonesian_one(params: RunParams) -> None:
    build(params, "one")
    english = RunParams(locale="en", processed=params.processed, out=params.out)
    build(english, "english")
    build(params, "two")
    assert (params.paths.out / "en" / "index.html").read_text(encoding="utf-8") == "english"
    assert (params.paths.out / "index.html").read_text(encoding="utf-8") == "two"
    build(english, "english again")
    assert (params.paths.out / "index.html").read_text(encoding="utf-8") == "two"
    assert tree(params.paths.out) == ["en/index.html", "en/manifest.json", "index.html", "manifest.json"]


def test_what_was_changed_by_hand_is_told_and_kept_beside_the_report(params: RunParams) -> None:
    build(params, "one")
    report = params.paths.out
    (report / "index.html").write_text("by hand", encoding="utf-8")
    (report / "profiles").mkdir()
    (report / "profiles" / "index.html").write_text("made apart", encoding="utf-8")
    told: list[tuple[str, Path]] = []
    with staging(params, lambda name, copy: told.append((name, copy))) as built:
        (built.paths.out / "index.html").write_text("two", encoding="utf-8")
    copy = report.with_name("2021-edited") / "index.html"
    assert told == [("index.html", copy)]
    assert copy.read_text(encoding="utf-8") == "by hand"
    assert (report / "index.html").read_text(encoding="utf-8") == "two"
    assert (report / "profiles" / "index.html").read_text(encoding="utf-8") == "made apart"


def test_a_run_killed_between_the_renames_is_put_right(params: RunParams) -> None:
    build(params, "one")
    final = params.paths.out
    final.rename(final.with_name(".2021.before"))
    with pytest.raises(RuntimeError), staging(params):
        raise RuntimeError
    assert (final / "index.html").read_text(encoding="utf-8") == "one"
    (final.with_name(".2021.before")).mkdir()
    build(params, "two")
    assert (final / "index.html").read_text(encoding="utf-8") == "two"
    assert not final.with_name(".2021.before").exists()
