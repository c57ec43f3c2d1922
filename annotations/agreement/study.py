"""What people did with texts, in the form that coefficients count."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from annotations.agreement.weights import Level

Value = Hashable
# The place of an answer among its question's values for each person of the study; None where somebody did not answer.
Row = tuple[int | None, ...]


# Stands for everybody where a pair could stand.
TOGETHER = "all"


@dataclass(frozen=True, slots=True)
class Question:
    """Something people answered of every unit.

    :ivar values: every answer there can be, given or not, in order where the order means something. Gwet's coefficients
        depend on how many there are.
    :ivar name: empty for what was answered of the unit as a whole.
    """

    name: str
    values: tuple[Value, ...]
    level: Level = Level.NOMINAL

    @property
    def numbers(self) -> list[float]:
        """What the values are worth: themselves at the interval level, else their places."""
        if self.level is Level.INTERVAL:
            return [float(str(value)) for value in self.values]
        return [float(place) for place in range(len(self.values))]


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Words with a category; ``end`` is behind the last code point and greater than ``start``."""

    start: int
    end: int
    category: str


@dataclass(frozen=True, slots=True)
class ClaimMade:
    """A claim that somebody found, and what they tied to it; None or nothing for what they left open."""

    start: int
    end: int
    speaker: str | None = None
    evidence: frozenset[str] = frozenset()
    verdict: str | None = None


@dataclass(frozen=True, slots=True)
class TextRead:
    """One text, and what each person who read it did. What nobody read of it is no part of any figure.

    :ivar length: in code points.
    :ivar readers: places of people in the study; whoever read and marked nothing is among them.
    :ivar rows: for each question, its units.
    :ivar marks: by reader.
    """

    name: str
    length: int
    readers: tuple[int, ...]
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    marks: Mapping[int, Sequence[Mark]] = field(default_factory=dict)
    claims: Mapping[int, Sequence[ClaimMade]] = field(default_factory=dict)


@dataclass(frozen=True)
class Study:
    """Texts that the same people read, with the categories and questions they had.

    :ivar has_marks: whether marks were asked for at all; without it nothing is said about words.
    :ivar has_claims: likewise for claims.
    """

    people: tuple[str, ...]
    texts: tuple[TextRead, ...]
    questions: tuple[Question, ...] = ()
    categories: tuple[str, ...] = ()
    has_marks: bool = False
    has_claims: bool = False

    @cached_property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        return tuple(combinations(range(len(self.people)), 2))

    @property
    def everybody_and_pairs(self) -> tuple[tuple[int, int] | str, ...]:
        return (TOGETHER, *self.pairs)

    def names(self, people: tuple[int, int] | str) -> tuple[str, ...]:
        """Those of a pair; none for everybody."""
        return () if isinstance(people, str) else (self.people[people[0]], self.people[people[1]])

    @cached_property
    def scale(self) -> int:
        """A number that m and m (m − 1) divide for every m up to the number of people, so that counts stay whole."""
        return math.lcm(*range(1, len(self.people) + 1)) if self.people else 1
