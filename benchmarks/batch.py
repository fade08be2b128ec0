"""Many reports: time by their number, one worker against two, memory, and the naive way.

``make bench ARGS="batch [--sizes 10,50] [--compare 6] [--runs 3] [--naive 2] [--json]"``

The offices are the first of the synthetic country (514 offices, 84,000 villages). Every
report is the whole one: HTML, PDF, Word, workbook and index, checked against its own facts.

``sizes``
    batches of so many reports on two workers: whether time grows with their number. What all
    514 would take is the straight line through them, and is called an extrapolation.
``compare``
    so many reports on one worker and on two, by turns; the median ratio.
``naive``
    so many reports by the command lines of papermill and nbconvert, to HTML alone: no PDF, no
    Word, no annual report, no checks. One at a time, against one worker.

Memory is proportional (PSS, pages shared with the warm parent counted by share), of all
processes of a batch together, over its workers. The warm parent is started before anything is
timed. The machine's other load changes seconds: read the ratios.
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
from dataclasses import replace
from pathlib import Path
from typing import Any

from country import OFFICES, make_country, write_country
from helpers.edition import load_edition
from helpers.params import RunParams
from helpers.paths import project_root
from helpers.run.batch import BatchOutcome, BatchRequest, make_batch
from helpers.run.plan import plan_edition
from helpers.run.pool import expect_many, start_server
from measure import Memory

WORKERS = 2


class Bench:
    """Batches of the synthetic country in a scratch folder."""

    def __init__(self, scratch: Path, offices: int) -> None:
        self.scratch = scratch
        self.names = [regency.office for regency in make_country()[:offices]]
        self.count = 0
        write_country(scratch / "raw", offices)
        expect_many()
        start_server()

    def request(self, offices: int, workers: int) -> BatchRequest:
        """Return a batch of the first offices into folders of its own."""
        self.count += 1
        place = self.scratch / f"run-{self.count}"
        return BatchRequest(
            offices=",".join(self.names[:offices]), raw=str(self.scratch / "raw"), workers=workers,
            processed=str(place / "processed"), out=str(place / "reports"), locale="en",
        )  # fmt: skip

    def run(self, offices: int, workers: int) -> tuple[float, float, BatchOutcome]:
        """Return seconds, memory per worker and the outcome of one batch."""
        request = self.request(offices, workers)
        started = time.perf_counter()
        with Memory() as memory:
            outcome = make_batch(request)
        return time.perf_counter() - started, memory.peak_mb / workers, outcome

    def naive(self, office: str) -> float:
        """Return the seconds of one office's notebooks by the command lines."""
        place = self.scratch / "naive" / office
        params = replace(
            RunParams(office, 2021, raw=str(self.scratch / "raw")),
            processed=str(place / "processed"), out=str(place / "reports"), locale="en",
        )  # fmt: skip
        place.mkdir(parents=True)
        started = time.perf_counter()
        for step in plan_edition(load_edition(params).sources):
            self.convert(step.notebook, params, place)
        return time.perf_counter() - started

    def convert(self, notebook: str, params: RunParams, place: Path) -> None:
        """Run one notebook and make its HTML, as one types it."""
        executed = place / f"{notebook}.ipynb"
        given = [
            part
            for name in ("office", "year", "locale", "raw", "processed", "out")
            for part in ("-p", name, str(getattr(params, name)))
        ]
        folder = project_root() / "notebooks"
        commands = (
            ["papermill", str(folder / f"{notebook}.ipynb"), str(executed), "--no-progress-bar", *given],
            ["nbconvert", "--to", "html", str(executed)],
        )
        for module, *arguments in commands:
            command = [sys.executable, "-m", module, *arguments]
            environment = {**os.environ, "PYTHONPATH": str(project_root() / "src")}
            subprocess.run(command, check=True, cwd=folder, env=environment, capture_output=True)


