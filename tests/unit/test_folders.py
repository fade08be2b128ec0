"""No parameter leads to a write or a removal outside the folders of outputs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.errors import ParameterError
from helpers.params import RunParams
from helpers.paths import project_root
from helpers.run.batch import BatchRequest, make_batch
from helpers.run.place import building, publish, remove_findings, swap_in_profiles

FILES = (
    "pyproject.toml", "notebooks/01.ipynb", "src/helpers/x.py", "templates/press-release.id.md",
    "docs/README.md",
    "tests/test_x.py", "tools/x.py", ".git/HEAD", "data/reference/villages.csv",
    "data/corrections/bnnk-hss/2021.yml",
    "data/raw/bnnk-hss/2021/edition.toml", "data/raw/bnnk-hss/2021/anggaran.xlsx",
    "data/raw/Kantor/2021/edition.toml",
    "elsewhere/bnnk-hss/2021/surat.txt", "raw-copy/bnnk-hss/2021/edition.toml",
    "website/bnnk-hss/2021/icon.png",
    "mixed/bnnk-hss/2021/clean_villages__village.csv", "mixed/bnnk-hss/2021/tables/catatan.docx",
)  # fmt: skip

#: raw, processed, out; and which folder the refusal names.
MEETING = [
    ("data/raw", "data/raw", "reports", "data/raw"),
    ("data/raw", "data/processed", "data/raw", "data/raw"),
    ("data/raw", "data/raw/", "reports", "data/raw"),
    ("data/raw", "./data/../data/raw", "reports", "data/raw"),
    ("data/raw", "data/raw/bnnk-hss", "reports", "data/raw"),
    ("data/raw", "data/raw/new", "reports", "data/raw"),
    ("data/raw", "data", "reports", "data"),
    ("data/raw", ".", "reports", "PROCESSED=."),
    ("data/raw", "..", "reports", "PROCESSED=.."),
    ("data/raw", "/", "reports", "PROCESSED=/"),
    ("data/raw", "~home", "reports", "PROCESSED"),
    ("data/raw", "data/reference", "reports", "data/reference"),
    ("data/raw", "data/corrections", "reports", "data/corrections"),
    ("data/raw", "data/corrections/bnnk-hss", "reports", "data/corrections"),
    ("data/raw", "src", "reports", "src"),
    ("data/raw", "src/helpers/deep", "reports", "src"),
    ("data/raw", "notebooks", "reports", "notebooks"),
    ("data/raw", "link-to-raw", "reports", "data/raw"),
    ("data/raw", "link-to-raw/below", "reports", "data/raw"),
    ("data/raw", "data/processed", ".", "OUT=."),
    ("data/raw", "data/processed", "/", "OUT=/"),
    ("data/raw", "data/processed", "notebooks", "notebooks"),
    ("data/raw", "data/processed", "notebooks/out", "notebooks"),
    ("data/raw", "data/processed", "templates", "templates"),
    ("data/raw", "data/processed", "docs/reports", "docs"),
    ("data/raw", "data/processed", "tests", "tests"),
    ("data/raw", "data/processed", "tools", "tools"),
    ("data/raw", "data/processed", ".git", ".git"),
    ("data/raw", "data/processed", "link-to-source", "src"),
    ("data/raw", "data/processed", "data/corrections", "data/corrections"),
    ("data/raw", "data/processed", "data/processed", "PROCESSED=data/processed"),
    ("data/raw", "data/processed", "data/processed/out", "PROCESSED=data/processed"),
    ("data/raw", "reports/processed", "reports", "PROCESSED=reports/processed"),
    ("data/raw", "link-to-out", "out", "PROCESSED=link-to-out"),
    ("raw-copy", "raw-copy", "reports", "RAW=raw-copy"),
    ("raw-copy", "data/processed", "raw-copy", "RAW=raw-copy"),
    ("raw-copy", "raw-copy/p", "reports", "RAW=raw-copy"),
    ("raw-copy", "data/processed", "raw-copy/r", "RAW=raw-copy"),
    ("out/raw", "data/processed", "out", "RAW=out/raw"),
    ("data", "data/processed", "reports", "RAW=data"),
    ("src", "data/processed", "reports", "RAW=src"),
    (".", "data/processed", "reports", "RAW=."),
]  # fmt: skip
OFFICES = [
    "../../data/raw/bnnk-hss", "../bnnk-hss", "bnnk-hss/", "/bnnk-hss", "bnnk-hss/../bnnk-hss", "", ".", "..",
    "Kantor", "bnnk_hss", "bnnk hss", "-bnnk", "bnnk-hss\n",
]  # fmt: skip
ALLOWED = [
    ("data/raw", "data/processed", "reports"), ("data/raw", "data/processed", "reports/draft"),
    ("raw-copy", "data/processed", "reports"), ("data/raw", "build/p", "build/r"),
    ("data/raw", "data/raw-processed", "reports"), ("data/raw/", "{tmp}/p", "{tmp}/r"),
]  # fmt: skip


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A small project of its own, in which a run would write."""
    root = tmp_path / "project"
    for name in FILES:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"own content of {name}\n", encoding="utf-8")
    for link, target in (("link-to-raw", "data/raw"), ("link-to-source", "src"), ("link-to-out", "out")):
        (root / link).symlink_to(root / target)
    monkeypatch.chdir(root)
    monkeypatch.setenv("HOME", str(tmp_path / "user" / "home"))
    project_root.cache_clear()
    yield root
    project_root.cache_clear()


