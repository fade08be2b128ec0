"""Profiles against the naive way, on the same templates, data and machine.

``python benchmarks/profiles.py [--sample 5] [--count 148] [--runs 1] [--json]``

Naive is what one types: papermill's command, nbconvert's command to HTML, and Chromium printing that
page, one village after another; a sample of villages is measured and the rest said to cost the same.
Ours makes the villages with one worker and with two, from cleaned tables on disk to pages, imports
included. What the machine's second core can give at all is told by two programs of one worker each,
which share nothing and make everything twice, at once. The ways take turns. On a machine that does
other work too the processor time (user and system, of all processes) tells more than the clock; both
are given.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from helpers.edition import load_edition
from helpers.params import RunParams
from helpers.paths import project_root
from helpers.progress import SILENT
from helpers.run.pool import expect_many, start_server
from helpers.run.profile_set import Page
from helpers.run.profiles import clean_for_profiles, list_pages, make_pages

TEMPLATE = project_root() / "notebooks" / "profiles" / "village_profile.ipynb"


def prepared(scratch: Path) -> tuple[RunParams, list[Page]]:
    """Clean the sources of profiles below a scratch folder; return where, and the villages' pages."""
    params = RunParams(processed=str(scratch / "processed"), out=str(scratch / "reports"))
    edition = load_edition(params)
    pages = list_pages(edition, clean_for_profiles(edition))
    return params, [page for page in pages if page.kind == "village"]


def processor_seconds() -> float:
    """Return the processor time of all ended processes below this one."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def timed(run: Callable[[], Any]) -> dict[str, float]:
    """Return the time of a call by the clock and by the processor, in seconds."""
    clock, processor = time.perf_counter(), processor_seconds()
    run()
    return {"clock": time.perf_counter() - clock, "processor": processor_seconds() - processor}


def run_naive(page: Page, params: RunParams, scratch: Path, chromium: str) -> None:
    """Make one profile as one types it."""
    folder = scratch / "naive"
    folder.mkdir(exist_ok=True)
    given = {"raw": params.raw, "processed": params.processed, "out": params.out, "village": page.code}
    options = [part for name, value in given.items() for part in ("-r", name, value)]
    notebook, html, pdf = (folder / f"{page.name}.{ending}" for ending in ("ipynb", "html", "pdf"))
    python = [sys.executable, "-m"]
    commands = (
        [*python, "papermill", str(TEMPLATE), str(notebook), "--no-progress-bar", *options],
        [*python, "jupyter", "nbconvert", "--to", "html", "--no-input", str(notebook)],
        [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={pdf}", html.as_uri()],
    )
    for command in commands:
        subprocess.run(command, check=True, cwd=TEMPLATE.parent, capture_output=True)


def run_ours(options: argparse.Namespace) -> None:
    """Make villages in this process, which the benchmark has started for it."""
    # As `make profiles` begins: the server imports while this program does.
    expect_many()
    start_server()
    params = RunParams(processed=options.processed, out=options.out)
    edition = load_edition(params)
    wanted = set(options.only.split(","))
    villages = [Page(f"village-{code}", "village", code, "") for code in sorted(wanted)]
    out = Path(options.out) / "pages"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    make_pages(villages, edition, out, options.workers, "fork", SILENT)


@contextmanager
def watched(pid: int, seen: list[float]) -> Iterator[None]:
    """Note the largest resident memory, in MiB, of any process below one while the block runs."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.1):
            for child in descendants(pid):
                seen.append(peak_mb(child))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def descendants(pid: int) -> list[int]:
    """Return the ids of a process's children, and of theirs."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        parents.setdefault(parent, []).append(int(stat.parent.name))
    found, waiting = [], [pid]
    while waiting:
        below = parents.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def peak_mb(pid: int) -> float:
    """Return the largest resident memory that a process has had, shared pages included."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)


def command_for(pages: list[Page], params: RunParams, out: Path, workers: int) -> list[str]:
    """Return the command that makes pages in a program of its own."""
    return [
        sys.executable, str(Path(__file__).resolve()), "--only", ",".join(page.code for page in pages),
        "--workers", str(workers), "--processed", params.processed, "--out", str(out),
    ]  # fmt: skip


def start_ours(pages: list[Page], params: RunParams, scratch: Path, workers: int, seen: list[float]) -> None:
    """Make pages in a program of its own."""
    out = scratch / "ours"
    command = command_for(pages, params, out, workers)
    with subprocess.Popen(command) as program, watched(program.pid, seen):
        program.wait()
    require_pages(program.returncode, out, len(pages))


