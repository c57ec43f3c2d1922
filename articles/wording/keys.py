"""Numbers by which texts that share a run of words are found in an index, without comparing each with each."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from articles.wording.words import Words

# Runs of four words: three find too much ("one of the"), five miss a short quote with a word changed in the middle.
WORDS_OF_RUN = 4
FEWEST_WORDS = WORDS_OF_RUN
# Of so many neighbouring runs at least one is kept, so that whoever shares WORDS_OF_RUN + WINDOW - 1 words is found.
WINDOW = 3
# A quote with no more runs than this keeps all of them.
RUNS_ALL_KEPT = 12


def run_keys(text: str) -> list[int]:
    """A key for every run of four words, sorted and each once, as signed 32-bit numbers: what a search asks for.

    No run goes across an ellipsis or a bracketed insertion. A text with fewer words has no keys.
    """
    return sorted({key for segment in Words.of(text).segments() for key in _keys(segment)})


def kept_keys(text: str) -> list[int]:
    """The keys by which a text is found, sorted and each once: all of a short one, about half of a long one.

    Chosen by winnowing (Schleimer, Wilkerson and Aiken 2003, "Winnowing: local algorithms for document
    fingerprinting"): of every three neighbouring keys the least. Who searches with :func:`run_keys` therefore meets
    every text that shares six words in a row, and most that share four or five.
    """
    series = [_keys(segment) for segment in Words.of(text).segments()]
    if sum(map(len, series)) <= RUNS_ALL_KEPT:
        return sorted({key for keys in series for key in keys})
    return sorted({key for keys in series for key in _winnowed(keys)})


def _keys(words: Sequence[str]) -> list[int]:
    return [_number(" ".join(words[first : first + WORDS_OF_RUN])) for first in range(len(words) - WORDS_OF_RUN + 1)]


def _winnowed(keys: Sequence[int]) -> set[int]:
    if len(keys) <= WINDOW:
        return {min(keys)} if keys else set()
    return {min(keys[first : first + WINDOW]) for first in range(len(keys) - WINDOW + 1)}


def _number(words: str) -> int:
    return int.from_bytes(blake2b(words.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "big", signed=True)
