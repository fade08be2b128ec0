"""Read ``requirements.lock``: exact versions, their hashes, and what each is for.

The lock is a plain pip requirements file. `helpers.environment.relock` adds one comment
to every entry, ``# for: runtime lab dev``: the sets of dependencies that need it, as the
resolver found them. So the lean set can be cut out without resolving anything here, and
without installing what only an extra needs.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from helpers.environment.errors import SetupError

LOCK_NAME = "requirements.lock"
#: ``build`` is what installs the rest; ``runtime`` makes the reports; the others are extras.
SETS = ("build", "runtime", "lab", "dev", "pdf-check", "scale")

_ENTRY = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)\s*(?:;\s*(.+?))?\s*\\?$")
_HASH = re.compile(r"--hash=(sha256:[0-9a-f]{64})(?:\s|\\|$)")
_SETS_COMMENT = re.compile(r"# for: (.+)$")


@dataclass(frozen=True, slots=True)
class Pin:
    """One locked package: normalised name, exact version, marker, hashes and sets."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    sets: frozenset[str]

    def requirement(self) -> str:
        """Return it as a requirements file holds it, with its hashes."""
        head = f"{self.name}=={self.version}" + (f" ; {self.marker}" if self.marker else "")
        return " \\\n    ".join([head, *(f"--hash={digest}" for digest in self.hashes)])


def normalise(name: str) -> str:
    """Return a package's name as indexes compare it: ``Foo_Bar.baz`` is ``foo-bar-baz``."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read_lock(path: Path) -> tuple[Pin, ...]:
    """Return every entry of the lock.

    Raises
    ------
    SetupError
        If the file is missing or not whole: a line that is not understood, an entry
        without hashes or sets, or fewer entries than its last line says.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise SetupError("lock_missing", file=path.name) from None
    except (OSError, UnicodeDecodeError):
        raise SetupError("lock_damaged", file=path.name, line=1) from None
    pins: list[Pin] = []
    start = 0
    # A file cut off between two entries would read well: its last line says how many there are.
    closing = next((line for line in reversed(lines) if line.strip()), "")
    for number, line in enumerate([*lines, "end"], start=1):
        if line and not line.startswith((" ", "#")):
            if start:
                pins.append(_pin(lines[start - 1 : number - 1], path.name, start))
            start = number
    if closing != closing_line(pins):
        raise SetupError("lock_damaged", file=path.name, line=len(lines))
    return tuple(pins)


def closing_line(pins: Collection[Pin]) -> str:
    """Return the lock's last line."""
    return f"# end of {len(pins)} packages"


def _pin(block: list[str], file: str, line: int) -> Pin:
    entry = _ENTRY.match(block[0])
    hashes: list[str] = []
    sets: frozenset[str] = frozenset()
    for offset, part in enumerate(block[1:], start=1):
        digest, comment = _HASH.search(part), _SETS_COMMENT.search(part)
        if digest:
            hashes.append(digest[1])
        elif comment:
            sets = frozenset(comment[1].split())
        elif not part.lstrip().startswith("#") and part.strip():
            raise SetupError("lock_damaged", file=file, line=line + offset)
    if not entry or not hashes or not sets or not sets <= set(SETS):
        raise SetupError("lock_damaged", file=file, line=line)
    return Pin(normalise(entry[1]), entry[2], entry[3] or "", tuple(hashes), sets)


def select(pins: Iterable[Pin], sets: Collection[str]) -> tuple[Pin, ...]:
    """Return the entries that any of these sets needs."""
    return tuple(pin for pin in pins if pin.sets & set(sets))


def digest(path: Path) -> str:
    """Return the sha256 of a file, or an empty text if there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""
