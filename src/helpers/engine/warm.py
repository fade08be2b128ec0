"""What the warm parent loads once, in an order that a kernel would give.

Nothing here may start a thread or open a socket: children are forked from this
state, and a lock held by another thread at that moment stays locked in them.
"""

from __future__ import annotations

import gc
import importlib
import logging
import os
import sys
from collections.abc import Iterable
from functools import cache
from typing import Any

#: What the cells of notebooks import; ``module:function`` is also called, for what it caches.
MODULES = (
    "numpy",
    "pandas",
    "pyarrow.parquet",
    "helpers.theme:practise",
    "helpers.messages:load_catalogues",
    "helpers.charts",
    "helpers.facts.describe",
    "helpers.notebook",
)
#: What the documents made of them need: imported while the first notebooks run already. Fonts
#: are subset once a run, not once a document. Typst is imported, never called: it would start threads.
LATER = (
    "matplotlib.pyplot",
    "seaborn",
    "helpers.theme:font_face_css",
    "helpers.publish.page:load_templates",
    "helpers.publish.pdf",
    "helpers.publish.word",
)
#: What a job needs around its notebook, whichever engine runs the cells.
JOB_MODULES = ("papermill", "nbformat", "helpers.engine.job", "helpers.engine.engines")

#: Builds a grammar when jsonschema imports it, for formats that no notebook schema uses.
SLOW_OPTIONAL_MODULE = "rfc3987_syntax"

#: For the parent alone. Each of the first four would start a native thread at import; one BLAS thread
#: a process also keeps workers side by side from fighting for the cores. The others are for columns of
#: millions of rows, whose time goes into pages of memory: they are not asked for in pieces of 2 MB,
#: which the system has to find, and memory once had is used again, not given back and asked for anew
#: (C library of Linux; others do not know these names). A national survey cost 1.5 s and 1 s more, of 5.
PARENT_ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "NUMPY_MADVISE_HUGEPAGE": "0",
    "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TRIM_THRESHOLD_": "4294967296",
}
#: Same inputs, same bytes: the order of a set must not depend on the run.
HASH_SEED = {"PYTHONHASHSEED": "0"}

INLINE_BACKEND = "module://matplotlib_inline.backend_inline"

_log = logging.getLogger(__name__)


def can_fork() -> bool:
    """Return whether children may be forked here.

    macOS has the call, but its system frameworks abort in a forked child.
    """
    return hasattr(os, "fork") and sys.platform not in {"darwin", "emscripten", "wasi"}


def import_nbformat() -> None:
    """Import nbformat in a tenth of the time it takes where JupyterLab is installed.

    JupyterLab brings `rfc3987_syntax`; jsonschema, which nbformat imports, then builds
    a grammar of 3 seconds to check internationalised addresses. The module is hidden
    for the length of the import and available again afterwards. Call it before the
    first import of nbformat, papermill or nbconvert in a process.
    """
    if "jsonschema._format" in sys.modules or SLOW_OPTIONAL_MODULE in sys.modules:
        return
    sys.modules[SLOW_OPTIONAL_MODULE] = None  # type: ignore[assignment]
    try:
        importlib.import_module("nbformat")
    finally:
        del sys.modules[SLOW_OPTIONAL_MODULE]


@cache
def make_shell() -> Any:
    """Return the process's IPython shell: a kernel's own class, without a kernel's sockets.

    It reads no profile and writes no history, so that a notebook does not depend on
    whose account runs it. It must exist before pandas is imported, which asks whether
    it runs in a kernel and sets its display options by the answer.
    """
    from ipykernel.compiler import XCachingCompiler, get_tmp_hash_seed, murmur2_x86
    from ipykernel.ipkernel import IPythonKernel  # noqa: F401  (its comm replaces IPython's)
    from ipykernel.zmqshell import ZMQInteractiveShell
    from IPython.core.profiledir import ProfileDir
    from traitlets.config import Config

    class CellCompiler(XCachingCompiler):
        """Names a cell's code as a kernel does, without the folder that holds a process id."""

        def get_code_name(self, raw_code: str, code: str, number: int) -> str:
            digest = murmur2_x86(raw_code, get_tmp_hash_seed())  # type: ignore[no-untyped-call]
            return f"In[{number}]/{digest}.py"

    config = Config()
    config.HistoryManager.enabled = False
    config.HistoryManager.hist_file = ":memory:"
    return ZMQInteractiveShell.instance(
        config=config, ipython_dir="", profile_dir=ProfileDir(), compiler_class=CellCompiler
    )


def _practise() -> None:
    """Check a notebook: the schema is compiled at the first one, which takes 0.1 s."""
    import nbformat

    nbformat.validate(nbformat.v4.new_notebook())


def warm_up(modules: Iterable[str]) -> list[str]:
    """Import everything that children will find loaded.

    Parameters
    ----------
    modules : iterable of str
        Dotted names besides `JOB_MODULES`, as in `MODULES`. One that fails is left out: the
        notebook that needs it imports it itself and reports the error in its cell.

    Returns
    -------
    list of str
        The names left out.
    """
    # What is loaded lives for good: a search for garbage meanwhile finds none.
    gc.disable()
    import_nbformat()
    # As in a kernel: the inline backend is chosen before matplotlib is imported.
    os.environ.setdefault("MPLBACKEND", INLINE_BACKEND)
    left_out = [name for name in (*JOB_MODULES, *modules) if not load(name)]
    _practise()
    keep_loaded()
    gc.enable()
    return left_out


def load(name: str) -> bool:
    """Import a module, and call its function if ``module:function`` names one; return whether it worked."""
    with make_shell().builtin_trap:
        try:
            module, _, function = name.partition(":")
            loaded = importlib.import_module(module)
            if function:
                getattr(loaded, function)()
        except Exception as error:
            _log.debug("not warmed: %s (%s)", name, error)
            return False
    return True


def keep_loaded() -> None:
    """Leave what is loaded to itself: it lives for good, and untouched by the collector stays shared."""
    gc.freeze()
