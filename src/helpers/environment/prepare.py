"""Bring ``.venv`` up to the lock: make it, fill it, repair it, or find that nothing is to do."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path

from helpers.environment import lockfile, state
from helpers.environment.errors import SetupError
from helpers.environment.install import Installer, Reporter, failure, run_tool
from helpers.environment.texts import text


def prepare(root: Path, sets: Collection[str], locale: str, reporter: Reporter | None = None) -> Path:
    """Return the interpreter of an environment that holds these sets, made if need be.

    Raises
    ------
    SetupError
        If it cannot be made; the next run starts from what is whole.
    """
    reporter = reporter or Reporter()
    folder = root / state.FOLDER_NAME
    python = state.python_of(folder)
    if state.is_ready(root, sets):
        return python
    with state.sole_maker(root, lambda: reporter.step(text("environment.waiting", locale))):
        if not state.is_ready(root, sets):
            try:
                _make(root, frozenset(sets), locale, reporter)
            except OSError as error:
                raise failure(str(error), "python", root, str(error)) from error
            finally:
                reporter.close()
    return python


def _make(root: Path, sets: frozenset[str], locale: str, reporter: Reporter) -> None:
    folder = root / state.FOLDER_NAME
    python = state.python_of(folder)
    pins = lockfile.read_lock(root / lockfile.LOCK_NAME)
    stamp = state.read_stamp(folder)
    wanted = state.wanted_stamp(root, sets)
    place_changed = stamp is not None and (stamp.python, stamp.root) != (wanted.python, wanted.root)
    if folder.exists() and (_is_broken(folder) or place_changed):
        reporter.step(text("environment.repairing", locale))
        shutil.rmtree(folder)
        stamp = None
    # Sets that were asked for before stay: `make report` after `make test` takes nothing away.
    kept = sets | {"build"} | frozenset(stamp.sets if stamp else ())
    path_uv = shutil.which("uv")
    if not folder.exists():
        reporter.step(text("environment.making", locale, folder=state.FOLDER_NAME))
        _make_folder(folder, with_pip=path_uv is None)
    unfinished = folder / state.UNFINISHED_NAME
    unfinished.touch()
    chosen = lockfile.select(pins, kept)
    tools = _Tools(root, python, path_uv, locale, reporter)
    try:
        if stamp is None or stamp.lock != wanted.lock or not kept <= set(stamp.sets):
            _fill(tools, chosen)
    except SetupError as error:
        # Both tools fetch and check everything before they write anything, so for these
        # reasons the environment still is what it was.
        if error.reason in ("no_network", "no_wheel", "hash_mismatch"):
            unfinished.unlink()
        raise
    reporter.step(text("environment.project", locale))
    tools.carry_out(lambda installer: installer.install_project(root, reporter))
    names = {pin.name for pin in chosen}
    leftover = sorted(set(stamp.packages if stamp else ()) - names)
    if leftover:
        tools.carry_out(lambda installer: installer.remove(leftover, root, reporter))
    replace(state.wanted_stamp(root, kept), packages=tuple(sorted(names))).write(folder)
    unfinished.unlink()
    reporter.step(text("environment.ready", locale))


def _is_broken(folder: Path) -> bool:
    return (folder / state.UNFINISHED_NAME).exists() or not state.python_of(folder).exists()


def _make_folder(folder: Path, *, with_pip: bool) -> None:
    # The interpreter below an active environment: one environment inside another breaks with it.
    base = getattr(sys, "_base_executable", None) or sys.executable
    command = [base, "-m", "venv", str(folder)]
    if not with_pip:
        command.append("--without-pip")
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode == 0:
        return
    shutil.rmtree(folder, ignore_errors=True)
    output = done.stdout + done.stderr
    raise failure(output, "venv", folder, output.strip().rpartition("\n")[2])


@dataclass
class _Tools:
    """uv, which takes seconds, and pip where uv cannot be had or fails.

    ``uv`` is the one on the user's path, or the locked one once it is installed; one
    that has failed is not tried again.
    """

    root: Path
    python: Path
    uv: str | None
    locale: str
    reporter: Reporter
    uv_failed: bool = False

    def carry_out(self, action: Callable[[Installer], None]) -> None:
        """Do something by uv, else by pip."""
        self.uv = self.uv or self._uv_inside()
        if self.uv is None:
            self.add_pip()
            action(Installer(self.python, None))
            return
        try:
            action(Installer(self.python, self.uv))
        except SetupError as error:
            # uv does not read pip's settings (an office's own index, certificates): pip may get
            # through where uv did not. A wrong hash or a full disk stays what it is.
            if error.reason in ("hash_mismatch", "disk_full", "not_writable"):
                raise
            self.reporter.step(text("environment.by_pip", self.locale))
            try:
                self.add_pip()
            except SetupError:
                raise error from None
            self.uv, self.uv_failed = None, True
            action(Installer(self.python, None))

    def add_pip(self) -> None:
        """Put pip into an environment that was made without it."""
        if subprocess.run(
            [str(self.python), "-c", "import pip"], check=False, capture_output=True
        ).returncode:
            run_tool([str(self.python), "-m", "ensurepip", "--default-pip"], self.root, self.reporter)

    def get_uv(self, pins: tuple[lockfile.Pin, ...], scratch: Path) -> None:
        """Install the locked uv by pip if the user has none."""
        if self.uv or self._uv_inside():
            return
        self.add_pip()
        requirements = _requirements(scratch / "uv.txt", tuple(pin for pin in pins if pin.name == "uv"))
        Installer(self.python, None).install(requirements, self.root, self.reporter)

    def _uv_inside(self) -> str | None:
        return None if self.uv_failed else shutil.which("uv", path=str(self.python.parent))


def _fill(tools: _Tools, pins: tuple[lockfile.Pin, ...]) -> None:
    """Install the packages."""
    tools.reporter.step(text("environment.installing", tools.locale, count=len(pins)))
    with tempfile.TemporaryDirectory(prefix="helpers-") as folder:
        tools.get_uv(pins, Path(folder))
        requirements = _requirements(Path(folder) / "all.txt", pins)
        tools.carry_out(lambda installer: installer.install(requirements, tools.root, tools.reporter))


def _requirements(path: Path, pins: tuple[lockfile.Pin, ...]) -> Path:
    path.write_text("".join(pin.requirement() + "\n" for pin in pins), encoding="utf-8")
    return path
