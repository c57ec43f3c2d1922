"""Naming a place in a text so that it can be checked, exported and found again.

The shape is the W3C Web Annotation Data Model's (sections 4.2.4 and 4.2.5): a text position selector
(``start``, ``end``) together with a text quote selector (``exact``, ``prefix``, ``suffix``).
"""

from dataclasses import dataclass

from articles.anchoring.text import OffsetsOutside

__all__ = [
    "CONTEXT",
    "ExactMismatch",
    "OffsetsOutside",
    "Place",
    "WordsAmbiguous",
    "WordsNotFound",
    "find_exact",
    "select",
]

CONTEXT = 32
# In code points, of words that a sentence quotes.
LONGEST_SHOWN = 200


class ExactMismatch(ValueError):
    """The words named are not the words that stand at the offsets; ``expected`` holds those that do."""

    def __init__(self, expected: str) -> None:
        shown = expected if len(expected) <= LONGEST_SHOWN else f"{expected[:LONGEST_SHOWN]}…"
        super().__init__(f"Other words stand there: “{shown}”. Send these, or the offsets of the words you mean.")
        self.expected = expected


class WordsNotFound(ValueError):
    """The words do not stand in the text, or not as often as was asked."""


class WordsAmbiguous(ValueError):
    """The words stand in the text ``count`` times, and nothing says which is meant."""

    def __init__(self, count: int) -> None:
        super().__init__(f"The words stand in the text {count} times.")
        self.count = count


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: offsets in code points, the words, and up to 32 code points on either side."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


def select(text: str, start: int, end: int, exact: str | None = None) -> Place:
    """Name the place ``[start, end)``, checking the words when the caller says what they are.

    :raises OffsetsOutside: when the offsets are not inside the text or span nothing.
    :raises ExactMismatch: when other words stand there than ``exact``.
    """
    if not 0 <= start < end <= len(text):
        raise OffsetsOutside(
            f"From {start} to {end} stand no words: offsets count the {len(text)} code points of the text from 0, and "
            "end comes after start. Count again in the text that you loaded."
        )
    words = text[start:end]
    if exact is not None and exact != words:
        raise ExactMismatch(words)
    return Place(start, end, words, text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def find_exact(text: str, exact: str, occurrence: int | None = 1) -> Place:
    """Find the words, counting occurrences from 1; ``None`` demands that they stand there only once.

    :raises WordsNotFound: when the words, or that occurrence of them, are not in the text.
    :raises WordsAmbiguous: when ``occurrence`` is ``None`` and there are several.
    """
    starts = _occurrences(text, exact)
    if occurrence is None and len(starts) > 1:
        raise WordsAmbiguous(len(starts))
    wanted = 1 if occurrence is None else occurrence
    if not 1 <= wanted <= len(starts):
        raise WordsNotFound(f"Occurrence {wanted} of the words {exact!r} is not in the text.")
    start = starts[wanted - 1]
    return select(text, start, start + len(exact))


def _occurrences(text: str, exact: str) -> list[int]:
    starts = []
    found = text.find(exact) if exact else -1
    while found >= 0:
        starts.append(found)
        found = text.find(exact, found + 1)
    return starts
