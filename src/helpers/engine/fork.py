"""papermill engines: cells in a forked process, or in a kernel as papermill does it.

``papermill --engine helpers-fork`` finds `ForkEngine` by its entry point; `register`
makes both engines known where the package is not installed.

papermill loads entry points in the middle of its own import. So this module imports
nothing of papermill before an engine is used: whichever of the two is imported first,
neither finds the other half made.
"""

from __future__ import annotations

from typing import Any

FORK = "helpers-fork"
KERNEL = "helpers-kernel"


class ForkEngine:
    """Runs a notebook's cells in a process forked from the warm parent.

    Further keyword arguments of ``papermill.execute_notebook``, besides papermill's own
    (``execution_timeout`` in seconds a cell, ``log_output``, ``stdout_file`` …):

    notebook_timeout : float, optional
        Seconds for the whole notebook.
    memory_limit_mb : int, optional
        Memory that the notebook may take beyond the parent's, in MiB.
    output_limit_mb : int, optional
        What its cells may print and show together, in MiB.
    prepare : callable, optional
        Called in the notebook's process before its first cell; importable, since it is pickled.
    progress : callable, optional
        Called before each cell with its position and the notebook as it stands.

    A notebook in another language, or a system without fork, is run in a kernel.
    """

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str, **options: Any) -> Any:
        """Execute a loaded notebook and return it, as papermill asks an engine to."""
        from helpers.engine.engines import ManagedForkEngine

        return ManagedForkEngine.execute_notebook(nb, kernel_name, **options)

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> str:
        """Return the notebook's kernel name."""
        from papermill.utils import nb_kernel_name

        return str(nb_kernel_name(nb, name))

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> str:
        """Return the notebook's language."""
        from papermill.utils import nb_language

        return str(nb_language(nb, language))


def register() -> None:
    """Make both engines known to papermill in this process."""
    from papermill.engines import papermill_engines

    from helpers.engine.engines import KernelEngine

    papermill_engines.register(FORK, ForkEngine)
    papermill_engines.register(KERNEL, KernelEngine)
