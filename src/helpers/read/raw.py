"""One door to every raw file."""

from __future__ import annotations

from helpers.edition import Source
from helpers.read.delimited import read_delimited
from helpers.read.guards import check_file
from helpers.read.model import RawWorkbook
from helpers.read.workbook import read_workbook


def declared_sheets(source: Source) -> list[str]:
    """Return the sheets that ``edition.toml`` names for a source, in its order."""
    names = list(source.options.get("sheets", []))
    for option in ("sheet", "plan_sheet", "log_sheet"):
        name = source.options.get(option)
        if name and name not in names:
            names.append(name)
    return [str(name) for name in names]


def read_raw(source: Source) -> RawWorkbook:
    """Read a source's file with the addresses of its cells; nothing is interpreted.

    Parameters
    ----------
    source : Source
        A source declared in ``edition.toml``; its options name the sheets.

    Returns
    -------
    RawWorkbook
        The declared sheets by their declared names; a CSV file is one sheet named ``""``.

    Raises
    ------
    DataError
        With one finding: the file is missing, empty, locked, protected, cut off, too
        large, not what its extension says, or a declared sheet is not in it.
    """
    kind = check_file(source.path, source.name)
    if kind == "csv":
        return RawWorkbook(source.path.name, {"": read_delimited(source.path, source.name)}, ())
    return read_workbook(source.path, source.name, kind, declared_sheets(source))
