"""The family survey: one row a respondent in the file, one a respondent and item when clean."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.clean.block import Block
from helpers.clean.headings import specs_of
from helpers.clean.job import (
    Cleaned,
    Job,
    kept_rows,
    provenance,
    read_choice,
    read_numbers,
    report_cells,
    report_duplicates,
    require_text,
)
from helpers.clean.places import report_foreign_codes
from helpers.clean.rows import empty, open_rows
from helpers.clean.text import map_unique
from helpers.clean.totals import check_count_totals
from helpers.columns.resilience import DIMENSIONS, FAMILY_SURVEY, ROLE_CHOICES, ROLES, item_cells
from helpers.read import column_letter

LOWEST, HIGHEST = 1, 4


def clean_family_survey(job: Job) -> Cleaned:
    """Clean the survey; a respondent with an unusable answer is rejected whole.

    The index divides by respondents × items: a respondent with a gap would enter it with
    another weight.
    """
    items = job.reference("survey_items")
    names = [str(item) for item in items["item_id"]]
    specs = specs_of(FAMILY_SURVEY, item_cells(len(names)))
    rows = open_rows(job, FAMILY_SURVEY, "family_id", specs=specs)
    if rows is None:
        return empty(FAMILY_SURVEY)
    data = rows.data
    respondents = _people(job, data)
    answers = {name: read_numbers(job, data, name, required=True, low=LOWEST, high=HIGHEST) for name in names}
    check_count_totals(job, rows.whole, data, rows.totals, answers)
    kept = kept_rows(job, data)
    if not kept.all():
        respondents = respondents[kept]
    # Of rows that are kept every answer is a score, and takes a byte.
    scores = np.column_stack([column[kept].astype(np.int8) for column in answers.values()])
    table = _melt(job, data.keep(kept), respondents, scores, items)
    _check_families(job, data.keep(kept), respondents)
    places = {data.sheet or "": data.rows}
    return Cleaned({FAMILY_SURVEY.name: table}, places, int(kept.sum()), rows.structure)


def _people(job: Job, data: Block) -> pd.DataFrame:
    """Return respondent, family, role and village of each row, everything wrong reported.

    All are categories in the order of the sheet: each distinct text is judged once.
    """
    frame = pd.DataFrame({
        "respondent_id": _as_categories(require_text(job, data, "respondent_id")),
        "family_id": _as_categories(require_text(job, data, "family_id")),
        "respondent_role": read_choice(job, data, "respondent_role", ROLE_CHOICES),
        "village_code": _as_categories(require_text(job, data, "village_code")),
    }, index=data.frame.index)  # fmt: skip
    report_duplicates(job, data, frame[["respondent_id"]], "respondent_id")
    index = job.villages
    codes = frame["village_code"].cat
    foreign = report_foreign_codes(job, data, "village_code")
    known = np.array([code in index.names for code in codes.categories] + [True], dtype=bool)
    report_cells(job, data, "village_code", ~known[codes.codes] & ~foreign, "code_unknown")
    if "village_name" in data.frame:
        _check_names(job, data, frame["village_code"])
    return frame


def _check_names(job: Job, data: Block, codes: pd.Series) -> None:
    """Report rows whose village name is another village's than their code's."""
    index, names = job.villages, data.text("village_name")
    by_code = pd.array([*map(index.names.get, codes.cat.categories), None], dtype="str")
    official = pd.Series(by_code.take(codes.cat.codes.to_numpy()), index=names.index)
    suspect = (names != "") & official.notna() & (names != official)
    wrong = suspect.to_numpy(dtype=bool, na_value=False, copy=True)
    if not wrong.any():
        return

    def differs(pair: str | None) -> bool:
        code, name = (pair or "\t").split("\t", 1)
        match = index.match(name)
        return bool(match.code) and match.code != code

    # The official name of the code itself cannot be wrong: only the others are matched.
    written = codes.astype("str").fillna("")
    wrong[wrong] = map_unique((written + "\t" + names)[wrong], differs, "bool").to_numpy()
    report_cells(job, data, "village_name", wrong, "code_and_name_differ",
                 code=written.to_numpy(dtype=object), official=official.to_numpy(dtype=object))  # fmt: skip


def _melt(
    job: Job, data: Block, people: pd.DataFrame, scores: np.ndarray, items: pd.DataFrame
) -> pd.DataFrame:
    """Return one row a respondent and item, respondents in the order of the sheet."""
    count, width = scores.shape
    role = pd.Categorical(people["respondent_role"], categories=list(ROLES))
    names = [str(item) for item in items["item_id"]]
    who = data.source_columns({"family_id": "family_id", "respondent_id": "respondent_id"})
    letters = [f"{who} item_score:{column_letter(data.letters[name])}".strip() for name in names]
    tiled = np.tile(np.arange(width, dtype=np.int8), count)
    dimensions = pd.Index(DIMENSIONS, dtype="str")
    dimension = pd.Categorical(items["dimension"], categories=dimensions).codes
    origin = provenance(job, data, {})
    columns = {
        **{name: people[name].array.repeat(width) for name in ("respondent_id", "family_id", "village_code")},
        "respondent_role": role.repeat(width),
        "item_id": pd.Categorical.from_codes(tiled, categories=pd.Index(names, dtype="str")),
        "dimension": pd.Categorical.from_codes(np.tile(dimension, count), categories=dimensions),
        "item_score": scores.ravel().astype("int64"),
        "source_file": origin["source_file"].repeat(width),
        "source_sheet": origin["source_sheet"].repeat(width),
        "source_row": np.repeat(data.rows, width),
        "source_columns": pd.Categorical.from_codes(tiled, categories=pd.Index(letters, dtype="str")),
    }  # fmt: skip
    # Each column is new and 14 million rows long: none is copied into blocks of one type.
    return pd.DataFrame({name: columns[name] for name in FAMILY_SURVEY.columns}, copy=False)


def _as_categories(texts: pd.Series) -> pd.Categorical:
    """Return texts as categories in the order of the sheet; blank is missing."""
    codes, distinct = pd.factorize(texts)
    blank = np.flatnonzero(np.asarray(distinct == "", dtype=bool))
    if len(blank):
        codes = np.where(codes == blank[0], -1, codes - (codes > blank[0]))
        distinct = distinct.delete(blank[0])
    return pd.Categorical.from_codes(codes, categories=pd.Index(distinct, dtype="str"))


def _check_families(job: Job, data: Block, people: pd.DataFrame) -> None:
    """Report families whose members are of different villages or without a parent."""
    if people.empty:
        return
    column = people["family_id"].cat
    families, count = column.codes.to_numpy(), len(column.categories)
    parent = (people["respondent_role"] == "parent").fillna(False).to_numpy(dtype=float)
    with_parent = np.bincount(families, weights=parent, minlength=count) > 0
    first = ~pd.Series(families).duplicated().to_numpy()
    report_cells(job, data, "family_id", first & ~with_parent[families], "family_without_parent", "warning")
    village = people["village_code"].cat.codes.to_numpy()
    first_village = np.full(count, -1)
    first_village[families[::-1]] = village[::-1]
    moved = village != first_village[families]
    if moved.any():
        report_cells(job, data, "village_code", moved, "family_in_two_villages", "warning",
                     family=people["family_id"].to_numpy(dtype=object))  # fmt: skip