def digests(root: Path) -> dict[str, str]:
    """Return the digest of every file."""
    files = (path for path in root.rglob("*") if path.is_file())
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def build(raw: str, processed: str, out: str, office: str = "bnnk-hss", year: int = 2021) -> None:
    """Publish a report of one file, as a run would."""
    params = RunParams(office, year, "id", raw, processed, out)
    with building(params) as built:
        (built.paths.out / "manifest.json").write_text('{"outputs": {}}', encoding="utf-8")
        (built.paths.processed / "clean_villages__village.csv").write_text("a\n", encoding="utf-8")
        publish(built, params, lambda _name, _copy: None)


@pytest.mark.parametrize(("raw", "processed", "out", "named"), MEETING)
def test_folders_that_meet_are_refused(project: Path, raw: str, processed: str, out: str, named: str) -> None:
    processed = processed.replace("~home", str(Path.home()))
    before = digests(project)
    with pytest.raises(ParameterError) as refused:
        build(raw, processed, out)
    assert named in str(refused.value)
    assert refused.value.exit_code == 2
    assert digests(project) == before


@pytest.mark.parametrize("office", OFFICES)
def test_an_office_is_a_name_from_the_list(project: Path, office: str) -> None:
    before = digests(project)
    with pytest.raises(ParameterError, match="yang ada: bnnk-hss 2021"):
        build("data/raw", "data/processed", "reports", office)
    assert digests(project) == before


@pytest.mark.parametrize("year", [0, -2021, 20210, 2022])
def test_a_year_is_one_from_the_list(project: Path, year: int) -> None:
    with pytest.raises(ParameterError, match="yang ada: bnnk-hss 2021"):
        build("data/raw", "data/processed", "reports", year=year)


@pytest.mark.parametrize(("raw", "processed", "out"), ALLOWED)
def test_separate_folders_are_used_and_nothing_else_is_touched(
    project: Path, tmp_path: Path, raw: str, processed: str, out: str
) -> None:
    before = digests(project)
    processed, out = processed.format(tmp=tmp_path), out.format(tmp=tmp_path)
    build(raw, processed, out)
    build(raw, processed, out)
    assert (project / out / "bnnk-hss/2021/manifest.json").is_file()
    after = digests(project)
    assert {name: after.get(name) for name in before} == before


