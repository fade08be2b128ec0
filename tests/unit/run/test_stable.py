"""What differs from run to run leaves the notebook; what says something stays."""

import nbformat
import pytest
from nbformat.v4 import new_output

from helpers.run.stable import make_stable, write_notebook


def executed_notebook():
    notebook = nbformat.v4.new_notebook()
    first = nbformat.v4.new_code_cell("a = 1", id="own-id")
    first.metadata.update(
        tags=["parameters"],
        papermill={"start_time": "t", "duration": 1.5, "exception": False, "status": "completed"},
        execution={"iopub.status.busy": "t"},
    )
    injected = nbformat.v4.new_code_cell(
        '# Parameters\noffice = "bnnk-hss"\nyear = 2021\nraw = "/home/ani/raw"\nout = "/tmp/x"\n', id="3f9c"
    )
    injected.metadata.update(tags=["injected-parameters"])
    added = nbformat.v4.new_markdown_cell("x", id="77aa")
    notebook.cells = [first, injected, added]
    notebook.metadata["papermill"] = {
        "parameters": {"a": 2}, "version": "2.7.0", "exception": None, "duration": 2.0, "start_time": "t",
        "end_time": "t", "input_path": "/home/x/n.ipynb", "output_path": None, "default_parameters": {},
    }  # fmt: skip
    notebook.metadata["language_info"] = {"name": "python", "version": "3.11.7"}
    return notebook


def test_times_and_folders_go_and_ids_are_fixed(tmp_path):
    source = tmp_path / "source.ipynb"
    source.write_text('{"cells": [{"id": "own-id"}]}', encoding="utf-8")
    notebook = executed_notebook()
    make_stable(notebook, source)
    assert [cell.id for cell in notebook.cells] == ["own-id", "injected-parameters", "cell-2"]
    assert "papermill" not in notebook.metadata
    assert "version" not in notebook.metadata.language_info
    assert notebook.cells[0].metadata == {"tags": ["parameters"]}
    assert notebook.cells[1].source == '# Parameters\noffice = "bnnk-hss"\nyear = 2021\n'
    nbformat.validate(notebook)


def test_a_notebook_is_written_whole(tmp_path):
    path = tmp_path / "deep" / "n.ipynb"
    notebook = executed_notebook()
    write_notebook(notebook, path)
    assert nbformat.read(path, as_version=4) == notebook
    assert [entry.name for entry in path.parent.iterdir()] == ["n.ipynb"]
    assert path.read_bytes().endswith(b"}\n")


def test_frames_to_look_at_are_taken_out_and_what_a_chapter_shows_stays(tmp_path):
    frame = new_output("execute_result", {"text/html": "<table>3 orang</table>", "text/plain": "3"})
    series = new_output("execute_result", {"text/plain": "urine_test_positive_count 1"})
    shown = new_output("display_data", {"application/vnd.helpers.table+json": {}, "text/html": "<table/>"})
    said = new_output("display_data", {"text/markdown": "Dua OPD.", "text/plain": "Dua OPD."})
    printed = new_output("stream", text="…")
    source = tmp_path / "source.ipynb"
    source.write_text('{"cells": []}', encoding="utf-8")
    cell = nbformat.v4.new_code_cell("frame", outputs=[frame, series, shown, said, printed])
    notebook = nbformat.v4.new_notebook(cells=[cell])
    make_stable(notebook, source)
    assert notebook.cells[0].outputs == [shown, said, printed]


def test_nothing_is_left_when_it_cannot_be_written(tmp_path):
    path = tmp_path / "n.ipynb"
    path.write_text("good", encoding="utf-8")
    notebook = executed_notebook()
    notebook.metadata["bad"] = object()
    with pytest.raises(TypeError, match="not JSON serializable"):
        write_notebook(notebook, path)
    assert path.read_text(encoding="utf-8") == "good"
    assert [entry.name for entry in tmp_path.iterdir()] == ["n.ipynb"]
