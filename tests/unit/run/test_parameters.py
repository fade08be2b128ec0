"""Parameters that a notebook does not declare are refused, with those that it has."""

import papermill
import pytest

from helpers.errors import ParameterError
from helpers.run.parameters import NotebookParameter, check_parameters, read_parameters

CELL = """
# What the report is about
office: str = "bnnk-hss"  # id of the office
year: int = 2021
share: float = 0.5
draft: bool = False
names = ["a"]
anything = None
"""


@pytest.fixture
def notebook(tmp_path, make_notebook):
    return make_notebook(tmp_path / "laporan.ipynb", "md:# T", (CELL, ["parameters"]), "x = 1")


def test_reads_names_types_and_order(notebook):
    assert list(read_parameters(notebook).values()) == [
        NotebookParameter("office", "str"),
        NotebookParameter("year", "int"),
        NotebookParameter("share", "float"),
        NotebookParameter("draft", "bool"),
        NotebookParameter("names", ""),
        NotebookParameter("anything", ""),
    ]


def test_finds_the_names_that_papermill_finds(notebook):
    assert set(read_parameters(notebook)) == set(papermill.inspect_notebook(str(notebook)))


def test_a_type_of_several_words_is_no_obstacle(tmp_path, make_notebook):
    notebook = make_notebook(
        tmp_path / "n.ipynb", ("a: str | None = None; b: 'list[int]' = []", ["parameters"])
    )
    assert {name: found.annotation for name, found in read_parameters(notebook).items()} == {
        "a": "str | None",
        "b": "'list[int]'",
    }
    check_parameters(notebook, {"a": None, "b": "anything"})


def test_a_misspelt_name_is_refused_with_the_known_ones(notebook):
    with pytest.raises(ParameterError, match="yaer") as caught:
        check_parameters(notebook, {"yaer": 2021, "office": "x"})
    known = "office, year, share, draft, names, anything"
    assert caught.value.text("id") == (
        f"Parameter tidak dikenal untuk notebook laporan.ipynb: yaer. Yang dikenal: {known}."
    )
    assert caught.value.text("en") == f"Unknown parameter of notebook laporan.ipynb: yaer. Known: {known}."
    assert caught.value.exit_code == 2


def test_a_notebook_without_parameters_takes_none(tmp_path, make_notebook):
    notebook = make_notebook(tmp_path / "n.ipynb", "year = 2021")
    check_parameters(notebook, {})
    with pytest.raises(ParameterError, match=r"year\. Yang dikenal: -"):
        check_parameters(notebook, {"year": 2021})


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("year", "2021", "str"),
        ("year", True, "bool"),
        ("year", 2021.0, "float"),
        ("office", 3, "int"),
        ("draft", 1, "int"),
        ("share", "0.5", "str"),
        ("share", False, "bool"),
    ],
)
def test_a_value_of_another_type_is_refused(notebook, name, value, found):
    with pytest.raises(ParameterError, match=f"Parameter {name} .* bukan {found}"):
        check_parameters(notebook, {name: value})


@pytest.mark.parametrize(
    ("name", "value"), [("year", 2022), ("share", 1), ("draft", True), ("names", 3), ("anything", object)]
)
def test_a_value_of_the_type_is_taken(notebook, name, value):
    check_parameters(notebook, {name: value})


def test_a_name_without_a_value_must_be_given(tmp_path, make_notebook):
    notebook = make_notebook(tmp_path / "n.ipynb", ("village_code: str\nyear: int = 1", ["parameters"]))
    check_parameters(notebook, {"village_code": "63.06.05.2017"})
    with pytest.raises(ParameterError, match=r"n.ipynb memerlukan parameter village_code"):
        check_parameters(notebook, {"year": 1})


def test_a_cell_that_is_no_python_is_refused(tmp_path, make_notebook):
    notebook = make_notebook(tmp_path / "n.ipynb", ("a = 1\nb = = 2", ["parameters"]))
    with pytest.raises(ParameterError, match="baris 2"):
        check_parameters(notebook, {})


@pytest.mark.parametrize("content", [None, "", "{}", "[]", "bukan json"])
def test_a_file_that_is_no_notebook_is_refused(tmp_path, content):
    path = tmp_path / "n.ipynb"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(ParameterError, match=r"Notebook n.ipynb tidak ada"):
        check_parameters(path, {})
