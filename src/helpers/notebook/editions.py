"""What a notebook shows of an edition that may hold more or less than another."""

from __future__ import annotations

from typing import Any

from helpers.charts import ChartContext
from helpers.cleaning import OfficeTable, read_office_table
from helpers.notebook.blocks import Blocks, Prose
from helpers.notebook.report import Report
from helpers.schema.labels import label_of


def name_in_sentence(source: str, locale: str) -> str:
    """Return a source's name as it stands within a sentence.

    >>> name_in_sentence("opd_reports", "id")
    'laporan OPD'
    """
    name = label_of("source", source, locale)
    return name[:1].lower() + name[1:]


def show_section(report: Report, name: str, *blocks: Any) -> Blocks:
    """Return a section: its heading and lead from the catalogue, and what belongs below."""
    heading = f"## {report.text(f'section.{name}.title')}\n\n{report.text(f'section.{name}.lead')}"
    return Blocks((Prose(heading), *(block for block in blocks if block is not None)))


def read_office(report: Report, source: str, table: str) -> OfficeTable:
    """Return a table of this edition and the office's earlier ones, its files known to the facts."""
    found = read_office_table(report.edition, source, table)
    report.facts.know(found.sources)
    return found


def office_context(report: Report, source: str, found: OfficeTable) -> ChartContext:
    """Return what a chart over several editions says of its data."""
    own = [report.edition.sources[source]] if source in report.edition.sources else []
    files = [*found.sources.values(), *own]
    years = found.years
    return ChartContext(
        locale=report.locale,
        place=report.edition.place_name,
        period=f"{years[0]}–{years[-1]}" if len(years) > 1 else str(report.edition.params.year),
        illustrative=any(file.data_status == "illustrative" for file in files),
        source_text="; ".join(dict.fromkeys(file.title_in(report.locale) for file in files)),
    )
