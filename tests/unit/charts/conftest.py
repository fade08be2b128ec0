"""Frames with numbers that can be checked by hand, and every chart drawn from them.

The frames have the columns that `helpers.indicators` gives; nothing here is computed by it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import isnan

import pandas as pd
import pytest

from helpers.charts import (
    Chart,
    ChartContext,
    plot_absorption_by_group,
    plot_absorption_by_month,
    plot_dimension_profile,
    plot_index_on_scale,
    plot_opd_by_position,
    plot_opd_status_grid,
    plot_quality_flow,
)
from helpers.charts.bars import plot_bars

from . import partnership_and_tiles as more

CEILING = 1_000_000_000
NAN = float("nan")
#: The departments' short names.
OPD_NAMES = [
    "Setda", "Setwan", "Inspektorat", "Disdikbud", "Dinkes", "PUTR", "Perkim LH", "Satpol PP Damkar", "BPBD",
    "Dinsos", "DKP", "Disdukcapil", "DPMD", "DPPKBP3A", "Dishub", "Diskominfo", "Disnakerkop", "DPMPTSP",
    "Disporapar", "Dispersip", "Diskan", "Distan", "Disdag", "Bappelitbangda", "BPKPD",
    "BKPSDM", "Kesbangpol",
]  # fmt: skip


def context(locale: str, *, illustrative: bool = True) -> ChartContext:
    place = {"id": "Kabupaten Hulu Sungai Selatan", "en": "Hulu Sungai Selatan Regency"}[locale]
    return ChartContext(
        locale, place, "2021", illustrative, "Laporan realisasi anggaran, Januari–Desember 2021"
    )


def monthly(months: int = 12, last: float = 0.983, target: float = 0.9) -> pd.DataFrame:
    earlier = [0.02, 0.06, 0.17, 0.22, 0.30, 0.45, 0.51, 0.59, 0.69, 0.77, 0.88, 0.95]
    rates = [*earlier[: months - 1], last]
    planned = [0.03, 0.08, 0.18, 0.26, 0.34, 0.48, 0.55, 0.64, 0.72, 0.81, 0.91, 1.0][:months]
    targets = {3: 0.15, 6: 0.4, 9: 0.6, 12: target}
    return pd.DataFrame(
        {
            "month": range(1, months + 1),
            "ceiling_idr": CEILING,
            "expenditure_to_date_idr": [round(rate * CEILING) for rate in rates],
            "absorption_rate": rates,
            "planned_rate": planned,
            "target_rate": [targets.get(month, NAN) for month in range(1, months + 1)],
        }
    )


def groups(by: str, rates: dict[str, float]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            by: list(rates),
            "ceiling_idr": 200_000_000,
            "expenditure_to_date_idr": [
                0 if isnan(rate) else round(rate * 200_000_000) for rate in rates.values()
            ],
            "absorption_rate": list(rates.values()),
        }
    )


def rollout(**statuses: dict[str, str]) -> pd.DataFrame:
    """All departments reported, but for those named: ``B06={"BPBD": "not_reported"}``."""
    return pd.DataFrame(
        [
            (
                name.lower(),
                f"Dinas {name}",
                name,
                f"2021-{position}",
                changed.get(name, changed.get("*", "reported")),
            )
            for name in OPD_NAMES
            for position, changed in statuses.items()
        ],
        columns=["opd_id", "opd_name", "opd_short_name", "reporting_period", "report_status"],
    )


def waiting(*names: str) -> dict[str, str]:
    return dict.fromkeys(names, "not_reported")


def filling(*names: str) -> dict[str, str]:
    return dict.fromkeys(names, "in_progress")


def scale() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "valid_from": "2022-12-30",
            "class_id": ["sangat rendah", "rendah", "tinggi", "sangat tinggi"],
            "lower_bound": [25, 65, 76.61, 88.31],
            "upper_bound": [65, 76.61, 88.31, None],
        }
    )


def dimensions(
    belief: float = 88.25, organisation: float = 84.7, communication: float = 81.5
) -> pd.DataFrame:
    names = ["organisation", "belief", "communication"]
    return pd.DataFrame(
        {"dimension": names, "family_resilience_index": [organisation, belief, communication]}
    )


def roles() -> pd.DataFrame:
    rows = [
        ("belief", "parent", 90.1),
        ("belief", "child", 86.4),
        ("organisation", "parent", 87.3),
        ("organisation", "child", 82.1),
        ("communication", "parent", 81.5),
        ("communication", "child", 81.5),
    ]
    return pd.DataFrame(rows, columns=["dimension", "respondent_role", "family_resilience_index"])


def quality(rejected: int = 2, corrected: int = 61) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "source": ["family_survey", "opd_reports", "budget"],
            "rows_in": [20, 54, 900],
            "rows_kept": [20, 54, 900 - rejected],
            "rows_rejected": [0, 0, rejected],
            "rows_corrected": [0, 0, corrected],
        }
    )


def bars(frame: pd.DataFrame, ctx: ChartContext, title: str = "Belanja pegawai terserap terbanyak") -> Chart:
    return plot_bars(
        frame, str(frame.columns[0]), str(frame.columns[-1]), ctx, name="bars", style="percent",
        title=title, subtitle="Serapan per jenis belanja, persen dari pagu",
    )  # fmt: skip


SECTIONS = {"general": 0.988, "prevention": 0.975, "rehabilitation": 0.97, "eradication": 0.9852}
TYPES = {"personnel": 0.996, "goods": 0.98, "capital": 0.954}
B06 = waiting("BPBD", "Setwan")
B12 = B06 | waiting("Diskan") | filling("BKPSDM", "Dinsos", "Distan")

#: The charts of the report itself.
REPORT: dict[str, Callable[[ChartContext], Chart]] = {
    "absorption-by-month": lambda ctx: plot_absorption_by_month(monthly(), ctx),
    "absorption-by-section": lambda ctx: plot_absorption_by_group(
        groups("section", SECTIONS), "section", ctx
    ),
    "absorption-by-expenditure-type": lambda ctx: plot_absorption_by_group(
        groups("expenditure_type", TYPES), "expenditure_type", ctx
    ),
    "opd-status-grid": lambda ctx: plot_opd_status_grid(rollout(B06=B06), "2021-B06", ctx),
    "opd-by-position": lambda ctx: plot_opd_by_position(rollout(B06=B06, B12=B12), ctx),
    "index-on-scale": lambda ctx: plot_index_on_scale(
        95 / 112 * 100, 80.1, 89.3, scale(), "sangat tinggi", ctx
    ),
    "dimension-profile": lambda ctx: plot_dimension_profile(dimensions(), roles(), ctx),
    "quality-rows-agencies": lambda ctx: plot_quality_flow(quality(), ctx, "agencies"),
}
#: Half a year a little short of its target, with the plan just above.
MISSED = [0.02, 0.06, 0.16, 0.22, 0.29, 0.38, 0.44, 0.49, 0.63, 0.77, 0.9, 0.983]
PLANNED = [0.03, 0.08, 0.15, 0.24, 0.34, 0.45, 0.55, 0.63, 0.74, 0.85, 0.95, 1.0]

#: What other data could make of them: nothing may overlap or be cut then either.
VARIANTS: dict[str, Callable[[ChartContext], Chart]] = {
    "months-target-just-missed": lambda ctx: plot_absorption_by_month(
        monthly().assign(absorption_rate=MISSED, planned_rate=PLANNED), ctx
    ),
    "months-first": lambda ctx: plot_absorption_by_month(monthly(1, 0.02), ctx),
    "months-five": lambda ctx: plot_absorption_by_month(monthly(5, 0.30), ctx),
    "months-all-ends-equal": lambda ctx: plot_absorption_by_month(monthly(12, 1.0, 1.0), ctx),
    "months-over": lambda ctx: plot_absorption_by_month(monthly(12, 1.07), ctx),
    "months-low": lambda ctx: plot_absorption_by_month(monthly(12, 0.02, 0.0), ctx),
    "section-over-and-none": lambda ctx: plot_absorption_by_group(
        groups("section", SECTIONS | {"general": 1.034, "eradication": NAN}), "section", ctx
    ),
    "grid-three-groups": lambda ctx: plot_opd_status_grid(rollout(B12=B12), "2021-B12", ctx),
    "grid-long-names": lambda ctx: plot_opd_status_grid(
        rollout(B12=B12).replace({"opd_short_name": {
            "DKP": "Dinas Pengendalian Penduduk dan Keluarga Berencana",
            "DPMD": "Pertanggungjawabanpembangunan",
        }}),
        "2021-B12",
        ctx,
    ),
    "positions-four": lambda ctx: plot_opd_by_position(rollout(B06=B06, B12=B12, B18=B06, B24=B12), ctx),
    "scale-lowest": lambda ctx: plot_index_on_scale(25, 25, 30, scale(), "sangat tinggi", ctx),
    "scale-highest": lambda ctx: plot_index_on_scale(100, 97, 100, scale(), "sangat rendah", ctx),
    "scale-agree": lambda ctx: plot_index_on_scale(99.1, 97, 100, scale(), "sangat_tinggi", ctx),
    "scale-unpublished": lambda ctx: plot_index_on_scale(70, 60, 80, scale(), None, ctx),
    "profile-plain": lambda ctx: plot_dimension_profile(dimensions(), None, ctx),
    "profile-ends": lambda ctx: plot_dimension_profile(dimensions(100, 50, 25), roles().assign(
        family_resilience_index=[100, 25, 100, 25, 100, 99.9]), ctx),
    "quality-clean": lambda ctx: plot_quality_flow(quality(0, 0), ctx, "villages"),
    "bars-of-shares": lambda ctx: bars(groups("expenditure_type", TYPES | {"capital": NAN}), ctx),
    "bars-of-months": lambda ctx: plot_bars(
        monthly(), "month", "expenditure_to_date_idr", ctx, name="bars", style="idr_short",
        title="Belanja naik setiap bulan", subtitle="Belanja kumulatif",
    ),
}  # fmt: skip
REPORT |= more.REPORT
BUILDERS = REPORT | VARIANTS | more.VARIANTS


@cache
def _build(scenario: str, locale: str) -> Chart:
    return BUILDERS[scenario](context(locale))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "report_chart" in metafunc.fixturenames:
        metafunc.parametrize("report_chart", [(name, loc) for name in REPORT for loc in ("id", "en")],
                             ids="-".join, indirect=True)  # fmt: skip
    if "any_chart" in metafunc.fixturenames:
        metafunc.parametrize("any_chart", [(name, loc) for name in BUILDERS for loc in ("id", "en")],
                             ids="-".join, indirect=True)  # fmt: skip


@pytest.fixture
def report_chart(request: pytest.FixtureRequest) -> Chart:
    """Each chart of the report, in each language."""
    return _build(*request.param)


@pytest.fixture
def any_chart(request: pytest.FixtureRequest) -> Chart:
    """Each chart of the report and each variant, in each language."""
    return _build(*request.param)


@pytest.fixture
def build() -> Callable[[str, str], Chart]:
    """A chart of the report or a variant by name and language."""
    return _build


@pytest.fixture
def make() -> type[Make]:
    """The frames, for tests that change one thing in them."""
    return Make


class Make:
    """Names for the frames above, so that tests need no import from here."""

    context = staticmethod(context)
    monthly = staticmethod(monthly)
    groups = staticmethod(groups)
    rollout = staticmethod(rollout)
    waiting = staticmethod(waiting)
    filling = staticmethod(filling)
    scale = staticmethod(scale)
    dimensions = staticmethod(dimensions)
    roles = staticmethod(roles)
    quality = staticmethod(quality)
    bars = staticmethod(bars)
