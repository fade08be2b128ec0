"""A published notebook does not tell where it was run."""

from __future__ import annotations

from nbformat.v4 import new_code_cell, new_notebook, new_output

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


def test_frames_to_look_at_are_taken_out_and_what_a_chapter_shows_stays() -> None:
    frame = new_output("execute_result", {"text/html": "<table>3 orang</table>", "text/plain": "3"})
    series = new_output("execute_result", {"text/plain": "urine_test_positive_count 1"})
    shown = new_output("display_data", {"application/vnd.helpers.table+json": {}, "text/html": "<table/>"})
    said = new_output("display_data", {"text/markdown": "Dua OPD.", "text/plain": "Dua OPD."})
    printed = new_output("stream", text="…")
    cell = new_code_cell("frame", outputs=[frame, series, shown, said, printed])
    assert publishable(new_notebook(cells=[cell])).cells[0].outputs == [shown, said, printed]
