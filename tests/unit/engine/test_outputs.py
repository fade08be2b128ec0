"""Both engines write the same outputs; each case is what a cell can do to them."""
# ruff: noqa: E501  (a cell is easier to read as one string)

import json
import re

import pytest

from helpers.engine.run import Job, run_notebooks

# Names and numbers that differ between two runs of a kernel itself.
CELL_FOLDER = re.compile(r"(?:/[^\s\"':]*/ipykernel_\d+|In\[\d+\])/(?=\d+\.py)")
ADDRESS = re.compile(r"0x[0-9a-f]{6,}")

raises = ["raises-exception"]

CASES: dict[str, list] = {
    "result": ["1 + 1", "'teks: é – 文'", "None", "6 * 7;"],
    "stdout": ["print('a'); print('b')", "print('c', end='')"],
    "streams grouped between displays": [
        "import sys\n"
        "print('o1'); print('e1', file=sys.stderr); print('o2')\n"
        "display('middle')\n"
        "print('e2', file=sys.stderr); print('o3')"
    ],
    "streams around a result": ["print('before', file=sys.stderr)\nprint('out')\n'the result'"],
    "explicit flush": ["print('a', flush=True); print('b', flush=True); print('c')"],
    "carriage return": ["print('10%\\r20%\\r100%')"],
    "non-text write": ["try:\n    sys.stdout.write(b'x')\nexcept TypeError as e:\n    print(e)"],
    "stream attributes": [
        "(sys.stdout.isatty(), sys.stdout.encoding, hasattr(sys.stdout, 'buffer'), sys.stdout.name)"
    ],
    "subprocess output": [
        # A kernel reads this in a thread of its own, and loses what comes after the cell's end.
        "import subprocess, time\n_ = subprocess.run(['echo', 'from a process'])\ntime.sleep(0.1)"
    ],
    "shell escape": ["!echo one && echo two"],
    "display several": ["display('x', 2)\ndisplay({'text/plain': 'raw', 'text/html': '<b>raw</b>'}, raw=True)"],
    "metadata and custom types": [
        "display({'text/plain': 'f', 'application/vnd.helpers.figure+json':\n"
        "         {'name': 'n', 'alt': 'Grafik: naik', 'data': {'columns': ['a'], 'rows': [[1, None]]}}},\n"
        "        metadata={'application/vnd.helpers.figure+json': {'alt': 'é'}}, raw=True)"
    ],
    "bytes in a bundle": ["display({'image/png': b'\\x89PNG', 'text/plain': 'p'}, raw=True)"],
    "unserialisable bundle": ["try:\n    display({'application/json': {1, 'a'}, 'text/plain': object}, raw=True)\nexcept ValueError as e:\n    print(e)"],
    "html svg markdown latex": [
        "from IPython.display import HTML, SVG, JSON, Latex, Markdown\n"
        "display(HTML('<p>ada</p>'), Markdown('**m**'), Latex('$x$'), JSON({'a': [1]}),\n"
        "        SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"><title>t</title></svg>'))"
    ],
    "display object with metadata": [
        "from IPython.display import Image\n"
        "Image(data=b'\\x89PNG\\r\\n\\x1a\\n' + b'0' * 30, format='png', alt='teks alternatif', width=40)"
    ],
    "repr of every kind": [
        "class Rich:\n"
        "    def _repr_mimebundle_(self, include=None, exclude=None):\n"
        "        return {'text/plain': 'p', 'text/html': '<i>h</i>'}, {'text/html': {'isolated': True}}\n"
        "Rich()"
    ],
    "repr that fails": [
        (
            "class Bad:\n    def _repr_html_(self):\n        raise ValueError('no html')\n"
            "    def __repr__(self):\n        return 'bad'\nBad()",
            raises,
        )
    ],
    "display_id update in the cell": ["h = display('first', display_id='here')\nh.update('second')"],
    "display_id update from a later cell": [
        "h = display('old', display_id='later')\ndisplay('other')",
        "h.update({'text/plain': 'new', 'text/html': '<b>new</b>'}, raw=True)",
    ],
    "display_id shown twice": [
        "_ = display('one', display_id='twice')",
        "_ = display('two', display_id='twice')",
    ],
    "clear output": [
        "from IPython.display import clear_output\nprint('gone')\nclear_output()\nprint('kept')",
        "print('gone too')\nclear_output(wait=True)\ndisplay('kept too')",
    ],
    "warning": ["import warnings\nwarnings.warn('hati-hati')", "warnings.warn('lama', DeprecationWarning)"],
    "logging": ["import logging\nlogging.getLogger('x').warning('dicatat')"],
    "error": [("def f(x):\n    return 1 / x\n\nprint('first')\nf(0)", raises)],
    "error with cause": [("try:\n    {}['k']\nexcept KeyError as e:\n    raise ValueError('besar') from e", raises)],
    "syntax error": [("print('x'", raises)],
    "indentation error": [("if True:\nx", raises)],
    "error in a library": [("import json\njson.loads('{')", raises)],
    "exception group": [("raise ExceptionGroup('g', [ValueError('a'), TypeError('b')])", raises)],
    "traceback hidden by the error": [
        ("class E(Exception):\n    def _render_traceback_(self):\n        return ['satu baris']\nraise E('x')", raises)
    ],
    "keyboard interrupt raised": [("raise KeyboardInterrupt", raises)],
    "input refused": [("input('nama? ')", raises)],
    "getpass refused": [("import getpass; getpass.getpass()", raises)],
    "stdin at its end": ["sys.stdin.read()"],
    "history": ["_ = None; del _", "41 + 1", "_ + 1", "Out[max(Out)]", "(_, __, _i)", "In[-2]"],
    "magics": ["%pwd\n", "%%capture caught\nprint('hidden')", "caught.stdout", "%xmode", "%whos int"],
    "cell magic": ["%%html\n<p>m</p>", "%%writefile /dev/null\nisi"],
    "unknown magic": [("%tidak_ada", raises)],
    "help": ["print?", "len??"],
    "ipython identity": [
        "ip = get_ipython()\n"
        "(type(ip).__name__, ip is not None, 'IPKernelApp' in ip.config, __name__, hasattr(ip, 'kernel'))"
    ],
    "environment": ["[os.environ.get(k) for k in ('TERM', 'PAGER', 'FORCE_COLOR', 'MPLBACKEND')] if (os := __import__('os')) else 0"],
    "path": ["sys.path[0] == '' or '' in sys.path", "sys.argv[0].rpartition('/')[2]"],
    "async": [
        "import asyncio\nawait asyncio.sleep(0)\nprint('after')",
        "async def g():\n    yield 1\n[x async for x in g()]",
        "asyncio.get_running_loop().is_running()",
        "nap = asyncio.sleep(0)\ntry:\n    asyncio.run(nap)\nexcept RuntimeError as e:\n    print(e)\nnap.close()",
        "try:\n    await asyncio.wait_for(asyncio.sleep(9), 0.01)\nexcept TimeoutError:\n    print('late')",
    ],
    "task over cells": [
        "async def later():\n    await asyncio.sleep(0)\n    return 'done'\ntask = asyncio.create_task(later())",
        "await task",
    ],
    "threads": [
        "import threading\nt = threading.Thread(target=lambda: print('thread'))\nt.start(); t.join()",
        "from concurrent.futures import ThreadPoolExecutor\n"
        "with ThreadPoolExecutor(2) as pool: print(list(pool.map(str, range(3))))",
    ],
    "processes": [
        "import multiprocessing, os\n"
        "with multiprocessing.get_context('fork').Pool(2) as pool: print(pool.map(abs, [-1, -2]))"
    ],
    "pickle": ["import pickle\nclass P: pass\ntype(pickle.loads(pickle.dumps(P()))).__module__"],
    "random is not shared": ["import random, numpy as np\nrandom.seed(1); np.random.seed(1); (random.random(), np.random.rand())"],
    "pandas": [
        "import pandas as pd\npd.DataFrame({f'kolom_{i}': [i, i * 1.5] for i in range(30)})",
        "pd.Series(range(100))",
        "pd.DataFrame({'a': ['x' * 200]})",
        "pd.DataFrame({'a': [1]}).style.set_uuid('u').format('{:.2f}')",
        "[pd.get_option(o) for o in ('display.max_columns', 'display.max_rows', 'display.width')]",
    ],
    "matplotlib": [
        "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2]); plt.title('Judul')\nprint('before the figure')",
        "import matplotlib; (matplotlib.get_backend(), matplotlib.is_interactive(), plt.get_fignums())",
        "%matplotlib inline\nfig, ax = plt.subplots(figsize=(2, 1))\nax.bar(['a'], [1])\nfig",
        "plt.figure(figsize=(1, 1)); plt.show(); print('after show')",
        "matplotlib.rcParams['figure.dpi'], matplotlib.rcParams['figure.figsize']",
    ],
    "matplotlib as svg": [
        "matplotlib.rcParams['svg.hashsalt'] = 'x'\n"
        "%config InlineBackend.figure_formats = ['svg']\n"
        "%config InlineBackend.print_figure_kwargs = {'metadata': {'Date': None}}\n"
        "plt.figure(figsize=(1, 1)); plt.plot([1, 2]);"
    ],
    "gui refused": [("%matplotlib tk", raises)],
    "seaborn": ["import seaborn as sns\nsns.__version__, sns.color_palette('deep', 2)"],
    "skipped": ["", "# only a comment", "   "],
    "stdout replaced": [
        "import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()) as s: print('caught')\ns.getvalue()"
    ],
    "post-run hooks": [
        "hook = lambda *_: print('hooked')\nget_ipython().events.register('post_run_cell', hook)",
        "1",
        "get_ipython().events.unregister('post_run_cell', hook)",
    ],
    "set order is stable": ["hash('a') == hash('a')"],
    "comm": ["import comm\nc = comm.create_comm(target_name='x', data={})\ntype(c).__name__"],
}  # fmt: skip


