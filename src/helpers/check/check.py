"""One check: a document's text against an edition's facts, with everything found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from helpers.check.bind import bind_claims
from helpers.check.extract import extract_claims
from helpers.check.language import detect_language, language_findings, year_findings
from helpers.check.model import CheckedClaim, DocumentText, Facts
from helpers.errors import Finding
from helpers.messages import translate

STATUSES = ("agrees", "differs", "unknown")


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The verdicts on a document, and the findings about it as a whole."""

    document: DocumentText
    lang: str
    checked: tuple[CheckedClaim, ...]
    findings: tuple[Finding, ...]

    @property
    def summary(self) -> dict[str, int]:
        """How many claims agree, differ and are unknown."""
        counts: Counter[str] = Counter(item.status for item in self.checked)
        return {status: counts[status] for status in STATUSES}

    @property
    def is_wrong(self) -> bool:
        """Whether a figure differs or the text cannot be held against this edition."""
        return bool(self.summary["differs"]) or any(item.severity == "error" for item in self.findings)

    def to_json(self, locale: str = "id") -> dict[str, Any]:
        """Return the result as the contract has it, with the findings beside it."""
        return {
            "claims": [
                {
                    "text": item.claim.text,
                    "sentence": item.claim.sentence,
                    "line": item.claim.line,
                    "status": item.status,
                    "fact": item.fact.key if item.fact else None,
                    "expected": item.expected or None,
                    "note": describe_note(item, locale),
                }
                for item in self.checked
            ],
            "summary": self.summary,
            "findings": [
                {"code": item.code, "severity": item.severity, "text": item.text(locale)}
                for item in self.findings
            ],
        }


def check_document(document: DocumentText, facts: Facts) -> CheckResult:
    """Check a document that was read.

    Notes
    -----
    A text in a language that is not known yields no claims: what its numbers count
    cannot be told, and the finding says so.
    """
    lang = detect_language(document.text)
    claims = [] if lang is None else extract_claims(document, lang)
    findings = (
        *document.findings,
        *language_findings(document),
        *year_findings(document, claims, facts.year),
    )
    return CheckResult(document, lang or "id", tuple(bind_claims(claims, facts)), findings)


def describe_note(item: CheckedClaim, locale: str) -> str:
    """Return a verdict's note in the reader's language."""
    return translate(f"check.note.{item.note}", locale, **item.values) if item.note else ""
