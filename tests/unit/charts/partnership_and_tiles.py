"""Frames of the charts of partnership, timeline and tile maps, and the charts drawn from them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd

from helpers.charts import (
    Chart,
    ChartContext,
    plot_commitment_history,
    plot_commitments_by_party,
    plot_district_tiles,
    plot_opd_tiles,
    plot_policy_timeline,
    plot_village_tiles,
    plot_work_plan,
)
from helpers.columns.partnership import AREAS, COMMITMENT_STATUSES
from helpers.indicators.profiles import compute_district_status, compute_village_status, place_districts

REFERENCE = Path(__file__).resolve().parents[3] / "data" / "reference"
NAN = float("nan")


def by_status(*counts: int) -> pd.DataFrame:
    return pd.DataFrame({"commitment_status": list(COMMITMENT_STATUSES), "commitment_count": list(counts)})


def by_party(*parties: str) -> pd.DataFrame:
    rows = [
        (party, area, (number + place) % 3, int((number + place) % 3 == 2 and place < 2))
        for number, party in enumerate(parties)
        for place, area in enumerate(AREAS)
    ]
    return pd.DataFrame(rows, columns=["party_name", "area", "commitment_count", "done_count"])


def history(*days: tuple[str, tuple[int, ...]]) -> pd.DataFrame:
    rows = [
        (pd.Timestamp(day), status, count)
        for day, counts in days
        for status, count in zip(COMMITMENT_STATUSES, counts, strict=True)
    ]
    return pd.DataFrame(rows, columns=["changed_date", "commitment_status", "commitment_count"])


def plan(*activities: tuple[str, str, str, int, int, int | None, int | None]) -> pd.DataFrame:
    """Area, Indonesian and English name, first and last month, target and result of each activity."""
    frame = pd.DataFrame(
        activities,
        columns=[
            "area", "activity_name_id", "activity_name_en", "start_month", "end_month", "target_count",
            "realised_count",
        ],
    )  # fmt: skip
    counts = frame.astype({"target_count": "Int64", "realised_count": "Int64"})
    share = (counts["realised_count"] / counts["target_count"]).astype("Float64").to_numpy("float64", NAN)
    return counts.assign(
        activity_id=[f"a{n}" for n in range(len(counts))],
        count_unit="kegiatan",
        realised_share=share,
    )


def timeline(*milestones: tuple[str, str, str, str, str, str | None]) -> pd.DataFrame:
    """Date, precision, status, titles and the date as written of each milestone."""
    columns = ["milestone_date", "date_precision", "milestone_status", "title_id", "title_en", "stated_date"]
    frame = pd.DataFrame(milestones, columns=columns)
    return frame.assign(
        milestone_id=[f"m{n}" for n in range(len(frame))],
        milestone_date=pd.to_datetime(frame["milestone_date"]),
        stated_date=pd.to_datetime(frame["stated_date"]),
        is_date_disputed=frame["stated_date"].notna(),
    )


@cache
def villages() -> pd.DataFrame:
    """All villages of the regency, one of them a Desa Bersinar, one vulnerable."""
    listed = pd.read_csv(REFERENCE / "villages.csv", dtype="str")
    named = listed.merge(pd.read_csv(REFERENCE / "districts.csv", dtype="str"), on="district_code")
    return named.assign(
        is_desa_bersinar=named["village_code"] == "63.06.05.2017",
        vulnerability_class=named["village_code"].map({"63.06.05.2001": "bahaya"}),
    )


@cache
def placed() -> pd.DataFrame:
    """The districts on the map."""
    return place_districts(villages(), pd.read_csv(REFERENCE / "district_tiles.csv", dtype="str"))


def village_tiles(code: str, ctx: ChartContext) -> Chart:
    members = villages().loc[villages()["district_code"] == code.rpartition(".")[0]]
    return plot_village_tiles(members, placed(), code, ctx)


def district_tiles(code: str, ctx: ChartContext) -> Chart:
    none = pd.DataFrame({"village_code": pd.Series(dtype="str")})
    status = compute_district_status(compute_village_status(villages(), none))
    return plot_district_tiles(placed(), status, code, ctx)


def opd_reports() -> pd.DataFrame:
    registry = pd.read_csv(REFERENCE / "opd_registry.csv", dtype="str").drop_duplicates("opd_id").head(27)
    kinds = ["reported", "in_progress", "not_reported"]
    periods = [
        registry.assign(
            reporting_period=period,
            report_status=[kinds[(number * step) % 3] for number in range(len(registry))],
        )
        for period, step in (("2021-B06", 3), ("2021-B12", 2))
    ]
    return pd.concat(periods, ignore_index=True)


HISTORY = (("2026-02-06", (10, 0, 0, 0, 0)), ("2026-04-01", (6, 2, 2, 0, 0)), ("2026-06-30", (2, 3, 2, 3, 0)))
PLAN = (
    ("funding", "Penganggaran P4GN", "Funding of P4GN", 1, 12, None, None),
    (
        "prevention_in_schools",
        "Sosialisasi di sekolah dan desa",
        "Talks in schools and villages",
        2,
        11,
        24,
        9,
    ),
    ("eradication", "Razia terpadu bersama kepolisian", "Joint raids with the police", 4, 9, 8, 2),
    ("rehabilitation", "Layanan rehabilitasi rawat jalan", "Outpatient rehabilitation", 3, 12, 30, 31),
)
MILESTONES = (
    (
        "2020-02-28",
        "day",
        "in_force",
        "Inpres 2 Tahun 2020 ditetapkan",
        "Presidential Instruction 2/2020",
        None,
    ),
    ("2020-01-01", "year", "in_force", "Tim terpadu P4GN dibentuk", "Integrated P4GN team formed", None),
    ("2021-06-01", "month", "done", "Laporan B06", "B06 report", None),
    ("2021-12-29", "day", "done", "Siaran pers akhir tahun", "Year-end press release", None),
    ("2026-02-06", "day", "announced", "Nota kesepahaman P4GN", "Agreement on P4GN", "2026-01-06"),
)

#: Charts of the report and of profiles.
REPORT: dict[str, Callable[[ChartContext], Chart]] = {
    "commitments-by-party": lambda ctx: plot_commitments_by_party(
        by_party("Pemerintah Kabupaten", "BNNK Hulu Sungai Selatan"), by_status(5, 1, 2, 2, 0), ctx
    ),
    "commitment-history": lambda ctx: plot_commitment_history(history(*HISTORY), ctx),
    "work-plan": lambda ctx: plot_work_plan(plan(*PLAN), ctx),
    "policy-timeline": lambda ctx: plot_policy_timeline(timeline(*MILESTONES), ctx),
    "village-tiles": lambda ctx: village_tiles("63.06.05.2017", ctx),
    "district-tiles": lambda ctx: district_tiles("63.06.05", ctx),
    "opd-tiles": lambda ctx: plot_opd_tiles(opd_reports(), str(opd_reports()["opd_id"].iloc[8]), ctx),
}
#: What other data could make of them.
VARIANTS: dict[str, Callable[[ChartContext], Chart]] = {
    "commitments-of-six": lambda ctx: plot_commitments_by_party(
        by_party(
            "Pemerintah Kabupaten Hulu Sungai Selatan", "Dewan Perwakilan Rakyat Daerah", "Kepolisian Resor",
            "Kejaksaan Negeri", "Pengadilan Negeri Kandangan", "Rumah Tahanan Negara Kelas IIB Kandangan",
        ),
        by_status(30, 5, 5, 6, 2),
        ctx,
    ),
    "history-of-one-day": lambda ctx: plot_commitment_history(history(HISTORY[0]), ctx),
    "history-of-nine-days": lambda ctx: plot_commitment_history(
        history(*((f"2026-0{month}-01", (10 - month, 0, 0, month, 0)) for month in range(1, 10))), ctx
    ),
    "plan-of-twelve": lambda ctx: plot_work_plan(
        plan(*(
            (AREAS[number % len(AREAS)],
             f"Pembinaan dan pendampingan kelompok masyarakat pegiat antinarkoba tahap {number + 1}",
             f"Guidance and support of community groups against drugs, stage {number + 1}",
             1 + number % 12, 12, 10 * number or None, number or None)
            for number in range(12)
        )),
        ctx,
    ),
    "timeline-crowded": lambda ctx: plot_policy_timeline(
        timeline(*(
            (f"2021-{month:02}-{day:02}", "day", "done",
             f"Penandatanganan komitmen bersama pencegahan penyalahgunaan narkotika ke-{month}",
             f"Signing of the joint commitment against drug abuse, number {month}", None)
            for month, day in zip(range(1, 13), range(5, 29, 2), strict=True)
        )),
        ctx,
    ),
    "timeline-one": lambda ctx: plot_policy_timeline(timeline(MILESTONES[1]), ctx),
    **{
        f"village-tiles-{code}": lambda ctx, own=code: village_tiles(own, ctx)  # type: ignore[misc]
        for code in ("63.06.01.2001", "63.06.03.2001", "63.06.09.2001")
    },
    "district-tiles-last": lambda ctx: district_tiles(sorted(villages()["district_code"])[-1], ctx),
}  # fmt: skip
