"""The two doors: an edition's page for leadership, and the page over all editions and offices."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from helpers.messages import has_text, translate
from helpers.publish.design import page_css, template_text
from helpers.publish.model import Document, KeyFigure, KeyFigures
from helpers.publish.page import fact_link, logo, render_inlines
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


def _texts(lang: str) -> dict[str, object]:
    def about(name: str) -> str:
        # Of a folder that holds one file a source, the folder is described.
        key = f"publish.about.{name.partition('/')[0]}"
        return translate(key, lang) if has_text(key, lang) else ""

    return {"t": lambda key, **values: translate(f"publish.{key}", lang, **values), "about": about}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("helpers.publish", "templates/html"), autoescape=True, trim_blocks=True,
        lstrip_blocks=True, undefined=StrictUndefined,
    )  # fmt: skip
    environment.filters |= {"inlines": render_inlines, "logo": logo}
    css = Markup(page_css() + template_text("html/portal.css"))
    environment.globals |= {"fact_link": fact_link, "css": css}
    return environment


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
    template = _environment().get_template("edition.html.j2")
    return template.render(
        document=brief, figures=key_figures(brief), entries=entries, downloads=downloads, pictures=pictures,
        notebooks=notebooks, up=up, **_texts(brief.lang),
    )  # fmt: skip


@cache
def _search_script() -> tuple[Markup, str]:
    script = template_text("html/portal.js")
    digest = hashlib.sha256(script.encode()).digest()
    return Markup(script), "sha256-" + base64.b64encode(digest).decode()


def render_editions(editions: Sequence[EditionEntry], lang: str = "id") -> str:
    """Return the page over all editions; each is told in its own language.

    The search is a script allowed by its hash; without it the page lists everything.
    """
    script, script_hash = _search_script()
    offices: dict[str, list[EditionEntry]] = {}
    for edition in editions:
        offices.setdefault(edition.folder.partition("/")[0], []).append(edition)
    words = {edition.lang: _texts(edition.lang) for edition in editions}
    template = _environment().get_template("editions.html.j2")
    return template.render(
        offices=list(offices.values()), lang=lang, words=words, script=script, script_hash=script_hash,
        **_texts(lang),
    )  # fmt: skip
