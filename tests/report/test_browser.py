"""Pages in a real Chromium: no request, no violation, usable with and without scripts."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

NAMES = ["chapter-id", "chapter-en", "release-id", "stock", "checked"]


def opened(browser, path, **options):
    context = browser.new_context(viewport={"width": 1440, "height": 900}, **options)
    page = context.new_page()
    requests: list[str] = []
    problems: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(path.as_uri())
    return context, page, requests, problems


@pytest.mark.parametrize("name", NAMES)
def test_page_makes_no_request_and_no_complaint(browser, pages, name):
    context, page, requests, problems = opened(browser, pages[name])
    page.wait_for_timeout(200)
    loaded = [url for url in requests if not url.startswith("data:")]
    context.close()
    assert loaded == [pages[name].as_uri()]
    assert problems == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing(browser, pages, name, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    # The policy forbids foreign scripts; axe is one.
    context, page, _, _ = opened(browser, pages[name], color_scheme=scheme, bypass_csp=True)
    found = []
    for width in (360, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        found += [(width, item["id"]) for item in axe.Axe().run(page).response["violations"]]
    context.close()
    assert found == []


@pytest.mark.parametrize("name", NAMES)
def test_page_fits_a_telephone(browser, pages, name):
    context, page, _, _ = opened(browser, pages[name])
    page.set_viewport_size({"width": 360, "height": 800})
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert width == 360


def test_bundled_font_is_used(browser, pages):
    context, page, _, _ = opened(browser, pages["chapter-id"])
    loaded = page.evaluate(
        "document.fonts.ready.then(() => "
        "[...document.fonts].filter((face) => face.status === 'loaded').map((face) => face.family))"
    )
    context.close()
    assert any("Source Sans Pro" in family for family in loaded)


def test_table_sorts_by_number_and_keeps_its_total(browser, pages):
    context, page, _, _ = opened(browser, pages["chapter-id"])
    table = page.locator("#table-6 table")
    heading = table.locator("thead th").nth(1)

    def column():
        return table.locator("tbody tr td:nth-child(2)").all_text_contents()

    heading.locator("button").click()
    rising = column()
    state = heading.get_attribute("aria-sort")
    heading.locator("button").click()
    falling = column()
    total = table.locator("tfoot td").first.text_content()
    context.close()
    assert rising == ["146.120.000", "158.700.000", "391.500.000", "401.250.000", "612.430.000"]
    assert state == "ascending"
    assert falling == rising[::-1]
    assert total == "1.710.000.000"


@pytest.mark.parametrize("scripts", [True, False])
def test_figure_enlarges_and_closes_by_keyboard(browser, pages, scripts):
    context, page, _, _ = opened(browser, pages["chapter-id"], java_script_enabled=scripts)
    canvas = page.locator("#absorption-by-month-gambar")
    before = canvas.bounding_box()["width"]
    page.locator("#absorption-by-month .enlarge").focus()
    page.keyboard.press("Enter")
    enlarged = canvas.bounding_box()["width"]
    page.keyboard.press("Escape")
    after = canvas.bounding_box()["width"]
    context.close()
    assert enlarged > before * 1.5
    assert after == before


def test_without_scripts_nothing_is_missing(browser, pages):
    context, page, _, _ = opened(browser, pages["chapter-id"], java_script_enabled=False)
    rows = page.locator("#table-150 tbody tr").count()
    code = page.locator("details.code").first
    code.locator("summary").click()
    visible = code.locator("pre").first.is_visible()
    context.close()
    assert rows == 150
    assert visible


def test_skip_link_leads_to_the_content(browser, pages):
    context, page, _, _ = opened(browser, pages["chapter-id"])
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    focused = page.evaluate("document.activeElement.id")
    context.close()
    assert first == "Langsung ke isi"
    assert focused == "isi"
