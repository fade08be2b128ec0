"""Every page of the built report in a real Chromium: axe, network, size, width."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.params import RunParams
from helpers.run.profiles import make_profiles

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COMMON = (
    "index", "leadership-brief", "press-release", "annual-report", "policy-timeline", "clean-agencies",
    "clean-villages",
)  # fmt: skip
#: Every kind of page of both editions; ``all`` is the page over all of them.
PAGES = [
    *(("2021", name) for name in (
        *COMMON, "budget-absorption", "opd-rollout", "family-resilience", "programmes", "all",
    )),
    *(("2026", name) for name in (*COMMON, "commitments", "work-plan")),
]  # fmt: skip
PROFILES = ("village-63.06.05.2017", "village-63.06.01.2001", "opd-setwan", "district-63.06.05", "index")
WIDTHS = (360, 768, 1440)
SIZE_LIMIT = 1_500_000


def page_path(report: Path, name: str) -> Path:
    """Return a page of a report; ``all`` is the page over all editions."""
    if name != "all":
        return report / f"{name}.html"
    base = report.parents[1] if report.name != "en" else report.parents[2]
    return base / "index.html"


@pytest.fixture(params=["id", "en"])
def path(request: pytest.FixtureRequest, edition: str, name: str) -> Path:
    """A page of a built report, in both languages."""
    own = f"report_{edition}" if request.param == "id" else f"report_{edition}_en"
    return page_path(request.getfixturevalue(own), name)


@pytest.fixture(scope="module")
def profiles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of some profiles of each kind."""
    base = tmp_path_factory.mktemp("profiles")
    params = RunParams(processed=str(base / "processed"), out=str(base / "reports"))
    make_profiles(params, jobs=2, choose=lambda page: page.name in PROFILES)
    return params.paths.out / "profiles"


@pytest.mark.parametrize("name", ["annual-report", "budget-absorption"])
def test_a_document_begins_with_its_title_on_a_telephone(browser, report_2021: Path, name: str) -> None:
    address = (report_2021 / f"{name}.html").as_uri()
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(address)
    heading, entry = page.locator("h1").bounding_box(), page.locator(".contents li a").first
    assert heading["y"] + heading["height"] < 370
    assert not entry.is_visible()
    page.locator(".contents summary").click()
    entry.click()
    assert page.evaluate("location.hash.length") > 1
    page.close()


@pytest.mark.parametrize(
    "options", [{"viewport": {"width": 1440, "height": 900}}, {"java_script_enabled": False}]
)
def test_contents_are_open_on_a_desk_and_without_scripts(browser, report_2021: Path, options) -> None:
    context = browser.new_context(**{"viewport": {"width": 360, "height": 740}, **options})
    page = context.new_page()
    page.goto((report_2021 / "annual-report.html").as_uri())
    entries = page.locator(".contents li a")
    assert entries.count() > 10
    assert all(entries.nth(place).is_visible() for place in range(entries.count()))
    context.close()


def violations_of(browser, path, scheme) -> list[tuple[int, str, str]]:
    """Return what axe finds on a page at every width, with everything unfolded."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    # The policy forbids foreign scripts; axe is one.
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(path.as_uri())
    for details in page.locator("details").all():
        details.evaluate("element => { element.open = true; }")
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        violations = axe.Axe().run(page).response["violations"]
        found += [(width, item["id"], item["nodes"][0]["html"][:120]) for item in violations]
    context.close()
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("edition", "name"), PAGES)
def test_axe_finds_nothing(browser, path, scheme):
    assert violations_of(browser, path, scheme) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PROFILES)
def test_axe_finds_nothing_on_a_profile(browser, profiles, name, scheme):
    assert violations_of(browser, profiles / f"{name}.html", scheme) == []


@pytest.mark.parametrize(("edition", "name"), PAGES)
def test_page_asks_for_nothing_and_fits_a_telephone(browser, path):
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    requests, problems = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(path.as_uri())
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert [url for url in requests if not url.startswith("data:")] == [path.as_uri()]
    assert problems == []
    assert width == 360
    assert path.stat().st_size < SIZE_LIMIT


def test_the_axe_run_notices_a_violation(browser, report_2021):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto((report_2021 / "index.html").as_uri())
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"data:,\">')")
    violations = {item["id"] for item in axe.Axe().run(page).response["violations"]}
    context.close()
    assert "image-alt" in violations


@pytest.mark.parametrize("scripts", [True, False])
def test_a_figure_opens_its_origin_by_keyboard_and_leads_back(browser, report_2021, scripts):
    context = browser.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=scripts)
    page = context.new_page()
    page.goto((report_2021 / "budget-absorption.html").as_uri())
    figure = page.locator("main p a.fact").first
    figure.focus()
    page.wait_for_timeout(50)
    top = figure.bounding_box()["y"]
    page.keyboard.press("Enter")
    panel = page.locator(".origin:target")
    text = panel.inner_text()
    box = panel.bounding_box()
    still = figure.bounding_box()["y"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    closed = page.locator("#asal-budget-absorption-rate a.origin-close").is_visible()
    context.close()
    assert "Penyerapan anggaran: 98,30 persen" in text
    assert "belanja s.d. bulan terakhir ÷ pagu revisi" in text
    assert "anggaran-2021.xlsx, lembar Desember" in text
    assert "G130:G133" in text
    assert "dihitung; cocok dengan angka terbit 98,30 persen" in text
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 800
    assert still == pytest.approx(top, abs=2)
    assert not closed


def test_escape_closes_the_panel(browser, report_2021):
    context = browser.new_context()
    page = context.new_page()
    page.goto((report_2021 / "opd-rollout.html").as_uri())
    page.locator("main p a.fact").first.click()
    shown = page.locator(".origin:target").count()
    page.keyboard.press("Escape")
    page.wait_for_function("document.querySelector('.origin:target') === null")
    context.close()
    assert shown == 1


def test_the_search_finds_by_heading_and_says_how_many(browser, report_2021):
    context = browser.new_context()
    page = context.new_page()
    page.goto(page_path(report_2021, "all").as_uri())
    field = page.get_by_label("Cari laporan")
    field.fill("BPBD setwan")
    titles = page.locator(".entries li:visible > a").all_text_contents()
    status = page.locator(".search-status").inner_text()
    field.fill("tidak ada kata begini")
    nothing = page.locator(".search-status").inner_text()
    left = page.locator(".office-group:visible").count()
    context.close()
    assert "Pelaksanaan Inpres Nomor 2 Tahun 2020 oleh OPD, 2021" in titles
    assert "Penyerapan anggaran 2021" not in titles
    assert status == f"{len(titles)} dokumen cocok"
    assert (nothing, left) == ("Tidak ada dokumen yang cocok", 0)


def test_without_scripts_the_list_is_whole_and_has_no_dead_box(browser, report_2021):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(page_path(report_2021, "all").as_uri())
    box = page.locator(".search").is_visible()
    listed = page.locator(".entries li").count()
    context.close()
    assert not box
    assert listed >= 9
