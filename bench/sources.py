"""A seeded library: sources of fifty paragraphs in invented words, as unevenly frequent as those of a language.

The word of rank r comes about 1/r as often as the first one (Zipf), out of so many that most stand in few paragraphs.
"""

import math
from collections.abc import Iterator
from random import Random

from bench.corpus import ENDS, ONSETS, SMALL, VOWELS

SEED = 20270301
PASSAGES = 50  # of a source
FEWEST, MOST = 40, 120  # words of a passage
VOCABULARY = 400_000
SMALL_WORDS = 0.42  # their share of a text
SENTENCE = 18  # words
SYLLABLES = [onset + vowel + end for onset in ONSETS for vowel in VOWELS for end in ENDS[1:6]]


class Library:
    """Sources one after the other, and claims about them; two libraries with the same seed are alike."""

    def __init__(self, seed: int = SEED) -> None:
        self._random = Random(seed)  # noqa: S311 - a corpus, no secret

    def sources(self, count: int) -> Iterator[tuple[str, ...]]:
        """The passages of each source."""
        for _ in range(count):
            yield tuple(self._passage() for _ in range(PASSAGES))

    def claim(self, passage: str) -> str:
        """What somebody may have said about a passage: some words of one of its sentences, and some of their own."""
        sentences = passage.split(". ")
        words = sentences[self._below(len(sentences))].lower().rstrip(".").split()
        kept = [word for word in words if self._random.random() < 0.6]
        return " ".join(kept + [self._word() for _ in range(5)]).capitalize() + "."

    def _passage(self) -> str:
        words = [self._word() for _ in range(FEWEST + self._below(MOST - FEWEST))]
        sentences = [words[begin : begin + SENTENCE] for begin in range(0, len(words), SENTENCE)]
        return " ".join(" ".join(sentence).capitalize() + "." for sentence in sentences)

    def _word(self) -> str:
        if self._random.random() < SMALL_WORDS:
            return SMALL[self._below(len(SMALL))]
        return _spelled(int(math.exp(self._random.random() * math.log(VOCABULARY))))

    def _below(self, limit: int) -> int:
        return int(self._random.random() * limit)


def _spelled(rank: int) -> str:
    """The word of a rank: its digits, if there were as many as syllables."""
    syllables = [SYLLABLES[rank % len(SYLLABLES)]]
    while rank := rank // len(SYLLABLES):
        syllables.append(SYLLABLES[rank % len(SYLLABLES)])
    return "".join(syllables) if len(syllables) > 1 else syllables[0] + "ot"
