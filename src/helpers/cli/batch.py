"""``batch``: make the reports of many offices and years, and the page over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.cli import console
from helpers.cli.edition import chosen
from helpers.cli.options import available_cores
from helpers.environment.texts import text

if TYPE_CHECKING:
    from helpers.cli.parser import Call
    from helpers.pipeline.batch import BatchOutcome
    from helpers.pipeline.batch_plan import EditionResult

_NAMES = ("offices", "years", "raw", "processed", "out", "scheduler")


def run(call: Call) -> int:
    """Make them; print the page over all, and which could not be made. 1 if any could not."""
    from helpers.pipeline.batch import BatchRequest, make_batch

    options = call.options
    request = BatchRequest(
        **chosen(options, _NAMES),
        locale=call.locale,
        workers=options.jobs or available_cores(),
        engine=options.engine,
        force=options.force,
    )
    with console.progress(call.locale) as progress:
        outcome = make_batch(request, progress)
    _tell(outcome, call.locale)
    if options.json:
        console.emit_json(outcome.as_json())
    elif outcome.portal is not None:
        console.emit(outcome.portal)
    return 1 if outcome.failed else 0


def _tell(outcome: BatchOutcome, locale: str) -> None:
    """Show a row a report, and below a failed one why."""
    width = max(len(result.office) for result in outcome.results)
    for result in outcome.results:
        console.say(_row(result, width, locale))
        for line in result.reason.splitlines():
            console.say(f"    {line}")
    console.say(text("cli.batch.done", locale, **outcome.counts))


def _row(result: EditionResult, width: int, locale: str) -> str:
    status = text(f"cli.batch.{result.status}", locale)
    seconds = f"{result.seconds:.1f}"
    if locale == "id":
        seconds = seconds.replace(".", ",")
    row = f"  {result.office:<{width}}  {result.year}  {status:<14}"
    return f"{row}{seconds:>6} s" if result.status == "made" else row.rstrip()
