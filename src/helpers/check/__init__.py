"""Check a text: its figures are compared with the facts of an edition.

``command`` is the way from a file to the exit code: ``readers`` gives the text, ``extract`` its figures
(``wording``, ``quantities``, ``dates``, ``nouns``), ``bind`` the fact of each (``lexicon``, ``score``,
``scope``), ``compare`` the verdict; ``annotated`` shows it in the text.
"""
