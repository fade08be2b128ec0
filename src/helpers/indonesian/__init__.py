"""How Indonesian (and, beside it, English) writes months, weekdays, dates, numbers and amounts.

- `calendar`: names of months and weekdays, with the short and old forms that people write
- `dates`: a date from what a cell holds, with its precision and what is wrong with it
- `amounts`: a number from a text such as ``Rp 1.234.567,-`` or ``1 Milyar 605 Juta``
- `words`: numbers in words, read and written
- `text`: the content of a cell as text
"""
