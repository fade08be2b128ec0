"""An executed notebook as it is published: without the folders of the run that made it."""

from __future__ import annotations

import copy
import re
from typing import Any

INJECTED = "injected-parameters"
#: Parameters that name places of one machine; what a report is made of is the rest.
PLACES = ("raw", "processed", "out")
_PLACE_LINE = re.compile(rf"^({'|'.join(PLACES)}) = .*\n?", re.MULTILINE)


def publishable(notebook: Any) -> Any:
    """Return a copy of a notebook that does not tell where it was run.

    The engine has taken out times and random ids already; left are the folders among the
    injected parameters and the version of the interpreter.
    """
    clean = copy.deepcopy(notebook)
    clean.metadata.pop("papermill", None)
    clean.metadata.get("language_info", {}).pop("version", None)
    for cell in clean.cells:
        cell.metadata.pop("papermill", None)
        if INJECTED in cell.metadata.get("tags", ()):
            cell["source"] = _PLACE_LINE.sub("", cell["source"])
    return clean
