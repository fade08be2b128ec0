"""Documents made once from the fixture notebooks, and a real Chromium where there is one."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def fixtures() -> ModuleType:
    """Return ``fixtures.py``, drawn with the bundled font."""
    from helpers.theme.fonts import register_fonts

    register_fonts()
    spec = importlib.util.spec_from_file_location("report_fixtures", Path(__file__).with_name("fixtures.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _checked_page(folder: Path) -> Path:
    """Return the page of ``make check --report`` on a text with right, wrong and unknown figures."""
    import json
    from decimal import Decimal

    from helpers.check.annotated import write_marked_page
    from helpers.check.check import check_document
    from helpers.check.facts_file import make_facts
    from helpers.check.readers import read_text

    facts_file = Path(__file__).parents[1] / "claims" / "facts-2021.json"
    facts = make_facts(json.loads(facts_file.read_text(encoding="utf-8"), parse_float=Decimal))
    text = (
        "# Rilis\n\nPenyerapan anggaran 98,03 persen dari pagu Rp1.710.000.000.\n\n"
        "Sebanyak 25 OPD melaksanakan Inpres Nomor 2 Tahun 2020. Hadir 40 orang pada 31 Februari 2020.\n"
    )
    return write_marked_page(
        check_document(read_text(text, "rilis.md"), facts), folder / "checked.html", "id"
    )


@pytest.fixture(scope="session")
def pages(fixtures, tmp_path_factory) -> dict[str, Path]:
    """Return the HTML files: chapter and release in both languages, and a stock notebook."""
    from helpers.publish.document import read_document
    from helpers.publish.page import render_page

    folder = tmp_path_factory.mktemp("pages")
    notebooks = {
        "chapter-id": fixtures.chapter("id"),
        "chapter-en": fixtures.chapter("en"),
        "release-id": fixtures.press_release("id"),
        "release-en": fixtures.press_release("en"),
        "stock": fixtures.stock(),
    }
    paths = {"checked": _checked_page(folder)}
    for name, notebook in notebooks.items():
        paths[name] = folder / f"{name}.html"
        paths[name].write_text(render_page(read_document(notebook, name)), encoding="utf-8")
    return paths


@pytest.fixture(scope="session")
def browser():
    """Return Chromium; the test says that it skips where none is found."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        pytest.skip("no Chromium found")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()
