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
    """Return a copy of a notebook that holds what its document holds, and does not tell where it was run.

    The engine has taken out times and random ids already; left are the folders among the
    injected parameters and the version of the interpreter. A frame that an analyst looks at may
    count few people, and no rule has hidden them: only what a chapter has shown is published.
    """
    clean = copy.deepcopy(notebook)
    clean.metadata.pop("papermill", None)
    clean.metadata.get("language_info", {}).pop("version", None)
    for cell in clean.cells:
        cell.metadata.pop("papermill", None)
        if INJECTED in cell.metadata.get("tags", ()):
            cell["source"] = _PLACE_LINE.sub("", cell["source"])
        if cell["cell_type"] == "code":
            cell["outputs"] = [output for output in cell["outputs"] if _is_shown(output)]
    return clean


def _is_shown(output: Any) -> bool:
    """Return whether a chapter has shown an output; what is printed or failed stays as well."""
    kinds = output.get("data", {"text/markdown": ""})
    return any(kind == "text/markdown" or kind.startswith("application/vnd.helpers.") for kind in kinds)
