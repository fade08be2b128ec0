"""``template``: write the input workbooks of a new edition, for staff to fill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.cli import console
from helpers.cli.edition import chosen
from helpers.cli.options import UsageError
from helpers.environment.texts import text

if TYPE_CHECKING:
    from helpers.cli.parser import Call


def run(call: Call) -> int:
    """Write them; print their paths."""
    if call.options.year is None:
        raise UsageError("no_year")
    from helpers.workbooks.template import TemplateRequest, write_template

    values = chosen(call.options, ("office", "year", "regency", "raw"))
    request = TemplateRequest(**values, locale=call.locale)
    for path in write_template(request):
        console.emit(console.shown_path(path))
    console.say(text("cli.template.done", call.locale))
    return 0
