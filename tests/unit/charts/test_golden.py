"""The pictures themselves: a difference means that a picture changed.

After looking at the new pictures, write them with ``HELPERS_UPDATE_GOLDEN=1``.
"""

from __future__ import annotations

import os
from pathlib import Path

import matplotlib as mpl
import pytest

from helpers.charts import Chart

FOLDER = Path(__file__).resolve().parents[2] / "golden" / "charts"
#: Another version may place a tick or write a number otherwise without being wrong.
DRAWN_WITH = "3.11.2"


@pytest.mark.skipif(
    mpl.__version__ != DRAWN_WITH, reason=f"the pictures were drawn with matplotlib {DRAWN_WITH}"
)
def test_the_picture_has_not_changed(report_chart: Chart, request: pytest.FixtureRequest) -> None:
    locale = request.node.callspec.params["report_chart"][1]
    path = FOLDER / f"{report_chart.name}.{locale}.svg"
    if os.environ.get("HELPERS_UPDATE_GOLDEN") == "1":
        path.write_text(report_chart.drawing.inline, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == report_chart.drawing.inline
