"""The illustrative raw data of the 2021 edition, made by a documented, seeded program."""

from __future__ import annotations

from illustrative_data.write import write_sample

__all__ = ["write_sample"]
