"""How people's choices change from round to round, and how each stands to the others on the same sentences.

Everything is worked out of *crosses*: for each pair of people, how many of the sentences that both read got which label
of the one and which of the other. A person is compared with every partner on what both read, and the comparisons are
added up. A sentence read by m people counts m − 1 times for each of them, so intervals do not rest on the number of
comparisons but on the sentences shared with the partner with whom most were: so many different ones there are at least.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotations.agreement.coefficients import cohen_of_margins
from annotations.agreement.proportions import wilson
from annotations.agreement.undefined import Reason, Undefined

# By pair of people: sentences by the label of the first and that of the second; an empty one is *nothing found*.
Crosses = Mapping[tuple[int, int], Mapping[tuple[str, str], int]]


@dataclass(frozen=True, slots=True)
class Share:
    """A share from 0 to 1 with its interval of 95 %, over at least so many sentences."""

    value: float
    low: float
    high: float
    units: int

    def lies_apart_from(self, other: Share) -> bool:
        """Whether the two intervals have nothing in common."""
        return self.low > other.high or other.low > self.high


@dataclass(frozen=True, slots=True)
class Against:
    """One person against the others.

    :ivar agreement: the share of comparisons in which both chose the same; None where nothing was shared.
    :ivar kappa: Cohen's κ of the table of all comparisons, the person's labels against those of the others; None where
        it is undefined, and ``reason`` says why.
    """

    agreement: Share | None
    kappa: float | None
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Use:
    """How often a label was chosen: by a person, and by the others for the same sentences."""

    label: str
    own: Share
    others: Share


def stand_against(person: int, crosses: Crosses) -> Against:
    """How far a person agrees with the others.

    Cohen (1960), Educational and Psychological Measurement 20:37–46, page 45, as two people's 200 units:

    >>> table = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
    >>> crosses = {(1, 2): {(a, b): table["xyz".index(a)]["xyz".index(b)] for a in "xyz" for b in "xyz"}}
    >>> found = stand_against(1, crosses)
    >>> found.agreement.value, found.agreement.units, round(found.kappa, 3)
    (0.7, 200, 0.492)
    """
    table, units = _compared(person, crosses)
    total = table.total()
    if not total:
        return Against(None, None, Reason.NO_OVERLAP)
    same = sum(number for (own, other), number in table.items() if own == other)
    agreement = _share(same, total, units)
    labels = sorted({label for pair in table for label in pair})
    own, others = _margins(table)
    try:
        kappa = cohen_of_margins(same / total, [own[label] for label in labels], [others[label] for label in labels])
    except Undefined as undefined:
        return Against(agreement, None, undefined.reason)
    return Against(agreement, kappa, None)


def use_against(person: int, crosses: Crosses) -> list[Use]:
    """How often a person chose each label, beside the others on the same sentences; by label, those nobody chose left
    out.
    """
    table, units = _compared(person, crosses)
    own, others = _margins(table)
    total = table.total()
    return [
        Use(label, _share(own[label], total, units), _share(others[label], total, units))
        for label in sorted(own.keys() | others.keys())
    ]


def use_together(crosses: Crosses) -> dict[str, Share]:
    """How often everybody together chose each label, every comparison with both its labels."""
    chosen: Counter[str] = Counter()
    for counts in crosses.values():
        for (one, other), number in counts.items():
            chosen[one] += number
            chosen[other] += number
    units = max((sum(counts.values()) for counts in crosses.values()), default=0)
    total = chosen.total()
    return {label: _share(number, total, units) for label, number in sorted(chosen.items()) if number}


def people_in(crosses: Crosses) -> list[int]:
    """Everybody who is compared with somebody."""
    return sorted({person for pair in crosses for person in pair})


def crosses_of(stored: Mapping[str, Iterable[tuple[str, str, int]]]) -> Crosses:
    """As a measurement keeps them: by ``"key,key"``, lists of first's label, second's label, sentences."""
    found = {}
    for pair, counts in stored.items():
        one, other = (int(key) for key in pair.split(","))
        found[one, other] = {(first, second): number for first, second, number in counts}
    return found


def _compared(person: int, crosses: Crosses) -> tuple[Counter[tuple[str, str]], int]:
    """All comparisons of a person, their own label first, and how many different sentences these are at least."""
    table: Counter[tuple[str, str]] = Counter()
    units = 0
    for (one, other), counts in crosses.items():
        if person not in (one, other):
            continue
        units = max(units, sum(counts.values()))
        for (first, second), number in counts.items():
            table[(first, second) if person == one else (second, first)] += number
    return table, units


def _margins(table: Counter[tuple[str, str]]) -> tuple[Counter[str], Counter[str]]:
    own, others = Counter[str](), Counter[str]()
    for (first, second), number in table.items():
        own[first] += number
        others[second] += number
    return own, others


def _share(hits: int, of: int, units: int) -> Share:
    value = hits / of
    return Share(value, *wilson(value * units, units), units)
