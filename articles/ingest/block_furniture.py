"""Furniture among blocks: what rules for whole lines know, taken out of a piece whose blocks are known already."""

from collections.abc import Sequence

from articles.anchoring.text import Block
from articles.ingest.furniture import find_furniture
from articles.ingest.record import RemovedLine


def without_furniture(headline: str, blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[RemovedLine, ...]]:
    """The blocks of the story, and the others as removed lines; the headline stays.

    A piece that would have no block left keeps them all: what looks like furniture through and through was meant.
    """
    lines = [headline, ""]
    for block in blocks:
        lines += [" ".join(block.text.split()), ""]
    rules = find_furniture(lines)
    kept: list[Block] = []
    removed: list[RemovedLine] = []
    for number, block in enumerate(blocks, start=1):
        rule = rules.get(2 * number)
        if rule is None:
            kept.append(block)
        else:
            removed.append(RemovedLine(block.text, rule, len(kept)))
    return (tuple(kept), tuple(removed)) if kept else (tuple(blocks), ())
