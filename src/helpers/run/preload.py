"""What a process for notebooks and documents begins with; imported by the server they are forked from.

Nothing here may start a thread: a lock that another thread holds stays locked in a fork.
"""

from __future__ import annotations

import gc
import importlib
import logging
import os
import signal
import sys

MODULES = (
    "papermill",
    "numpy",
    "pandas",
    "pyarrow.parquet",
    "helpers.theme:practise",
    "helpers.messages:load_catalogues",
    "helpers.notebook",
    "helpers.clean.contracts:load_contracts",
    "matplotlib.pyplot",
    "seaborn",
    "helpers.charts.svg",
    "helpers.run.documents",
)

_log = logging.getLogger(__name__)


def load(name: str) -> None:
    """Import a module, and call its function if ``module:function`` names one.

    One that fails is left to whoever needs it: the error is told there.
    """
    try:
        module, _, function = name.partition(":")
        loaded = importlib.import_module(module)
        if function:
            getattr(loaded, function)()
    except Exception as error:
        _log.debug("not loaded: %s (%s)", name, error)


def check_notebook() -> None:
    """Check an empty notebook: the schema is compiled at the first one, which takes 0.1 s."""
    import nbformat

    nbformat.validate(nbformat.v4.new_notebook())


def load_all(more: list[str]) -> None:
    """Import everything, and leave it to itself: untouched by the collector it stays shared."""
    # The program ends its processes in order; an interrupt from the keyboard is not for this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    # JupyterLab brings a module from which jsonschema builds a grammar of 3 s that no notebook needs.
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    from helpers.run.engine import make_shell

    # With the shell's own builtins: by `get_ipython` pandas asks what it runs in, when it is imported.
    with make_shell().builtin_trap:
        for name in (*MODULES, *more):
            load(name)
    check_notebook()
    gc.freeze()
    gc.enable()


if os.environ.get("HELPERS_PRELOAD"):
    load_all(os.environ["HELPERS_PRELOAD"].split()[1:])
