"""What a notebook shows of an edition that may hold more or less than another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpers.charts import ChartContext
from helpers.cleaning import CleanResult, OfficeTable, read_office_table, summarise_quality
from helpers.facts.brief import record_quarters
from helpers.facts.describe import describe_names
from helpers.facts.quality import select_unofficial_names
from helpers.indicators.budget import compute_absorption_by_month, select_targets
from helpers.indicators.suppression import survey_detail
from helpers.messages import translate
from helpers.notebook.blocks import Blocks, Prose
from helpers.notebook.report import Report
from helpers.schema.documents import QUALITY_SOURCES, choose_brief_charts, find_left_out

_REPORTS, _ANSWERS = "clean_opd_reports__opd_period", "clean_family_survey__respondent_item"
_VILLAGES = "clean_villages__village"


def declared_sources(report: Report) -> tuple[str, ...]:
    """Return the sources that a quality chapter cleans in this edition."""
    return tuple(name for name in QUALITY_SOURCES[report.name] if name in report.edition.sources)


def name_in_sentence(source: str, locale: str) -> str:
    """Return a source's name as it stands within a sentence.

    >>> name_in_sentence("opd_reports", "id")
    'laporan OPD'
    """
    name = translate(f"tables.value.source.{source}", locale)
    return name[:1].lower() + name[1:]


def tell_left_out(report: Report) -> Prose | None:
    """List the chapters that the edition leaves out, each with the sources that it lacks.

    Told once, in the first quality chapter that the edition has.
    """
    declared, locale = report.edition.sources, report.locale
    hosts = [name for name, sources in QUALITY_SOURCES.items() if set(sources) & set(declared)]
    absent = {name: sources for name, sources in QUALITY_SOURCES.items() if not set(sources) & set(declared)}
    left_out = find_left_out(declared) | absent
    if not left_out or hosts[:1] != [report.name]:
        return None
    year = report.edition.params.year
    lines = [
        "- " + translate(
            "documents.left_out.chapter", locale,
            chapter=translate(f"documents.{name}.title", locale, year=year),
            sources=[name_in_sentence(source, locale) for source in sources],
        )
        for name, sources in left_out.items()
    ]  # fmt: skip
    head = translate("documents.left_out.title", locale)
    return Prose("\n".join([f"## {head}", "", translate("documents.left_out.lead", locale), "", *lines]))


def show_section(report: Report, name: str, *blocks: Any) -> Blocks:
    """Return a section: its heading and lead from the catalogue, and what belongs below."""
    heading = f"## {report.text(f'section.{name}.title')}\n\n{report.text(f'section.{name}.lead')}"
    return Blocks((Prose(heading), *(block for block in blocks if block is not None)))


def show_opd_names(report: Report, results: Mapping[str, CleanResult]) -> Blocks | None:
    """Show which department names are not written officially, where the edition has reports."""
    if "opd_reports" not in results:
        return None
    reports = results["opd_reports"].tables[_REPORTS]
    names = select_unofficial_names(reports, "opd_name")
    origin = {"frame": reports, "measures": ["opd_name"], "computed_by": select_unofficial_names}
    found = describe_names(reports, names, "opd_name")
    told = report.tell("names", origin, **found) if len(names) else report.tell("no_names")
    table = report.table_or_note(names, "names", "opd_reports", verbatim=["opd_name_source"])
    return show_section(report, "names", told, table)


def show_summing(report: Report) -> Blocks | None:
    """Say how expenditure is summed, where the edition has a budget."""
    return (
        show_section(report, "summing", report.tell("leaves")) if "budget" in report.edition.sources else None
    )


def show_survey(report: Report, results: Mapping[str, CleanResult]) -> Blocks | None:
    """Show who answered the survey, where the edition has one."""
    if "family_survey" not in results:
        return None
    answers, villages = results["family_survey"].tables[_ANSWERS], results["villages"].tables[_VILLAGES]
    if survey_detail(answers) == "none":
        return show_section(report, "survey", report.tell_protected("answers"))
    counts = answers[["respondent_id", "family_id"]].nunique()
    places = villages.loc[villages["village_code"].isin(answers["village_code"]), "village_name"]
    found = {"respondents": counts.iloc[0], "families": counts.iloc[1], "village": ", ".join(places)}
    origin = {"frame": answers, "measures": list(counts.index), "computed_by": summarise_quality}
    return show_section(report, "survey", report.tell("survey", origin, **found))


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


def show_brief_charts(report: Report) -> Blocks:
    """Show the charts of the brief again: as many of the most telling as the edition has.

    The chapter of a survey with too few respondents has drawn none.
    """
    names = choose_brief_charts(report.edition.sources)
    if "resilience.index" not in report.facts:
        names = [name for name in names if name != "index-on-scale"]
    return Blocks(tuple(report.show_again(name) for name in names))


def record_budget_quarters(report: Report) -> None:
    """Record absorption and target at the end of each quarter, where the edition has a budget."""
    lines = report.read_declared("budget", "clean_budget__line_month")
    if lines is None:
        return
    targets = report.reference("quarterly_targets")
    plan = report.read("clean_budget_plan__type_month")
    chosen = select_targets(targets, report.edition.params.year)
    record_quarters(report.facts, compute_absorption_by_month(lines, plan, chosen), lines, targets)
