"""Who carries which commitment, and how far all of them are."""

from __future__ import annotations

import pandas as pd

from helpers.charts.layout import (
    LABEL_SIZE,
    MARGIN,
    SMALL_SIZE,
    WIDTH,
    Sheet,
    free_strip,
    open_sheet,
    wrap_text,
)
from helpers.charts.model import Chart, ChartContext, check_frame
from helpers.columns.partnership import COMMITMENT_STATUSES
from helpers.theme import text_width

BY_PARTY = ("party_name", "area", "commitment_count", "done_count")
BY_STATUS = ("commitment_status", "commitment_count")
HISTORY = ("changed_date", *BY_STATUS)
#: More parties than this share a column; more days than this keep the first and the latest.
MAX_PARTIES, MAX_DAYS = 4, 4
ROW_HEIGHT, GAP, HEAD_LEADING = 27.0, 4.0, 11.5
STATUS_ROW, BAR_HEIGHT = 30.0, 15.0


def _counts(by_status: pd.DataFrame) -> dict[str, int]:
    counted = zip(by_status["commitment_status"], by_status["commitment_count"], strict=True)
    return {str(status): int(count) for status, count in counted}


def _matrix_title(ctx: ChartContext, counts: dict[str, int], parties: int) -> str:
    total = sum(counts.values())
    values = {"total": total, "parties": parties, "done": counts["done"],
              "moved": counts["in_progress"] + counts["done"]}  # fmt: skip
    if counts["announced"] == total:
        return ctx.text("commitments.title.announced", **values)
    if counts["done"] == total:
        return ctx.text("commitments.title.all_done", **values)
    if counts["done"]:
        return ctx.text("commitments.title.done", **values)
    return ctx.text("commitments.title.moving" if values["moved"] else "commitments.title.planned", **values)


def _columns(by_party: pd.DataFrame, ctx: ChartContext) -> pd.DataFrame:
    """Return the cells with the parties beyond the widest share of the page in one column."""
    parties = list(dict.fromkeys(by_party["party_name"]))
    if len(parties) <= MAX_PARTIES:
        return by_party
    others = parties[MAX_PARTIES - 1 :]
    name = ctx.text("commitments.others", count=len(others))
    merged = by_party.assign(
        party_name=by_party["party_name"].where(~by_party["party_name"].isin(others), name)
    )
    return merged.groupby(["party_name", "area"], sort=False, as_index=False).sum()


def _draw_matrix(sheet: Sheet, cells: pd.DataFrame, left: float, head: float) -> None:
    colours, ctx = sheet.colours, sheet.ctx
    parties, areas = (list(dict.fromkeys(cells[name])) for name in ("party_name", "area"))
    width = (WIDTH - MARGIN - left) / len(parties)
    for number, party in enumerate(parties):
        lines = wrap_text(party, width - 6, SMALL_SIZE, 600)
        for row, line in enumerate(lines):
            y = head - 8 - (len(lines) - 1 - row) * HEAD_LEADING
            sheet.text(left + (number + 0.5) * width, y, line, size=SMALL_SIZE, weight=600, ha="center")
    for number, area in enumerate(areas):
        sheet.text(MARGIN, head + number * ROW_HEIGHT + ROW_HEIGHT / 2 - 1, ctx.label("area", str(area)))
    for cell in cells.to_dict("records"):
        count, done = int(cell["commitment_count"]), int(cell["done_count"])
        x = left + parties.index(cell["party_name"]) * width
        y = head + areas.index(cell["area"]) * ROW_HEIGHT
        filled = {"facecolor": colours["accent_soft"], "edgecolor": colours["accent"], "linewidth": 0.9}
        empty = {"facecolor": colours["paper"], "edgecolor": colours["grid"], "linewidth": 0.8}
        sheet.box(x + GAP / 2, y, width - GAP, ROW_HEIGHT - GAP, radius=3, **(filled if count else empty))
        text = (
            ctx.text(f"commitments.cell.{'done' if done else 'open'}", count=count, done=done)
            if count
            else "–"
        )
        look = {"weight": 600} if count else {"color": colours["muted"]}
        # With four parties the longest text is wider than its cell.
        size = min(LABEL_SIZE, LABEL_SIZE * (width - GAP - 2) / text_width(text, LABEL_SIZE, 600))
        sheet.text(x + width / 2, y + (ROW_HEIGHT - GAP) / 2, text, size=size, ha="center", **look)


def _matrix_alt(ctx: ChartContext, cells: pd.DataFrame, title: str) -> str:
    held = cells.loc[cells["commitment_count"] > 0]
    items = [
        ctx.text(
            "commitments.alt.party", name=party, total=int(own["commitment_count"].sum()),
            areas=[ctx.label("area", str(area)) for area in own["area"]],
        )
        for party, own in held.groupby("party_name", sort=False)
    ]  # fmt: skip
    parts = [ctx.text("commitments.alt.head", finding=title), *items]
    sums = cells.groupby("area", sort=False)["commitment_count"].sum()
    bare = [ctx.label("area", str(area)) for area in sums.index[sums == 0]]
    if bare:
        parts.append(ctx.text("commitments.alt.bare", areas=bare))
    return " ".join(parts)


