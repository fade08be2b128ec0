"""What is joined from all notebooks: nothing is joined of which two say different things."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from helpers.edition import Edition, load_edition
from helpers.errors import SchemaError
from helpers.facts import Fact, FactSource, write_facts
from helpers.params import RunParams
from helpers.run.documents import merge_facts
from helpers.run.plan import Step


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    """Return the 2021 edition with folders of its own."""
    params = RunParams("bnnk-hss", 2021)
    return load_edition(replace(params, processed=str(tmp_path / "processed"), out=str(tmp_path / "reports")))


def write(edition: Edition, name: str, value: int) -> None:
    """Write the facts of a notebook that has counted departments."""
    source = FactSource("laporan-opd-2021.xlsx", "B12", "A5:A31", "0" * 64)
    fact = Fact(
        "opd.total_count", value, "count", str(value), str(value), (source,), "count_opd", None, None, True
    )
    write_facts(edition.paths.facts / f"{name}.json", edition, [fact])


def test_two_notebooks_that_differ_on_a_figure_stop_the_report(edition: Edition) -> None:
    write(edition, "opd-rollout", 27)
    write(edition, "press-release", 26)
    with pytest.raises(SchemaError, match=r"'opd\.total_count' differs between notebooks"):
        merge_facts(edition.params, [Step("04", "opd-rollout"), Step("10", "press-release")])
    assert not (edition.paths.out / "facts.json").exists()
