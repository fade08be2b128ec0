"""Names to codes: by code, exactly, by alias, by similarity; never by luck.

One matcher for villages and departments. A name matches by similarity only where the best
candidate reaches the floor and stands clear of the next one; otherwise the three best are
offered and nothing is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import fuzz, process

from helpers.clean.text import name_key

#: Similarity from which a name is taken for a misspelt one: one wrong letter in nine.
NAME_FLOOR = 88.0
#: How clear of the second best it must stand.
NAME_MARGIN = 4.0
#: "Baru" and "Batu" differ by a letter and are two villages.
SHORTEST_FUZZY = 6

_DISTRICT_PREFIX = re.compile(r"^(kecamatan|kec)\s+")
_VILLAGE_PREFIX = re.compile(r"^(desa|ds|kelurahan|kel|kampung|kp)\s+")
_ABBREVIATIONS = (
    (re.compile(r"\b(sei|sui|sg|s)\b"), "sungai"),
    (re.compile(r"\b(kdg)\b"), "kandangan"),
    (re.compile(r"\b(tlg|tl)\b"), "telaga"),
    (re.compile(r"\b(pdg)\b"), "padang"),
    (re.compile(r"\b(mdl)\b"), "mandala"),
    (re.compile(r"\b(btg)\b"), "batang"),
)
#: Words that most departments share: they make different names look alike
#: ("Dinas Pertamanan", "Dinas Pertanian") and are left out of the comparison.
_SHARED_WORDS = re.compile(r"^(dinas|badan|kantor|sekretariat|satuan|bagian)\s+")


def village_key(name: str) -> str:
    """Return the comparable form of a village or district name.

    >>> village_key("Ds. Sei Mandala"), village_key("Kec. Kandangan")
    ('sungai mandala', 'kandangan')
    """
    key = _VILLAGE_PREFIX.sub("", _DISTRICT_PREFIX.sub("", name_key(name)))
    for pattern, full in _ABBREVIATIONS:
        key = pattern.sub(full, key)
    return key


@cache
def _ending(regency: str) -> re.Pattern[str]:
    """Return what ends a department's name and only says whose it is: "Kab. Tapin", "HSS"."""
    words = re.sub(r"^(kabupaten|kota) ", "", name_key(regency)).split()
    initials = "".join(word[0] for word in words)
    places = "|".join(filter(None, [" ".join(words), initials if len(words) > 1 else ""]))
    named = rf"\s+((kabupaten|kab|kota)\s+)?({places})$|" if places else ""
    return re.compile(rf"{named}\s+kab(upaten)?$")


def opd_key(name: str, regency: str = "") -> str:
    """Return the comparable form of a department's name: without the regency's name or initials.

    >>> opd_key("Dinas Kesehatan Kab. Tapin", "Kabupaten Tapin"), opd_key("Badan A & B (BAB)")
    ('dinas kesehatan', 'badan a dan b bab')
    """
    return _ending(regency).sub("", name_key(name.replace("&", " dan ").replace("/", " ")))


@dataclass(frozen=True, slots=True)
class Match:
    """What a name was found to be; ``code`` is empty if nothing was chosen.

    ``problem`` is then ``ambiguous`` or ``unknown``, with up to three candidates,
    best first.
    """

    code: str = ""
    method: str = ""
    score: float = 0.0
    problem: str = ""
    candidates: tuple[tuple[str, float], ...] = ()


def shown_score(score: float) -> str:
    """Return a similarity as people are told it: whole, so that it reads the same in both languages.

    >>> shown_score(93.75)
    '93'
    """
    return str(int(score))


@dataclass(frozen=True, slots=True)
class Matches:
    """A column of matches: the distinct ones, and which of them each row has.

    A million rows with a thousand names hold a thousand matches, not a million.
    """

    found: list[Match]
    position: npt.NDArray[np.intp]

    def each(self, function: Callable[[Match], Any], dtype: Any = object) -> npt.NDArray[Any]:
        """Return something of every row's match, worked out once for each distinct one."""
        values = np.empty(len(self.found), dtype=dtype)
        values[:] = [function(match) for match in self.found]
        return values[self.position]


