"""``lab``: JupyterLab on the notebooks, in the project's own environment."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from helpers.cli.parser import Call


def run(call: Call) -> int:
    """Open JupyterLab until its user ends it."""
    from helpers.paths import project_root

    command = [
        *(sys.executable, "-m", "jupyterlab"),
        "--LabApp.default_url=/lab/tree/notebooks",
        # The lock decides on versions; an update offered in the window would only mislead.
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.news_url=",
        *call.rest,
    ]
    try:
        return 1 if subprocess.call(command, cwd=project_root()) else 0
    except KeyboardInterrupt:
        # Its users end it in this way.
        return 0
