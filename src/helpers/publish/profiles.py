"""The page over all profiles of an edition, with a search that works from a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from helpers.edition import Edition
from helpers.messages import translate
from helpers.publish.portal import Entry, environment, search_script, texts


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
