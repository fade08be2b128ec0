"""A notebook that reads what its step did not declare stops, and says what it read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from helpers.engine.run import Job, JobResult, run_notebooks
from helpers.reads import Declared, watch_reads

Make = Callable[..., Path]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Raw data of which one file is declared, and the step's own folder below what is watched."""
    folder = tmp_path / "data"
    (folder / "own").mkdir(parents=True)
    for name in ("declared.csv", "other.csv", "own/made.csv"):
        (folder / name).write_text("a,b\n1,2\n", encoding="utf-8")
    for name in ("clean_x__y", "own/clean_x__y"):
        pd.DataFrame({"a": [1]}).to_parquet(folder / f"{name}.parquet")
    return folder


@pytest.fixture
def run(data: Path, make_notebook: Make, tmp_path: Path) -> Callable[[str], JobResult]:
    """Run one cell in a watched process."""

    def run_cell(code: str) -> JobResult:
        declared = Declared(
            step="budget-absorption", locale="en", watched=(str(data),), own=(str(data / "own"),), listed=(),
            files=frozenset({str(data / "declared.csv")}), root=str(tmp_path),
        )  # fmt: skip
        head = f"from pathlib import Path\ndata = Path({str(data)!r})\n"
        notebook = make_notebook(tmp_path / "n.ipynb", head + code)
        job = Job("n", notebook, tmp_path / "o.ipynb", prepare=partial(watch_reads, declared))
        (result,) = run_notebooks([job])
        return result

    return run_cell


UNDECLARED = {
    "open": "open(data / 'other.csv').read()",
    "bytes": "(data / 'other.csv').read_bytes()",
    "pandas": "import pandas as pd\npd.read_csv(data / 'other.csv')",
    "another way round": "open(data / 'own' / '..' / 'other.csv')",
    "from the folder": "import os\nos.chdir(data)\nopen('other.csv')",
    "os.open": "import os\nos.open(data / 'other.csv', os.O_RDONLY)",
    "to change": "open(data / 'other.csv', 'r+')",
    "reference": "from helpers.tables import read_reference\nread_reference('other', data)",
    "raw": "from helpers.tables.guards import check_file\ncheck_file(data / 'other.csv', 'budget')",
    "caught": "try:\n    open(data / 'other.csv')\nexcept OSError:\n    pass",
}


@pytest.mark.parametrize("way", UNDECLARED)
def test_an_undeclared_file_is_refused_by_name_and_step(run: Callable[[str], JobResult], way: str) -> None:
    failure = run(UNDECLARED[way]).failure
    assert failure is not None
    assert failure.ename == "UndeclaredReadError"
    assert failure.evalue.startswith("Step budget-absorption reads data/other.csv, which is not among")


def test_a_native_reader_is_refused_at_our_door(run: Callable[[str], JobResult]) -> None:
    failure = run("from helpers.tables import read_table\nread_table('clean_x__y', data)").failure
    assert failure is not None
    assert "reads data/clean_x__y.parquet" in failure.evalue
    failure = run("from helpers.tables import read_table\nread_table('clean_z__y', data / 'own')").failure
    assert failure is not None
    assert "reads clean_z__y.parquet" in failure.evalue


def test_listing_the_data_is_refused(run: Callable[[str], JobResult]) -> None:
    failure = run("sorted(data.glob('*.csv'))").failure
    assert failure is not None
    assert "reads data," in failure.evalue


def test_what_is_declared_own_or_elsewhere_is_read(run: Callable[[str], JobResult], tmp_path: Path) -> None:
    (tmp_path / "elsewhere.csv").write_text("a\n1\n", encoding="utf-8")
    code = (
        "import pandas as pd\nfrom helpers.tables import read_table\n"
        "pd.read_csv(data / 'declared.csv'), list((data / 'own').iterdir())\n"
        "read_table('clean_x__y', data / 'own')\n"
        "(data / 'own' / 'new.csv').write_text('x')\n"
        "open(data.parent / 'elsewhere.csv').read()\n"
    )
    assert run(code).failure is None


def test_another_process_is_not_watched(make_notebook: Make, data: Path, tmp_path: Path) -> None:
    notebook = make_notebook(tmp_path / "n.ipynb", f"open({str(data / 'other.csv')!r}).read()")
    (result,) = run_notebooks([Job("n", notebook, tmp_path / "o.ipynb")])
    assert result.failure is None
