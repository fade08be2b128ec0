"""The dictionary: each column declared once, and everything that is made from it.

One module a source (``budget``, ``rollout``, ``resilience``, ``villages``, ``programmes`` and so on);
``model`` says what a declaration holds. ``labels`` gives every reader the same words, ``people`` says
which numbers count people, ``documents`` which document needs which source, ``reference`` writes the page.
"""

from __future__ import annotations

from helpers.columns.budget import BUDGET_LINES, BUDGET_PLAN
from helpers.columns.milestones import MILESTONES
from helpers.columns.model import PROVENANCE, Field, Table
from helpers.columns.partnership import COMMITMENT_LOG, COMMITMENTS
from helpers.columns.programmes import PROGRAMMES
from helpers.columns.published import PUBLISHED
from helpers.columns.resilience import FAMILY_SURVEY
from helpers.columns.rollout import OPD_REPORTS
from helpers.columns.villages import VILLAGES
from helpers.columns.work_plan import WORK_PLAN

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        BUDGET_LINES,
        BUDGET_PLAN,
        OPD_REPORTS,
        FAMILY_SURVEY,
        VILLAGES,
        PROGRAMMES,
        MILESTONES,
        PUBLISHED,
        COMMITMENTS,
        COMMITMENT_LOG,
        WORK_PLAN,
    )
}

__all__ = ["PROVENANCE", "TABLES", "Field", "Table"]
