"""What a process does once before notebooks are forked from it: all that is slow only the first time."""

from __future__ import annotations

import pandas as pd

from helpers.charts import (
    ChartContext,
    figure_bundle,
    plot_district_tiles,
    plot_opd_tiles,
    plot_village_tiles,
)
from helpers.charts.export import draw_png
from helpers.columns import TABLES
from helpers.formats import format_value
from helpers.indicators.profiles import (
    compute_district_status,
    compute_opd_actions,
    compute_village_status,
    place_districts,
    widen_actions,
)
from helpers.messages import LOCALES
from helpers.notebook.columns import make_table
from helpers.read import cast_table


def practise() -> None:
    """Draw each tile chart and set one table of made-up rows, in both languages; nothing is kept but caches.

    Catalogues, number formats, fonts and the first use of pandas cost a third of a profile.
    No file is read: a reader of Parquet would start threads, and children are forked from here.
    """
    villages = pd.DataFrame(
        {
            "village_code": ["00.00.01.2001", "00.00.01.2002", "00.00.02.1001"],
            "village_name": ["A", "B", "C"],
            "village_type": ["desa", "desa", "kelurahan"],
            "district_code": ["00.00.01", "00.00.01", "00.00.02"],
            "district_name": ["D", "D", "E"],
            "is_desa_bersinar": [True, False, False],
            "vulnerability_class": [None, None, "aman"],
        }
    )
    reports = pd.DataFrame(
        {
            "opd_id": ["a", "b", "c"],
            "opd_short_name": ["A", "B", "C"],
            "reporting_period": "2021-B06",
            "report_status": ["reported", "in_progress", "not_reported"],
            "volunteer_count": pd.array([5, 2, None], dtype="Int64"),
        }
    )
    for table in TABLES.values():
        cast_table(pd.DataFrame(columns=table.columns), table)
    programmes = pd.DataFrame({"village_code": ["00.00.01.2001", None]})
    status = compute_village_status(villages, programmes)
    placed = place_districts(villages, None)
    actions = widen_actions(
        compute_opd_actions(reports, "a", ["volunteer_count"], ["volunteer_count"]), ["volunteer_count"]
    )
    for locale in LOCALES:
        ctx = ChartContext(locale, "A", "2021", True, "A")
        charts = (
            plot_village_tiles(villages, placed, "00.00.01.2001", ctx),
            plot_district_tiles(placed, compute_district_status(status), "00.00.01", ctx),
            plot_opd_tiles(reports, "a", ctx),
        )
        for chart in charts:
            figure_bundle(chart)
        draw_png(charts[-1])
        make_table(
            actions[["action", "own_b06_count"]], name="a", caption="a", source="a", locale=locale,
            illustrative=True,
        )  # fmt: skip
        for value, style in (
            (1234.5, "index"),
            (0.5, "percent"),
            (1234, "count"),
            ("2021-12-29", "date_day"),
        ):
            format_value(value, style, locale)
