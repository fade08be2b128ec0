"""A project small enough to make its environment in a test, by the real pip and uv."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
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
#: Counts how often it is asked, then is the uv of this environment.
UV = """\
#!/bin/sh
echo "$2" >> "$UV_LOG"
if [ -n "$UV_FAILS" ]; then echo "error: no way through" >&2; exit 2; fi
exec {uv} "$@"
"""


def make_wheel(folder: Path, name: str, script: str = "") -> str:
    """Write a wheel that holds one module, and a program if there is a script; return its sha256."""
    path = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    contents = {
        f"{name}.py": "VALUE = 1\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": "",
    }
    if script:
        contents[f"{name}-1.0.data/scripts/{name}"] = script
    with zipfile.ZipFile(path, "w") as wheel:
        for member, content in contents.items():
            entry = zipfile.ZipInfo(member)
            entry.external_attr = 0o100755 << 16
            wheel.writestr(entry, content)
    return hashlib.sha256(path.read_bytes()).hexdigest()


@dataclass
class SmallProject:
    """The project's folder, the wheels to install from, and what uv was asked to do."""

    root: Path
    wheels: Path
    log: Path

    def lock(self, **sets: str) -> None:
        """Write a lock: package name to the sets that need it, besides uv."""
        uv = UV.format(uv=shutil.which("uv", path=str(Path(sys.executable).parent)))
        packages = {"uv": ("build", uv), **{name: (members, "") for name, members in sets.items()}}
        entries = []
        for name, (members, script) in packages.items():
            digest = make_wheel(self.wheels, name, script)
            entries.append(f"{name}==1.0 \\\n    --hash=sha256:{digest}\n    # for: {members}\n")
        closing = f"# end of {len(entries)} packages\n"
        (self.root / "requirements.lock").write_text("".join(entries) + closing, encoding="utf-8")

    def asked(self) -> list[str]:
        """Return uv's actions so far and forget them."""
        actions = self.log.read_text().split() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return actions

    def modules(self) -> set[str]:
        """Return which of the stand-in packages are there."""
        libraries = (self.root / ".venv" / "lib").glob("python*/site-packages")
        return {path.stem for library in libraries for path in library.glob("*.py")} - {"_virtualenv"}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallProject:
    """Return a project with a package for the reports, `tiny`, and one for tests, `extra`."""
    if shutil.which("uv", path=str(Path(sys.executable).parent)) is None:
        pytest.skip("uv comes with .venv alone, and the set-up under test is made by it")
    root, wheels = tmp_path / "project", tmp_path / "wheels"
    root.mkdir()
    wheels.mkdir()
    (root / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (root / "backend.py").write_text(BACKEND, encoding="utf-8")
    small = SmallProject(root, wheels, tmp_path / "uv.log")
    small.lock(tiny="runtime", extra="dev")
    monkeypatch.setenv("UV_LOG", str(small.log))
    # Both tools see these wheels and no index.
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("UV_NO_CONFIG", "1")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    for tool in ("PIP", "UV"):
        monkeypatch.setenv(f"{tool}_NO_INDEX", "1")
        monkeypatch.setenv(f"{tool}_FIND_LINKS", str(wheels))
    return small
