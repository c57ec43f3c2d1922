"""Agreement on questions: which units count, and which coefficients each level has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product

from annotations.agreement import coefficients
from annotations.agreement.figures import About, Coefficient, Formula, Group
from annotations.agreement.ledger import Counts, Key, Numbers
from annotations.agreement.study import TOGETHER, Question, Row, Study
from annotations.agreement.undefined import Reason, Undefined
from annotations.agreement.weights import Level, Matrix, linear, quadratic

# Why a unit is left out of a figure.
ONE_ANSWER = "one_answer"
NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class Pairs:
    """What coefficients need of pairs of answers, of two people or of all.

    :ivar agreement: the share of pairs that are the same, each unit weighing the same.
    :ivar same: how many are the same, each unit counting with its answers (Σ o_cc), of ``totals`` by value (n_c).
    :ivar shares: the mean share of each value.
    :ivar rows: how often the first of two people gave each value, ``columns`` the second; empty for several.
    :ivar table: the pairs by value and value, where the question has an order: units by first and second for two
        people, coincidences for several; ``weighed`` the same with each unit weighing the same.
    """

    agreement: float
    same: float
    totals: Sequence[float]
    shares: Sequence[float]
    rows: Sequence[float] = ()
    columns: Sequence[float] = ()
    table: Matrix = ()
    weighed: Matrix = ()


def count_answers(question: Question, rows: Sequence[Row], study: Study) -> Counter[Key]:
    """What :class:`Pairs` needs of one text, by its fields, as whole numbers of 1 / ``study.scale`` for everybody."""
    name = question.name
    counts: Counter[Key] = Counter()
    for row, times in Counter(rows).items():
        answers = Counter(place for place in row if place is not None)
        counts[name, "answers", min(answers.total(), 2)] += times
        _count_unit(counts, question, answers, times, study.scale)
    columns = list(zip(*rows, strict=True))
    for pair in study.pairs if columns else ():
        for (one, other), times in Counter(zip(columns[pair[0]], columns[pair[1]], strict=True)).items():
            if one is None or other is None:
                counts[name, "apart", pair] += times
                continue
            counts[name, pair, "units"] += times
            counts[name, pair, "first", one] += times
            counts[name, pair, "second", other] += times
            if one == other:
                counts[name, pair, "same"] += times
            if question.level is not Level.NOMINAL:
                counts[name, pair, one, other] += times
    return counts


def _count_unit(counts: Counter[Key], question: Question, answers: Counter[int], times: int, scale: int) -> None:
    """Each ordered pair of m answers counts 1 / (m − 1) times as a coincidence, 1 / (m (m − 1)) times as a mean."""
    given, name = answers.total(), question.name
    for value, often in answers.items():
        counts[name, TOGETHER, "share", value] += times * often * (scale // given)
    if given < 2:
        return
    for value, often in answers.items():
        counts[name, TOGETHER, "total", value] += times * often
        counts[name, TOGETHER, "same"] += times * often * (often - 1) * (scale // (given - 1))
        counts[name, TOGETHER, "agreed"] += times * often * (often - 1) * (scale // (given * (given - 1)))
    if question.level is Level.NOMINAL:
        return
    for (one, often), (other, again) in product(answers.items(), repeat=2):
        ordered = times * often * (again - (one == other))
        counts[name, TOGETHER, one, other] += ordered * (scale // (given - 1))
        counts[name, TOGETHER, "mean", one, other] += ordered * (scale // (given * (given - 1)))


def groups_of(question: Question, study: Study) -> Iterator[Group]:
    """The figures of a question: everybody's, then each pair's."""
    places = range(len(question.values))
    name, ordered = question.name, question.level is not Level.NOMINAL
    cells = [(one, other) for one in places for other in places] if ordered else []
    yield Group(
        About.SENTENCES,
        name,
        (),
        [
            (name, "answers", 2),
            (name, "answers", 1),
            (name, TOGETHER, "same"),
            (name, TOGETHER, "agreed"),
            *((name, TOGETHER, field, place) for field in ("total", "share") for place in places),
            *((name, TOGETHER, *cell) for cell in cells),
            *((name, TOGETHER, "mean", *cell) for cell in cells),
        ],
        partial(_everybody, size=len(places), study=study),
        _formulas(question, is_pair=False),
        lambda counts: counts[name, "answers", 2],
        lambda counts: _some({ONE_ANSWER: counts[name, "answers", 1], NO_ANSWER: counts[name, "answers", 0]}),
    )
    for pair in study.pairs:
        yield Group(
            About.SENTENCES,
            name,
            (study.people[pair[0]], study.people[pair[1]]),
            [
                (name, pair, "units"),
                (name, pair, "same"),
                *((name, pair, field, place) for field in ("first", "second") for place in places),
                *((name, pair, *cell) for cell in cells),
            ],
            partial(_two, size=len(places)),
            _formulas(question, is_pair=True),
            partial(_count_at, key=(name, pair, "units")),
            partial(_apart, key=(name, "apart", pair)),
        )


def _count_at(counts: Counts, *, key: Key) -> int:
    return counts[key]


def _apart(counts: Counts, *, key: Key) -> Mapping[str, int]:
    return _some({ONE_ANSWER: counts[key]})


def _some(skipped: Mapping[str, int]) -> Mapping[str, int]:
    return {reason: units for reason, units in skipped.items() if units}


def _everybody(numbers: Numbers, *, size: int, study: Study) -> Pairs:
    if len(study.people) < 2:
        raise Undefined(Reason.ONE_PERSON)
    units, single, same, agreed = numbers[:4]
    if not units:
        raise Undefined(Reason.NO_OVERLAP)
    scale, rest = study.scale, numbers[4 + 2 * size :]
    return Pairs(
        agreed / (units * scale),
        same / scale,
        numbers[4 : 4 + size],
        [share / ((units + single) * scale) for share in numbers[4 + size : 4 + 2 * size]],
        table=[[count / scale for count in row] for row in _rows(rest[: size * size], size)],
        weighed=_rows(rest[size * size :], size),
    )


def _two(numbers: Numbers, *, size: int) -> Pairs:
    units, same = numbers[:2]
    if not units:
        raise Undefined(Reason.NO_OVERLAP)
    rows, columns = numbers[2 : 2 + size], numbers[2 + size : 2 + 2 * size]
    totals = [row + column for row, column in zip(rows, columns, strict=True)]
    table = _rows(numbers[2 + 2 * size :], size)
    shares = [total / (2 * units) for total in totals]
    return Pairs(same / units, 2 * same, totals, shares, rows, columns, table, table)


def _rows(cells: Numbers, size: int) -> Matrix:
    return [cells[start : start + size] for start in range(0, len(cells), size)]


def _formulas(question: Question, *, is_pair: bool) -> list[tuple[Coefficient, Formula]]:
    chance: tuple[Coefficient, Formula] = (
        (Coefficient.COHEN, lambda pairs: coefficients.cohen_of_margins(pairs.agreement, pairs.rows, pairs.columns))
        if is_pair
        else (Coefficient.FLEISS, lambda pairs: coefficients.fleiss(pairs.agreement, pairs.shares))
    )
    number = len(question.values)
    formulas: list[tuple[Coefficient, Formula]] = [
        (Coefficient.PERCENT, lambda pairs: pairs.agreement),
        chance,
        (Coefficient.AC1, lambda pairs: coefficients.gwet(pairs.agreement, pairs.shares, sum_of_weights=number)),
    ]
    if question.level is Level.NOMINAL:
        nominal: Formula = lambda pairs: coefficients.alpha_of_margins(pairs.same, pairs.totals)  # noqa: E731
        return [*formulas, (Coefficient.ALPHA, nominal)]
    return [*formulas, *_formulas_of_order(question, is_pair=is_pair)]


def _formulas_of_order(question: Question, *, is_pair: bool) -> Iterator[tuple[Coefficient, Formula]]:
    numbers = question.numbers
    straight, near = linear(numbers), quadratic(numbers)
    sum_of_weights = sum(map(sum, near))

    def alpha(pairs: Pairs) -> float:
        return coefficients.alpha(_both_ways(pairs.table) if is_pair else pairs.table, question.level, numbers)

    def ac2(pairs: Pairs) -> float:
        observed = coefficients.percent(pairs.weighed, near)
        return coefficients.gwet(observed, pairs.shares, sum_of_weights=sum_of_weights)

    yield Coefficient.ALPHA, alpha
    yield Coefficient.AC2, ac2
    if is_pair:
        yield Coefficient.COHEN_LINEAR, lambda pairs: coefficients.cohen(pairs.table, straight)
        yield Coefficient.COHEN_QUADRATIC, lambda pairs: coefficients.cohen(pairs.table, near)


def _both_ways(table: Matrix) -> Matrix:
    """The coincidences of two people: each unit once in either order."""
    places = range(len(table))
    return [[table[one][other] + table[other][one] for other in places] for one in places]
