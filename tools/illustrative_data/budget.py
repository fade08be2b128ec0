"""The illustrative budget year: ceilings by revision and expenditure by month, in whole rupiah.

The structure and the ceilings stand in ``budget_lines.csv`` and ``budget_codes.csv``,
where a reader can check them; chance only decides how much of a line stays unspent and in
which months it is spent. The method is written down in ``docs/data/assumptions.md``.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

from illustrative_data.draws import Draws, share_out

MONTHS = range(1, 13)
#: Month from which the ceilings of each revision of the budget document are in force.
REVISION_MONTHS = (1, 3, 7, 10)
#: The published absorption: expenditure to December over the ceiling then in force.
ABSORPTION = Fraction(983, 1000)

#: Weight of each month, January first, by the rhythm in which a line is spent.
#: Activities in the field stop in July and August (restrictions of the pandemic).
RHYTHMS: dict[str, tuple[float, ...]] = {
    # Twelve salaries, the holiday allowance in May and the thirteenth salary in June.
    "salary": (1, 1, 1, 1, 2, 2, 1, 1, 1, 1, 1, 1),
    "monthly": (0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2),
    "bills": (0.2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.8),
    "overtime": (0, 0, 1, 0, 1, 1, 0, 1, 1, 1, 1.2, 1.5),
    "office": (0.3, 0.9, 0.9, 0.8, 0.7, 0.9, 0.7, 0.9, 1.1, 1.2, 1.2, 1.5),
    "quarterly": (0, 0, 0.6, 0, 0, 0.6, 0, 0, 1.4, 0, 1.2, 0.3),
    "rent": (0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    "pandemic": (0, 0, 1, 0.6, 0.5, 0.7, 1.6, 1.4, 0.6, 0.5, 0.5, 0.4),
    "upkeep": (0, 0, 0.4, 0, 0.5, 0, 0, 0.6, 1.2, 1.4, 1.1, 0.5),
    "procurement": (0, 0, 0, 0, 0.2, 0.2, 0, 0.3, 1.5, 1.6, 1.0, 0),
    "meetings": (0, 0.6, 1, 0.6, 0.5, 1, 0.3, 0.5, 1, 1, 1, 0.6),
    "travel": (0, 0.5, 0.9, 0.7, 0.4, 0.6, 0.1, 0.3, 1.4, 1.6, 1.5, 0.6),
    "events": (0, 0, 0.6, 0.7, 0.4, 0.6, 0, 0, 1.9, 1.9, 1.5, 0.4),
    "family": (0, 0, 0.3, 0.6, 0.4, 0.9, 0, 0, 2.2, 1.8, 1.1, 0.2),
    "clients": (0, 0.6, 0.8, 0.8, 0.6, 0.9, 0.5, 0.6, 1.3, 1.4, 1.3, 0.7),
    "media": (0, 0, 0.5, 0.7, 0.6, 0.9, 0.5, 0.5, 1.3, 1.4, 1.3, 0.6),
    "second_half": (0, 0, 0, 0.2, 0.2, 0.5, 0, 0, 1.9, 2.0, 1.7, 0.6),
    "cases": (0, 0, 0.5, 0.9, 0.6, 0.8, 0.5, 0.7, 1.1, 1.2, 1.2, 0.9),
}
#: Rhythms of fixed amounts, which chance does not move between months.
FIXED_RHYTHMS = {"salary", "rent"}
#: How readily money is left over, by rhythm; lines of the field sections more than salaries.
LEFTOVER_WEIGHTS = {"salary": 0.3, "monthly": 0.4, "bills": 0.9, "office": 0.6, "rent": 0.0}
FIELD_LEFTOVER = {"3247": 2.8, "3249": 3.2, "3252": 3.6, "3253": 3.6, "3257": 2.0, "3259": 2.2, "3260": 1.8}
#: Payments returned to the treasury: line, month without other spending, amount in rupiah.
REFUNDS = (
    ("066.01.BC/3257/3257.QDB/QDB.001/524113", 8, 1_250_000),
    ("066.01.BC/3259/3259.QDB/QDB.002/522151", 7, 850_000),
    ("066.01.WA/3239/3239.EBA/EBA.994/521113", 4, 1_000),
)
#: Parts of a ceiling locked by the treasury until the revision of July took them away.
LOCKED_MONTHS = range(5, 7)
#: Electricity is billed to the rupiah; every other leftover is a multiple of this.
LEFTOVER_STEP = 500
ODD_LINE = "066.01.WA/3239/3239.EBA/EBA.994/522111"


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One account line of the year; amounts by month, January first, in rupiah."""

    codes: tuple[str, ...]
    ceilings: tuple[int, ...]
    locked: tuple[int, ...]
    expenditures: tuple[int, ...]

    @property
    def key(self) -> str:
        """Codes of all levels joined with ``/``, programme first."""
        return "/".join(self.codes)

    def spent_to(self, month: int) -> int:
        """Return what was spent from January to this month; 0 for month 0."""
        return sum(self.expenditures[:month])


