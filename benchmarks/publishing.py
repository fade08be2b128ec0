"""Documents of a finished report: seconds and bytes per document, against Chromium's printing.

``python benchmarks/publishing.py [--report reports/bnnk-hss/2021] [--runs 3] [--json]``

For each notebook as executed: ours to HTML and to PDF, reading included, and two other ways to
a PDF: nbconvert's ``lab`` page printed by Chromium, which is what ``nbconvert --to webpdf``
does, and our own page printed by Chromium. Each of ours is measured in a fresh process with
the modules loaded, as the pipeline makes it: Typst remembers what it has set, so a second
time in one process would flatter it. Chromium is started once and kept. Ways take turns in
every run, so that a busy moment of the machine touches all of them: read the ratios, not
the seconds.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
from nbconvert import HTMLExporter
from playwright.sync_api import sync_playwright

from helpers.publish.design import page_css
from helpers.publish.document import read_document
from helpers.publish.page import render_page
from helpers.publish.pdf import render_pdf

WAYS = ("html", "pdf", "webpdf", "page printed")


def own(path: str, way: str) -> tuple[float, int]:
    """Return the seconds and bytes of our HTML or PDF of a notebook."""
    notebook = nbformat.read(path, as_version=4)
    name = Path(path).stem
    # The fonts are subset once a run, in the parent of all notebooks' processes.
    page_css()
    if way == "html":
        return timed(lambda: render_page(read_document(notebook, name)).encode())
    return timed(lambda: render_pdf(read_document(notebook, name)))


def timed(action: Callable[[], bytes]) -> tuple[float, int]:
    """Return the seconds that an action takes and the bytes that it gives."""
    started = time.perf_counter()
    content = action()
    return time.perf_counter() - started, len(content)


def printing(notebook: Any, name: str, page: Any, scratch: Path) -> dict[str, Callable[[], bytes]]:
    """Return both ways of printing a document with Chromium as actions."""

    def printed(markup: str) -> bytes:
        source = scratch / f"{name}.html"
        source.write_text(markup, encoding="utf-8")
        page.goto(source.as_uri(), wait_until="load")
        content: bytes = page.pdf(format="A4", print_background=True)
        return content

    lab = HTMLExporter(template_name="lab")
    return {
        "webpdf": lambda: printed(lab.from_notebook_node(notebook)[0]),
        "page printed": lambda: printed(render_page(read_document(notebook, name))),
    }


def measure(report: Path, runs: int, scratch: Path) -> dict[str, dict[str, dict[str, float]]]:
    """Return the median seconds and the bytes of every document in every way."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("no Chromium found: nothing to compare with")
    found: dict[str, dict[str, dict[str, float]]] = {}
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["nbformat", "helpers.publish.page", "helpers.publish.pdf"])
    fresh = ProcessPoolExecutor(max_workers=1, mp_context=context, max_tasks_per_child=1)
    with fresh, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        # Offline: the lab page asks for scripts from elsewhere, and waiting for them is not printing.
        page = browser.new_context(offline=True).new_page()
        for path in sorted((report / "notebooks").glob("*.ipynb")):
            actions = printing(nbformat.read(path, as_version=4), path.stem, page, scratch)
            for action in actions.values():
                action()
            rounds = [
                {way: fresh.submit(own, str(path), way).result() for way in ("html", "pdf")}
                | {way: timed(action) for way, action in actions.items()}
                for _ in range(runs)
            ]
            found[path.stem] = {
                way: {
                    "seconds": statistics.median(result[way][0] for result in rounds),
                    "bytes": rounds[0][way][1],
                }
                for way in WAYS
            }
        browser.close()
    return found


def table(found: dict[str, dict[str, dict[str, float]]]) -> str:
    """Return the result for people: seconds and KB, and how many times slower the others are."""
    lines = [f"{'document':24}" + "".join(f"{way:>20}" for way in WAYS) + f"{'webpdf / pdf':>16}"]
    ratios = []
    for name, result in found.items():
        cells = (f"{result[way]['seconds']:.2f} s {result[way]['bytes'] / 1000:6.0f} KB" for way in WAYS)
        ratios.append(result["webpdf"]["seconds"] / result["pdf"]["seconds"])
        lines.append(f"{name:24}" + "".join(f"{cell:>20}" for cell in cells) + f"{ratios[-1]:>16.1f}")
    lines.append(f"median of webpdf / pdf: {statistics.median(ratios):.1f}")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", type=Path, default=Path("reports/bnnk-hss/2021"))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    import tempfile

    with tempfile.TemporaryDirectory() as scratch:
        found = measure(options.report, options.runs, Path(scratch))
    print(json.dumps(found, indent=1) if options.json else table(found))


if __name__ == "__main__":
    main()