def start_twice(pages: list[Page], params: RunParams, scratch: Path) -> None:
    """Make pages twice, in two programs of one worker at the same time."""
    outs = [scratch / name for name in ("first", "second")]
    programs = [subprocess.Popen(command_for(pages, params, out, 1)) for out in outs]
    for program, out in zip(programs, outs, strict=True):
        require_pages(program.wait(), out, len(pages))


def require_pages(status: int, out: Path, count: int) -> None:
    """End the benchmark if a program has failed or made other than all pages."""
    if status:
        raise SystemExit(status)
    made = len(list((out / "pages").glob("*.pdf")))
    if made != count:
        raise SystemExit(f"{made} pages instead of {count}")


def measure(options: argparse.Namespace, scratch: Path, chromium: str) -> dict[str, Any]:
    """Return the times of all ways and what they come to."""
    params, pages = prepared(scratch)
    pages = pages[: options.count]
    step = max(1, len(pages) // options.sample)
    sample = pages[::step][: options.sample]
    naive: list[dict[str, float]] = []
    ours: dict[int, list[dict[str, float]]] = {1: [], 2: []}
    twice: list[dict[str, float]] = []
    seen: list[float] = []
    for _ in range(options.runs):
        for workers, times in ours.items():
            times.append(timed(lambda n=workers: start_ours(pages, params, scratch, n, seen)))  # type: ignore[misc]
        twice.append(timed(lambda: start_twice(pages, params, scratch)))
        naive += [timed(lambda page=page: run_naive(page, params, scratch, chromium)) for page in sample]  # type: ignore[misc]

    def median(times: list[dict[str, float]], kind: str) -> float:
        return statistics.median(entry[kind] for entry in times)

    each = {kind: median(naive, kind) for kind in ("clock", "processor")}
    whole = {workers: {kind: median(times, kind) for kind in each} for workers, times in ours.items()}
    return {
        "pages": len(pages),
        "naive_sample": len(naive),
        "naive_each": each,
        "naive_all_extrapolated": {kind: value * len(pages) for kind, value in each.items()},
        "ours": whole,
        "ratios": {
            "naive / ours, one worker, clock": each["clock"] * len(pages) / whole[1]["clock"],
            "naive / ours, one worker, processor": each["processor"] * len(pages) / whole[1]["processor"],
            "naive one by one / ours, two workers, clock": each["clock"] * len(pages) / whole[2]["clock"],
            "one worker / two workers, clock": whole[1]["clock"] / whole[2]["clock"],
            "one program / two at once, each as much": 2 * whole[1]["clock"] / median(twice, "clock"),
        },
        "peak_mb_of_a_process": max(seen, default=0.0),
        "load": os.getloadavg()[0],
        "cores": os.cpu_count(),
    }


def print_table(found: dict[str, Any]) -> None:
    """Print the result for people."""
    count = found["pages"]
    for kind in ("clock", "processor"):
        print(f"{'naive, one village, ' + kind:<52}{found['naive_each'][kind]:9.2f} s")
        print(f"{f'naive, {count} villages, {kind}, extrapolated':<52}"
              f"{found['naive_all_extrapolated'][kind]:9.0f} s")  # fmt: skip
        for workers, times in found["ours"].items():
            print(f"{f'ours, {count} villages, {workers} worker(s), {kind}':<52}{times[kind]:9.1f} s")
    for name, ratio in found["ratios"].items():
        print(f"{name:<52}{ratio:9.2f}")
    print(f"{'largest process, shared pages included':<52}{found['peak_mb_of_a_process']:9.0f} MiB")
    print(f"{'load of the machine at the end, cores':<52}{found['load']:9.1f}, {found['cores']}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, default=5)
    parser.add_argument("--count", type=int, default=148)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    for hidden in ("--only", "--processed", "--out"):
        parser.add_argument(hidden, default="", help=argparse.SUPPRESS)
    parser.add_argument("--workers", type=int, default=1, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        run_ours(options)
        return
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        raise SystemExit("the naive way prints with Chromium, which is not installed here")
    with tempfile.TemporaryDirectory() as folder:
        found = measure(options, Path(folder), chromium)
    print(json.dumps(found, indent=1)) if options.json else print_table(found)


if __name__ == "__main__":
    main()
