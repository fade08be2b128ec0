"""What is bound from all documents, each as a function called in another process."""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import Any

from helpers.pipeline.sandbox import Sandbox

#: What each is made by: ``module:function``, called with the parameters of the sandbox.
TASKS = MappingProxyType(
    {
        "publish": "helpers.pipeline.publication:publish_notebook",
        "facts": "helpers.pipeline.outputs:merge_facts",
        "quality": "helpers.pipeline.outputs:merge_quality",
        "print annual-report": "helpers.pipeline.binding:print_annual",
        "annual-report": "helpers.pipeline.binding:bind_annual",
        "tables": "helpers.pipeline.binding:bind_tables",
        "index": "helpers.pipeline.binding:bind_index",
        "check": "helpers.pipeline.gate:check_own_texts",
    }
)
#: What the warm parent loads for them; two processes may check texts.
MODULES = (
    *sorted({task.partition(":")[0] for task in TASKS.values()}),
    "helpers.claims.lexicon:load_lexicon",
)
#: What it loads for the notebooks that clean, and, while they do, for the chapters.
CLEANING_MODULES = ("helpers.cleaning.contracts:load_contracts", "helpers.notebook.editions")
CHAPTER_MODULES = ("helpers.charts.svg",)


def run_task(task: str, sandbox: Sandbox, *arguments: Any) -> dict[str, Any]:
    """Call a task in its sandbox; return its outputs and its value."""
    module, _, name = TASKS[task].partition(":")
    value = getattr(import_module(module), name)(sandbox.params, *arguments)
    return {"outputs": sandbox.collect(), "value": value}
