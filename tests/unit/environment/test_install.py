from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from helpers.environment.errors import SetupError
from helpers.environment.install import Installer, Reporter, explain, run_tool

# As printed by the tools themselves on the machine where each thing was made to go wrong.
PRINTED = {
    "no_network": [
        "WARNING: Retrying (Retry(total=1, connect=None, read=None, redirect=None, status=None)) after"
        " connection broken by 'NewConnectionError': Failed to establish a new connection: [Errno 111]"
        " Connection refused'\n"
        "ERROR: Could not find a version that satisfies the requirement uv==0.13.9 (from versions: none)\n"
        "ERROR: No matching distribution found for uv==0.13.9\n",
        "error: Request failed after 3 retries\n  Caused by: Failed to fetch: `simple/numpy/`\n"
        "  Caused by: dns error: failed to lookup address information: Name or service not known\n",
    ],
    "hash_mismatch": [
        "error: Failed to download `mistune==3.4.0`\n  cause: Hash mismatch for `mistune==3.4.0`\n",
        "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n",
    ],
    "disk_full": [
        "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n",
        "error: failed to copy file\n  cause: No space left on device (os error 28)\n",
    ],
    "no_wheel": [
        "error: No solution found when resolving dependencies\n"
        "  cause: Because pyyaml==6.0.3 has no usable wheels and you require pyyaml==6.0.3\n",
        "ERROR: No matching distribution found for typst==0.15.2\n",
    ],
    "no_venv": ["The virtual environment was not created successfully because ensurepip is not available.\n"],
    "not_writable": ["error: failed to create directory\n  cause: Permission denied (os error 13)\n"],
    "tool_failed": ["Segmentation fault\n", ""],
}


@pytest.mark.parametrize(
    ("reason", "output"), [(key, item) for key, items in PRINTED.items() for item in items]
)
def test_the_reason_is_read_from_what_the_tool_prints(reason: str, output: str) -> None:
    assert explain(output) == reason


def program(folder: Path, body: str) -> str:
    path = folder / "tool"
    path.write_text(f"#!{sys.executable}\nimport os, sys\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_each_package_on_one_living_line(tmp_path: Path) -> None:
    screen = Terminal()
    run_tool(
        [program(tmp_path, "print('Collecting numpy==2.4.6'); print(' + pandas==3')")],
        tmp_path,
        Reporter(screen),
    )
    assert screen.getvalue() == "\r\033[K  1: numpy\r\033[K  2: pandas\r\033[K"


def test_a_failure_carries_the_tools_own_words(tmp_path: Path) -> None:
    tool = program(
        tmp_path, "print('noise'); print('error: bad thing\\n  cause: worse\\nhint: none'); sys.exit(3)"
    )
    with pytest.raises(SetupError) as caught:
        run_tool([tool], tmp_path, Reporter(io.StringIO()))
    assert caught.value.reason == "tool_failed"
    assert caught.value.values["evidence"] == "error: bad thing cause: worse"
    assert caught.value.text("id").startswith("Lingkungan kerja tidak dapat disiapkan: tool berhenti")


def test_a_users_pip_settings_do_not_lead_packages_astray(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("PIP_INDEX_URL", "kept")
    body = "sys.exit(0 if 'PIP_USER' not in os.environ and os.environ['PIP_INDEX_URL'] == 'kept' else 1)"
    run_tool([program(tmp_path, body)], tmp_path, Reporter(io.StringIO()))


@pytest.mark.parametrize("uv", [None, "/opt/uv"])
def test_nothing_is_installed_without_its_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, uv: str | None
) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr("helpers.environment.install.run_tool", lambda command, *_: commands.append(command))
    installer = Installer(Path("/env/bin/python"), uv)
    installer.install(tmp_path / "all.txt", tmp_path, Reporter(io.StringIO()))
    installer.install_project(tmp_path, Reporter(io.StringIO()))
    packages, project = commands
    assert {"--require-hashes", "--no-deps", "--only-binary=:all:"} <= set(packages)
    assert {"--no-index", "--no-deps", "--no-build-isolation", "-e"} <= set(project)
    assert packages[0] == (uv or "/env/bin/python")