def match_all(keys: pd.Series, function: Callable[[str], Match]) -> Matches:
    """Match every distinct text of a column once."""
    position, distinct = pd.factorize(keys.to_numpy(dtype=object))
    return Matches([function(text) for text in distinct], position)


def _codes_by_form(forms: Iterable[str], codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the codes that each comparable form belongs to, in their order."""
    found: dict[str, tuple[str, ...]] = {}
    for form, code in zip(forms, codes, strict=True):
        # Nearly every form is of one code alone.
        found[form] = (*found[form], code) if form in found else (code,)
    return found


@dataclass(frozen=True)
class NameIndex:
    """The names one can match, prepared once.

    Parameters
    ----------
    names : Mapping
        Code -> official name.
    aliases : tuple of (code, alias)
    key : callable
        Comparable form of a name.
    """

    names: Mapping[str, str]
    aliases: tuple[tuple[str, str], ...]
    key: Callable[[str], str]
    _kept: dict[frozenset[str] | None, tuple[list[str], list[str]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @cached_property
    def _exact(self) -> dict[str, tuple[str, ...]]:
        # Built when a name is first matched: a table that comes with codes needs none.
        return _codes_by_form(map(name_key, self.names.values()), self.names)

    @cached_property
    def _keys(self) -> dict[str, str]:
        return {code: self.key(name) for code, name in self.names.items()}

    @cached_property
    def _alias(self) -> dict[str, tuple[str, ...]]:
        found = _codes_by_form(self._keys.values(), self.names)
        for code, alias in self.aliases:
            if code in self.names:
                for form in {name_key(alias), self.key(alias)}:
                    found[form] = (*found.get(form, ()), code)
        return found

    @cached_property
    def _position(self) -> dict[str, int]:
        return {form: position for position, form in enumerate(self._alias)}

    def _compared(self, within: frozenset[str] | None) -> tuple[list[str], list[str]]:
        """Return the forms that a name may be, and what of each is compared; made once a district."""
        if within not in self._kept:
            forms = list(self._alias)
            if within is not None:
                found = {self._keys[code] for code in within if code in self._keys}
                for code, alias in self.aliases:
                    if code in within and code in self.names:
                        found |= {name_key(alias), self.key(alias)}
                forms = sorted(found, key=self._position.__getitem__)
            self._kept[within] = (forms, [_SHARED_WORDS.sub("", form) for form in forms])
        return self._kept[within]

    def match(self, name: str, within: frozenset[str] | None = None) -> Match:
        """Match one name, among some codes if given.

        Parameters
        ----------
        name : str
        within : frozenset of str, optional
            Codes that are possible here: the villages of the district that the row names.
        """
        for method, index, form in (
            ("exact", self._exact, name_key(name)),
            ("alias", self._alias, name_key(name)),
            ("alias", self._alias, self.key(name)),
        ):
            codes = set(index.get(form, ()))
            if within is not None:
                codes &= within
            if len(codes) == 1:
                return Match(codes.pop(), method, 100.0)
            if codes:
                offered = tuple((self.names[code], 100.0) for code in sorted(codes)[:3])
                return Match(problem="ambiguous", candidates=offered)
        return self._match_similar(self.key(name), within)

    def _match_similar(self, form: str, within: frozenset[str] | None) -> Match:
        best: dict[str, float] = {}
        form = _SHARED_WORDS.sub("", form)
        forms, compared = self._compared(within)
        for _, score, position in process.extract(form, compared, scorer=fuzz.ratio, limit=12):
            codes = self._alias[forms[position]]
            for code in codes:
                if within is None or code in within:
                    best[code] = max(best.get(code, 0.0), score)
        ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))
        offered = tuple((self.names[code], round(score, 1)) for code, score in ranked[:3])
        if not ranked or ranked[0][1] < NAME_FLOOR or len(form) < SHORTEST_FUZZY:
            return Match(problem="unknown", candidates=offered)
        if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < NAME_MARGIN:
            return Match(problem="ambiguous", candidates=offered)
        return Match(ranked[0][0], "fuzzy", round(ranked[0][1], 1), candidates=offered)
