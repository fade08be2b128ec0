"""The page over all editions and offices, made anew from the reports that are found."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from helpers.facts import Fact
from helpers.messages import LOCALES, translate
from helpers.params import RunParams
from helpers.paths import project_root
from helpers.publish.portal import EditionEntry, Entry, render_editions
from helpers.run.place import turn

#: What an edition is known by in the list.
_FIGURES = (
    "budget.absorption_rate", "opd.active_count", "resilience.index", "commitments.total_count",
    "commitments.done_count", "commitments.overdue_count",
)  # fmt: skip


def write_portal(params: RunParams) -> Path:
    """Write ``index.html`` over all finished reports below the folder of reports; return its path.

    Reports are known by their manifest; one that was made before manifests listed their
    documents is left out until it is made again. The file is replaced in one step, and
    runs that end at the same time take turns.
    """
    return write_portal_over(project_root() / params.out)


def write_portal_over(base: Path) -> Path:
    """Write the page over all finished reports below a folder; return its path."""
    base.mkdir(parents=True, exist_ok=True)
    with turn(base):
        page = render_editions(find_editions(base))
        fresh, place = base / ".index.html.new", base / "index.html"
        fresh.write_text(page, encoding="utf-8")
        fresh.replace(place)
    return place


def find_editions(base: Path) -> list[EditionEntry]:
    """Return the finished reports below a folder: by office, newest first, Indonesian first."""
    found = []
    for lang in LOCALES:
        own = "" if lang == "id" else f"{lang}/"
        for path in base.glob(f"[!.]*/[0-9]*/{own}manifest.json"):
            # A report that somebody has damaged is left out; it must not stop another one.
            with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
                manifest = json.loads(path.read_text(encoding="utf-8"))
                found.append(_edition(path.parent, path.parent.relative_to(base).as_posix(), manifest))
    order = {lang: place for place, lang in enumerate(LOCALES)}
    return sorted(found, key=lambda entry: (entry.folder.partition("/")[0], -entry.year, order[entry.lang]))


def _edition(folder: Path, name: str, manifest: dict[str, Any]) -> EditionEntry:
    facts = {
        entry["key"]: Fact.from_json(entry)
        for entry in json.loads((folder / "facts.json").read_text(encoding="utf-8"))["facts"]
    }
    lang = manifest["parameters"]["locale"]
    return EditionEntry(
        folder=name,
        lang=lang,
        office=manifest["edition"]["office_name"],
        year=manifest["parameters"]["year"],
        illustrative=manifest["edition"]["illustrative"],
        figures=tuple(
            (_sentence_case(translate(f"facts.label.{key}", lang)), facts[key].text(lang))
            for key in _FIGURES
            if key in facts
        ),
        entries=tuple(Entry.from_json(entry) for entry in manifest["documents"]),
    )


def _sentence_case(label: str) -> str:
    return label[:1].upper() + label[1:]
