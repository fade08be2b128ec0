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
    paths = {}
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
