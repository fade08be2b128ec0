"""Indicators: pure functions from cleaned tables to small frames; no I/O, no formatting."""
