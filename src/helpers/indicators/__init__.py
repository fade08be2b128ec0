"""Indicators: pure functions from cleaned tables to small frames; no I/O, no formatting.

One module a subject: ``budget``, ``rollout``, ``resilience``, ``programmes``, ``commitments``,
``work_plan``, ``timeline``, ``villages``, and ``profiles`` for one unit beside its neighbours.
``suppression`` hides small numbers of people; ``traced`` lets a result name its function.
"""
