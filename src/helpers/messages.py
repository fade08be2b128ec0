"""The catalogue: every sentence a reader can see, in Indonesian and English.

Texts live in ``locales/<locale>/<domain>.toml``; a key is ``<domain>.<path>``.
Placeholders are ``str.format`` fields whose format specification is a name of
`helpers.formats`: ``{rate:percent}`` prints ``98,30 persen`` or ``98.30 percent``.
Both languages hold the same keys and placeholders; a test compares them.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

LOCALES = ("id", "en")
_FOLDER = Path(__file__).parent / "locales"


class _LocalFormatter(string.Formatter):
    """A ``str.format`` whose specifications are the names of `helpers.formats`."""

    def __init__(self, locale: str) -> None:
        self.locale = locale

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> tuple[Any, str]:
        """Return a value by its whole name: keys of figures hold dots, ``{budget.absorption_rate}``."""
        return kwargs[field_name], field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        if hasattr(value, "printed"):
            # A recorded fact prints itself, with the mark that leads to its origin.
            return str(value.printed(format_spec, self.locale))
        if format_spec:
            # Babel comes with the environment: messages of its making have no formats.
            from helpers.formats import format_value

            return format_value(value, format_spec, self.locale)
        return str(value)


def _flatten(tree: Mapping[str, Any], prefix: str) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in tree.items():
        path = f"{prefix}.{key}"
        if isinstance(value, Mapping):
            flat |= _flatten(value, path)
        else:
            flat[path] = str(value)
    return flat


@cache
def _domain(domain: str, locale: str) -> Mapping[str, str]:
    """Return the texts of one file: a command that prints three lines need not read them all."""
    path = _FOLDER / locale / f"{domain}.toml"
    return _flatten(tomllib.loads(path.read_text(encoding="utf-8")), domain) if path.is_file() else {}


@cache
def catalogue(locale: str) -> Mapping[str, str]:
    """Return all texts of one language, by full key.

    Raises
    ------
    KeyError
        If there is no such language.
    """
    if locale not in LOCALES:
        raise KeyError(f"no catalogue for locale {locale!r}; known: {', '.join(LOCALES)}")
    domains = sorted(path.stem for path in (_FOLDER / locale).glob("*.toml"))
    return {key: text for domain in domains for key, text in _domain(domain, locale).items()}


def load_catalogues() -> None:
    """Read the texts of all languages: for a parent whose children will need them."""
    for locale in LOCALES:
        catalogue(locale)


def has_text(key: str, locale: str = "id") -> bool:
    """Return whether the catalogue holds a text under this key."""
    return key in _domain(key.partition(".")[0], locale)


def fill(text: str, locale: str, values: Mapping[str, Any]) -> str:
    """Return a text with its placeholders filled, each printed as its format and the language ask.

    Raises
    ------
    KeyError
        If a placeholder has no value.

    Examples
    --------
    >>> fill("{rate:percent} of {opd.total_count}", "en", {"rate": 0.5, "opd.total_count": 27})
    '50.00 percent of 27'
    """
    return _LocalFormatter(locale).vformat(text, (), values)


def translate(key: str, locale: str = "id", **values: Any) -> str:
    """Return one text with its placeholders filled.

    Raises
    ------
    KeyError
        If the key is not in the catalogue or a placeholder has no value: an unknown
        text is a defect of the program, never shown to a reader as a bare key.

    Examples
    --------
    >>> translate("findings.place.cell", "id", cell="H23")
    'sel H23'
    """
    texts = _domain(key.partition(".")[0], locale)
    if key not in texts:
        raise KeyError(f"no text {key!r} in the {locale} catalogue")
    return fill(texts[key], locale, values)
