"""No parameter leads to a write or a removal outside the folders of outputs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.errors import ParameterError
from helpers.params import RunParams
from helpers.paths import project_root
from helpers.run.place import building, publish

FILES = (
    "pyproject.toml", "notebooks/01.ipynb", "src/helpers/x.py", "templates/press-release.id.md",
    "docs/README.md",
    "tests/test_x.py", "tools/x.py", ".git/HEAD", "data/reference/villages.csv",
    "data/corrections/bnnk-hss/2021.yml",
    "data/raw/bnnk-hss/2021/edition.toml", "data/raw/bnnk-hss/2021/anggaran.xlsx",
    "data/raw/Kantor/2021/edition.toml",
    "elsewhere/bnnk-hss/2021/surat.txt", "raw-copy/bnnk-hss/2021/edition.toml",
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
        ("mixed", "reports", "tables/catatan.docx"),
    ],
)  # fmt: skip
def test_a_folder_with_papers_of_somebody_is_not_replaced(
    project: Path, processed: str, out: str, file: str
) -> None:
    before = digests(project)
    with pytest.raises(ParameterError, match=file):
        build("data/raw", processed, out)
    assert digests(project) == before
