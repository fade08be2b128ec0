"""Check a finished report from outside: files, HTML without requests, PDF with text, facts.

Reads the outputs as a stranger would and imports nothing of the project; what it expects
is the contract's, not the code's.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

COMMON_DOCUMENTS = (
    "clean-agencies", "clean-villages", "policy-timeline", "press-release", "leadership-brief",
    "annual-report",
)  # fmt: skip
#: The chapters that only one of the editions has the sources for.
CHAPTERS = {
    2021: ("budget-absorption", "opd-rollout", "family-resilience", "programmes"),
    2026: ("commitments", "work-plan"),
}
OTHER_FILES = (
    "index.html", "press-release.docx", "press-release.txt", "tables.xlsx", "facts.json", "quality.json",
    "manifest.json",
)  # fmt: skip
#: A page of each kind; 148 villages, 27 departments and 11 districts.
PROFILES = {"village": 148, "opd": 27, "district": 11}
MINIMUM_FIGURES = {2021: 6, 2026: 3}
FIGURE_FORMATS = ("svg", "png", "csv")

#: The figures that an edition must state; None where only the presence is given.
FACTS: dict[int, dict[str, Any]] = {
    2026: {"villages.total_count": None},
    2021: {
        "budget.absorption_rate": 0.9830,
        "budget.ceiling_idr": None,
        "budget.expenditure_idr": None,
        "opd.total_count": 27,
        "opd.active_count": 25,
        "opd.inactive_count": 2,
        "opd.inactive_names": None,
        "opd.reported_count.b06": 25,
        "opd.reported_count.b12": None,
        "opd.planned_count.next_year": 2,
        "districts.planned_count.next_year": 11,
        "districts.total_count": 11,
        "villages.total_count": 148,
        "resilience.index": 84.821,
        "resilience.published_class": "sangat tinggi",
        "resilience.computed_class": "tinggi",
        "resilience.family_count": 10,
        "resilience.respondent_count": None,
        "resilience.interval_low": None,
        "resilience.interval_high": None,
    },
}
FACT_FIELDS = {
    "key", "value", "unit", "text_id", "text_en", "sources", "computed_by", "published", "agrees",
    "illustrative",
}  # fmt: skip

#: Attributes that make a browser fetch something; a link that a reader may follow is not one.
LOADING = {"src", "srcset", "poster", "data", "background", "formaction", "action"}
CSS_FETCH = re.compile(r"@import|url\(\s*['\"]?(?!data:|#)", re.IGNORECASE)


class Page(HTMLParser):
    """What a page would load, and what a screen reader needs of it."""

    def __init__(self) -> None:
        super().__init__()
        self.problems: list[str] = []
        self.lang = ""
        self._style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        values = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.lang = values.get("lang", "")
        self._style = tag == "style"
        loads = [values[name] for name in LOADING & set(values)]
        if tag == "link" or (tag in ("use", "image", "feimage")):
            loads += [values.get("href", ""), values.get("xlink:href", "")]
        for target in loads:
            if target and not target.startswith(("data:", "#")):
                self.problems.append(f"<{tag}> loads {target[:80]}")
        if CSS_FETCH.search(values.get("style", "")):
            self.problems.append(f"<{tag} style> loads something")
        if tag == "img" and not values.get("alt", "").strip():
            self.problems.append("<img> without alt text")

    def handle_data(self, data: str) -> None:
        """Look at style sheets."""
        if self._style and CSS_FETCH.search(data):
            self.problems.append("a style sheet loads something")

    def handle_endtag(self, tag: str) -> None:
        """Leave a style sheet."""
        self._style = False


def check_html(path: Path, lang: str) -> list[str]:
    """Return what is wrong with a page."""
    page = Page()
    page.feed(path.read_text(encoding="utf-8"))
    if page.lang != lang:
        page.problems.append(f"lang is {page.lang!r}, not {lang!r}")
    return [f"{path.name}: {problem}" for problem in page.problems]


def check_pdf(path: Path) -> list[str]:
    """Return what is wrong with a PDF: no page may be without text."""
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], check=False, capture_output=True)
    if done.returncode:
        return [f"{path.name}: pdftotext cannot read it"]
    pages = done.stdout.decode("utf-8").split("\f")[:-1]
    empty = [number for number, page in enumerate(pages, start=1) if not page.strip()]
    return [f"{path.name}: page {number} has no text" for number in empty] or (
        [] if pages else [f"{path.name}: no page"]
    )


def check_facts(path: Path, wanted: dict[str, Any]) -> list[str]:
    """Return which figures are missing, wrong or not whole."""
    facts = {fact["key"]: fact for fact in json.loads(path.read_text(encoding="utf-8"))["facts"]}
    problems = [f"facts.json: no {key}" for key in sorted(set(wanted) - set(facts))]
    for key, fact in facts.items():
        missing = FACT_FIELDS - set(fact)
        if missing:
            problems.append(f"facts.json: {key} has no {', '.join(sorted(missing))}")
        expected = wanted.get(key)
        value = fact.get("value")
        same = abs(value - expected) < 0.0005 if isinstance(expected, float) else value == expected
        if expected is not None and not same:
            problems.append(f"facts.json: {key} is {value!r}, not {expected!r}")
    return problems


def check_quality(path: Path) -> list[str]:
    """Return the sources whose rows do not add up."""
    sources = json.loads(path.read_text(encoding="utf-8"))["sources"]
    wrong = [
        item["source"] for item in sources if item["rows_in"] != item["rows_kept"] + item["rows_rejected"]
    ]  # fmt: skip
    return [f"quality.json: rows of {name} do not add up" for name in wrong]


def check_report(folder: Path, lang: str, year: int) -> list[str]:
    """Return everything that is wrong with one report."""
    documents = (*COMMON_DOCUMENTS, *CHAPTERS[year])
    names = [*(f"{document}.{suffix}" for document in documents for suffix in ("html", "pdf")), *OTHER_FILES]
    problems = [f"missing: {name}" for name in names if not (folder / name).is_file()]
    if problems:
        return problems
    # Every document but the one that is bound from the others is made by a notebook.
    notebooks = list((folder / "notebooks").glob("*.ipynb"))
    if len(notebooks) != len(documents) - 1:
        problems.append(f"notebooks: {len(notebooks)} for {len(documents) - 1} documents")
    figures = {path.stem for path in (folder / "figures").glob("*.svg")}
    if len(figures) < MINIMUM_FIGURES[year]:
        problems.append(f"figures: only {len(figures)}")
    for figure in sorted(figures):
        absent = [end for end in FIGURE_FORMATS if not (folder / "figures" / f"{figure}.{end}").is_file()]
        problems += [f"missing: figures/{figure}.{end}" for end in absent]
    for page in sorted(folder.glob("*.html")):
        problems += check_html(page, lang)
    for document in sorted(folder.glob("*.pdf")):
        problems += check_pdf(document)
    problems += check_facts(folder / "facts.json", FACTS[year])
    return problems + check_quality(folder / "quality.json")


def check_profiles(folder: Path, lang: str) -> list[str]:
    """Return what is wrong with the profiles beside a report, where they have been made."""
    if not folder.is_dir():
        return []
    problems = []
    for kind, count in PROFILES.items():
        for suffix in ("html", "pdf"):
            found = len(list(folder.glob(f"{kind}-*.{suffix}")))
            if found != count:
                problems.append(f"profiles: {found} of {count} {kind} pages as {suffix}")
    for page in sorted(folder.glob("*.html")):
        problems += check_html(page, lang)
    for document in sorted(folder.glob("*.pdf")):
        problems += check_pdf(document)
    return problems


def main() -> int:
    """Check the Indonesian report of each folder named and the English one below it."""
    failed = False
    for folder in map(Path, sys.argv[1:]):
        year = int(folder.name)
        problems = []
        for lang, place in (("id", folder), ("en", folder / "en")):
            found = [*check_report(place, lang, year), *check_profiles(place / "profiles", lang)]
            problems += [f"{lang}: {text}" for text in found]
        print("\n".join(problems) or f"{folder}: both languages are as the contract says")
        failed |= bool(problems)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
