"""Run notebooks: a warm parent that forks, cells run without a kernel's sockets.

=============  ==================================================================
`run`          what callers use: `execute_notebook`, `run_notebooks`, `Job`, `open_runner`
`runner`       jobs side by side, given as they become ready
`parameters`   refuse a parameter that a notebook does not declare
`failure`      what stopped a notebook, and how it is told
`fork`         papermill engines ``helpers-fork`` and ``helpers-kernel``; `engines` runs them
`parent`       the handle of the warm parent; `server` is its other side
`job`          one notebook from file to file, inside a forked child
`client`       the side of a notebook that collects outputs; `shell` runs cells
`wire`         what passes between the two
`warm`         what is imported once, and what must not be
=============  ==================================================================

Why it is made so: ``docs/decisions/0005-fork-engine.md``.
"""
