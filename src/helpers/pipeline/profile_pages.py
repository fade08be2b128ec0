"""Executed profiles into pages, in processes of their own that keep their compiler warm.

A notebook's own job process would have to start Typst anew for every page; a worker that
publishes a share of the pages starts it once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.engine.job import EngineName
from helpers.engine.warm import LATER, MODULES, can_fork, import_nbformat
from helpers.errors import HelpersError
from helpers.messages import translate

if TYPE_CHECKING:
    from helpers.engine.parent import Child

#: What the warm parent of profiles loads beside what every notebook needs.
PROFILE_MODULES = (
    *MODULES,
    *LATER,
    "helpers.facts.profiles",
    "helpers.notebook.profile",
    "helpers.notebook.practice:practise",
    "helpers.notebook.survey",
    "helpers.pipeline.profile_pages",
)


def start_parent(engine: EngineName) -> None:
    """Start the program's warm parent with all that profiles need, unless it runs already.

    One that the report has started is replaced: it has not practised, which pays for itself only over
    many pages.
    """
    if engine == "fork" and can_fork():
        from helpers.engine.parent import shared_parent

        parent = shared_parent(PROFILE_MODULES, ())
        if not {*PROFILE_MODULES} <= {*parent.modules, *parent.later}:
            parent.close()
            shared_parent(PROFILE_MODULES, ())


@dataclass(frozen=True, slots=True)
class Page:
    """One profile: its file name, what it is of, and the pages that it leads to."""

    name: str
    kind: str
    code: str
    title: str
    group: str = ""
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PageResult:
    """One page as published: the facts that it cites, or why there is none."""

    name: str
    reason: str = ""
    title: str = ""
    facts: tuple[dict[str, Any], ...] = field(default=())


def publish_page(page: Page, executed: Path, out: Path, locale: str) -> PageResult:
    """Write the HTML and PDF of one executed profile; return what it cites.

    Raises
    ------
    ExportError
        If the page cannot be published, for one because it is longer than a page.
    """
    import_nbformat()
    from nbformat import v4

    from helpers.publish.document import read_document
    from helpers.publish.page import render_page
    from helpers.publish.pdf import render_pdf

    notebook = v4.reads_json((executed / f"{page.name}.ipynb").read_text(encoding="utf-8"))
    document = read_document(notebook, page.name)
    paper = render_pdf(document)
    html = render_page(document, page.links, translate("profiles.index.neighbours", locale))
    (out / f"{page.name}.pdf").write_bytes(paper)
    (out / f"{page.name}.html").write_text(html, encoding="utf-8")
    facts = tuple(json.loads(json.dumps(fact.to_json())) for fact in document.facts)
    return PageResult(page.name, title=document.title, facts=facts)


def _publish(page: Page, executed: Path, out: Path, locale: str) -> PageResult:
    try:
        return publish_page(page, executed, out, locale)
    except HelpersError as error:
        return PageResult(page.name, reason=error.text(locale))
    except Exception as error:
        return PageResult(page.name, reason=f"{type(error).__name__}: {error}")


def serve_share(
    connection: Connection, _descriptors: tuple[int, ...], pages: Sequence[Page], executed: Path, out: Path,
    locale: str,
) -> None:  # fmt: skip
    """Publish a share of the pages and send each result: the target of a forked child."""
    for page in pages:
        try:
            connection.send(_publish(page, executed, out, locale))
        except ConnectionError:
            # Whoever wanted this has given it up.
            return


def publish_pages(
    pages: Sequence[Page], executed: Path, out: Path, locale: str, *, workers: int, engine: EngineName,
    on_page: Callable[[PageResult], None],
) -> list[PageResult]:  # fmt: skip
    """Publish pages side by side; a page that fails is told in its result and stops no other.

    Parameters
    ----------
    pages : sequence of Page
    executed, out : Path
        Folders of the executed notebooks and of the pages.
    locale : {"id", "en"}
    workers : int
        Processes; each publishes every so-many-th page.
    engine : {"fork", "kernel"}
        Without forks the pages are published in this process, one after another.
    on_page : callable
        Called with each result.

    Returns
    -------
    list of PageResult
        In the order of the pages.
    """
    if engine == "fork" and can_fork():
        results = _publish_forked(pages, executed, out, locale, workers)
    else:
        results = (_publish(page, executed, out, locale) for page in pages)
    found: dict[str, PageResult] = {}
    for result in results:
        found[result.name] = result
        on_page(result)
    return [found[page.name] for page in pages]


def _publish_forked(
    pages: Sequence[Page], executed: Path, out: Path, locale: str, workers: int
) -> Iterator[PageResult]:
    from helpers.engine.parent import make_request, shared_parent

    parent = shared_parent(PROFILE_MODULES, ())
    target = "helpers.pipeline.profile_pages:serve_share"
    shares = [list(pages[start::workers]) for start in range(min(workers, len(pages)))]
    children: dict[Any, tuple[Child, set[str]]] = {}
    for share in shares:
        child = parent.fork(make_request(target, share, executed, out, locale))
        children[child.connection] = (child, {page.name for page in share})
    try:
        while children:
            ready: list[Any] = wait(list(children))
            for connection in ready:
                child, missing = children[connection]
                try:
                    result: PageResult = connection.recv()
                except (EOFError, OSError):
                    del children[connection]
                    child.wait(1.0)
                    lost = translate("profiles.run.lost", locale)
                    yield from (PageResult(name, reason=lost) for name in sorted(missing))
                    continue
                missing.discard(result.name)
                yield result
    finally:
        for child, _ in children.values():
            child.end(1.0)
