"""Start `python -m helpers`, also on a Python that is too old to run anything else of it.

Only this file (and the empty package around it) is read by old Pythons: it keeps to
syntax that even Python 2.7 understands, so types stand in comments.
"""

import os
import subprocess
import sys

OLDEST = (3, 11)
NEWEST = (3, 13)

REFUSAL = """\
Python %(found)s tidak dapat dipakai: laporan ini memerlukan Python %(oldest)s sampai %(newest)s.
Pasang salah satunya, lalu jalankan misalnya: make report PYTHON=python3.12
---
Python %(found)s cannot be used: this report needs Python %(oldest)s to %(newest)s.
Install one of these, then run for example: make report PYTHON=python3.12
"""


def find_python():
    # type: () -> str | None
    """Return the path of a suitable Python under its versioned name, newest first, or None."""
    import shutil

    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        path = shutil.which("python3.%d" % minor)
        # Version managers put launchers on the path for versions that are not there: ask it.
        if path and subprocess.call([path, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            return path
    return None


def main():
    # type: () -> int
    """Run the command line; return its exit code."""
    version = sys.version_info[:2]
    if OLDEST <= version <= NEWEST:
        from helpers.cli import main as run

        return run(sys.argv[1:])
    other = find_python() if version >= (3,) else None
    if other:
        return subprocess.call([other, os.path.abspath(os.path.dirname(__file__))] + sys.argv[1:])
    names = {"oldest": "%d.%d" % OLDEST, "newest": "%d.%d" % NEWEST, "found": "%d.%d" % version}
    sys.stderr.write(REFUSAL % names)
    return 2


if __name__ == "__main__":
    if not __package__:
        # Started as `python3 src/helpers`, which needs no search path and so works without make.
        sys.path[0] = os.path.dirname(os.path.abspath(os.path.dirname(__file__)))
    sys.exit(main())
