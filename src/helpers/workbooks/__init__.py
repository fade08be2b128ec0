"""Workbooks for office staff: empty ones to fill, and copies with the bad cells marked.

``template`` writes the files of a new edition: ``forms`` and ``budget_form`` say which, ``form`` how,
``declaration`` the texts beside them. ``marked`` copies what was read, for the office's own use.
"""
