"""The doors: an edition's page for leadership, the page over its profiles, the page over all editions."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from helpers.blocks import KeyFigure, KeyFigures
from helpers.edition import Edition
from helpers.messages import has_text, translate
from helpers.publish.design import page_css, template_text
from helpers.publish.filters import fact_link, logo, render_inlines
from helpers.publish.model import Document
from helpers.publish.references import Counter, number_and_link


@dataclass(frozen=True, slots=True)
class Entry:
    """One document as the portals list it; ``says`` are its headings, for the search."""

    name: str
    title: str
    files: tuple[str, ...]
    says: tuple[str, ...] = ()

    @property
    def page(self) -> str:
        """The file that its title leads to."""
        return next((file for file in self.files if file.endswith(".html")), self.files[0])

    def to_json(self) -> dict[str, Any]:
        """Return it as the manifest holds it."""
        return {"name": self.name, "title": self.title, "files": self.files, "says": self.says}

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> Entry:
        """Return the entry that `to_json` gave."""
        return cls(entry["name"], entry["title"], tuple(entry["files"]), tuple(entry["says"]))


@dataclass(frozen=True, slots=True)
class EditionEntry:
    """One edition in one language as the page over all editions lists it."""

    folder: str
    lang: str
    office: str
    year: int
    illustrative: bool
    figures: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]


def texts(lang: str) -> dict[str, object]:
    """Return the functions by which a portal's template finds its words."""

    def about(name: str) -> str:
        key = f"publish.about.{name}"
        return translate(key, lang) if has_text(key, lang) else ""

    return {"t": lambda key, **values: translate(f"publish.{key}", lang, **values), "about": about}


@cache
def environment() -> Environment:
    """Return the templates of the portals, with the style of pages and of portals."""
    made = Environment(
        loader=PackageLoader("helpers.publish", "templates/html"), autoescape=True, trim_blocks=True,
        lstrip_blocks=True, undefined=StrictUndefined,
    )  # fmt: skip
    made.filters |= {"inlines": render_inlines, "logo": logo}
    css = Markup(page_css() + template_text("html/portal.css"))
    made.globals |= {"fact_link": fact_link, "css": css}
    return made


def key_figures(brief: Document) -> tuple[KeyFigure, ...]:
    """Return the tiles of a brief for a page that holds no origins: nothing in them leads anywhere."""
    tiles = [block for block in brief.blocks if isinstance(block, KeyFigures)]
    plain = number_and_link(tiles, brief.lang, (), Counter())
    return tuple(item for block in plain if isinstance(block, KeyFigures) for item in block.items)


def render_edition(
    brief: Document,
    entries: Sequence[Entry],
    downloads: Sequence[str],
    pictures: Sequence[tuple[str, str]],
    notebooks: Sequence[str],
) -> str:
    """Return the page of one edition.

    Parameters
    ----------
    brief : Document
        The leadership brief: office, year, date, letterhead, and the figures that matter.
    entries : sequence of Entry
        The documents, the most used first.
    downloads : sequence of str
        Files for programs and spreadsheets.
    pictures : sequence of (name, title)
        The charts; each lies in ``figures`` as SVG, PNG and CSV.
    notebooks : sequence of str
        Files in ``notebooks``.
    """
    up = "../../index.html" if brief.lang == "id" else "../../../index.html"
    template = environment().get_template("edition.html.j2")
    return template.render(
        document=brief, figures=key_figures(brief), entries=entries, downloads=downloads, pictures=pictures,
        notebooks=notebooks, up=up, **texts(brief.lang),
    )  # fmt: skip


_PROFILES = re.compile(r"<!--profiles-->.*?<!--/profiles-->", re.DOTALL)


def link_profiles(page: str, entry: Entry | None, lang: str) -> str:
    """Return an edition's page with the card of its profiles, or without one.

    Profiles are made after the report; the page keeps a place for them.
    """
    card = ""
    if entry is not None:
        macros = environment().get_template("portal_macros.html.j2").module
        about = translate("publish.about.profiles", lang)
        card = str(macros.card(entry, about))  # type: ignore[attr-defined]
    return _PROFILES.sub(lambda _match: f"<!--profiles-->{card}<!--/profiles-->", page)


@cache
def search_script() -> tuple[Markup, str]:
    """Return the script of the search and the hash that allows it."""
    script = template_text("html/portal.js")
    digest = hashlib.sha256(script.encode()).digest()
    return Markup(script), "sha256-" + base64.b64encode(digest).decode()


def render_editions(editions: Sequence[EditionEntry], lang: str = "id") -> str:
    """Return the page over all editions; each is told in its own language.

    The search is a script allowed by its hash; without it the page lists everything.
    """
    script, script_hash = search_script()
    offices: dict[str, list[EditionEntry]] = {}
    for edition in editions:
        offices.setdefault(edition.folder.partition("/")[0], []).append(edition)
    words = {edition.lang: texts(edition.lang) for edition in editions}
    template = environment().get_template("editions.html.j2")
    return template.render(
        offices=list(offices.values()), lang=lang, words=words, script=script, script_hash=script_hash,
        **texts(lang),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProfileGroup:
    """Profiles that are listed together: the districts, the villages of one, the departments."""

    name: str
    heading: str
    entries: tuple[Entry, ...]


def render_profiles(edition: Edition, groups: Sequence[ProfileGroup]) -> str:
    """Return ``profiles/index.html``.

    Parameters
    ----------
    edition : Edition
    groups : sequence of ProfileGroup
        In the order of the page; the search finds an entry by its title, its code and its group.
    """
    script, script_hash = search_script()
    lang = edition.locale

    def word(key: str, **values: object) -> str:
        return translate(f"profiles.index.{key}", lang, **values)

    template = environment().get_template("profiles.html.j2")
    return template.render(
        lang=lang, edition=edition, groups=groups, script=script, script_hash=script_hash, word=word,
        lead=word("lead", place=edition.place_name), **texts(lang),
    )  # fmt: skip
