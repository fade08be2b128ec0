"""What a run says about the office's files: beside a failed report, or within a good one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.edition import load_edition
from helpers.params import RunParams
from helpers.read import escape_frame
from helpers.run.manifest import SCHEMA_VERSION, write_json
from helpers.run.place import beside, remove_findings
from helpers.workbooks.marked import write_marked_copies

if TYPE_CHECKING:
    from helpers.clean import CleanResult

_LIST_COLUMNS = ("severity", "source", "file", "sheet", "cell", "what", "remedy")


def write_findings(results: Mapping[str, CleanResult], params: RunParams) -> Path:
    """Write what a failed run found; the last good report stays as it is.

    Parameters
    ----------
    results : Mapping
        All sources of the edition.
    params : RunParams
        Those of the report, not of its staging.

    Returns
    -------
    Path
        The folder with ``quality.json``, ``findings.csv`` and the marked copies; what an
        earlier failed run left there is replaced.
    """
    folder = params.paths.findings
    # What single people answered may stand in it.
    with beside(
        folder, mode=0o700, discard=lambda old, _new: remove_findings(old, params.paths.raw)
    ) as fresh:
        quality = [result.quality() for result in results.values()]
        head = {"schema": SCHEMA_VERSION, "office": params.office, "year": params.year}
        write_json(fresh / "quality.json", {**head, "sources": quality})
        _write_list(quality, fresh / "findings.csv", params.locale)
        write_marked_copies(quality, load_edition(params), fresh)
    return folder


def _write_list(quality: list[dict[str, Any]], path: Path, locale: str) -> None:
    rows = [
        {**finding, "source": source["source"], "what": finding[f"what_{locale}"],
         "remedy": finding[f"remedy_{locale}"]}
        for source in quality for finding in source["findings"]
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(_LIST_COLUMNS)).astype("str").replace("None", "")
    # Staff open it by a double click: a spreadsheet set to Indonesian parts columns at semicolons.
    listed = escape_frame(frame)
    listed.to_csv(path, index=False, sep=";", encoding="utf-8-sig", lineterminator="\n")