def read_package_csv(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file that lies beside this module."""
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def code_names() -> dict[str, str]:
    """Return the Indonesian name of each programme, activity, output and account."""
    return {row["code"]: row["name"] for row in read_package_csv("budget_codes.csv")}


def _ceilings(row: dict[str, str]) -> tuple[int, ...]:
    steps = [int(row[name]) * 1000 for name in ("initial", "revision_1", "revision_2", "revision_3")]
    in_force = [sum(start <= month for start in REVISION_MONTHS) for month in MONTHS]
    return tuple(sum(steps[:count]) for count in in_force)


def _locked(row: dict[str, str]) -> tuple[int, ...]:
    cut = max(0, -int(row["revision_2"]) * 1000)
    return tuple(cut if month in LOCKED_MONTHS else 0 for month in MONTHS)


def _leftovers(rows: list[dict[str, str]], ceilings: list[int], draws: Draws) -> list[int]:
    """Return what each line leaves unspent so that the office spends exactly `ABSORPTION`."""
    total = sum(ceilings)
    spent = total * ABSORPTION
    if spent.denominator != 1:
        raise ValueError(f"a ceiling of {total} has no whole-rupiah share of {ABSORPTION}")
    weights = []
    for row, ceiling in zip(rows, ceilings, strict=True):
        readiness = FIELD_LEFTOVER.get(row["activity"], LEFTOVER_WEIGHTS.get(row["rhythm"], 1.1))
        weights.append(ceiling * readiness * draws.uniform(0.35, 1.65))
    # The odd line comes last, since the last part takes what the steps leave over.
    keys = [_key(row) for row in rows]
    order = sorted(range(len(rows)), key=lambda index: keys[index] == ODD_LINE)
    parts = share_out(total - int(spent), [weights[index] for index in order], LEFTOVER_STEP)
    leftovers = [0] * len(rows)
    for index, part in zip(order, parts, strict=True):
        leftovers[index] = part
    return leftovers


def _key(row: dict[str, str]) -> str:
    return "/".join(row[level] for level in ("program", "activity", "kro", "ro", "account"))


def _months(row: dict[str, str], amount: int, draws: Draws) -> tuple[int, ...]:
    weights = [
        weight if row["rhythm"] in FIXED_RHYTHMS else weight * draws.uniform(0.75, 1.25)
        for weight in RHYTHMS[row["rhythm"]]
    ]
    months = share_out(amount, weights, step=100)
    for key, month, refund in REFUNDS:
        if key == _key(row):
            # Paid in the nearest earlier month with spending, returned in a month without.
            paid = max(index for index in range(month - 1) if months[index] > 0)
            months[paid] += refund
            months[month - 1] -= refund
    return tuple(months)


def make_budget() -> tuple[BudgetLine, ...]:
    """Return the account lines of 2021.

    Returns
    -------
    tuple of BudgetLine
        In the order of the export. Expenditure to December is exactly `ABSORPTION` of
        the ceiling in force in December; no line ever spends more than its ceiling.

    Raises
    ------
    ValueError
        If a line would overspend in some month: the structure file then holds a revision
        that its rhythm cannot bear.
    """
    draws = Draws("anggaran")
    rows = read_package_csv("budget_lines.csv")
    ceilings = [_ceilings(row) for row in rows]
    leftovers = _leftovers(rows, [amounts[-1] for amounts in ceilings], draws)
    lines = []
    for row, amounts, leftover in zip(rows, ceilings, leftovers, strict=True):
        spent = amounts[-1] - leftover
        months = _months(row, spent, draws) if spent else (0,) * len(MONTHS)
        line = BudgetLine(tuple(_key(row).split("/")), amounts, _locked(row), months)
        for month in MONTHS:
            if not 0 <= line.spent_to(month) <= amounts[month - 1]:
                raise ValueError(f"{line.key} spends {line.spent_to(month)} by month {month}")
        lines.append(line)
    return tuple(lines)
