"""Marks on Python code: comments, keywords, texts and numbers."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from markupsafe import Markup, escape
from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Error, Keyword, Number, Operator, String

#: By pygments and not by Python's own `tokenize`, which reads f-strings otherwise from 3.12 on.
_LEXER = PythonLexer(stripnl=False, ensurenl=False)
_KINDS = {Comment: "c", Keyword: "k", Operator.Word: "k", String: "s", Number: "m"}


def highlight(source: str) -> Markup:
    """Return code as HTML with its parts marked; code that is not plain Python stays unmarked.

    Examples
    --------
    >>> highlight("if x: # ya")
    Markup('<span class="hl-k">if</span> x: <span class="hl-c"># ya</span>')
    """
    tokens = list(_LEXER.get_tokens(source))
    if any(kind is Error for kind, _ in tokens):
        return escape(source)
    parts: list[Markup] = []
    for css, run in groupby(tokens, lambda token: _css(token[0])):
        text = "".join(value for _, value in run)
        mark = Markup('<span class="hl-{}">{}</span>')
        parts.append(mark.format(css, text) if css else escape(text))
    return Markup("").join(parts)


def _css(kind: Any) -> str:
    """Return the class of a kind of token, or nothing."""
    return next((css for known, css in _KINDS.items() if kind in known), "")
