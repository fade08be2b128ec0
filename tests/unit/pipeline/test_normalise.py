"""A published notebook does not tell where it was run."""

from __future__ import annotations

from nbformat.v4 import new_code_cell, new_notebook

from helpers.pipeline.normalise import publishable


def test_folders_times_and_the_interpreter_are_taken_out() -> None:
    injected = new_code_cell(
        '# Parameters\noffice = "bnnk-hss"\nyear = 2021\nraw = "/home/ani/raw"\nout = "/tmp/x"\n',
        metadata={"tags": ["injected-parameters"], "papermill": {"duration": 1.5}},
    )
    typed = new_code_cell('out = "reports/draft"')
    notebook = new_notebook(cells=[typed, injected])
    notebook.metadata = {
        "papermill": {"parameters": {"out": "/tmp/x"}},
        "language_info": {"version": "3.11.7"},
    }
    clean = publishable(notebook)
    assert clean.cells[1].source == '# Parameters\noffice = "bnnk-hss"\nyear = 2021\n'
    assert clean.cells[0].source == 'out = "reports/draft"'
    assert "papermill" not in clean.metadata
    assert "papermill" not in clean.cells[1].metadata
    assert "version" not in clean.metadata["language_info"]
    assert "/home/ani" in notebook.cells[1].source