@pytest.fixture(scope="module")
def executed(tmp_path_factory, make_notebook):
    """All cases as cells of one notebook, run once by each engine: cells by engine and case."""
    folder = tmp_path_factory.mktemp("cases")
    notebook = make_notebook(folder / "cases.ipynb", *(cell for cells in CASES.values() for cell in cells))
    found = {}
    for engine in ("fork", "kernel"):
        output = folder / f"{engine}.ipynb"
        with pytest.MonkeyPatch.context() as patch:
            # Within pytest a kernel leaves alone what subprocesses write.
            patch.delenv("PYTEST_CURRENT_TEST")
            (result,) = run_notebooks([Job(engine, notebook, output)], engine=engine)
        # papermill counts an allowed error as one all the same; every cell has run by then.
        assert result.failure is None or result.failure.kind == "error", result.failure
        content = json.loads(output.read_text(encoding="utf-8"))
        marks = ["papermill-error-cell-tag"]
        cells = [cell for cell in content["cells"] if cell["metadata"]["tags"] != marks]
        found[engine] = {"metadata": content["metadata"]}
        for name, sources in CASES.items():
            found[engine][name] = [without_noise(cells.pop(0)) for _ in sources]
        assert not cells
    return found


def without_noise(value):
    if isinstance(value, str):
        return ADDRESS.sub("0x", CELL_FOLDER.sub("cell/", value))
    if isinstance(value, dict):
        return {key: without_noise(item) for key, item in value.items()}
    if isinstance(value, list):
        return [without_noise(item) for item in value]
    return value


