"""Where a text is cut into passages: at paragraphs, and long paragraphs at sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import ceil

from articles.anchoring.sentences import sentences

# Code points of a passage at most: about 200 words, which are read at one glance and rank well by their words.
LONGEST = 1_200
_BLANK = re.compile(r"\n\s*\n|\Z")
_SPACE = re.compile(r"\s+")

Range = tuple[int, int]


def passages_of(text: str) -> list[Range]:
    """Half-open ranges in code points, in order; between two of them is nothing but white space.

    A paragraph is a run of lines between blank ones. One longer than :data:`LONGEST` is cut into parts of about the
    same length, each of whole sentences; a sentence as long as that is cut between words, and a word as long wherever
    it has to be.
    """
    found: list[Range] = []
    for start, end in _paragraphs(text):
        found += [(start, end)] if end - start <= LONGEST else _parts(text, start, end)
    return found


def _paragraphs(text: str) -> Iterator[Range]:
    """What stands between blank lines, without the white space around it."""
    begin = 0
    for blank in _BLANK.finditer(text):
        words = text[begin : blank.start()]
        start, end = begin + len(words) - len(words.lstrip()), begin + len(words.rstrip())
        if start < end:
            yield start, end
        begin = blank.end()


def _parts(text: str, start: int, end: int) -> Iterator[Range]:
    """Whole sentences taken together until a part has its share of the paragraph."""
    share = (end - start) / ceil((end - start) / LONGEST)
    begin, last = start, start
    for first, stop in _pieces(text, start, end):
        if last > begin and (last - begin >= share or stop - begin > LONGEST):
            yield begin, last
            begin = first
        last = stop
    yield begin, last


def _pieces(text: str, start: int, end: int) -> Iterator[Range]:
    """The sentences, and of those that are too long what stands between white space."""
    for first, stop in sentences(text[start:end]):
        if stop - first <= LONGEST:
            yield start + first, start + stop
        else:
            yield from _words(text, start + first, start + stop)


def _words(text: str, start: int, end: int) -> Iterator[Range]:
    begin = start
    for space in [*(found.span() for found in _SPACE.finditer(text, start, end)), (end, end)]:
        for first in range(begin, space[0], LONGEST):
            yield first, min(first + LONGEST, space[0])
        begin = space[1]
