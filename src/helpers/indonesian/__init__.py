"""How Indonesian (and, beside it, English) writes months, weekdays, dates, numbers and amounts.

``calendar`` holds the names of months and weekdays, ``dates`` reads dates, ``words`` numbers in digits and
words, ``amounts`` what cells hold as numbers; ``text`` is a cell as text.
"""