def line_through(points: list[tuple[int, float]]) -> tuple[float, float]:
    """Return seconds that a batch costs at all, and per report, by least squares."""
    if len(points) == 1:
        return 0.0, points[0][1] / points[0][0]
    slope, start = statistics.linear_regression(*zip(*points, strict=True))
    return start, slope


def measure(options: argparse.Namespace, scratch: Path) -> dict[str, Any]:
    """Return every measure."""
    bench = Bench(scratch, max(*options.sizes, options.compare, options.naive))
    ratios, alone, both = [], [], []
    memory = {1: 0.0, WORKERS: 0.0}
    for _ in range(options.runs):
        one, memory_one, _ = bench.run(options.compare, 1)
        two, memory_two, _ = bench.run(options.compare, WORKERS)
        memory = {1: max(memory[1], memory_one), WORKERS: max(memory[WORKERS], memory_two)}
        ratios.append(one / two)
        alone.append(one)
        both.append(two)
    points, rows = [], []
    for size in options.sizes:
        seconds, worker_mb, outcome = bench.run(size, WORKERS)
        memory[WORKERS] = max(memory[WORKERS], worker_mb)
        points.append((size, seconds))
        rows.append({"reports": size, "seconds": round(seconds, 1), "per_report": round(seconds / size, 2),
                     "made": outcome.counts["made"], "failed": outcome.counts["failed"]})  # fmt: skip
    start, slope = line_through(points)
    naive = [bench.naive(name) for name in bench.names[: options.naive]]
    per_report = statistics.median(alone) / options.compare
    return {
        "load": round(os.getloadavg()[0], 1),
        "compare": {"reports": options.compare, "one": round(statistics.median(alone), 1),
                    "two": round(statistics.median(both), 1), "ratio": round(statistics.median(ratios), 2)},
        "sizes": rows,
        "extrapolated": {"reports": OFFICES, "seconds": round(start + slope * OFFICES)},
        "memory_mb": {"one worker": round(memory[1]), "each of two": round(memory[WORKERS])},
        "naive": {"reports": len(naive), "per_report": round(statistics.mean(naive), 1) if naive else None,
                  "ours": round(per_report, 2),
                  "ratio": round(statistics.mean(naive) / per_report, 1) if naive else None},
    }  # fmt: skip


def show(found: dict[str, Any]) -> None:
    """Print the measures as a table."""
    compare, naive, memory = found["compare"], found["naive"], found["memory_mb"]
    print("| measure | result |\n|---|---|")
    for row in found["sizes"]:
        told = f"{row['seconds']} s, {row['per_report']} s a report ({row['failed']} failed)"
        print(f"| {row['reports']} reports, two workers | {told} |")
    far = found["extrapolated"]
    print(f"| {far['reports']} reports, two workers (extrapolated) | {far['seconds'] / 60:.0f} min |")
    print(f"| {compare['reports']} reports, one worker / two | {compare['one']} s / {compare['two']} s |")
    print(f"| two workers against one | {compare['ratio']} times |")
    if naive["ratio"]:
        told = f"{naive['per_report']} s / {naive['ours']} s a report, {naive['ratio']} times"
        print(f"| papermill + nbconvert to HTML alone / ours, one worker | {told} |")
    print(f"| memory of one worker / of each of two | {memory['one worker']} / {memory['each of two']} MiB |")
    print(f"| load of the machine at the end | {found['load']} |")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", default="10,50", help="reports of each batch on two workers")
    parser.add_argument("--compare", type=int, default=6, help="reports on one worker and on two")
    parser.add_argument("--runs", type=int, default=3, help="times of the comparison")
    parser.add_argument("--naive", type=int, default=2, help="reports by the command lines")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    options.sizes = [int(size) for size in options.sizes.split(",")]
    with tempfile.TemporaryDirectory(prefix="helpers-bench-") as scratch:
        found = measure(options, Path(scratch))
    if options.json:
        print(json.dumps(found, indent=2))
    else:
        show(found)


if __name__ == "__main__":
    main()
