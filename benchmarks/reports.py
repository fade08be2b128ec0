"""An edition's report against the way without this project: papermill, nbconvert and Chromium.

``python benchmarks/reports.py [--office bnnk-hss] [--year 2021] [--runs 3] [--json]`` (``make bench``)

``naive`` makes the same documents with the usual commands, notebook after notebook:
``papermill``, ``jupyter nbconvert --to html``, and ``chromium --print-to-pdf`` of that page;
``naive, 2 at a time`` does so with as many notebooks side by side as may be. It has no annual
report, workbook of tables, page for leadership or check of texts; ours makes all of them.
``naive, without JupyterLab`` is spared what JupyterLab, which `environment.yml` brings, adds to every
start of papermill and nbconvert (a grammar of 3 s that is never used): the same commands in the lean
environment of `make report`.
``floor`` is a plain script that draws the same charts from the same frames and saves them, and
does nothing else: no cleaning, no notebook, no document. ``cells`` is a plain script of all
notebooks' cells, one after another in one process: it cleans, computes, draws and writes tables and
charts, and makes no document. All are commands of their own, from a
cold start; seconds of processor count all processes of a way. Measures take turns, so that a busy
moment of the machine touches all of them: read the ratios, not the seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import chdir
from dataclasses import replace
from pathlib import Path
from typing import Any

from helpers.edition import load_edition
from helpers.params import RunParams
from helpers.run.plan import Step, plan_edition

ROOT = Path(__file__).resolve().parents[1]
FLOOR = """
import pickle, sys
from pathlib import Path
import helpers.charts
with open(sys.argv[1], "rb") as stream:
    calls = pickle.load(stream)
for name, args, kwargs in calls:
    helpers.charts.save_chart(getattr(helpers.charts, name)(*args, **kwargs), Path(sys.argv[2]))
"""
CELLS = """
import json, sys
from pathlib import Path
values = json.loads(sys.argv[1])
for path in sys.argv[2:]:
    space = {}
    for cell in json.loads(Path(path).read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), space)
        if "parameters" in cell["metadata"].get("tags", ()):
            space |= values
"""


def chromium() -> str:
    """Return the browser that prints."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    return found or sys.exit("no Chromium found: nothing to compare with")


