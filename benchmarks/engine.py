"""The fork engine against papermill's command line, on the same notebook in the same run.

``python benchmarks/engine.py [--notebook FILE -p NAME VALUE …] [--runs 5] [--batch 20] [--json]``

Without ``--notebook`` it makes one: two charts and a table, on its own data. Measures take
turns, so that a busy moment of the machine touches all of them: read the ratios, not the
seconds. ``floor`` is a plain script with the same code, no notebook and no output kept.
Memory is proportional (PSS): pages shared with the warm parent are counted by share.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from helpers.engine.parent import WarmParent
from helpers.engine.run import Job, JobResult, run_notebooks
from helpers.engine.warm import MODULES, import_nbformat

from measure import descendants, pss_mb

LIGHT_NOTEBOOK = (
    "import matplotlib.pyplot as plt\nimport numpy as np\nimport pandas as pd\nimport seaborn as sns",
    "random = np.random.default_rng(1)\n"
    "frame = pd.DataFrame({'bulan': np.tile(np.arange(1, 13), 10), 'nilai': random.uniform(0, 1, 120)})",
    "fig, ax = plt.subplots(figsize=(6, 3))\n"
    "sns.lineplot(frame, x='bulan', y='nilai', ax=ax, errorbar=None)\nax.set_title('Serapan');",
    "fig, ax = plt.subplots(figsize=(6, 3))\n"
    "frame.groupby('bulan')['nilai'].mean().plot.bar(ax=ax)\nax.set_title('Rata-rata');",
    "frame.groupby('bulan')['nilai'].describe()",
)


def make_notebook(path: Path) -> Path:
    """Write the light notebook."""
    import_nbformat()
    import nbformat

    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(
        metadata={"kernelspec": kernel, "language_info": {"name": "python"}},
        cells=[nbformat.v4.new_code_cell(source) for source in LIGHT_NOTEBOOK],
    )
    nbformat.write(notebook, path)
    return path


def make_script(notebook: Path, parameters: dict[str, Any], path: Path) -> Path:
    """Write the notebook's code as a plain script that draws its figures as a notebook would."""
    cells = [cell for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]]
    lines = ["import matplotlib, io", "matplotlib.use('agg')", "display = repr"]
    for cell in cells:
        if cell["cell_type"] == "code":
            lines.append("".join(cell["source"]))
            if "parameters" in cell["metadata"].get("tags", []):
                lines += [f"{name} = {value!r}" for name, value in parameters.items()]
    lines += [
        "from matplotlib import pyplot",
        "for number in pyplot.get_fignums():",
        "    pyplot.figure(number).savefig(io.BytesIO(), bbox_inches='tight')",
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


class Bench:
    """Runs one notebook in every way, in a scratch folder."""

    def __init__(self, notebook: Path, parameters: dict[str, Any], scratch: Path) -> None:
        self.notebook = notebook
        self.parameters = parameters
        self.scratch = scratch
        self.script = make_script(notebook, parameters, scratch / "script.py")
        self.parent = WarmParent(MODULES)

    def timed(self, run: Callable[[], Any]) -> float:
        """Return the seconds that a call takes."""
        started = time.perf_counter()
        run()
        return time.perf_counter() - started

    def python(self, *arguments: str) -> None:
        """Run a fresh Python program in the notebook's folder."""
        command = [sys.executable, *arguments]
        subprocess.run(command, check=True, cwd=self.notebook.parent, capture_output=True)

    def naive(self) -> None:
        """Papermill's command, as one types it."""
        given = [part for name, value in self.parameters.items() for part in ("-p", name, str(value))]
        output = str(self.scratch / "naive.ipynb")
        self.python("-m", "papermill", str(self.notebook), output, "--no-progress-bar", *given)

    def fork_program(self) -> None:
        """One notebook by the fork engine in a program of its own: nothing is warm yet."""
        code = (
            "from pathlib import Path\nfrom helpers.engine.run import execute_notebook\n"
            f"execute_notebook(Path({str(self.notebook)!r}), Path({str(self.scratch / 'program.ipynb')!r}), "
            f"{self.parameters!r})"
        )
        self.python("-c", code)

    def floor_program(self) -> None:
        """Run the plain script in a program of its own."""
        self.python(str(self.script))

    def jobs(self, count: int) -> list[Job]:
        """Return jobs that all run the notebook."""
        folder = self.notebook.parent
        return [
            Job(f"n{n}", self.notebook, self.scratch / f"batch-{n}.ipynb", self.parameters, cwd=folder)
            for n in range(count)
        ]

    def batch(self, count: int, workers: int) -> list[JobResult]:
        """Run so many by the fork engine from the warm parent."""
        results = run_notebooks(self.jobs(count), workers=workers, parent=self.parent)
        failed = [result.failure.text("en") for result in results if result.failure]
        if failed:
            raise SystemExit("\n".join(failed))
        return results

    def start(self) -> None:
        """Start a warm parent and use it once, for nothing."""
        with WarmParent(MODULES) as parent:
            run_notebooks([Job("empty", self.empty, self.scratch / "empty-out.ipynb")], parent=parent)

    @property
    def empty(self) -> Path:
        """A notebook without cells."""
        content = json.loads(self.notebook.read_text(encoding="utf-8")) | {"cells": []}
        path = self.scratch / "empty.ipynb"
        path.write_text(json.dumps(content), encoding="utf-8")
        return path


def memory_of_a_worker(bench: Bench) -> dict[str, float]:
    """Return the largest proportional memory of a job with its notebook, and the parent's."""
    seen: list[float] = []

    def look(_event: Any) -> None:
        seen.append(sum(pss_mb(pid) for pid in descendants(bench.parent.pid)))

    run_notebooks(bench.jobs(3), parent=bench.parent, on_event=look)
    return {"worker_mb": max(seen), "parent_mb": pss_mb(bench.parent.pid)}


def measure(bench: Bench, runs: int, batch: int) -> dict[str, Any]:
    """Return medians in seconds, and the ratios that the engine is judged by."""
    bench.batch(2, 1)
    ways: dict[str, Callable[[], Any]] = {
        "naive: papermill command": bench.naive,
        "fork: a program for one": bench.fork_program,
        "floor: plain script": bench.floor_program,
        "fork: start of the parent": bench.start,
        "fork: one, parent warm": lambda: bench.batch(1, 1),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(runs):
        for name, run in ways.items():
            seconds[name].append(bench.timed(run))
    medians = {name: statistics.median(values) for name, values in seconds.items()}
    sizes = {
        count: bench.timed(lambda n=count: bench.batch(n, 1)) for count in (batch // 2, batch, batch * 2)
    }
    pairs = [(bench.timed(lambda: bench.batch(batch, 1)), bench.timed(lambda: bench.batch(batch, 2)))
             for _ in range(3)]  # fmt: skip
    one, two = (statistics.median(column) for column in zip(*pairs, strict=True))
    naive, start = medians["naive: papermill command"], medians["fork: start of the parent"]
    return {
        "seconds": medians,
        "batch": {"count": batch, "one_worker": one, "two_workers": two, "by_size": sizes},
        "memory": memory_of_a_worker(bench),
        "ratios": {
            "naive / fork, one notebook, nothing warm": naive / medians["fork: a program for one"],
            "naive / fork, one notebook, parent warm": naive / medians["fork: one, parent warm"],
            f"naive / fork, {batch} notebooks with the parent's start": naive * batch / (one + start),
            "one worker / two workers": one / two,
            "seconds a notebook, twice as many / half as many": (sizes[batch * 2] / (batch * 2))
            / (sizes[batch // 2] / (batch // 2)),
        },
    }


def print_table(found: dict[str, Any]) -> None:
    """Print the result for people."""
    for name, seconds in found["seconds"].items():
        print(f"{name:<52}{seconds:9.3f} s")
    count = found["batch"]["count"]
    for workers in ("one_worker", "two_workers"):
        label = f"fork: {count} notebooks, {workers.replace('_', ' ')}"
        print(f"{label:<52}{found['batch'][workers]:9.3f} s")
    for name, value in found["memory"].items():
        print(f"{name:<52}{value:9.0f} MiB")
    for name, ratio in found["ratios"].items():
        print(f"{name:<52}{ratio:9.2f}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--notebook", type=Path, help="an existing notebook instead of the light one")
    parser.add_argument("-p", nargs=2, action="append", default=[], metavar=("NAME", "VALUE"))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--batch", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    # Read as YAML is by papermill: a whole number is one.
    parameters = {name: int(value) if value.isdigit() else value for name, value in options.p}
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        notebook = options.notebook.resolve() if options.notebook else make_notebook(scratch / "light.ipynb")
        bench = Bench(notebook, parameters, scratch)
        try:
            found = measure(bench, options.runs, options.batch)
        finally:
            bench.parent.close()
    found["cores"] = os.cpu_count()
    if options.json:
        print(json.dumps(found, indent=1))
    else:
        print_table(found)


if __name__ == "__main__":
    main()
