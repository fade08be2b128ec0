"""The data dictionary: every table and column, its unit and its label in both languages."""

from __future__ import annotations

from helpers.schema.budget import BUDGET_LINES, BUDGET_PLAN
from helpers.schema.milestones import MILESTONES
from helpers.schema.model import PROVENANCE, Field, Table
from helpers.schema.partnership import COMMITMENT_LOG, COMMITMENTS
from helpers.schema.programmes import PROGRAMMES
from helpers.schema.published import PUBLISHED
from helpers.schema.resilience import FAMILY_SURVEY
from helpers.schema.rollout import OPD_REPORTS
from helpers.schema.villages import VILLAGES
from helpers.schema.work_plan import WORK_PLAN

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
