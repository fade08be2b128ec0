from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest

from helpers.environment import conda
from helpers.errors import ParameterError

PROJECT = """\
[project]
name = "helpers"
dependencies = ["Pandas~=3.1", "numpy>=2"]
[project.optional-dependencies]
lab = ["jupyterlab"]
dev = ["pytest>=9"]
[dependency-groups]
build = ["uv"]
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project whose lock wants pandas 3.1.1, numpy 2.4.6 and pytest 9.2.0."""
    (tmp_path / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    entries = {"pandas": ("3.1.1", "runtime"), "numpy": ("2.4.6", "runtime"), "pytest": ("9.2.0", "dev")}
    lines = [
        f"{name}=={version} \\\n    --hash=sha256:{'0' * 64}\n    # for: {sets}\n"
        for name, (version, sets) in entries.items()
    ]
    (tmp_path / "requirements.lock").write_text("".join(lines) + "# end of 3 packages\n", encoding="utf-8")
    monkeypatch.setenv("CONDA_PREFIX", sys.prefix)
    monkeypatch.setenv("CONDA_DEFAULT_ENV", "base")
    return tmp_path


def install(monkeypatch: pytest.MonkeyPatch, **versions: str) -> None:
    found = [SimpleNamespace(name=name, version=version) for name, version in versions.items()]
    monkeypatch.setattr("importlib.metadata.distributions", lambda: found)


def test_an_environment_with_the_locks_versions_is_used(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, helpers="0.1.0", pandas="3.1.1", numpy="2.4.6")
    assert conda.is_usable(root, ["runtime"], "en")
    assert not conda.is_usable(root, ["runtime", "dev"], "en")


def test_base_without_the_packages_is_left_alone(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, pandas="2.0", numpy="2.4.6", helpers="0.1.0")
    assert not conda.is_usable(root, ["runtime"], "en")


def test_the_projects_own_environment_out_of_date_is_refused(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONDA_DEFAULT_ENV", conda.NAME)
    install(monkeypatch, pandas="2.0", numpy="2.4.6", helpers="0.1.0")
    message = (
        r'environment "bnnk-hss-reporting" does not match requirements.lock: pandas\. '
        "Run: conda env update --file environment.yml --prune"
    )
    with pytest.raises(ParameterError, match=message):
        conda.is_usable(root, ["runtime"], "en")


def test_a_python_outside_the_active_environment_is_not_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch, helpers="0.1.0", pandas="3.1.1", numpy="2.4.6")
    monkeypatch.setenv("CONDA_PREFIX", str(root))
    assert not conda.is_usable(root, ["runtime"], "en")


def test_direct_names_are_those_of_the_asked_sets() -> None:
    project = tomllib.loads(PROJECT)
    assert conda.direct_names(project, ["runtime", "dev"]) == ["numpy", "pandas", "pytest"]
