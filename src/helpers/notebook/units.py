"""The units that profiles are made of, one page each: where each kind is listed and what it is called."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from helpers.columns.labels import capital, label_of
from helpers.edition import Edition
from helpers.errors import ParameterError
from helpers.indicators.rollout import select_registry
from helpers.messages import translate
from helpers.read import read_reference, read_table

#: Kind of unit → the column that holds its code; departments are listed in the registry.
CODES = {"village": "village_code", "district": "district_code", "opd": "opd_id"}


@dataclass(frozen=True)
class Unit:
    """One village, district or department.

    ``rows`` are its rows of the list of its kind: one village, all villages of a district, one
    department.
    """

    kind: str
    code: str
    rows: pd.DataFrame

    @property
    def prefix(self) -> str:
        """What the keys of its figures begin with: ``village.63.06.05.2017``."""
        return f"{self.kind}.{self.code}"

    def names(self, locale: str) -> dict[str, str]:
        """Return its names, as values of a title or a sentence."""
        row = self.rows.iloc[0]
        named = {"code": self.code}
        if self.kind == "opd":
            return named | {
                "opd": str(row["opd_name" if locale == "id" else "opd_name_en"]),
                "short": str(row["opd_short_name"]),
            }
        return named | {
            "village": str(row["village_name"]),
            "district": str(row["district_name"]),
            "kind": capital(label_of("village_type", str(row["village_type"]), locale)),
        }


def find_unit(edition: Edition, kind: str, code: str) -> Unit:
    """Return a unit of an edition.

    Raises
    ------
    ParameterError
        If the edition has none with this code.
    """
    column = CODES[kind]
    if kind == "opd":
        registry = read_reference("opd_registry", edition.paths.reference_for("opd_registry"))
        listed = select_registry(registry, edition.params.year)
    else:
        listed = read_table("clean_villages__village", edition.paths.processed)
    rows = listed.loc[listed[column] == code]
    if rows.empty:
        raise ParameterError(translate("chapter.unit_unknown", edition.locale, name=column, value=code))
    return Unit(kind, code, rows)
