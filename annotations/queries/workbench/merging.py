"""Two people rewrote one text: their changes and mine put together, paragraph by paragraph.

A three-way merge of sequences (Khanna, Kunal and Pierce, "A Formal Investigation of Diff3", 2007) with paragraphs for
lines. Between paragraphs that all three have, whoever left the original alone yields to whoever changed it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

# A paragraph: its words, or a block with its kind and formats.
T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Overlap(Generic[T]):
    """Paragraphs that both changed, and not to the same."""

    theirs: Sequence[T]
    mine: Sequence[T]


@dataclass(frozen=True, slots=True)
class Merge(Generic[T]):
    """The paragraphs put together; where both changed the same ones, mine, and what theirs say under ``overlaps``."""

    paragraphs: list[T]
    overlaps: list[Overlap[T]]


def merge(base: Sequence[T], theirs: Sequence[T], mine: Sequence[T]) -> Merge[T]:
    """Put two rewritings of ``base`` together: base A B C, theirs A X C, mine A B Y give A X Y without overlap."""
    merged, overlaps = list[T](), list[Overlap[T]]()
    for was, their_part, my_part in _stretches(base, theirs, mine):
        if was == my_part or their_part == my_part:
            merged += their_part
            continue
        merged += my_part
        if was != their_part:
            overlaps.append(Overlap(their_part, my_part))
    return Merge(merged, overlaps)


def _stretches(
    base: Sequence[T], theirs: Sequence[T], mine: Sequence[T]
) -> Iterator[tuple[Sequence[T], Sequence[T], Sequence[T]]]:
    """The three texts cut at the paragraphs all have; stretches of one length are cut into single paragraphs."""
    places = [_places(base, other) for other in (theirs, mine)]
    start = (0, 0, 0)
    common = [(at, places[0][at], places[1][at]) for at in sorted(places[0].keys() & places[1].keys())]
    for at, their_at, my_at in [*common, (len(base), len(theirs), len(mine))]:
        parts = base[start[0] : at], theirs[start[1] : their_at], mine[start[2] : my_at]
        if len({len(part) for part in parts}) == 1:
            yield from (([was], [their], [my]) for was, their, my in zip(*parts, strict=True))
        else:
            yield parts
        yield from [([base[at]],) * 3] if at < len(base) else []
        start = at + 1, their_at + 1, my_at + 1


def _places(base: Sequence[T], other: Sequence[T]) -> dict[int, int]:
    """Where the paragraphs of ``base`` stand in the other text, as far as they stand there unchanged."""
    matcher = SequenceMatcher(a=base, b=other, autojunk=False)
    return {block.a + step: block.b + step for block in matcher.get_matching_blocks() for step in range(block.size)}
