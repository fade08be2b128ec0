"""The press release: a Markdown template filled from recorded facts only."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd
from jinja2 import Environment, StrictUndefined
from jinja2.exceptions import TemplateError

from helpers.blocks import Contact, Prose, Release, Section, read_prose
from helpers.edition import Edition
from helpers.errors import DataError, ExportError
from helpers.facts.citation import cite, cited_keys
from helpers.messages import translate
from helpers.notebook.blocks import Block
from helpers.paths import project_root

if TYPE_CHECKING:
    from helpers.notebook.chapter import Chapter


class Figure(str):
    """A recorded figure as printed; conditions of a template compare its characters."""

    __slots__ = ("key",)
    key: str

    @classmethod
    def of(cls, key: str, text: str) -> Figure:
        """Return the figure of a fact."""
        figure = cls(text)
        figure.key = key
        return figure


def _finalize(value: Any) -> Any:
    return cite(value.key, str(value)) if isinstance(value, Figure) else value


def fill_template(
    path: Path, fact: Callable[[str], str], *, place: str, illustrative: bool,
    has: Callable[[str], bool] = bool, names: Mapping[str, str] = MappingProxyType({}),
) -> str:  # fmt: skip
    """Return the release as Markdown.

    Parameters
    ----------
    path : Path
        ``templates/press-release.<locale>.md``; an office may change its words. It knows
        ``fact(key)``, ``has(key)``, ``place``, ``illustrative`` and the names, and nothing else.
    fact : callable
        Gives a recorded figure as printed; a `Figure` is written with the mark of its fact.
    has : callable
        Whether a figure is recorded: sections of chapters that an edition leaves out depend on it.
    names : Mapping
        Names of the office and of places, which are no figures.

    Raises
    ------
    ExportError
        If the template is not valid or names something unknown.
    """
    environment = Environment(
        undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True,
        finalize=_finalize,
    )  # fmt: skip
    try:
        template = environment.from_string(path.read_text(encoding="utf-8"))
        return template.render(fact=fact, has=has, place=place, illustrative=illustrative, **names)
    except DataError:
        raise
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        raise ExportError(f"{path.name}, line {line or '?'}: {error}") from error


def name_office(edition: Edition, read: Callable[[str], pd.DataFrame] | None = None) -> dict[str, str]:
    """Return what a release calls the office and, where there is one, the place of the family programme.

    Parameters
    ----------
    edition : Edition
    read : callable, optional
        Gives the cleaned tables of an edition whose index is told.
    """
    names = {
        "office": edition.office_name,
        "short_name": str(edition.declaration["office"].get("short_name") or edition.office_name),
        "regency": edition.place_name,
    }
    if read is not None:
        surveyed = read("clean_family_survey__respondent_item")["village_code"]
        villages = read("clean_villages__village")
        own = villages.loc[villages["village_code"].isin(surveyed)]
        names["survey_place"] = "; ".join(
            translate("documents.place.village_in", edition.locale, village=name, district=district)
            for name, district in zip(own["village_name"], own["district_name"], strict=True)
        )
    return names


def show_release(chapter: Chapter) -> None:
    """Show the press release, filled from the recorded figures and nothing else.

    Raises
    ------
    ExportError
        If the template is not valid or names something unknown.
    SchemaError
        If it prints a figure that is not recorded.
    """
    edition, book = chapter.edition, chapter.figures.book
    markdown = fill_template(
        project_root() / "templates" / f"press-release.{edition.locale}.md",
        lambda key: Figure.of(key, book[key].text(edition.locale)),
        has=lambda key: key in book,
        place=str(edition.declaration["release"]["place"]),
        illustrative=edition.is_illustrative(),
        names=name_office(edition, chapter.read if "resilience.index" in book else None),
    )
    chapter.figures.cite(cited_keys(markdown))
    office = edition.declaration["office"]
    contact = office.get("contact", {})
    unit = contact.get("unit") or translate("documents.contact.unit", edition.locale)
    details = [office.get("address"), contact.get("phone"), contact.get("email"), office.get("website")]
    lines = [f"{unit}, {edition.office_name}", *(str(detail) for detail in details if detail)]
    chapter.put(Block(parse_release(markdown, edition.locale, lines)))


def parse_release(markdown: str, locale: str, contact: list[str]) -> Release:
    """Return the parts of a release: headline, dateline, lead and sections.

    The first ``#`` line is the headline, the paragraph after it the dateline, the one
    after that the lead; each ``##`` line begins a section.

    Raises
    ------
    ExportError
        If headline, dateline or lead is missing.
    """
    # A heading is a block of its own even where a condition's line has eaten the blank one.
    spaced = re.sub(r"^(#+ .*)$", r"\n\n\1\n\n", markdown, flags=re.MULTILINE)
    blocks = [block.strip() for block in spaced.split("\n\n") if block.strip()]
    if len(blocks) < 3 or not blocks[0].startswith("# ") or blocks[1].startswith("#"):
        raise ExportError("a press release begins with '# headline', a dateline and a lead paragraph")
    sections: list[Section] = []
    for block in blocks[3:]:
        if block.startswith("## "):
            sections.append(Section(read_prose(block.removeprefix("## "))))
            continue
        last = sections.pop() if sections else Section()
        sections.append(replace(last, paragraphs=(*last.paragraphs, _one_line(block))))
    return Release(
        headline=_one_line(blocks[0].removeprefix("# ")),
        dateline=_one_line(blocks[1]),
        lead=_one_line(blocks[2]),
        sections=tuple(sections),
        contact=Contact(translate("documents.contact.heading", locale), tuple(contact)),
    )


def _one_line(text: str) -> Prose:
    return read_prose(" ".join(text.split()))
