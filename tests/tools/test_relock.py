"""The lock says of every package which sets need it; environment.yml has the same versions."""

from __future__ import annotations

from relock import CONDA_PACKAGES, SETS, annotate, render_environment

ANSWER = """\
alpha==1.0 \\
    --hash=sha256:aa
    # via helpers
zeta==3 \\
    --hash=sha256:bb
    # via alpha
"""


def test_the_resolvers_answer_gets_its_sets_and_count() -> None:
    members = {name: set() for name in SETS} | {"runtime": {"alpha"}, "dev": {"zeta", "alpha"}}
    lines = annotate(ANSWER, members).splitlines()
    assert lines[2:] == [
        "alpha==1.0 \\",
        "    --hash=sha256:aa",
        "    # for: runtime dev",
        "    # via helpers",
        "zeta==3 \\",
        "    --hash=sha256:bb",
        "    # for: dev",
        "    # via alpha",
        "# end of 2 packages",
    ]


def test_conda_gets_the_card_by_its_channel_and_the_rest_by_pip() -> None:
    project = {
        "project": {
            "requires-python": ">=3.11",
            "dependencies": ["pandas~=3.1", "Own_Thing>=2"],
            "optional-dependencies": {"lab": ["jupyterlab"], "dev": ["pytest"], "scale": ["dask"]},
        }
    }
    versions = dict.fromkeys(CONDA_PACKAGES, "1") | {"own-thing": "2.1", "pytest": "9"}
    lines = render_environment(project, versions).splitlines()
    assert "  - pandas ==1" in lines
    assert lines[-4:] == ["  - pip:", "      - own-thing==2.1", "      - pytest==9", "      - -e ."]
