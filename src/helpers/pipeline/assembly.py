"""From the edition's graph to the published folder: build, put together, move into place."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from helpers.edition import Edition
from helpers.engine.job import EngineName
from helpers.engine.run import JobEvent, Runner, open_runner
from helpers.messages import translate
from helpers.params import RunParams
from helpers.paths import project_root, shown_folder
from helpers.pipeline.build import Build, Reason
from helpers.pipeline.cache import Cache, write_whole
from helpers.pipeline.digests import Digests
from helpers.pipeline.manifest import write_manifest
from helpers.pipeline.modules import Imports, notebook_imports
from helpers.pipeline.nodes import Node, plan_nodes
from helpers.pipeline.plan import plan_edition
from helpers.pipeline.sandbox import OUT
from helpers.pipeline.staging import staging
from helpers.pipeline.state import State, all_outputs
from helpers.pipeline.tasks import CHAPTER_MODULES, CLEANING_MODULES, MODULES
from helpers.progress import Progress

#: Of the names that have changed so many are told.
_TOLD = 3


class Assembly:
    """One run that makes a report.

    Parameters
    ----------
    edition : Edition
    state : State
        Of the last good run.
    digests : Digests
        Holds those of all inputs, taken before any of them was read.
    jobs, force, engine, progress, explain
        As in `make_report`.
    """

    def __init__(
        self, edition: Edition, state: State, digests: Digests, *, jobs: int, force: bool, engine: EngineName,
        progress: Progress, explain: bool,
    ) -> None:  # fmt: skip
        self._edition = edition
        self._state = state
        self._jobs = jobs
        self._force = force
        self._engine = engine
        self._progress = progress
        self._explain = explain
        self._digests = digests
        self.has_run = False

    @property
    def _params(self) -> RunParams:
        return self._edition.params

    def publish(self) -> None:
        """Make what has to be made, and put the report in its place.

        Raises
        ------
        BuildError
            If a step failed; the report stays as it was.
        ChangedError
            If an input was changed meanwhile; likewise.
        """
        params = self._params
        # A file that comes later is not among them: the next run then sees it.
        inputs = self._digests.record()
        nodes = plan_nodes(self._edition, plan_edition(self._edition.sources), notebook_imports)
        with staging(params, self._tell_edit) as built, Cache(self._state.path.parents[1]) as cache:
            known = cache.folder / "imports.json"
            imports = Imports(project_root() / "src", self._digests.of, _load_json(known))
            with (
                _scratch(built.paths.processed.parent / f"{params.year}.steps") as scratch,
                self._progress.step(translate("pipeline.step.report", params.locale), len(nodes)) as bar,
            ):
                build = self._build(scratch, cache, imports, bar)
                build.run(nodes)
            outputs = _join(build, nodes)
            _put_together(outputs, built, cache)
            report = {name.partition("/")[2]: digest for name, digest in outputs.items()
                      if name.startswith(f"{OUT}/")}  # fmt: skip
            entries = build.done["index"].value
            write_manifest(self._edition, built.paths.out, entries, report, self._digests.of)
            self._note_lost(outputs)
            write_whole(known, json.dumps(imports.known).encode())
            # The report's own folder holds the profiles, which may be made meanwhile.
            self._digests.check_unchanged(params.locale, besides=params.paths.out)
        self._remember(build, inputs)
        if params.paths.marked.is_dir():
            folder = shown_folder(params.paths.marked)
            self._progress.note(translate("pipeline.marked", params.locale, folder=folder))

    def _build(self, scratch: Path, cache: Cache, imports: Imports, bar: Any) -> Build:
        def show(event: JobEvent) -> None:
            if event.cell is not None:
                bar.advance(0, detail=f"{event.job.name} {event.cell.index + 1}/{event.cell.count}")
            elif event.result is not None:
                bar.advance(1, detail=event.job.name)

        def open_it() -> Runner:
            self.has_run = True
            return open_runner(
                engine=self._engine, workers=self._jobs, on_event=show,
                modules=CLEANING_MODULES, later=(*CHAPTER_MODULES, *MODULES),
            )  # fmt: skip

        # The parent imports while keys are taken, where it is certain that something runs.
        runner = open_it() if self._force or not self._state.nodes else None

        def tell(node: Node, reason: Reason, names: Sequence[str]) -> None:
            if reason == "kept":
                bar.advance(1, detail=node.name)
            if self._explain:
                self._progress.note(self._reason(node, reason, names))

        return Build(
            self._params,
            scratch,
            cache,
            self._digests,
            imports,
            before=self._state.nodes,
            engine=self._engine,
            force=self._force,
            open_runner=lambda: runner or open_it(),
            tell=tell,
        )

    # -- what is told ------------------------------------------------------------
    def _reason(self, node: Node, reason: Reason, names: Sequence[str]) -> str:
        told = ", ".join(name.rpartition("/")[2] for name in names[:_TOLD])
        key = f"pipeline.explain.{reason}"
        locale = self._params.locale
        if len(names) > _TOLD:
            told = translate("pipeline.explain.more", locale, names=told, count=len(names) - _TOLD)
        return translate(key, locale, step=node.name, names=told)

    def _tell_edit(self, name: str, copy: Path) -> None:
        text = translate("pipeline.edited", self._params.locale, name=name, copy=shown_folder(copy))
        self._progress.note(text)

    def _note_lost(self, outputs: dict[str, str]) -> None:
        """Name files of the report that somebody has removed: they are there again."""
        final = self._params.paths.out
        if not final.is_dir():
            return
        expected = [Path(name) for name in self._state.outputs]
        lost = [path.relative_to(final).as_posix() for path in expected
                if path.is_relative_to(final) and not path.is_file()]  # fmt: skip
        lost = [name for name in lost if f"{OUT}/{name}" in outputs]
        if lost:
            shown = ", ".join(lost[:_TOLD]) + (" …" if len(lost) > _TOLD else "")
            self._progress.note(translate("pipeline.restored", self._params.locale, names=shown))

    # -- what is remembered --------------------------------------------------------
    def _remember(self, build: Build, inputs: dict[str, list[Any]]) -> None:
        outputs = Digests({})
        for path in all_outputs(self._params):
            outputs.of(path)
        self._state.inputs = inputs
        self._state.outputs = outputs.record()
        self._state.nodes = build.keys
        self._state.save()


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """Give a folder for sandboxes; what a killed run left there goes first."""
    shutil.rmtree(folder, ignore_errors=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _join(build: Build, nodes: Sequence[Node]) -> dict[str, str]:
    """Return all outputs of all nodes.

    Raises
    ------
    ValueError
        If two nodes have written different files in one place.
    """
    joined: dict[str, str] = {}
    for node in nodes:
        for name, digest in build.done[node.name].outputs.items():
            if joined.setdefault(name, digest) != digest:
                raise ValueError(f"{node.name} overwrites {name} of another step")
    return joined


def _put_together(outputs: dict[str, str], built: RunParams, cache: Cache) -> None:
    paths = built.paths
    for name, digest in outputs.items():
        kind, _, rest = name.partition("/")
        cache.copy_out(digest, (paths.out if kind == OUT else paths.processed) / rest)
    if paths.marked.is_dir():
        # The cache keeps no modes.
        paths.marked.chmod(0o700)
        for path in paths.marked.iterdir():
            path.chmod(0o600)


def _load_json(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
