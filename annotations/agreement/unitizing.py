"""Krippendorff's alpha for marks of words: whether people cut the same units out of a text.

The coefficients for many texts follow Krippendorff, Mathet, Bouvry and Widlöcher (2016), On the reliability of
unitizing textual continua: further developments, Quality & Quantity 50:2347–2364, which corrects the earlier form for
more than two people. :func:`alpha_of_distances` is that earlier form (Krippendorff 2004 and 2013), for
comparison with what was published with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from annotations.agreement.figures import About, Coefficient, Group
from annotations.agreement.ledger import Counts, Key, Numbers
from annotations.agreement.segments import Piece, length, merged, partition, shared, shared_with_label
from annotations.agreement.study import TOGETHER, Mark, Study, TextRead
from annotations.agreement.undefined import Reason, Undefined

GAP = ""
# Everything marked against everything not, whatever the category.
MARKED = "|"

ONE_READER = "texts_with_one_reader"
NO_READER = "texts_without_reader"


@dataclass(frozen=True, slots=True)
class Lengths:
    """Of some texts, in code points: ``total`` is ℓ.., summed over people; ``agreed`` Σ ℓ_cc, gaps included.

    :ivar squares: Σ over categories of ℓ_c², gaps included; ``own`` Σ L² of units and Σ L of gaps.
    """

    total: float
    agreed: float
    squares: float
    own: float
    units: int


def u_alpha(lengths: Lengths) -> float:
    """ᵤα = 1 − (ℓ.. − Σ ℓ_cc) / (ℓ.. − Σ ε_cc), equations 1, 4 and 5a of the paper of 2016.

    ε_cc = ℓ.. (ℓ_c² − Σ L²) / (ℓ..² − Σ L²): what chance would let coincide, where no unit meets itself. Gaps have no
    parts that belong together, so they count with L instead of L².

    :raises Undefined: where nothing is marked, or everything in one and the same unit.
    """
    if not lengths.total:
        raise Undefined(Reason.NO_OVERLAP)
    if not lengths.units:
        raise Undefined(Reason.NO_MARKS)
    room = lengths.total**2 - lengths.own
    expected = lengths.total - lengths.total * (lengths.squares - lengths.own) / room if room else 0
    if expected <= 0:
        raise Undefined(Reason.ALL_MARKED)
    return 1 - (lengths.total - lengths.agreed) / expected


@dataclass(frozen=True, slots=True)
class _Cut:
    """One reader's units of a text: by category, all together, and the lengths that :class:`Lengths` sums."""

    parts: list[tuple[int, int, str]]
    covered: list[Piece]
    by_category: Mapping[str, list[Piece]]
    own: Counter[Key]


def count_units(text: TextRead, study: Study) -> Counter[Key]:
    """What :class:`Lengths` needs of one text, for everybody and each pair, of all categories, each, and none of them.

    ``differ`` counts lengths that the two of a pair do not take for the same, 2 / (m − 1) times for everybody, times
    ``study.scale``.
    """
    counts: Counter[Key] = Counter()
    readers = sorted(text.readers)
    counts["u", "texts", min(len(readers), 2)] += 1
    if len(readers) < 2:
        return counts
    cuts = {reader: _cut(text.marks.get(reader, ())) for reader in readers}
    every = study.scale // (len(readers) - 1)
    pairs = [(one, other) for place, one in enumerate(readers) for other in readers[place + 1 :]]
    for pair in pairs:
        one, other = cuts[pair[0]], cuts[pair[1]]
        for subject, points in _differing(one, other).items():
            counts["u", pair, subject, "differ"] += 2 * points
            counts["u", TOGETHER, subject, "differ"] += 2 * points * every
        _add(counts, pair, text, (one, other))
    _add(counts, TOGETHER, text, list(cuts.values()))
    return counts


def _cut(marks: Sequence[Mark]) -> _Cut:
    by_category: dict[str, list[Mark]] = {}
    for mark in marks:
        by_category.setdefault(mark.category, []).append(mark)
    parts, covered = partition(marks), merged(marks)
    pieces = {category: merged(own) for category, own in by_category.items()}
    own: Counter[Key] = Counter()
    for start, end, category in parts:
        own[GAP, "length", category] += end - start
        own[GAP, "square"] += (end - start) ** 2
    own[GAP, "units"] += len(parts)
    for subject, found in ((MARKED, covered), *pieces.items()):
        own[subject, "length", subject] += length(found)
        own[subject, "square"] += sum((end - start) ** 2 for start, end in found)
        own[subject, "units"] += len(found)
    return _Cut(parts, covered, pieces, own)


def _differing(one: _Cut, other: _Cut) -> dict[str, int]:
    """How many code points the two do not take for the same."""
    reach = length(one.covered) + length(other.covered) - shared(one.covered, other.covered)
    differing = {
        GAP: reach - shared_with_label(one.parts, other.parts),
        MARKED: reach - shared(one.covered, other.covered),
    }
    for category in one.by_category.keys() | other.by_category.keys():
        first, second = one.by_category.get(category, []), other.by_category.get(category, [])
        differing[category] = length(first) + length(second) - 2 * shared(first, second)
    return differing


def _add(counts: Counter[Key], people: object, text: TextRead, cuts: Sequence[_Cut]) -> None:
    counts["u", people, "total"] += text.length * len(cuts)
    for cut in cuts:
        for key, number in cut.own.items():
            counts["u", people, key] += number


def _lengths(numbers: Numbers, *, study: Study, scale: int) -> Lengths:
    """From the total, what differs, squares, units, and the lengths of the categories."""
    if len(study.people) < 2:
        raise Undefined(Reason.ONE_PERSON)
    total, differ, square, units, *marked = numbers
    gaps = total - sum(marked)
    squares = sum(points * points for points in marked) + gaps * gaps
    return Lengths(total, total - differ / scale, squares, square + gaps, units)


def groups_of(study: Study) -> Iterator[Group]:
    """ᵤα of all categories and of each, and ₗᵤα of marked against not, for everybody and each pair."""
    for people in study.everybody_and_pairs:
        for subject in (GAP, MARKED, *study.categories):
            kinds = study.categories if subject == GAP else (subject,)
            units = ("u", people, (subject, "units"))
            yield Group(
                About.WORDS,
                "" if subject == MARKED else subject,
                study.names(people),
                [
                    ("u", people, "total"),
                    ("u", people, subject, "differ"),
                    ("u", people, (subject, "square")),
                    units,
                    *(("u", people, (subject, "length", kind)) for kind in kinds),
                ],
                partial(_lengths, study=study, scale=study.scale if people == TOGETHER else 1),
                [(Coefficient.BAR_U_ALPHA if subject == MARKED else Coefficient.U_ALPHA, u_alpha)],
                partial(_count_at, key=units),
                _skipped,
            )


def _count_at(counts: Counts, *, key: Key) -> int:
    return counts[key]


def _skipped(counts: Counts) -> Mapping[str, int]:
    skipped = {ONE_READER: counts["u", "texts", 1], NO_READER: counts["u", "texts", 0]}
    return {reason: texts for reason, texts in skipped.items() if texts}
