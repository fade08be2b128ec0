"""One list of dependencies: pyproject.toml, requirements.lock and environment.yml agree."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

import pytest
import yaml
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from helpers import __main__ as starter
from helpers.environment import conda
from helpers.environment.conda import normalise
from relock import SETS

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK_TEXT = (ROOT / "requirements.lock").read_text(encoding="utf-8")
ENTRY = re.compile(
    r"^([a-z0-9-]+)==(\S+)(?: ; (.+?))? \\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+    # for: (.+)\n",
    flags=re.MULTILINE,
)


@dataclass(frozen=True)
class Pin:
    """One entry of the lock."""

    name: str
    version: str
    marker: str
    sets: frozenset[str]


PINS = {
    name: Pin(name, version, marker, frozenset(sets.split()))
    for name, version, marker, sets in ENTRY.findall(LOCK_TEXT)
}
LISTS = {
    "build": PROJECT["dependency-groups"]["build"],
    "runtime": PROJECT["project"]["dependencies"],
    **PROJECT["project"]["optional-dependencies"],
}
CARD = {"jupyterlab", "pandas", "matplotlib", "seaborn", "papermill", "nbconvert"}


def test_the_sets_are_the_lists() -> None:
    assert set(SETS) == set(LISTS)


@pytest.mark.parametrize(
    ("name", "requirement"), [(name, item) for name, items in LISTS.items() for item in items]
)
def test_every_listed_package_is_locked_within_its_range(name: str, requirement: str) -> None:
    wanted = Requirement(requirement)
    pin = PINS[normalise(wanted.name)]
    assert name in pin.sets
    assert wanted.specifier.contains(pin.version, prereleases=True)


def test_one_version_of_a_package_serves_every_python() -> None:
    assert len(PINS) == len(re.findall(r"^[a-z0-9].*==", LOCK_TEXT, flags=re.MULTILINE))


@pytest.mark.parametrize("file", ["requirements.lock", "environment.yml", "pyproject.toml"])
def test_no_address_is_in_a_list_of_packages(file: str) -> None:
    words = (ROOT / file).read_text(encoding="utf-8")
    assert not re.search(r"://|index-url|find-links|trusted-host|file:", words)


def test_the_build_tool_is_the_locked_one() -> None:
    (required,) = PROJECT["build-system"]["requires"]
    assert required == f"hatchling=={PINS['hatchling'].version}"


def test_the_report_needs_neither_lab_nor_test_tools() -> None:
    runtime = {name for name, pin in PINS.items() if "runtime" in pin.sets}
    # rfc3987-syntax makes `import nbformat` ten times as slow; only JupyterLab asks for it.
    assert not runtime & {"jupyterlab", "rfc3987-syntax", "pytest", "mypy", "distributed", "uv", "hatchling"}
    assert runtime >= CARD - {"jupyterlab"}


def closure(requirements: list[str]) -> set[str]:
    """Return the names that installed metadata says these need, on this Python and system."""
    seen: set[tuple[str, str]] = set()
    waiting = [(Requirement(item), "") for item in requirements]
    while waiting:
        item, extra = waiting.pop()
        if item.marker is not None and not item.marker.evaluate({"extra": extra}):
            continue
        name = normalise(item.name)
        for wanted in ("", *item.extras):
            if (name, wanted) not in seen:
                seen.add((name, wanted))
                waiting += [(Requirement(line), wanted) for line in requires(name) or ()]
    return {name for name, _ in seen}


@pytest.mark.parametrize("name", SETS)
def test_a_set_is_what_the_installed_packages_need(name: str) -> None:
    listed = LISTS[name] if name in ("build", "runtime") else [*LISTS["runtime"], *LISTS[name]]
    try:
        needed = closure(listed)
    except PackageNotFoundError as error:
        if name in ("lab", "pdf-check", "scale"):
            pytest.skip(f"the set {name} is not installed here ({error})")
        raise
    locked = {
        pin.name
        for pin in PINS.values()
        if name in pin.sets and (not pin.marker or Marker(pin.marker).evaluate({"extra": ""}))
    }
    assert locked == needed


def test_supported_pythons_are_told_once() -> None:
    oldest, newest = starter.OLDEST, starter.NEWEST
    expected = f">={oldest[0]}.{oldest[1]},<{newest[0]}.{newest[1] + 1}"
    assert PROJECT["project"]["requires-python"] == expected


def conda_pins() -> Iterator[tuple[str, str]]:
    """Yield the packages and versions of environment.yml."""
    *plain, last = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    for item in [*plain, *last["pip"]]:
        if item not in ("pip", "-e .") and not item.startswith("python "):
            name, _, version = item.partition("==")
            yield name.strip(), version.strip()


def test_conda_users_get_the_versions_of_the_lock() -> None:
    pins = dict(conda_pins())
    assert {name: PINS[name].version for name in pins} == pins
    listed = {normalise(Requirement(item).name) for name in ("runtime", "lab", "dev") for item in LISTS[name]}
    assert set(pins) == listed


def test_environment_yml_names_the_card_and_the_project() -> None:
    document = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    by_conda = {item.partition(" ")[0] for item in document["dependencies"] if isinstance(item, str)}
    assert by_conda >= CARD | {"numpy", "pyarrow", "python"}
    assert document["dependencies"][-1]["pip"][-1] == "-e ."
    assert document["name"] == conda.NAME
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"conda activate {document['name']}" in readme
    (python,) = [item for item in document["dependencies"] if str(item).startswith("python ")]
    assert SpecifierSet(python.removeprefix("python ")) == SpecifierSet(PROJECT["project"]["requires-python"])


def test_every_import_is_of_a_listed_package() -> None:
    providers = packages_distributions()
    listed = {normalise(Requirement(item).name) for item in LISTS["runtime"]}
    unlisted: dict[str, str] = {}
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules = [node.module]
            for top in {module.partition(".")[0] for module in modules}:
                if top == "helpers" or top in sys.stdlib_module_names:
                    continue
                if not {normalise(name) for name in providers.get(top, ())} & listed:
                    unlisted[top] = path.relative_to(ROOT).as_posix()
    # The cluster backend comes with the extra `scale`; `make sample` and `make lock` reach tools.
    elsewhere = {"distributed", "country", *(path.stem for path in (ROOT / "tools").iterdir())}
    assert not {top: path for top, path in unlisted.items() if top not in elsewhere}