class Bench:
    """The ways to make an edition, each in folders of its own below a scratch folder."""

    def __init__(self, params: RunParams, scratch: Path) -> None:
        self.scratch = scratch
        shutil.copytree(params.raw_base / params.office, scratch / "raw" / params.office)
        self.params = replace(
            params, raw=str(scratch / "raw"), processed=str(scratch / "p"), out=str(scratch / "r")
        )
        self.steps = plan_edition(load_edition(self.params).sources)
        self.browser = chromium()
        hidden = scratch / "hidden"
        hidden.mkdir()
        (hidden / "rfc3987_syntax.py").write_text("raise ImportError\n", encoding="utf-8")
        self.environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        self.lean_environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{hidden}"}

    def run(self, *command: object, environment: dict[str, str] | None = None) -> None:
        """Run a command to its end."""
        subprocess.run(
            [str(part) for part in command], cwd=ROOT / "notebooks", env=environment or self.environment,
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    # -- ours ------------------------------------------------------------------
    def command(self, folder: str, jobs: int) -> list[str]:
        """Return the command that makes the report below a folder."""
        places = [f"--{name}={self.scratch / folder / name}" for name in ("processed", "out")]
        edition = [f"--office={self.params.office}", f"--year={self.params.year}", f"--raw={self.params.raw}"]
        return [sys.executable, "-m", "helpers", "report", *edition, *places, f"--jobs={jobs}"]

    def clean(self, jobs: int) -> None:
        """Make the report with nothing there, nor in the cache."""
        shutil.rmtree(self.scratch / f"clean-{jobs}", ignore_errors=True)
        self.run(*self.command(f"clean-{jobs}", jobs))

    def again(self) -> None:
        """Make the report with nothing changed."""
        self.run(*self.command("clean-2", 2))

    # -- naive -----------------------------------------------------------------
    def document(self, step: Step, folder: Path, environment: dict[str, str]) -> None:
        """Make one document by the usual commands."""
        notebook, page = folder / f"{step.notebook}.ipynb", folder / f"{step.notebook}.html"
        given = [part for name, value in self.values(folder).items() for part in ("-p", name, value)]
        python = (sys.executable, "-m")
        source = ROOT / "notebooks" / notebook.name
        self.run(*python, "papermill", source, notebook, *given, environment=environment)
        self.run(*python, "nbconvert", "--to", "html", notebook, environment=environment)
        self.run(self.browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                 f"--print-to-pdf={page.with_suffix('.pdf')}", page.as_uri())  # fmt: skip

    def values(self, folder: Path) -> dict[str, Any]:
        """Return the parameters of notebooks that write below a folder."""
        return {"processed": folder / "p", "out": folder / "r", "raw": self.params.raw,
                "office": self.params.office, "year": self.params.year}  # fmt: skip

    def naive(self, jobs: int, *, lean: bool = False) -> None:
        """Make every document, those that need nothing of each other side by side."""
        folder = self.scratch / f"naive-{jobs}"
        environment = self.lean_environment if lean else self.environment
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        done: set[str] = set()
        left = list(self.steps)
        with ThreadPoolExecutor(jobs) as pool:
            while left:
                wave = [step for step in left if done.issuperset(step.needs)]
                list(pool.map(lambda step: self.document(step, folder, environment), wave))
                done.update(step.document for step in wave)
                left = [step for step in left if step not in wave]
        made = {path.suffix for path in folder.iterdir() if path.is_file()}
        assert made == {".ipynb", ".html", ".pdf"}, made

    def cells(self) -> None:
        """Run the cells of all notebooks by a plain script."""
        shutil.rmtree(self.scratch / "cells", ignore_errors=True)
        script = self.scratch / "cells.py"
        script.write_text(CELLS, encoding="utf-8")
        values = self.values(self.scratch / "cells")
        notebooks = [ROOT / "notebooks" / f"{step.notebook}.ipynb" for step in self.steps]
        self.run(sys.executable, script, json.dumps(values, default=str), *notebooks)

    # -- floor -----------------------------------------------------------------
    def record_charts(self) -> int:
        """Run all cells once and keep what every chart is drawn from; return how many there are."""
        with chdir(ROOT / "notebooks"):
            calls = record_calls(self.steps, self.params)
        (self.scratch / "calls.pickle").write_bytes(pickle.dumps(calls))
        (self.scratch / "floor.py").write_text(FLOOR, encoding="utf-8")
        return len(calls)

    def floor(self) -> None:
        """Draw and save all charts by a plain script."""
        self.run(sys.executable, self.scratch / "floor.py", self.scratch / "calls.pickle", self.scratch / "f")


def record_calls(steps: tuple[Step, ...], params: RunParams) -> list[tuple[str, Any, Any]]:
    """Return the calls of the chart functions that the notebooks make, with their arguments."""
    import helpers.charts

    calls: list[tuple[str, Any, Any]] = []

    def recorded(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            calls.append((name, args, kwargs))
            return function(*args, **kwargs)

        return call

    drawing = {name: getattr(helpers.charts, name) for name in dir(helpers.charts) if name[:5] == "plot_"}
    values = {"office": params.office, "year": params.year, "locale": params.locale, "raw": params.raw,
              "processed": params.processed, "out": params.out}  # fmt: skip
    for name, function in drawing.items():
        setattr(helpers.charts, name, recorded(name, function))
    try:
        for step in steps:
            source = (ROOT / "notebooks" / f"{step.notebook}.ipynb").read_text(encoding="utf-8")
            space: dict[str, Any] = {}
            for cell in json.loads(source)["cells"]:
                if cell["cell_type"] == "code":
                    exec("".join(cell["source"]), space)
                if "parameters" in cell["metadata"].get("tags", ()):
                    space |= values
    finally:
        for name, function in drawing.items():
            setattr(helpers.charts, name, function)
    return calls


def timed(run: Callable[[], Any]) -> tuple[float, float]:
    """Return how long it takes, and the processor's time of all its processes, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    run()
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(bench: Bench, runs: int, *, with_naive: bool = True) -> dict[str, Any]:
    """Measure all ways in turn and return medians and ratios."""
    charts = bench.record_charts()

    ways: dict[str, Callable[[], Any]] = {
        "naive": lambda: bench.naive(1),
        "naive, 2 at a time": lambda: bench.naive(2),
        "naive, without JupyterLab": lambda: bench.naive(1, lean=True),
        "edition from clean, 1 worker": lambda: bench.clean(1),
        "edition from clean, 2 workers": lambda: bench.clean(2),
        "nothing changed": bench.again,
        "floor: charts by a plain script": bench.floor,
        "cells: all cells by a plain script": bench.cells,
    }
    chosen = {name: run for name, run in ways.items() if with_naive or not name.startswith("naive")}
    seconds: dict[str, list[float]] = {name: [] for name in chosen}
    processor: dict[str, list[float]] = {name: [] for name in chosen}
    for _ in range(runs):
        for name, run in chosen.items():
            if name == "nothing changed":
                # Times just written are not trusted for two seconds; most runs come later.
                time.sleep(2.5)
                bench.again()
            wall, cpu = timed(run)
            seconds[name].append(wall)
            processor[name].append(cpu)

    two, floor = "edition from clean, 2 workers", "floor: charts by a plain script"
    cells = "cells: all cells by a plain script"
    pairs = [
        ("naive", two), ("naive, 2 at a time", two), ("naive, without JupyterLab", two), (two, floor),
        (two, cells), ("edition from clean, 1 worker", two),
    ]  # fmt: skip
    return {
        "documents": len(bench.steps),
        "charts": charts,
        "cores": len(os.sched_getaffinity(0)),
        "load": os.getloadavg()[0],
        "seconds": {name: statistics.median(values) for name, values in seconds.items()},
        "processor": {name: statistics.median(values) for name, values in processor.items()},
        "ratios": {
            f"{one} / {other}": [
                statistics.median(a / b for a, b in zip(measured[one], measured[other], strict=True))
                for measured in (seconds, processor)
            ]
            for one, other in pairs
            if one in chosen and other in chosen
        },
    }


def print_table(found: dict[str, Any]) -> None:
    """Print the result as Markdown."""
    print(f"{found['documents']} notebooks, {found['charts']} charts, {found['cores']} cores, "
          f"load {found['load']:.1f} at the end")  # fmt: skip
    print("\n| way | s | s of processor |\n|---|---:|---:|")
    for name, value in found["seconds"].items():
        print(f"| {name} | {value:.2f} | {found['processor'][name]:.2f} |")
    print("\n| ratio | of time | of processor |\n|---|---:|---:|")
    for name, (wall, cpu) in found["ratios"].items():
        print(f"| {name} | {wall:.2f} | {cpu:.2f} |")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--office", default=RunParams().office)
    parser.add_argument("--year", type=int, default=RunParams().year)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--without-naive", action="store_true", help="leave out what takes minutes")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="helpers-bench-") as folder:
        found = measure(Bench(RunParams(options.office, options.year), Path(folder)), options.runs,
                        with_naive=not options.without_naive)  # fmt: skip
    if options.json:
        print(json.dumps(found, indent=1))
    else:
        print_table(found)


if __name__ == "__main__":
    main()