def plot_commitments_by_party(by_party: pd.DataFrame, by_status: pd.DataFrame, ctx: ChartContext) -> Chart:
    """Plot how many commitments each party carries in each area.

    Parameters
    ----------
    by_party : DataFrame
        One row a party and area (`indicators.commitments.compute_commitments_by_party`).
    by_status : DataFrame
        One row a status (`compute_commitments_by_status`): the finding counts each
        commitment once, however many parties carry it.
    ctx : ChartContext

    Returns
    -------
    Chart
        ``commitments-by-party``.

    Raises
    ------
    SchemaError
        If a column is missing or there is no row.
    """
    chart = "commitments-by-party"
    check_frame(by_party, BY_PARTY, chart)
    check_frame(by_status, BY_STATUS, chart)
    title = _matrix_title(ctx, _counts(by_status), by_party["party_name"].nunique())
    cells = _columns(by_party, ctx)
    parties, areas = cells["party_name"].unique(), cells["area"].unique()
    left = MARGIN + max(text_width(ctx.label("area", str(area)), 10.5) for area in areas) + 10
    width = (WIDTH - MARGIN - left) / len(parties)
    lines = max(len(wrap_text(str(party), width - 6, SMALL_SIZE, 600)) for party in parties)
    head = lines * HEAD_LEADING + 6 - free_strip(ctx)
    with open_sheet(ctx, head + len(areas) * ROW_HEIGHT) as sheet:
        _draw_matrix(sheet, cells, left, head)
    return sheet.chart(
        chart, title, ctx.text("commitments.subtitle"), _matrix_alt(ctx, cells, title), by_party
    )


def _history_title(ctx: ChartContext, wide: pd.DataFrame) -> str:
    first, last = wide.iloc[0], wide.iloc[-1]
    total, day = int(last.sum()), wide.index[-1].date()
    values = {"total": total, "day": day, "first": int(first["done"]), "last": int(last["done"])}
    only = [status for status in wide.columns if last[status] == total]
    if only:
        status = ctx.word("commitment_status", only[0])
        return ctx.text("commitment_history.title.same", **values, status=status)
    if len(wide) == 1 or values["first"] == values["last"]:
        return ctx.text("commitment_history.title.stands", **values)
    kind = "rise" if values["last"] > values["first"] else "fall"
    return ctx.text(f"commitment_history.title.{kind}", **values)


def _draw_history(sheet: Sheet, wide: pd.DataFrame, left: float, head: float) -> None:
    colours, ctx = sheet.colours, sheet.ctx
    width = (WIDTH - MARGIN - left) / len(wide)
    total = max(1, int(wide.sum(axis=1).max()))
    room = width - 30
    days = zip(wide.index, wide.to_numpy().tolist(), strict=True)
    for number, (day, counts) in enumerate(days):
        x = left + number * width
        sheet.text(x, head - 12, ctx.show(day.date(), "date"), size=SMALL_SIZE, color=colours["muted"])
        for row, (status, count) in enumerate(zip(wide.columns, counts, strict=True)):
            y = head + row * STATUS_ROW
            sheet.box(x, y, room, BAR_HEIGHT, facecolor=colours["surface"], edgecolor=colours["grid"])
            if count:
                look = "accent2" if status == "dropped" else "accent"
                sheet.box(x, y, room * count / total, BAR_HEIGHT, facecolor=colours[look], linewidth=0)
            sheet.text(x + room + 5, y + BAR_HEIGHT / 2, ctx.show(count, "count"), weight=600)
    for row, status in enumerate(wide.columns):
        sheet.text(MARGIN, head + row * STATUS_ROW + BAR_HEIGHT / 2, ctx.label("commitment_status", status))


def plot_commitment_history(history: pd.DataFrame, ctx: ChartContext) -> Chart:
    """Plot how many commitments had each status, on the days on which one changed.

    Parameters
    ----------
    history : DataFrame
        One row a day and status (`indicators.commitments.compute_status_history`):
        ``changed_date``, ``commitment_status``, ``commitment_count``.
    ctx : ChartContext

    Returns
    -------
    Chart
        ``commitment-history``. Of many days the first and the latest are shown.

    Raises
    ------
    SchemaError
        If a column is missing or there is no row.
    """
    chart = "commitment-history"
    check_frame(history, HISTORY, chart)
    wide = history.pivot(index="changed_date", columns="commitment_status", values="commitment_count")
    wide = (
        wide.reindex(columns=list(COMMITMENT_STATUSES), fill_value=0).fillna(0).astype("int64").sort_index()
    )
    title = _history_title(ctx, wide)
    days = wide if len(wide) <= MAX_DAYS else pd.concat([wide.iloc[:1], wide.iloc[1 - MAX_DAYS :]])
    labels = [ctx.label("commitment_status", status) for status in wide.columns]
    left = MARGIN + max(text_width(label, 10.5) for label in labels) + 10
    head = 20 - free_strip(ctx)
    height = head + len(labels) * STATUS_ROW - (STATUS_ROW - BAR_HEIGHT) + 4
    with open_sheet(ctx, height) as sheet:
        _draw_history(sheet, days, left, head)
    items = [
        ctx.text(
            "commitment_history.alt.day", day=day.date(),
            items=[ctx.text("commitment_history.alt.item", status=ctx.label("commitment_status", str(status)),
                            count=int(count)) for status, count in counts.items() if count],
        )
        for day, (_, counts) in zip(days.index, days.iterrows(), strict=True)
    ]  # fmt: skip
    alt = " ".join([ctx.text("commitment_history.alt.head", finding=title), *items])
    return sheet.chart(chart, title, ctx.text("commitment_history.subtitle"), alt, history)
