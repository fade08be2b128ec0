"""No broken file gives a traceback, and each gives its own finding, in bounded time and memory."""

from __future__ import annotations

import importlib.util
import resource
import time
from pathlib import Path

import pytest

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "make_broken.py"
SPEC = importlib.util.spec_from_file_location("make_broken", CORPUS)
make_broken = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(make_broken)
FILES = list(make_broken.broken_files())


def test_the_corpus_is_large_enough():
    assert len({name for name, _, _ in FILES}) == len(FILES) >= 60
    assert sum(bool(expected) for _, _, expected in FILES) >= 40
    # The kinds that were asked for by name.
    assert {
        "truncated-half.xlsx", "workbook-called.csv", "empty.xlsx", "password.xlsx",
        "blank-cells-100-mb.xlsx", "zip-bomb.xlsx", "formula-without-value.xlsx", "serial-in-a-year.xlsx",
    } <= {name for name, _, _ in FILES}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "expected"), FILES, ids=[name for name, _, _ in FILES])
def test_a_broken_file(project, name, content, expected):
    (project.raw / name).write_bytes(content)
    project.declare('file = "desa.csv"', f'file = "{name}"')
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # The processor's time: on a busy machine the clock's is everyone's.
    start = time.process_time()
    result = project.clean("villages")["villages"]
    assert time.process_time() - start < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 1_500_000
    said = [finding.code for finding in result.findings if finding.code != "villages_not_covered"]
    texts = [finding.text(locale) for finding in result.findings for locale in ("id", "en")]
    if expected:
        assert any(code.startswith(tuple(expected.split("|"))) for code in said), texts
    else:
        assert result.errors == (), texts
    assert result.rows_in == result.rows_kept + result.rows_rejected
    assert all(name in text for text in texts)