def test_every_cell_has_run(executed):
    for engine in ("fork", "kernel"):
        for name in CASES:
            for cell in executed[engine][name]:
                assert cell["metadata"]["papermill"]["status"] == "completed", (engine, name)


@pytest.mark.parametrize("case", CASES)
def test_outputs_equal_those_of_a_kernel(executed, case):
    assert executed["fork"][case] == executed["kernel"][case]


def test_notebook_metadata_equals_that_of_a_kernel(executed):
    assert executed["fork"]["metadata"] == executed["kernel"]["metadata"]
    assert executed["fork"]["metadata"]["language_info"]["name"] == "python"


# IPython prints these instead of publishing them.
PRINTED = {"exception group", "unknown magic"}
ERRORS = [case for case, cells in CASES.items() if any(isinstance(cell, tuple) for cell in cells)]


@pytest.mark.parametrize("case", sorted(set(ERRORS) - PRINTED))
def test_cases_of_errors_hold_an_error(executed, case):
    kinds = [output["output_type"] for cell in executed["fork"][case] for output in cell["outputs"]]
    assert "error" in kinds


def test_texts_written_before_a_display_stay_before_it(executed):
    (cell,) = executed["fork"]["streams grouped between displays"]
    told = [output.get("name") or output["output_type"] for output in cell["outputs"]]
    assert told == ["stdout", "stderr", "display_data", "stdout", "stderr"]
    assert "".join(cell["outputs"][0]["text"]) == "o1\no2\n"


def test_custom_types_keep_their_metadata(executed):
    (cell,) = executed["fork"]["metadata and custom types"]
    (output,) = cell["outputs"]
    assert output["metadata"] == {"application/vnd.helpers.figure+json": {"alt": "é"}}
    assert output["data"]["application/vnd.helpers.figure+json"]["alt"] == "Grafik: naik"


def test_a_later_update_changes_the_earlier_output(executed):
    first, _ = executed["fork"]["display_id update from a later cell"]
    assert "".join(first["outputs"][0]["data"]["text/html"]) == "<b>new</b>"
    assert "".join(first["outputs"][1]["data"]["text/plain"]) == "'other'"
