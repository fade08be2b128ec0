"""Make and check the environment that the reports run in.

Everything in this package uses the standard library alone: it runs before a single
dependency is there. The environment is ``.venv`` in the project's folder, installed
from the hash-locked ``requirements.lock``; an active conda environment that holds the
same versions is used instead.
"""
