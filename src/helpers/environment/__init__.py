"""Make and check the environment that the reports run in.

``prepare`` makes ``.venv`` from the hash-locked ``requirements.lock``; ``conda`` says
whether an active conda environment holds the same versions and is used instead. Both use
the standard library alone: they run before a single dependency is there.
"""
