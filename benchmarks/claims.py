"""Accuracy of the fact check: precision and recall of ``differs`` over the corpus.

``python benchmarks/claims.py [--json] [--cases]``

Every wrong variant of every marked claim is put alone into its otherwise honest text. Found:
the claim is called ``differs``. False: any other ``differs``, in a variant or in an honest
text; one that an honest text provokes is counted again in each of its variants.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "claims")]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--cases", action="store_true", help="print what was missed and what was false")
    options = parser.parse_args()
    from claims_corpus import PARTS, load_corpus
    from claims_measure import load_fixture_facts, measure

    facts = load_fixture_facts()
    rows: list[dict[str, Any]] = []
    cases: list[str] = []
    for part in PARTS:
        started = time.perf_counter()
        score = measure(part, facts)
        texts = load_corpus(part)
        checks = len(texts) + score.found + len(score.missed)
        rows.append({
            "part": part, "texts": len(texts), "claims": sum(len(text.marks) for text in texts),
            "variants": score.found + len(score.missed), "found": score.found, "false": len(score.false),
            "recall": round(score.recall, 4), "precision": round(score.precision, 4),
            "false_on_honest": len(score.false_honest), "agreed": score.agreed,
            "ms_per_text": round(1000 * (time.perf_counter() - started) / checks, 1),
        })  # fmt: skip
        cases += [f"missed  {case}" for case in score.missed] + [f"false   {case}" for case in score.false]
    if options.json:
        sys.stdout.write(json.dumps(rows, indent=2) + "\n")
    else:
        _print_table(rows)
    if options.cases:
        sys.stdout.write("\n".join(cases) + "\n")
    return 0


def _print_table(rows: list[dict[str, Any]]) -> None:
    found = sum(row["found"] for row in rows)
    variants = sum(row["variants"] for row in rows)
    false = sum(row["false"] for row in rows)
    names = list(rows[0])
    sys.stdout.write("  ".join(f"{name:>15}" for name in names) + "\n")
    for row in rows:
        sys.stdout.write("  ".join(f"{row[name]!s:>15}" for name in names) + "\n")
    recall, precision = found / variants, found / (found + false)
    sys.stdout.write(f"all parts: recall {recall:.4f}, precision {precision:.4f} of differs\n")


if __name__ == "__main__":
    raise SystemExit(main())
