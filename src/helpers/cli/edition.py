"""The commands on an edition: make, check and show its report, or begin a new one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.cli import UsageError, console
from helpers.cli.options import EDITION, Options, available_cores, command
from helpers.messages import translate

if TYPE_CHECKING:
    from helpers.params import RunParams
    from helpers.run.batch import BatchOutcome, EditionResult


def chosen(options: Options, names: tuple[str, ...] = EDITION) -> dict[str, Any]:
    """Return the options that the command has and that were given; the others keep their defaults."""
    values = {name: getattr(options, name, None) for name in names}
    return {name: value for name, value in values.items() if value is not None}


def run_params(options: Options) -> RunParams:
    """Return the parameters of the edition that a command line names.

    Raises
    ------
    ParameterError
        If there is no such edition.
    """
    from helpers.params import RunParams

    return RunParams(**chosen(options), locale=options.locale)


def _give_folder(options: Options, params: RunParams, name: str, folder: Path, **more: Any) -> None:
    """Give the folder that a command has made, as JSON under ``name`` where that was asked for."""
    shown = console.shown_path(folder)
    if not options.json:
        console.emit(shown)
        return
    edition = {"office": params.office, "year": params.year, "locale": params.locale}
    console.emit_json({"schema": 1, "status": "done", **edition, name: shown, **more})


@command("report", *EDITION, "jobs", "force", "explain", "engine", "json")
def report(options: Options) -> int:
    """Make the edition's report; print its folder."""
    params = run_params(options)
    from helpers.run.report import make_report

    with console.progress(options.locale) as progress:
        folder = make_report(
            params,
            jobs=options.jobs or available_cores(),
            force=options.force,
            engine=options.engine,
            progress=progress,
            explain=options.explain,
        )
    _give_folder(options, params, "report", folder)
    return 0


@command("profiles", *EDITION, "jobs", "force", "engine", "json")
def profiles(options: Options) -> int:
    """Make one page for each village, district and department; print their folder."""
    params = run_params(options)
    from helpers.run.profiles import make_profiles

    with console.progress(options.locale) as progress:
        made = make_profiles(
            params,
            jobs=options.jobs or available_cores(),
            force=options.force,
            engine=options.engine,
            progress=progress,
        )
    key = "made" if made.is_made else "current"
    console.say(translate(f"cli.profiles.{key}", options.locale, count=made.pages))
    _give_folder(options, params, "profiles", made.folder, pages=made.pages, made=made.is_made)
    return 0


_BATCH = ("offices", "years", "raw", "processed", "out", "scheduler")


@command("batch", *_BATCH, "jobs", "force", "engine", "json")
def batch(options: Options) -> int:
    """Make the reports of many editions; print the page over all. 1 if any could not be made."""
    from helpers.run.batch import BatchRequest, make_batch

    request = BatchRequest(
        **chosen(options, _BATCH),
        locale=options.locale,
        workers=options.jobs or available_cores(),
        engine=options.engine,
        force=options.force,
    )
    with console.progress(options.locale) as progress:
        outcome = make_batch(request, progress)
    _show_batch(outcome, options.locale)
    if options.json:
        console.emit_json(outcome.as_json())
    elif outcome.portal is not None:
        console.emit(outcome.portal)
    return 1 if outcome.failed else 0


def _show_batch(outcome: BatchOutcome, locale: str) -> None:
    """Show a row a report, and below a failed one why."""
    width = max(len(result.office) for result in outcome.results)
    for result in outcome.results:
        console.say(_batch_row(result, width, locale))
        for line in result.reason.splitlines():
            console.say(f"    {line}")
    console.say(translate("cli.batch.done", locale, **outcome.counts))


def _batch_row(result: EditionResult, width: int, locale: str) -> str:
    status = translate(f"cli.batch.{result.status}", locale)
    row = f"  {result.office:<{width}}  {result.year}  {status:<14}"
    return f"{row}{console.seconds(result.seconds, locale):>6} s" if result.status == "made" else row.rstrip()


@command("check", *EDITION, "json", "report", "facts", file=True)
def check(options: Options) -> int:
    """Compare the figures in a text with the edition's facts; 1 if a figure differs."""
    if not options.file:
        raise UsageError("no_file", options.locale)
    params = run_params(options)
    from helpers.check.command import run

    page, facts = (Path(name) if name else None for name in (options.report, options.facts))
    return run(Path(options.file), params, json_output=options.json, report=page, facts=facts)


@command("verify", *EDITION, "jobs", "engine", "json")
def verify(options: Options) -> int:
    """Make the report again in a scratch place; print the name of every file that differs."""
    params = run_params(options)
    from helpers.run.verify import verify as compare

    with console.progress(options.locale) as progress:
        jobs = options.jobs or available_cores()
        differing = compare(params, jobs=jobs, engine=options.engine, progress=progress)
    status = "differs" if differing else "same"
    if options.json:
        console.emit_json({"schema": 1, "status": status, "differing": differing})
    else:
        for name in differing:
            console.emit(name)
    console.say(translate(f"cli.verify.{status}", options.locale, count=len(differing)))
    return 1 if differing else 0


@command("edition", *EDITION, "json")
def edition(options: Options) -> int:
    """Print an edition's sources and documents, and whether its report is up to date."""
    params = run_params(options)
    from helpers.edition import load_edition
    from helpers.run.overview import describe_edition, overview_lines

    overview = describe_edition(load_edition(params))
    if options.json:
        console.emit_json(overview.to_json())
    else:
        for line in overview_lines(overview, options.locale):
            console.emit(line)
    return 0


_TEMPLATE = ("office", "year", "regency", "raw")


@command("template", *_TEMPLATE)
def template(options: Options) -> int:
    """Write the input workbooks of a new edition, for staff to fill; print their paths."""
    if options.year is None:
        raise UsageError("no_year", options.locale)
    from helpers.workbooks.template import TemplateRequest, write_template

    request = TemplateRequest(**chosen(options, _TEMPLATE), locale=options.locale)
    for path in write_template(request):
        console.emit(console.shown_path(path))
    console.say(translate("cli.template.done", options.locale))
    return 0
