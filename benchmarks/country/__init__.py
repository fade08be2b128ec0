"""A synthetic country to measure with: as many offices and villages as Indonesia has, all made up."""

from __future__ import annotations

from country.files import write_country, write_office
from country.regencies import OFFICES, YEAR, Regency, make_country

__all__ = ["OFFICES", "YEAR", "Regency", "make_country", "write_country", "write_office"]
