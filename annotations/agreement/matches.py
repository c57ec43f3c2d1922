"""How many marks of two people are the same, and how many touch: F₁.

F₁ = 2PR / (P + R) of two people with either as the standard; for exact matches it is the positive specific agreement
2a / (2a + b + c), to which κ tends where what nobody marked cannot be counted (Hripcsak and Rothschild 2005, Journal of
the American Medical Informatics Association 12:296–298).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from annotations.agreement.figures import About, Coefficient, Group
from annotations.agreement.ledger import Counts, Key, Numbers
from annotations.agreement.segments import Piece, merged, touching
from annotations.agreement.study import TOGETHER, Mark, Study, TextRead
from annotations.agreement.undefined import Reason, Undefined

EVERY = ""
# How many numbers Matches has.
FIELDS = 5


@dataclass(frozen=True, slots=True)
class Matches:
    """Marks of the first and of the second, those that are the same, and those of either that touch the other's."""

    first: int
    second: int
    exact: int
    first_touching: int
    second_touching: int


def f1_exact(matches: Matches) -> float:
    """2 · the same / all: 4 and 6 marks of which 3 are the same make 0.6.

    :raises Undefined: where neither marked anything.
    """
    if not matches.first + matches.second:
        raise Undefined(Reason.NO_MARKS)
    return 2 * matches.exact / (matches.first + matches.second)


def f1_overlap(matches: Matches) -> float:
    """2PR / (P + R); P is the share of the first's marks that touch one of the second's, R the other way round.

    Touching is one code point in common with a mark of the same category. A mark may touch several.

    :raises Undefined: where neither marked anything.
    """
    if not matches.first + matches.second:
        raise Undefined(Reason.NO_MARKS)
    if not matches.first_touching or not matches.second_touching:
        return 0.0
    precision, recall = matches.first_touching / matches.first, matches.second_touching / matches.second
    return 2 * precision * recall / (precision + recall)


def count_matches(text: TextRead, study: Study) -> Counter[Key]:
    """What :class:`Matches` needs of one text. A person's two marks of the same words and category count once."""
    counts: Counter[Key] = Counter()
    own = {reader: _by_category(text.marks.get(reader, ())) for reader in text.readers}
    pieces = {
        reader: {category: _union(spans) for category, spans in categories.items()}
        for reader, categories in own.items()
    }
    for pair in study.pairs:
        one, other = pair
        if one not in own or other not in own:
            continue
        sums = [0] * FIELDS
        for category in own[one].keys() | own[other].keys():
            first, second = own[one].get(category, set()), own[other].get(category, set())
            found = (
                len(first),
                len(second),
                len(first & second),
                touching(first, pieces[other].get(category, [])),
                touching(second, pieces[one].get(category, [])),
            )
            _add(counts, pair, category, found)
            sums = [before + number for before, number in zip(sums, found, strict=True)]
        _add(counts, pair, EVERY, sums)
    return counts


def _add(counts: Counter[Key], pair: tuple[int, int], subject: str, found: Iterable[int]) -> None:
    for place, number in enumerate(found):
        if number:
            counts["f1", pair, subject, place] += number
            counts["f1", TOGETHER, subject, place] += number


def _by_category(marks: Iterable[Mark]) -> Mapping[str, set[Piece]]:
    by_category: dict[str, set[Piece]] = {}
    for mark in marks:
        by_category.setdefault(mark.category, set()).add((mark.start, mark.end))
    return by_category


def _union(spans: Iterable[Piece]) -> list[Piece]:
    return merged(Mark(start, end, "") for start, end in spans)


def _matches(numbers: Numbers, *, study: Study) -> Matches:
    if len(study.people) < 2:
        raise Undefined(Reason.ONE_PERSON)
    return Matches(*numbers)


def groups_of(study: Study) -> Iterator[Group]:
    """Each pair's figures; everybody's pool the marks of all pairs."""
    for people in study.everybody_and_pairs:
        for subject in (EVERY, *study.categories):
            keys = [("f1", people, subject, place) for place in range(FIELDS)]
            yield Group(
                About.MARKS,
                subject,
                study.names(people),
                keys,
                partial(_matches, study=study),
                [(Coefficient.F1_EXACT, f1_exact), (Coefficient.F1_OVERLAP, f1_overlap)],
                partial(_both, keys=keys[:2]),
            )


def _both(counts: Counts, *, keys: Iterable[Key]) -> int:
    return sum(counts[key] for key in keys)
