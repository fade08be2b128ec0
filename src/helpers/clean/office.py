"""One source over several editions of an office: what its earlier years have on record."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from helpers.clean.run import clean_source
from helpers.columns import TABLES
from helpers.edition import Edition, Source, earlier_editions
from helpers.read import read_table


@dataclass(frozen=True)
class OfficeTable:
    """A cleaned table of all editions of an office up to one.

    ``frame`` has the dictionary's columns and ``edition_year``; ``source_file`` of another
    edition's row is ``"2021/tonggak.csv"``. ``sources`` gives the files of the other editions
    by that name; ``unread`` the years whose file has errors of its own and is left out.
    """

    frame: pd.DataFrame
    sources: dict[str, Source]
    unread: tuple[int, ...]

    @property
    def years(self) -> list[int]:
        """The editions that the rows come from, oldest first."""
        return sorted({int(year) for year in self.frame["edition_year"]})


def read_office_table(edition: Edition, source: str, table: str) -> OfficeTable:
    """Return a cleaned table of this edition and the office's earlier ones.

    The edition's own rows are those that its cleaning notebook wrote; the others are cleaned
    here from their raw files, with their own corrections. This is the only door to another
    edition's data: whoever declares the inputs of a chapter takes `helpers.edition.earlier_input_files`.

    Parameters
    ----------
    edition : Edition
        Later editions are not looked at: a report does not change because a newer one exists.
    source : str
        Name in ``edition.toml``, ``"milestones"``.
    table : str
        Name of a table of that source.
    """
    frames, sources, unread = [], {}, []
    for other in earlier_editions(edition, source):
        year, result = other.params.year, clean_source(other, source)
        if result.errors:
            unread.append(year)
            continue
        label = f"{year}/{other.sources[source].path.name}"
        sources[label] = other.sources[source]
        frames.append(result.tables[table].assign(source_file=label, edition_year=year))
    if source in edition.sources:
        frames.append(read_table(table, edition.paths.processed).assign(edition_year=edition.params.year))
    if not frames:
        frames.append(pd.DataFrame(columns=[*TABLES[table].columns, "edition_year"]))
    plain = [frame.astype({"source_file": "object", "source_sheet": "object"}) for frame in frames]
    return OfficeTable(pd.concat(plain, ignore_index=True), sources, tuple(unread))
