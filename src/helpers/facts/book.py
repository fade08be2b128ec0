"""The fact book of one notebook: figures are recorded once and printed only from here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.columns.documents import SUMMARIES
from helpers.columns.people import is_small, names_people
from helpers.edition import Edition, Source
from helpers.errors import SchemaError
from helpers.facts.lineage import trace_sources
from helpers.facts.model import SCHEMA_VERSION, Fact, FactSource, FactValue, fact_text
from helpers.facts.published import PublishedFigure, agrees_with
from helpers.formats import SUPPRESSED, round_half_up
from helpers.indicators.suppression import counts_people

INDEX_PLACES = 3
#: A function, or its dotted name.
Computer = Callable[..., Any] | str


def _dotted(computed_by: Computer) -> str:
    if isinstance(computed_by, str):
        return computed_by
    return f"{computed_by.__module__}.{computed_by.__qualname__}"


class FactBook:
    """Collects the facts of a notebook and those of the notebooks before it.

    Parameters
    ----------
    edition : Edition
        Gives the source files and whether they are illustrative.
    published : Mapping
        Published figures by key (`helpers.facts.published.read_published`).
    """

    def __init__(self, edition: Edition, published: Mapping[str, PublishedFigure]) -> None:
        self._edition = edition
        self._published = published
        self._sources_by_file = {source.path.name: source for source in edition.sources.values()}
        self._earlier: dict[str, Source] = {}
        self.own: dict[str, Fact] = {}
        self.inherited: dict[str, Fact] = {}
        self._disputed: dict[str, str] = {}

    def __getitem__(self, key: str) -> Fact:
        fact = self.own.get(key) or self.inherited.get(key)
        if fact is None:
            raise SchemaError(f"no fact {key!r} has been recorded")
        if key in self._disputed and key not in self.own:
            # By hand, one notebook after another: some have been run before a change, some after it.
            raise SchemaError(
                f"fact {key!r} differs between {self._disputed[key]}: run these notebooks again"
            )
        return fact

    def __contains__(self, key: object) -> bool:
        return key in self.own or key in self.inherited

    def know(self, sources: Mapping[str, Source]) -> None:
        """Make files of other editions known by the names under which rows cite them."""
        self._sources_by_file |= sources
        self._earlier |= sources

    def _digest(self, file: str) -> str:
        source = self._sources_by_file.get(file)
        if source is None:
            raise SchemaError(f"{file} is not a source of this edition")
        return source.sha256

    def record(
        self,
        key: str,
        value: FactValue,
        unit: str,
        *,
        frame: pd.DataFrame,
        measures: Sequence[str],
        computed_by: Computer,
        labels: tuple[str, str] = ("", ""),
    ) -> Fact:
        """Record a computed figure with the rows it was computed from.

        Parameters
        ----------
        key : str
            Dotted name, unique in the edition.
        value : number, str or list of str
            Not rounded; shares 0 to 1.
        unit : str
            ``share``, ``idr``, ``count``, ``index``, ``class``, ``date``, ``list`` or ``text``.
        frame : DataFrame
            The rows of a cleaned table that the figure was computed from.
        measures : sequence of str
            The measures of those rows whose cells are its sources.
        computed_by : callable or str
            The function that computed it; its dotted name is published.
        labels : tuple of str
            What it is called, in Indonesian and English, where the catalogue does not name it.

        Raises
        ------
        SchemaError
            If the key is taken by another value, or the rows carry no origin.
        """
        sources = trace_sources(frame, measures, self._digest)
        files = {source.file for source in sources}
        names = [self._sources_by_file[file].name for file in sorted(files - set(self._earlier))]
        earlier = [self._earlier[file] for file in files if file in self._earlier]
        illustrative = bool(names) and self._edition.is_illustrative(*names)
        illustrative |= any(source.data_status == "illustrative" for source in earlier)
        return self._add(
            key, value, unit, sources, _dotted(computed_by), illustrative, labels,
            people=counts_people(frame, measures),
        )  # fmt: skip

    def record_files(
        self, key: str, value: FactValue, unit: str, *, sources: Iterable[str],
        computed_by: Computer, labels: tuple[str, str] = ("", ""),
    ) -> Fact:  # fmt: skip
        """Record a figure that speaks of whole files, as how many rows were read.

        ``sources`` are names of the edition's sources; the cells of a whole file are empty.
        """
        names = list(sources)
        files = [self._edition.sources[name].path.name for name in names]
        origins = tuple(FactSource(file, None, "", self._digest(file)) for file in files)
        illustrative = self._edition.is_illustrative(*names)
        return self._add(key, value, unit, origins, _dotted(computed_by), illustrative, labels)

    def record_declared(self, key: str, value: FactValue, unit: str, *, option: str) -> Fact:
        """Record a figure that ``edition.toml`` declares, as ``release.date``."""
        path = self._edition.paths.raw / "edition.toml"
        source = FactSource(path.name, None, option, hashlib.sha256(path.read_bytes()).hexdigest())
        return self._add(key, value, unit, (source,), "declared", False)

    def has_published(self, key: str) -> bool:
        """Return whether a figure was published."""
        return key in self._published

    def record_published(self, key: str) -> Fact:
        """Record a figure that was published and that nothing here computes.

        Raises
        ------
        SchemaError
            If it was not published.
        """
        if key not in self._published:
            raise SchemaError(f"no published figure {key!r} in this edition")
        figure = self._published[key]
        sources = trace_sources(figure.row, ["published_text"], self._digest)
        illustrative = self._edition.is_illustrative("published")
        return self._add(key, figure.value, figure.unit, sources, "published", illustrative)

    def _add(
        self, key: str, value: FactValue, unit: str, sources: tuple[FactSource, ...],
        computed_by: str, illustrative: bool, labels: tuple[str, str] = ("", ""), *, people: bool = False,
    ) -> Fact:  # fmt: skip
        """Add a fact; a small count of people is on record as hidden, with its place and without its value.

        ``people`` says that it counts people though its key does not.
        """
        if unit == "index" and isinstance(value, int | float):
            # The contract gives an index three decimals; classes are told from the exact value.
            value = float(round_half_up(value, INDEX_PLACES))
        published = self._published.get(key)
        if unit == "count" and (people or names_people(key)):
            published = None if published and is_small(published.value) else published
            if is_small(value):
                value, unit, published = SUPPRESSED, "text", None
        computed = computed_by not in ("published", "declared")
        fact = Fact(
            key=key,
            value=value,
            unit=unit,
            text_id=fact_text(value, unit, "id"),
            text_en=fact_text(value, unit, "en"),
            sources=sources,
            computed_by=computed_by,
            published=published.value if published else None,
            agrees=agrees_with(value, published) if published and computed else None,
            illustrative=illustrative,
            label_id=labels[0],
            label_en=labels[1],
        )
        before = self.own.get(key)
        if before is not None and before != fact:
            raise SchemaError(
                f"fact {key!r} is recorded twice: {before.value!r} and {value!r}. "
                "After a change, run the notebook from its first cell."
            )
        self.own[key] = fact
        return fact

    def inherit(self, folder: Path, name: str) -> None:
        """Read the facts that other notebooks have written, if this one, `name`, tells what all have found.

        Chapters run side by side: what one finds of another's facts would depend on which is first.
        A figure that this notebook records itself stands, whatever another has: their facts may be those
        of an earlier run. Of one run all must agree, which is checked where they are joined
        (`helpers.run.documents.merge_facts`).
        """
        origins: dict[str, str] = {}
        paths = sorted(folder.glob("*.json")) if name in SUMMARIES else []
        for path in paths:
            if path.stem in SUMMARIES:
                continue
            for entry in json.loads(path.read_text(encoding="utf-8"))["facts"]:
                fact = Fact.from_json(entry)
                if self.inherited.setdefault(fact.key, fact) != fact:
                    self._disputed[fact.key] = f"{origins[fact.key]} and {path.stem}"
                origins.setdefault(fact.key, path.stem)

    def write(self, path: Path) -> None:
        """Write this notebook's own facts."""
        write_facts(path, self._edition, self.own.values())


def write_facts(path: Path, edition: Edition, facts: Iterable[Fact]) -> None:
    """Write facts in the form of ``facts.json``, in the order of their keys."""
    document = {
        "schema": SCHEMA_VERSION,
        "office": edition.params.office,
        "year": edition.params.year,
        "data_status": edition.declaration["data_status"],
        "facts": [fact.to_json() for fact in sorted(facts, key=lambda fact: fact.key)],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
