"""Our coefficients against the packages that others use, on answers drawn at random."""

import krippendorff
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some
from numpy import array, nan
from sklearn.metrics import cohen_kappa_score

from annotations.agreement.figures import Coefficient
from annotations.agreement.measuring import measure
from annotations.agreement.study import Question, Study, TextRead
from annotations.agreement.weights import Level

VALUES = (1, 2, 3, 5)
Units = list[tuple[int | None, ...]]


def figures(units: Units, level: Level) -> dict[tuple[str, bool], float | None]:
    people = tuple("abcd"[: len(units[0])])
    question = Question("q", VALUES, level)
    rows = [tuple(VALUES.index(value) if value is not None else None for value in unit) for unit in units]
    # Two texts, so that sums over texts are compared as well.
    texts = tuple(
        TextRead(name, 1, tuple(range(len(people))), {"q": part})
        for name, part in (("one", rows[: len(rows) // 2]), ("two", rows[len(rows) // 2 :]))
    )
    measured = measure(Study(people, texts, (question,)), samples=0)
    return {(figure.coefficient, bool(figure.people)): figure.value for figure in measured}


def units_of(people: int, *, has_missing: bool) -> some.SearchStrategy[Units]:
    answer = some.sampled_from(VALUES)
    return some.lists(some.tuples(*[some.none() | answer if has_missing else answer] * people), min_size=2, max_size=12)


@pytest.mark.parametrize("level", list(Level))
@settings(max_examples=40, deadline=None)
@given(units=units_of(4, has_missing=True))
def test_alpha_is_that_of_the_package_krippendorff(level: Level, units: Units) -> None:
    ours = figures(units, level)[Coefficient.ALPHA, False]
    assume(ours is not None)

    matrix = array([[nan if value is None else value for value in person] for person in zip(*units, strict=True)])
    theirs = krippendorff.alpha(matrix, value_domain=VALUES, level_of_measurement=level.value)

    assert ours == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize(
    ("coefficient", "weights"),
    [(Coefficient.COHEN, None), (Coefficient.COHEN_LINEAR, "linear"), (Coefficient.COHEN_QUADRATIC, "quadratic")],
)
@settings(max_examples=40, deadline=None)
@given(units=units_of(2, has_missing=False))
def test_kappa_is_that_of_scikit_learn(coefficient: Coefficient, weights: str | None, units: Units) -> None:
    ours = figures(units, Level.ORDINAL)[coefficient, True]
    assume(ours is not None)

    first, second = zip(*units, strict=True)
    theirs = cohen_kappa_score(first, second, labels=VALUES, weights=weights)

    assert ours == pytest.approx(theirs, abs=1e-12)
