"""Run notebooks, put a report in its place; verify, profiles, batch.

``report`` is the way of one report, on one screen; ``profiles`` and ``batch`` make many, ``verify`` makes
one again. ``plan`` says which notebook needs which, ``job`` what a notebook is given and may take;
``engine`` runs one, ``pool`` gives work to processes (``preload``: what those begin with). ``documents``
binds what was run; ``gate`` and ``printed`` check it. ``fingerprint`` says whether anything has to be
made, ``place`` moves it in, ``manifest`` says what it was made from.
"""
