"""Marks of one person as pieces that do not overlap, which is what unitizing coefficients are defined on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from annotations.agreement.study import Mark

Piece = tuple[int, int]
Labelled = tuple[int, int, str]


def merged(marks: Iterable[Mark]) -> list[Piece]:
    """The words that any of the marks covers, in order; marks that only touch stay apart."""
    pieces: list[Piece] = []
    for mark in sorted(marks):
        if pieces and mark.start < pieces[-1][1]:
            pieces[-1] = (pieces[-1][0], max(pieces[-1][1], mark.end))
        else:
            pieces.append((mark.start, mark.end))
    return pieces


def partition(marks: Sequence[Mark]) -> list[Labelled]:
    """Pieces in order with one category each: words marked twice belong to the mark that begins later, the inner one.

    Of marks that begin together, words belong to the shorter; of equal ones, to the first category by name.
    """
    ordered = sorted(set(marks), key=lambda mark: (mark.start, -mark.end, mark.category))
    if all(one.end <= other.start for one, other in pairwise(ordered)):
        return [(mark.start, mark.end, mark.category) for mark in ordered]
    borders = sorted({place for mark in ordered for place in (mark.start, mark.end)})
    owners: list[Mark | None] = [None] * (len(borders) - 1)
    at = {place: number for number, place in enumerate(borders)}
    for mark in sorted(ordered, key=lambda mark: (mark.start, -mark.end, _backwards(mark.category))):
        owners[at[mark.start] : at[mark.end]] = [mark] * (at[mark.end] - at[mark.start])
    pieces: list[Labelled] = []
    previous: Mark | None = None
    for start, end, owner in zip(borders, borders[1:], owners, strict=False):
        if owner is not None and owner is previous:
            pieces[-1] = (pieces[-1][0], end, owner.category)
        elif owner is not None:
            pieces.append((start, end, owner.category))
        previous = owner
    return pieces


def _backwards(category: str) -> tuple[int, ...]:
    """A key that puts categories in the opposite of their order."""
    return tuple(-ord(character) for character in category)


def shared(one: Sequence[Piece], other: Sequence[Piece]) -> int:
    """How many code points both cover; pieces of either do not overlap and are in order."""
    total = first = second = 0
    while first < len(one) and second < len(other):
        total += max(0, min(one[first][1], other[second][1]) - max(one[first][0], other[second][0]))
        if one[first][1] <= other[second][1]:
            first += 1
        else:
            second += 1
    return total


def shared_with_label(one: Sequence[Labelled], other: Sequence[Labelled]) -> int:
    """How many code points both give the same category."""
    total = first = second = 0
    while first < len(one) and second < len(other):
        if one[first][2] == other[second][2]:
            total += max(0, min(one[first][1], other[second][1]) - max(one[first][0], other[second][0]))
        if one[first][1] <= other[second][1]:
            first += 1
        else:
            second += 1
    return total


def length(pieces: Iterable[Piece]) -> int:
    return sum(end - start for start, end in pieces)


def touching(marks: Iterable[Piece], pieces: Sequence[Piece]) -> int:
    """How many of the marks share a code point with any of the pieces, which are in order and do not overlap."""
    starts = [start for start, _ in pieces]
    return sum((last := bisect_right(starts, end - 1) - 1) >= 0 and pieces[last][1] > start for start, end in marks)
