"""Marks on Python code: comments, keywords, texts and numbers."""

from __future__ import annotations

import io
import keyword
import tokenize

from markupsafe import Markup, escape

_KINDS = {tokenize.COMMENT: "c", tokenize.STRING: "s", tokenize.NUMBER: "m"}


def highlight(source: str) -> Markup:
    """Return code as HTML with its parts marked; code that is not plain Python stays unmarked.

    Examples
    --------
    >>> highlight("if x: # ya")
    Markup('<span class="hl-k">if</span> x: <span class="hl-c"># ya</span>')
    """
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError):
        return escape(source)
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    parts: list[Markup] = []
    done = 0
    for token in tokens:
        css = "k" if keyword.iskeyword(token.string) else _KINDS.get(token.type)
        if css is None:
            continue
        begin = starts[token.start[0] - 1] + token.start[1]
        end = starts[token.end[0] - 1] + token.end[1]
        parts += [
            escape(source[done:begin]),
            Markup('<span class="hl-{}">{}</span>').format(css, source[begin:end]),
        ]
        done = end
    return Markup("").join([*parts, escape(source[done:])])
