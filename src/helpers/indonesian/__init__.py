"""How Indonesian (and, beside it, English) writes months, weekdays, dates and numbers.

- `calendar`: names of months and weekdays, with the short and old forms that people write.
"""
