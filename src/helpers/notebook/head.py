"""The head of a document: what it is, of whom, in which language."""

from __future__ import annotations

from collections.abc import Collection

from helpers.blocks import Head, Letterhead
from helpers.columns.documents import ALL_SOURCES
from helpers.edition import Edition
from helpers.messages import has_text, translate
from helpers.notebook.units import Unit


def describe_head(edition: Edition, name: str, kind: str, unit: Unit | None, used: Collection[str]) -> Head:
    """Return the head of a chapter's document.

    Title and subtitle are those of the catalogue, since other documents name the chapter too. A
    profile is marked as illustrative for what it shows, any other document for its edition.

    Parameters
    ----------
    used : collection of str
        Sources whose rows the document shows.
    """
    locale, office = edition.locale, edition.declaration["office"]
    texts = f"profiles.{unit.kind}" if unit else f"documents.{name}"
    named = unit.names(locale) if unit else {}
    own = f"{texts}.illustrative"
    marked = own if has_text(own, locale) else "documents.illustrative.text"
    illustrative = (
        edition.is_illustrative() if unit is None else bool(used) and edition.is_illustrative(*used)
    )
    return Head(
        name=name,
        kind=kind,
        title=translate(_variant(edition, f"{texts}.title"), locale, year=edition.params.year, **named),
        subtitle=translate(_variant(edition, f"{texts}.subtitle"), locale, place=edition.place_name, **named),
        lang=locale,
        office=edition.office_name,
        regency=edition.place_name,
        year=edition.params.year,
        release_date=edition.release_date,
        illustrative=illustrative,
        illustrative_text=translate(marked, locale),
        letterhead=Letterhead(
            agency=office["agency_" + locale],
            office=edition.office_name,
            address=office.get("address", ""),
            website=office.get("website", ""),
            logo=edition.logo,
        ),
    )


def _variant(edition: Edition, key: str) -> str:
    """Return the text's key for an edition that lacks a source, where the catalogue has one."""
    lacking = (f"{key}_without_{name}" for name in ALL_SOURCES if name not in edition.sources)
    return next((name for name in lacking if has_text(name, edition.locale)), key)
