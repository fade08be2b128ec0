"""The pictures themselves: a difference means that a picture changed.

After looking at the new pictures, write them with ``HELPERS_UPDATE_GOLDEN=1``.
"""

from __future__ import annotations

import os
from pathlib import Path

import matplotlib as mpl
import pytest

from helpers.charts import Chart
from helpers.charts.export import body_svg

FOLDER = Path(__file__).resolve().parents[2] / "golden" / "charts"
#: Another version may place a tick or write a number otherwise without being wrong.
DRAWN_WITH = "3.11.2"
CHANGED = (
    f"the picture changed. Kept pictures are of matplotlib {DRAWN_WITH}, this is {mpl.__version__}. "
    "Look at both; if the new one is right, write it with HELPERS_UPDATE_GOLDEN=1 and name the version here."
)


def test_the_picture_has_not_changed(report_chart: Chart, request: pytest.FixtureRequest) -> None:
    locale = request.node.callspec.params["report_chart"][1]
    path = FOLDER / f"{report_chart.name}.{locale}.svg"
    svg = body_svg(report_chart)
    if os.environ.get("HELPERS_UPDATE_GOLDEN") == "1":
        path.write_text(svg, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == svg, CHANGED
