"""A project small enough to make its environment in a test, with a stand-in for uv."""

from __future__ import annotations

import hashlib
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

# An own build backend: the real one is a package, and this environment holds none.
BACKEND = """
import zipfile

def _write(folder):
    name = "helpers-0.1.0-py3-none-any.whl"
    with zipfile.ZipFile(f"{folder}/{name}", "w") as wheel:
        wheel.writestr("helpers.pth", "src")
        info = "helpers-0.1.0.dist-info"
        wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\\nName: helpers\\nVersion: 0.1.0\\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(f"{info}/RECORD", "")
    return name

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    return _write(wheel_directory)

build_wheel = build_editable
"""
PROJECT = """\
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "helpers"
version = "0.1.0"
"""
FAKE_UV = """\
#!/bin/sh
echo "$2 $*" >> "$UV_LOG"
if [ -n "$UV_SAYS" ]; then echo "$UV_SAYS" >&2; exit 2; fi
"""


def make_wheel(folder: Path, name: str) -> str:
    """Write a wheel that holds one module; return its sha256."""
    path = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(zipfile.ZipInfo(f"{name}.py"), "VALUE = 1\n")
        wheel.writestr(
            zipfile.ZipInfo(f"{info}/METADATA"), f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
        )
        tag = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        wheel.writestr(zipfile.ZipInfo(f"{info}/WHEEL"), tag)
        wheel.writestr(zipfile.ZipInfo(f"{info}/RECORD"), "")
    return hashlib.sha256(path.read_bytes()).hexdigest()


@dataclass
class SmallProject:
    """The project's folder, the wheels to install from, and what uv was asked to do."""

    root: Path
    wheels: Path
    log: Path

    def lock(self, **sets: str) -> None:
        """Write a lock: package name to the sets that need it."""
        entries = [
            f"{name}==1.0 \\\n    --hash=sha256:{make_wheel(self.wheels, name)}\n    # for: {members}\n"
            for name, members in sets.items()
        ]
        closing = f"# end of {len(entries)} packages\n"
        (self.root / "requirements.lock").write_text("".join(entries) + closing, encoding="utf-8")

    def asked(self) -> list[str]:
        """Return uv's actions so far and forget them."""
        actions = [line.split()[0] for line in self.log.read_text().splitlines()] if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return actions


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallProject:
    """Return a project with two packages, and put the stand-in for uv on the path."""
    root, wheels, programs = tmp_path / "project", tmp_path / "wheels", tmp_path / "programs"
    for folder in (root, wheels, programs):
        folder.mkdir()
    (root / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (root / "backend.py").write_text(BACKEND, encoding="utf-8")
    small = SmallProject(root, wheels, tmp_path / "uv.log")
    small.lock(tiny="build runtime lab dev scale", extra="dev")
    uv = programs / "uv"
    uv.write_text(FAKE_UV, encoding="utf-8")
    uv.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setenv("UV_LOG", str(small.log))
    monkeypatch.delenv("UV_SAYS", raising=False)
    # pip, where it is used for real, sees these wheels and no index.
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
    return small
