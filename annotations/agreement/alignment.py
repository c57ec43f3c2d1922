"""The best alignment of several people's marks, and its disorder.

Mathet, Widlöcher and Métivier (2015), The Unified and Holistic Method Gamma (γ) for Inter-Annotator Agreement Measure
and Alignment, Computational Linguistics 41:437–479, sections 4.1 to 4.4.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence

from annotations.agreement.assignment import best_pairs
from annotations.agreement.study import Mark

# The dissimilarity of a mark and of nobody's mark, Δ∅; everything else is in its unit.
EMPTY = 1.0
# The weights of place and of category in the combined dissimilarity, as the authors' own software sets them.
PLACE, CATEGORY = 3.0, 1.0
# How often the alignment is gone over again at most; most need two rounds.
ROUNDS = 10
# Aligning takes about the cube of how many marks may stand together; with more such pairs it would take minutes.
MOST_NEAR = 6_000
# With more marks that begin close by, few of them near, even looking for the near ones would.
MOST_LOOKED_AT = 500_000
# Less than this is rounding.
SMALL_GAIN = 1e-9


class TooDense(Exception):
    """More marks may stand together than can be aligned in a time that anybody waits for."""


def dissimilarity(one: Mark, other: Mark) -> float:
    """3 · ((|Δstart| + |Δend|) / (sum of both lengths))² + 1 where the categories differ; equations 3, 5 and 6.

    >>> dissimilarity(Mark(4, 14, "A"), Mark(14, 24, "A"))
    3.0
    """
    apart = abs(one.start - other.start) + abs(one.end - other.end)
    lengths = one.end - one.start + other.end - other.start
    return PLACE * (apart / lengths) ** 2 * EMPTY + (CATEGORY * EMPTY if one.category != other.category else 0.0)


def disorder(marks: Sequence[Sequence[Mark]]) -> float:
    """The disorder of the best alignment that was found, times the mean number of marks of a person.

    Each pair of people costs its dissimilarity in each group; a pair of whom one or both have no mark there costs Δ∅.
    A group costs the mean of its pairs, so that a mark alone costs Δ∅.

    With two people it is the least disorder there is. With more it is the least that going over the people in turn
    reaches, each time with the best places for all marks of one person; that is no less than the least there is.

    :param marks: of each person, two or more.
    :raises TooDense: where more than :data:`MOST_NEAR` pairs of marks may stand together.
    """
    return _Alignment(marks).best()


class _Alignment:
    """Groups of marks, at most one of each person; marks are numbers into a list of all."""

    def __init__(self, marks: Sequence[Sequence[Mark]]) -> None:
        self._people = len(marks)
        self._pairs = self._people * (self._people - 1) // 2
        self._marks: list[Mark] = []
        self._own: list[list[int]] = []
        for own in marks:
            self._own.append(list(range(len(self._marks), len(self._marks) + len(own))))
            self._marks += own
        self._owners = [person for person, own in enumerate(self._own) for _ in own]
        self._near = self._neighbours()

    def _neighbours(self) -> list[dict[int, float]]:
        """For each mark the dissimilarities of those of others that it may ever stand in a group with.

        A mark gains nothing by joining where one neighbour alone costs more than the pairs that joining saves.

        :raises TooDense: where there are more than :data:`MOST_NEAR`.
        """
        most = EMPTY * (self._pairs + self._people - 1)
        reach = math.sqrt(most / PLACE)
        longest = max((mark.end - mark.start for mark in self._marks), default=0)
        order = sorted(range(len(self._marks)), key=lambda number: self._marks[number].start)
        starts = [self._marks[number].start for number in order]
        near: list[dict[int, float]] = [{} for _ in self._marks]
        found = looked_at = 0
        for place, number in enumerate(order):
            mark = self._marks[number]
            last = bisect_right(starts, mark.start + reach * (mark.end - mark.start + longest))
            looked_at += last - place - 1
            if looked_at > MOST_LOOKED_AT or found > MOST_NEAR:
                raise TooDense
            for other in order[place + 1 : last]:
                if self._owners[other] != self._owners[number]:
                    apart = dissimilarity(mark, self._marks[other])
                    if apart < most:
                        near[number][other] = near[other][number] = apart
                        found += 1
        return near

    def best(self) -> float:
        # Whoever marked most comes first, so that the fewest marks begin groups of their own.
        turns = sorted(range(self._people), key=lambda person: -len(self._own[person]))
        groups: list[list[int]] = []
        for person in turns:
            groups = self._join(groups, person)
        least = self._cost(groups)
        for _ in range(ROUNDS if self._people > 2 else 0):
            for person in turns:
                others = [[number for number in group if self._owners[number] != person] for group in groups]
                groups = self._join([group for group in others if group], person)
            cost = self._cost(groups)
            if cost > least - SMALL_GAIN:
                return min(cost, least)
            least = cost
        return least

    def _join(self, groups: Sequence[list[int]], person: int) -> list[list[int]]:
        """The groups with a person's marks, each where the sum of disorders is the least."""
        home = {number: place for place, group in enumerate(groups) for number in group}
        gains: dict[tuple[int, int], float] = {}
        for number in self._own[person]:
            near = self._near[number]
            for place in {home[other] for other in near if other in home}:
                group = groups[place]
                # Beyond reach costs more than joining can save.
                cost = sum([near.get(other, math.inf) for other in group])
                if cost < (saved := EMPTY * (self._pairs + len(group))):
                    gains[number, place] = saved - cost
        pairs = best_pairs(gains)
        joined = [list(group) for group in groups]
        for number in self._own[person]:
            if number in pairs:
                joined[pairs[number]].append(number)
            else:
                joined.append([number])
        return joined

    def _cost(self, groups: Sequence[Sequence[int]]) -> float:
        total = 0.0
        for group in groups:
            total += EMPTY * (self._pairs - len(group) * (len(group) - 1) // 2)
            total += sum([self._near[one][other] for place, one in enumerate(group) for other in group[place + 1 :]])
        return total / self._pairs
