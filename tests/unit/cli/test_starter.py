"""What a Python that is too old, or too new, gets to read."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from helpers import __main__ as starter


@pytest.mark.parametrize("version", [(2, 7), (3, 10), (3, 14)])
def test_an_unsuitable_python_is_refused_in_both_languages(
    version: tuple[int, int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (*version, 0, "final", 0))
    monkeypatch.setattr(starter, "find_python", lambda: None)
    assert starter.main() == 2
    shown = capsys.readouterr()
    name = f"Python {version[0]}.{version[1]}"
    assert f"{name} tidak dapat dipakai: laporan ini memerlukan Python 3.11 sampai 3.13." in shown.err
    assert f"{name} cannot be used: this report needs Python 3.11 to 3.13." in shown.err
    assert shown.out == ""


def test_a_suitable_python_under_its_own_name_is_used_instead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    # The newest name is a launcher for a version that is not there.
    for name, body in {"python3.13": "exit 127", "python3.12": '[ "$1" = -c ] || echo "$@"; exit 0'}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "version_info", (3, 8, 0, "final", 0))
    monkeypatch.setattr(sys, "argv", ["helpers", "report", "--force"])
    assert starter.main() == 0
    folder = str(Path(starter.__file__).resolve().parent)
    assert capfd.readouterr().out == f"{folder} report --force\n"


def test_old_pythons_can_read_what_they_are_given() -> None:
    source = Path(starter.__file__).read_text(encoding="ascii")
    tree = ast.parse(source)
    modern = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match, ast.AsyncFunctionDef, ast.Nonlocal)
    assert not [node for node in ast.walk(tree) if isinstance(node, modern)]
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert not [item for item in functions if item.returns or item.args.kwonlyargs or item.args.posonlyargs]
    assert not [
        node for node in ast.walk(tree) if isinstance(node, ast.Import) and node.names[0].name == "typing"
    ]
    package = Path(starter.__file__).with_name("__init__.py").read_text(encoding="ascii")
    assert all(isinstance(node, ast.Expr) for node in ast.parse(package).body)
