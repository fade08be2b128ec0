"""The press release is filled from facts only."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.blocks import plain_text
from helpers.errors import ExportError, SchemaError
from helpers.notebook.release import fill_template, parse_release

TEMPLATE = """# Terserap {{ fact("rate") }}

{{ place }}, {{ fact("date") }}

Kalimat pertama
yang panjang.

## Anggaran

Satu {{ fact("rate") }}.

Dua.
{% if illustrative %}
## Catatan

Ilustrasi.
{% endif %}
"""
FACTS = {"rate": "98,30 persen", "date": "29 Desember 2021"}


def template(tmp_path: Path, text: str = TEMPLATE) -> Path:
    """Write a template."""
    path = tmp_path / "press-release.id.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_parts_of_a_release(tmp_path: Path) -> None:
    markdown = fill_template(template(tmp_path), FACTS.__getitem__, place="Kandangan", illustrative=True)
    release = parse_release(markdown, "id", ["Subbagian Umum"])
    assert plain_text(release.headline) == "Terserap 98,30 persen"
    assert plain_text(release.dateline) == "Kandangan, 29 Desember 2021"
    assert plain_text(release.lead) == "Kalimat pertama yang panjang."
    assert [(plain_text(part.heading), [*map(plain_text, part.paragraphs)]) for part in release.sections] == [
        ("Anggaran", ["Satu 98,30 persen.", "Dua."]),
        ("Catatan", ["Ilustrasi."]),
    ]
    assert release.contact.lines == ("Subbagian Umum",)


def test_the_note_goes_with_official_data(tmp_path: Path) -> None:
    markdown = fill_template(template(tmp_path), FACTS.__getitem__, place="Kandangan", illustrative=False)
    sections = parse_release(markdown, "id", []).sections
    assert [plain_text(section.heading) for section in sections] == ["Anggaran"]


def test_a_misspelt_name_names_the_template(tmp_path: Path) -> None:
    path = template(tmp_path, TEMPLATE.replace("{{ place }}", "{{ plaze }}"))
    with pytest.raises(ExportError, match=r"press-release\.id\.md.*plaze"):
        fill_template(path, FACTS.__getitem__, place="Kandangan", illustrative=True)


def test_broken_syntax_names_the_line(tmp_path: Path) -> None:
    path = template(tmp_path, TEMPLATE.replace("{% endif %}", ""))
    with pytest.raises(ExportError, match=r"press-release\.id\.md, line \d+"):
        fill_template(path, FACTS.__getitem__, place="Kandangan", illustrative=True)


def test_a_fact_that_is_not_recorded_stops_the_release(tmp_path: Path) -> None:
    def fact(key: str) -> str:
        raise SchemaError(f"no fact {key!r} has been recorded")

    with pytest.raises(SchemaError, match="no fact 'rate'"):
        fill_template(template(tmp_path), fact, place="Kandangan", illustrative=True)


@pytest.mark.parametrize("text", ["", "# Judul", "# Judul\n\n## Bagian\n\nTeks", "Judul\n\nTempat\n\nTeras"])
def test_a_release_without_its_head_is_refused(text: str) -> None:
    with pytest.raises(ExportError, match="begins with"):
        parse_release(text, "id", [])
