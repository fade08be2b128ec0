"""What commands do, seen from outside: their output, their exit code, their files."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from helpers import cli
from helpers.cli import main, project

ROOT = Path(__file__).resolve().parents[3]
FACTS = ROOT / "tests" / "claims" / "facts-2021.json"


def test_the_edition_as_json_is_on_standard_output_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["edition", "--json", "--year", "2026"]) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)["year"] == 2026
    assert shown.err == ""


@pytest.mark.parametrize(("share", "code"), [("98,30", 0), ("97,30", 1)])
def test_check_ends_with_1_where_a_figure_differs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], share: str, code: int
) -> None:
    # A name that looks like an option.
    text = tmp_path / "-naskah.txt"
    text.write_text(f"Anggaran BNNK HSS terserap {share} persen.\n", encoding="utf-8")
    assert main(["check", "--json", "--facts", str(FACTS), "--", str(text)]) == code
    assert json.loads(capsys.readouterr().out)["summary"]["differs"] == code


def test_wrong_data_is_told_with_its_place_and_nothing_is_published(
    own_raw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    survey = own_raw / "bnnk-hss" / "2021" / "survei-ketahanan-keluarga-2021.xlsx"
    survey.write_bytes(b"")
    places = [f"--{name}={tmp_path / name}" for name in ("raw", "processed", "out")]
    assert main(["report", "--json", "--locale", "en", *places]) == 1
    shown = capsys.readouterr()
    assert "Traceback" not in shown.err
    line = next(line for line in shown.err.splitlines() if line.startswith("- "))
    assert line.startswith("- survei-ketahanan-keluarga-2021.xlsx: ")
    answer = json.loads(shown.out)
    assert (answer["schema"], answer["status"], answer["exit_code"]) == (1, "failed", 1)
    (finding,) = answer["findings"]
    assert (finding["source"], finding["file"]) == ("family_survey", survey.name)
    assert line == f"- {survey.name}: {finding['what']} {finding['remedy']}"
    assert not list(tmp_path.rglob("index.html"))


def test_sample_writes_below_the_given_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sample", "--country", "1", "--raw", str(tmp_path), "--year", "2024"]) == 0
    assert capsys.readouterr().out == f"{tmp_path}/contoh-001/2024\n"
    assert (tmp_path / "contoh-001" / "2024" / "edition.toml").is_file()


def test_template_writes_workbooks_and_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "data/raw/bnnk-hss/2021", tmp_path / "bnnk-hss" / "2021")
    assert main(["template", "--year", "2030", "--raw", str(tmp_path)]) == 0
    shown = capsys.readouterr()
    written = [Path(line) for line in shown.out.splitlines()]
    assert all(path.is_file() and "2030" in path.parts for path in written)
    assert any(path.suffix == ".xlsx" for path in written)
    assert "make report" in shown.err


@pytest.mark.parametrize(
    ("content", "arguments", "code"),
    [
        ("def test_one(): pass", [], 0),
        ("def test_one(): assert 1 == 2", [], 1),
        ("def test_one(): pass", ["--no-such-option"], 2),
    ],
)
def test_test_passes_arguments_to_pytest_and_translates_its_code(
    tmp_path: Path, content: str, arguments: list[str], code: int, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "test_it.py"
    path.write_text(content + "\n", encoding="utf-8")
    options = ["--jobs", "1", "-p", "no:cacheprovider", "-c", str(tmp_path / "none.ini"), *arguments]
    (tmp_path / "none.ini").write_text("[pytest]\n", encoding="utf-8")
    assert main(["test", *options, "-k", "test_one or x", str(path)]) == code
    assert ("1 passed" in capfd.readouterr().out) == (code == 0)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that stands for the project."""
    monkeypatch.setattr(project, "PROJECT", tmp_path)
    monkeypatch.setattr(cli, "PROJECT", tmp_path)
    return tmp_path


def test_bench_runs_a_program_with_the_arguments_that_are_left(
    small: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (small / "benchmarks").mkdir()
    code = "import sys; print(sys.argv[1:]); sys.exit(len(sys.argv) > 3)"
    for name in ("reports", "engine", "against"):
        (small / "benchmarks" / f"{name}.py").write_text(f"print({name!r}); {code}\n", encoding="utf-8")
    assert main(["bench"]) == 0
    assert main(["bench", "--runs", "1"]) == 0
    assert main(["bench", "--against", "HEAD~1", "--json"]) == 0
    assert main(["bench", "engine", "--batch", "5", "--json"]) == 1
    assert capfd.readouterr().out.splitlines() == [
        "reports", "[]", "reports", "['--runs', '1']", "against", "['HEAD~1', '--json']",
        "engine", "['--batch', '5', '--json']",
    ]  # fmt: skip


def test_lint_runs_all_three_and_remembers_a_failure(small: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (small / "pyproject.toml").write_text('[tool.mypy]\nfiles = ["a.py"]\n', encoding="utf-8")
    module = small / "a.py"
    module.write_text("import os\n", encoding="utf-8")
    assert main(["lint"]) == 1
    shown = capfd.readouterr()
    assert "F401" in shown.out
    assert "Success: no issues found in 1 source file" in shown.out
    assert [line for line in shown.err.splitlines() if line.startswith("$ ")] == [
        "$ ruff check .", "$ ruff format --check .", "$ mypy --strict",
    ]  # fmt: skip
    module.write_text("A = 1\n", encoding="utf-8")
    assert main(["lint"]) == 0


@pytest.mark.skipif(
    not Path(sys.executable).with_name("uv").is_file(),
    reason="uv comes with .venv alone, and the lock is made by it",
)
def test_lock_fails_without_a_traceback(small: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (small / "pyproject.toml").write_text("[project\n", encoding="utf-8")
    assert main(["lock"]) == 1
    shown = capfd.readouterr()
    assert "Traceback" not in shown.err
    assert not (small / "requirements.lock").exists()


def test_clean_removes_what_was_made_and_nothing_else(small: Path) -> None:
    kept_names = (
        "data/raw/a.csv", "src/helpers/a.py", ".venv/x", "outside/report.html",
        "reports/a/2021-edited/index.html", "reports/a/letter.docx", "data/processed/a/2020/clean_notes.docx",
    )  # fmt: skip
    made_names = (
        "reports/a/2021/manifest.json", "reports/a/2021/en/manifest.json", "reports/index.html",
        "reports/a/2022-findings/quality.json", "data/processed/a/2021/clean_c.csv",
        "data/processed/.fingerprints/x.json", "src/helpers/__pycache__/a.pyc",
    )  # fmt: skip
    kept = [small / name for name in kept_names]
    made = [small / name for name in made_names]
    for path in (*kept, *made):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    for name in ("added.txt", "en/added.txt"):
        (small / "reports/a/2021" / name).write_text("by hand", encoding="utf-8")
    (small / "reports/a/2022-findings/note.txt").write_text("by hand", encoding="utf-8")
    (small / ".mypy_cache").symlink_to(small / "outside")
    assert main(["clean"]) == 0
    assert all(path.exists() for path in kept)
    assert not any(path.exists() for path in made)
    assert not any((small / name).exists() for name in ("reports/a/2021", "data/processed/a/2021"))
    for name in ("2021-edited/added.txt", "2021-edited/en/added.txt", "2022-findings-edited/note.txt"):
        assert (small / "reports/a" / name).read_text(encoding="utf-8") == "by hand"
