"""A seeded crowd: people of invented names, of which a few are as frequent as Kim or Smith and most are seldom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from bench.corpus import Words

SEED = 20261130
TITLES = ("minister", "spokesman", "mayor", "professor", "chief executive", "captain", "director", "")
PLACES = ("Harbour Board", "University of Belmora", "Ministry of Ports", "Northern League", "Tidal Energy", "")
# How often each form of a further name comes: initials, a middle name, another spelling.
ALIASED = 0.2


@dataclass(frozen=True, slots=True)
class Somebody:
    """A speaker to load."""

    name: str
    aliases: tuple[str, ...]
    title: str
    affiliation: str


class Crowd:
    """People one after the other; two crowds with the same seed are alike.

    A name is drawn by the square of an even share, so that of 3,000 the most frequent one has two in a hundred.
    """

    def __init__(self, seed: int = SEED) -> None:
        self._random = Random(seed)  # noqa: S311 - a corpus, no secret
        self._words = Words(self._random)

    def people(self, count: int) -> Iterator[Somebody]:
        for _ in range(count):
            yield self._somebody()

    def _somebody(self) -> Somebody:
        given, family = self._words.frequent(), self._words.frequent()
        if self._random.random() < ALIASED:
            family = f"{family}-{self._words.frequent()}"
        alias = (f"{given[0]}. {family}",) if self._random.random() < ALIASED else ()
        return Somebody(f"{given} {family}", alias, self._one_of(TITLES), self._one_of(PLACES))

    def _one_of(self, choices: tuple[str, ...]) -> str:
        return choices[self._words.below(len(choices))]
