"""Charts: one message each, from a frame of `helpers.indicators` to a `Chart`.

One module a chart, drawn on a sheet of ``layout`` with ``marks`` and ``rows``; ``model`` says what a chart
is. ``svg`` and ``export`` write it; ``frame`` adds title and source to a file that stands alone.
"""

from __future__ import annotations

from helpers.charts.absorption_group import plot_absorption_by_group
from helpers.charts.absorption_month import plot_absorption_by_month
from helpers.charts.commitments import plot_commitment_history, plot_commitments_by_party
from helpers.charts.dimension_profile import plot_dimension_profile
from helpers.charts.export import SavedChart, figure_bundle, save_chart
from helpers.charts.model import Chart, ChartContext
from helpers.charts.opd_tiles import plot_opd_tiles
from helpers.charts.positions import plot_opd_by_position
from helpers.charts.quality import plot_quality_flow
from helpers.charts.rollout import plot_opd_status_grid
from helpers.charts.scale import plot_index_on_scale
from helpers.charts.tile_map import plot_district_tiles, plot_village_tiles
from helpers.charts.timeline import plot_policy_timeline
from helpers.charts.work_plan import plot_work_plan

__all__ = [
    "Chart",
    "ChartContext",
    "SavedChart",
    "figure_bundle",
    "plot_absorption_by_group",
    "plot_absorption_by_month",
    "plot_commitment_history",
    "plot_commitments_by_party",
    "plot_dimension_profile",
    "plot_district_tiles",
    "plot_index_on_scale",
    "plot_opd_by_position",
    "plot_opd_status_grid",
    "plot_opd_tiles",
    "plot_policy_timeline",
    "plot_quality_flow",
    "plot_village_tiles",
    "plot_work_plan",
    "save_chart",
]
