"""What holds of every coefficient, whatever people did."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from annotations.agreement.alignment import disorder, dissimilarity
from annotations.agreement.assignment import best_pairs
from annotations.agreement.figures import Coefficient, Figure
from annotations.agreement.links import matching_claims
from annotations.agreement.measuring import measure
from annotations.agreement.segments import partition
from annotations.agreement.study import ClaimMade, Mark, Question, Study, TextRead
from annotations.agreement.undefined import SENTENCES, Reason
from annotations.agreement.weights import Level

PEOPLE = ("ann", "ben", "eve")
CATEGORIES = ("doubt", "spin")
LENGTH = 60

marks = some.builds(
    lambda start, length, category: Mark(start, min(LENGTH, start + length), category),
    some.integers(0, LENGTH - 1),
    some.integers(1, 25),
    some.sampled_from(CATEGORIES),
)


@some.composite
def studies(draw: some.DrawFn) -> Study:
    question = Question("severity", (0, 1, 2), Level.ORDINAL)
    texts = []
    for number in range(draw(some.integers(0, 3))):
        readers = tuple(sorted(draw(some.sets(some.sampled_from(range(3))))))
        row = some.tuples(*[some.none() | some.sampled_from(range(3))] * 3)
        texts.append(
            TextRead(
                str(number),
                LENGTH,
                readers,
                {"severity": draw(some.lists(row, max_size=5))},
                {reader: draw(some.lists(marks, max_size=6)) for reader in readers},
                {reader: [ClaimMade(0, 9, "x", frozenset("e"), "true")] for reader in readers},
            )
        )
    return Study(PEOPLE, tuple(texts), (question,), CATEGORIES, has_marks=True, has_claims=True)


@settings(max_examples=15, deadline=None)
@given(study=studies())
def test_a_figure_is_a_number_up_to_one_or_says_why_not(study: Study) -> None:
    figures = measure(study, samples=5)

    for figure in figures:
        assert (figure.value is None) == (figure.reason is not None)
        assert figure.value is None or (math.isfinite(figure.value) and figure.value <= 1 + 1e-9), figure
        assert (figure.low is None) == (figure.high is None)
        assert figure.low is not None or figure.reason or figure.interval_reason


def study_of(*texts: TextRead, people: tuple[str, ...] = PEOPLE) -> Study:
    return Study(people, texts, (Question("tag", ("none", "spin")),), CATEGORIES, has_marks=True, has_claims=True)


def figure(study: Study, coefficient: Coefficient, subject: str = "", *, samples: int = 0) -> Figure:
    measured = measure(study, samples=samples)
    return next(one for one in measured if one.coefficient == coefficient and one.subject == subject and not one.people)


def test_one_person_has_nobody_to_agree_with() -> None:
    study = study_of(TextRead("t", 9, (0,), {"tag": [(0,), (1,)]}), people=("ann",))

    assert {one.reason for one in measure(study, samples=0)} == {Reason.ONE_PERSON}


def test_people_who_read_different_texts_have_no_overlap() -> None:
    study = study_of(
        TextRead("a", 9, (0,), {"tag": [(0, None, None)]}), TextRead("b", 9, (1,), {"tag": [(None, 1, None)]})
    )

    found = figure(study, Coefficient.ALPHA, "tag")

    assert found.reason == Reason.NO_OVERLAP
    assert found.skipped == {"one_answer": 2}
    assert figure(study, Coefficient.GAMMA).reason == Reason.NO_OVERLAP


def test_one_and_the_same_answer_everywhere_leaves_nothing_to_tell_from_chance() -> None:
    study = study_of(TextRead("t", 9, (0, 1, 2), {"tag": [(0, 0, 0)] * 4}))

    assert figure(study, Coefficient.PERCENT, "tag").value == 1
    for coefficient in (Coefficient.ALPHA, Coefficient.FLEISS, Coefficient.AC1):
        assert figure(study, coefficient, "tag").reason == Reason.ONE_VALUE


def test_readers_who_marked_nothing_are_said_to_have_marked_nothing() -> None:
    study = study_of(TextRead("t", 9, (0, 1, 2)))

    for coefficient in (Coefficient.U_ALPHA, Coefficient.GAMMA, Coefficient.F1_EXACT, Coefficient.SAME_CLAIM):
        assert figure(study, coefficient).reason == Reason.NO_MARKS


def test_whoever_read_and_marked_nothing_disagrees_with_whoever_marked() -> None:
    silent = study_of(TextRead("t", 50, (0, 1), {}, {0: [Mark(0, 9, "spin")]}))
    absent = study_of(TextRead("t", 50, (0,), {}, {0: [Mark(0, 9, "spin")]}))

    assert figure(silent, Coefficient.F1_EXACT).value == 0
    assert figure(absent, Coefficient.F1_EXACT).reason == Reason.NO_MARKS


@pytest.mark.parametrize(
    "coefficient",
    [Coefficient.U_ALPHA, Coefficient.BAR_U_ALPHA, Coefficient.GAMMA, Coefficient.F1_EXACT, Coefficient.F1_OVERLAP],
)
def test_the_same_marks_agree_fully(coefficient: Coefficient) -> None:
    same = [Mark(3, 9, "spin"), Mark(5, 30, "doubt")]
    study = study_of(TextRead("t", 50, (0, 1, 2), {}, dict.fromkeys(range(3), same)))

    assert figure(study, coefficient).value == pytest.approx(1)


def test_claims_are_the_same_by_their_words_and_compared_for_what_is_tied_to_them() -> None:
    study = study_of(
        TextRead(
            "t",
            99,
            (0, 1),
            claims={
                0: [ClaimMade(0, 20, "Minister", frozenset("ab"), "true"), ClaimMade(40, 50)],
                1: [ClaimMade(5, 20, "Minister", frozenset("bc"), "false"), ClaimMade(48, 70)],
            },
        )
    )

    found = {
        name: figure(study, name).value
        for name in (
            Coefficient.SAME_CLAIM,
            Coefficient.SAME_SPEAKER,
            Coefficient.SAME_EVIDENCE,
            Coefficient.SAME_VERDICT,
        )
    }

    assert found == {
        Coefficient.SAME_CLAIM: 0.5,
        Coefficient.SAME_SPEAKER: 1,
        Coefficient.SAME_EVIDENCE: pytest.approx(1 / 3, abs=1e-6),
        Coefficient.SAME_VERDICT: 0,
    }


def test_the_same_seed_gives_the_same_figures_and_another_one_other_intervals() -> None:
    texts = [
        TextRead(str(number), 9, (0, 1, 2), {"tag": [(0, number % 2, 1), (1, 1, number % 3 % 2)]})
        for number in range(9)
    ]

    first, again, other = (measure(study_of(*texts), samples=50, seed=seed) for seed in (1, 1, 2))

    assert first == again
    assert [one.value for one in first] == [one.value for one in other]
    assert [one.low for one in first] != [one.low for one in other]


def test_an_interval_holds_the_figure_and_is_narrow_where_texts_are_alike() -> None:
    alike = [TextRead(str(number), 9, (0, 1, 2), {"tag": [(0, 0, 1), (1, 1, 1)]}) for number in range(8)]
    unlike = [
        TextRead(str(number), 9, (0, 1, 2), {"tag": [(0, 0, 0), (1, 1, 1)] if number % 2 else [(0, 1, 0)]})
        for number in range(8)
    ]

    narrow, wide = (figure(study_of(*texts), Coefficient.PERCENT, "tag", samples=200) for texts in (alike, unlike))

    assert narrow.low == narrow.value == narrow.high
    assert wide.low is not None
    assert wide.high is not None
    assert wide.value is not None
    assert wide.low < wide.value < wide.high


def test_one_text_has_figures_without_intervals() -> None:
    study = study_of(TextRead("t", 9, (0, 1, 2), {"tag": [(0, 0, 1), (1, 1, 1)]}))

    found = figure(study, Coefficient.PERCENT, "tag", samples=50)

    assert found.low is None
    assert found.interval_reason == Reason.FEW_TEXTS


def test_every_reason_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Reason)


@given(own=some.lists(marks, max_size=8))
def test_pieces_do_not_overlap_and_cover_what_was_marked(own: list[Mark]) -> None:
    pieces = partition(own)

    assert all(one[1] <= other[0] for one, other in itertools.pairwise(pieces))
    covered = {place for start, end, _ in pieces for place in range(start, end)}
    assert covered == {place for mark in own for place in range(mark.start, mark.end)}


def test_words_marked_twice_belong_to_the_inner_mark() -> None:
    assert partition([Mark(0, 20, "doubt"), Mark(5, 9, "spin")]) == [(0, 5, "doubt"), (5, 9, "spin"), (9, 20, "doubt")]


@given(
    gains=some.dictionaries(
        some.tuples(some.integers(0, 4), some.integers(0, 4)), some.integers(1, 20).map(float), max_size=14
    )
)
def test_pairs_gain_as_much_as_the_best_of_all_ways(gains: dict[tuple[int, int], float]) -> None:
    found = best_pairs(gains)

    best = max(
        sum(gains.get((row, column), 0.0) for row, column in enumerate(order))
        for order in itertools.permutations(range(5))
    )
    assert len(set(found.values())) == len(found)
    assert sum(gains[pair] for pair in found.items()) == pytest.approx(best)


@given(first=some.lists(marks, max_size=3), second=some.lists(marks, max_size=3))
def test_two_peoples_alignment_is_the_best_of_all(first: list[Mark], second: list[Mark]) -> None:
    padded = [*second, *[None] * len(first)]

    best = min(
        sum(1.0 if other is None else dissimilarity(one, other) for one, other in zip(first, order, strict=False))
        + sum(1.0 for other in order[len(first) :] if other is not None)
        for order in itertools.permutations(padded)
    )

    assert disorder([first, second]) == pytest.approx(best)


@settings(max_examples=40, deadline=None)
@given(own=some.lists(some.lists(marks, max_size=2), min_size=3, max_size=3))
def test_three_peoples_alignment_is_no_worse_than_leaving_everybody_alone(own: list[list[Mark]]) -> None:
    assert disorder(own) <= sum(map(len, own)) + 1e-9


def test_ten_thousand_marks_on_one_text_have_every_figure_but_the_one_that_would_take_hours() -> None:
    many = [Mark(place, place + 8, CATEGORIES[place % 20 // 10]) for place in range(0, 100_000, 10)]
    moved = [Mark(mark.start + 2, mark.end + 1, mark.category) for mark in many]
    claims = [ClaimMade(mark.start, mark.end) for mark in many], [ClaimMade(mark.start, mark.end) for mark in moved]
    text = TextRead("t", 100_001, (0, 1), {"tag": [(0, 1, None)]}, {0: many, 1: moved}, dict(enumerate(claims)))

    found = {each.coefficient: each for each in measure(study_of(text), samples=5) if not each.people}

    assert found[Coefficient.F1_EXACT].value == 0
    assert found[Coefficient.F1_OVERLAP].value == 1
    assert found[Coefficient.SAME_CLAIM].value == 1
    assert found[Coefficient.BAR_U_ALPHA].value == pytest.approx(0.2, abs=1e-3)
    assert (found[Coefficient.GAMMA].value, found[Coefficient.GAMMA].reason) == (None, Reason.TOO_DENSE)
    assert found[Coefficient.GAMMA].skipped == {"texts_too_dense": 1}


def test_a_text_with_too_many_marks_near_each_other_leaves_gamma_to_the_others() -> None:
    dense = [[Mark(start, start + 40, "spin") for start in range(person, 300 + person)] for person in range(2)]
    with_it = study_of(
        TextRead("a", 50, (0, 1), {}, {0: [Mark(3, 9, "spin")], 1: [Mark(3, 12, "spin")]}),
        TextRead("b", 400, (0, 1), {}, dict(enumerate(dense))),
    )
    without = study_of(with_it.texts[0])

    assert figure(with_it, Coefficient.GAMMA).skipped == {"texts_too_dense": 1}
    assert figure(with_it, Coefficient.GAMMA).value == pytest.approx(figure(without, Coefficient.GAMMA).value, abs=0.1)


def test_claims_that_all_compete_are_matched_one_to_one_all_the_same() -> None:
    first = [ClaimMade(start, start + 400) for start in range(160)]
    second = [ClaimMade(start, start + 400) for start in range(160)]

    pairs = matching_claims(first, second)

    assert pairs == list(zip(first, second, strict=True))