@pytest.mark.parametrize(
    ("processed", "out", "file"),
    [
        ("elsewhere", "reports", "surat.txt"), ("data/processed", "elsewhere", "surat.txt"),
        ("mixed", "reports", "tables/catatan.docx"), ("data/processed", "website", "icon.png"),
    ],
)  # fmt: skip
def test_a_folder_with_papers_of_somebody_is_not_replaced(
    project: Path, processed: str, out: str, file: str
) -> None:
    before = digests(project)
    with pytest.raises(ParameterError, match=file):
        build("data/raw", processed, out)
    assert digests(project) == before


def test_a_manifest_of_another_program_makes_no_report(project: Path) -> None:
    (project / "website/bnnk-hss/2021/manifest.json").write_text('{"name": "app"}', encoding="utf-8")
    before = digests(project)
    with pytest.raises(ParameterError, match=r"icon\.png"):
        build("data/raw", "data/processed", "website")
    assert digests(project) == before


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("reports/bnnk-hss", "data/raw/bnnk-hss"), ("data/processed/bnnk-hss", "src"),
        ("reports/bnnk-hss/2021", "notebooks"), ("data/processed/bnnk-hss/2021", "data/reference"),
    ],
)  # fmt: skip
def test_an_office_or_year_that_is_a_link_into_the_sources_is_refused(
    project: Path, link: str, target: str
) -> None:
    (project / link).parent.mkdir(parents=True, exist_ok=True)
    (project / link).symlink_to(project / target)
    before = digests(project)
    with pytest.raises(ParameterError, match="tidak boleh dipakai"):
        build("data/raw", "data/processed", "reports")
    assert digests(project) == before


@pytest.mark.parametrize(
    ("raw", "out"),
    [
        ("data/raw", "data/raw"), ("data/raw", "notebooks"), ("raw-copy", "raw-copy/below"),
        ("raw-copy", "{project}/raw-copy"),
    ],
)  # fmt: skip
def test_a_batch_is_refused_before_any_report(project: Path, raw: str, out: str) -> None:
    before = digests(project)
    request = BatchRequest(raw=raw.format(project=project), out=out.format(project=project))
    with pytest.raises(ParameterError, match="tidak boleh dipakai") as refused:
        make_batch(request)
    assert refused.value.exit_code == 2
    assert digests(project) == before


def profiles(project: Path) -> Path:
    """Publish a set of one page; return its folder."""
    params, fresh = RunParams("bnnk-hss", 2021), project / "fresh"
    fresh.mkdir()
    (fresh / "page.html").write_text("made", encoding="utf-8")
    manifest = {"outputs": {"page.html": hashlib.sha256(b"made").hexdigest()}}
    (fresh / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    swap_in_profiles(fresh, params, lambda _name, _copy: None)
    return params.paths.out / "profiles"


def test_profiles_edited_by_hand_are_kept_beside_the_report(project: Path) -> None:
    folder = profiles(project)
    (folder / "page.html").write_text("by hand", encoding="utf-8")
    profiles(project)
    assert (folder / "page.html").read_text(encoding="utf-8") == "made"
    kept = project / "reports/bnnk-hss/2021-edited/profiles/page.html"
    assert kept.read_text(encoding="utf-8") == "by hand"


def test_files_in_a_folder_of_profiles_that_no_run_has_made_are_kept(project: Path) -> None:
    mine = project / "reports/bnnk-hss/2021/profiles/mine.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("by hand", encoding="utf-8")
    profiles(project)
    kept = project / "reports/bnnk-hss/2021-edited/profiles/mine.txt"
    assert kept.read_text(encoding="utf-8") == "by hand"


def test_findings_of_a_failed_run_leave_with_what_others_laid_there_kept(project: Path) -> None:
    folder = project / "reports/bnnk-hss/2021-findings"
    folder.mkdir(parents=True)
    for name in ("quality.json", "findings.csv", "anggaran.xlsx", "note.docx"):
        (folder / name).write_text(name, encoding="utf-8")
    remove_findings(folder, project / "data/raw/bnnk-hss/2021")
    assert not folder.exists()
    kept = project / "reports/bnnk-hss/2021-findings-edited"
    assert [path.name for path in kept.iterdir()] == ["note.docx"]
    assert kept.stat().st_mode & 0o777 == 0o700
