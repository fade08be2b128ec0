"""The parts of a leadership brief, for its two-column layout on a page and on paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from helpers.blocks import Figure
from helpers.publish.model import Block, CodeCells, Heading, Origins


class BriefParts(NamedTuple):
    """What stands above the charts, the charts, what follows them, and the origins of the figures."""

    head: tuple[Block, ...]
    figures: tuple[Block, ...]
    decisions: tuple[Block, ...]
    origins: tuple[Block, ...]


def brief_parts(blocks: Iterable[Block]) -> BriefParts:
    """Return the blocks of a brief by part; the headings above figures and tiles go, the tiles say enough."""
    kept = [block for block in blocks if not isinstance(block, CodeCells)]
    places = [place for place, block in enumerate(kept) if isinstance(block, Figure)]
    first, last = (places[0], places[-1]) if places else (len(kept), len(kept))
    head = tuple(block for block in kept[:first] if not isinstance(block, Heading))
    rest = kept[last + 1 :]
    end = next((place for place, block in enumerate(rest) if isinstance(block, Origins)), len(rest) + 1) - 1
    figures = tuple(block for block in kept[first : last + 1] if isinstance(block, Figure))
    return BriefParts(head, figures, tuple(rest[:end]), tuple(rest[end:]))
