"""What profiles say of activities: the result where there is one that may be shown."""

from __future__ import annotations

import pandas as pd

from helpers.columns.people import is_small, may_count_people
from helpers.indicators.programmes import list_programmes
from helpers.messages import has_text, translate
from helpers.notebook.chapter import Chapter
from helpers.notebook.words import Words, catalogued


def list_activities(chapter: Chapter, programmes: pd.DataFrame) -> list[Words]:
    """Return each activity as a point of a list, its result recorded.

    Parameters
    ----------
    chapter : Chapter
        Of a profile.
    programmes : DataFrame
        Rows of ``clean_programmes__activity`` with provenance.
    """
    return [_point(chapter, programmes.iloc[[place]]) for place in range(len(programmes))]


def _point(chapter: Chapter, row: pd.DataFrame) -> Words:
    entry, locale = row.iloc[0], chapter.edition.locale
    activity, result, unit = entry[f"activity_name_{locale}"], entry["realised_count"], entry["count_unit"]
    if pd.isna(result):
        return Words("{activity}", "{activity}", {"activity": activity})
    if may_count_people(unit) and is_small(int(result)):
        return catalogued("profiles.activity.hidden", activity=activity)
    key = f"own.realised.{entry['activity_id']}"
    count = chapter.figure(
        key, int(result), unit="count", rows=row, cells=["realised_count"], by=list_programmes
    )
    if pd.isna(unit):
        return catalogued("profiles.activity.bare", activity=activity, count=count)
    label = f"profiles.unit.{unit}"
    named = translate(label, locale) if has_text(label, locale) else str(unit)
    return catalogued("profiles.activity.realised", activity=activity, count=count, unit=named)
