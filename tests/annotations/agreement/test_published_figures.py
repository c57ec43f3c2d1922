"""Figures that papers print, from the answers that they print."""

from collections.abc import Sequence

import pytest

from annotations.agreement.alignment import disorder, dissimilarity
from annotations.agreement.coefficients import alpha, cohen, fleiss
from annotations.agreement.distances import alpha_of_distances, expected_disagreement, observed_disagreement
from annotations.agreement.figures import Coefficient
from annotations.agreement.measuring import measure
from annotations.agreement.study import Mark, Question, Study, TextRead
from annotations.agreement.weights import Level, identity, linear, quadratic
from tests.annotations.agreement.published import (
    COHEN_1960,
    FLEISS_1971,
    GWET_2014,
    KRIPPENDORFF_2004,
    KRIPPENDORFF_2011,
    MATHET_FIGURE_10,
)


def figures_of_units(
    units: Sequence[tuple[int | None, ...]], values: list[int], level: Level
) -> dict[str, float | None]:
    question = Question("q", tuple(values), level)
    rows = [tuple(values.index(value) if value is not None else None for value in unit) for unit in units]
    people = tuple(f"person {number}" for number in range(len(units[0])))
    study = Study(people, (TextRead("t", 1, tuple(range(len(people))), {"q": rows}),), (question,))
    return {figure.coefficient: figure.value for figure in measure(study, samples=0) if not figure.people}


@pytest.mark.parametrize(
    ("level", "published"), [(Level.NOMINAL, 0.743), (Level.ORDINAL, 0.815), (Level.INTERVAL, 0.849)]
)
def test_alpha_is_that_of_krippendorff_2011(level: Level, published: float) -> None:
    figures = figures_of_units(KRIPPENDORFF_2011, [1, 2, 3, 4, 5], level)

    assert figures[Coefficient.ALPHA] == pytest.approx(published, abs=0.0005)


def test_alpha_has_four_digits_of_the_fractions_behind_the_papers_three() -> None:
    nominal, ordinal, interval = (
        figures_of_units(KRIPPENDORFF_2011, [1, 2, 3, 4, 5], level)[Coefficient.ALPHA] for level in Level
    )

    assert [nominal, ordinal, interval] == pytest.approx([0.74342, 0.81539, 0.84911], abs=0.000005)


def test_several_raters_with_missing_ratings_are_those_of_gwet_2014() -> None:
    figures = figures_of_units(KRIPPENDORFF_2011, [1, 2, 3, 4, 5], Level.NOMINAL)

    assert figures[Coefficient.AC1] == pytest.approx(0.77544, abs=0.000005)
    assert figures[Coefficient.FLEISS] == pytest.approx(0.76117, abs=0.000005)
    assert figures[Coefficient.PERCENT] == pytest.approx(0.81818, abs=0.000005)


def test_kappa_of_several_raters_is_that_of_fleiss_1971() -> None:
    units = [tuple(value for value, often in enumerate(counts) for _ in range(often)) for counts in FLEISS_1971]

    figures = figures_of_units(units, [0, 1, 2, 3, 4], Level.NOMINAL)

    assert figures[Coefficient.FLEISS] == pytest.approx(0.430, abs=0.0005)
    assert figures[Coefficient.PERCENT] == pytest.approx(0.5556, abs=0.00005)


def test_the_chance_of_fleiss_1971_is_the_sum_of_squared_shares() -> None:
    shares = [sum(counts[value] for counts in FLEISS_1971) / 180 for value in range(5)]

    assert sum(share**2 for share in shares) == pytest.approx(0.220, abs=0.0005)
    assert fleiss(0.5556, shares) == pytest.approx(0.430, abs=0.0005)


def test_kappa_of_two_is_that_of_cohen_1960() -> None:
    assert cohen(COHEN_1960, identity([0, 1, 2])) == pytest.approx(0.4915, abs=0.00005)


def test_weights_of_cohen_1968_give_his_kappa() -> None:
    """Disagreements weigh 1 (first and second), 3 (second and third), 6 (first and third) in his table 1."""
    disagreement = [[0, 1, 3], [1, 0, 6], [3, 6, 0]]
    weights = [[1 - cost / 6 for cost in row] for row in disagreement]

    assert cohen(COHEN_1960, weights) == pytest.approx(0.348, abs=0.0005)


@pytest.mark.parametrize(
    ("coefficient", "published"),
    [(Coefficient.COHEN, 0.7964), (Coefficient.AC1, 0.8493), (Coefficient.PERCENT, 0.89)],
)
def test_two_raters_are_those_of_gwet_2014(coefficient: Coefficient, published: float) -> None:
    units = [(one, other) for one, row in enumerate(GWET_2014) for other, often in enumerate(row) for _ in range(often)]
    question = Question("q", (0, 1, 2))
    study = Study(("a", "b"), (TextRead("t", 1, (0, 1), {"q": units}),), (question,))

    figures = {figure.coefficient: figure.value for figure in measure(study, samples=0) if figure.people}

    assert figures[coefficient] == pytest.approx(published, abs=0.00005)


def test_linear_and_quadratic_weights_fall_with_the_distance() -> None:
    assert linear([0, 1, 2]) == [[1, 0.5, 0], [0.5, 1, 0.5], [0, 0.5, 1]]
    assert quadratic([0, 1, 2]) == [[1, 0.75, 0], [0.75, 1, 0.75], [0, 0.75, 1]]


def test_alpha_of_two_observers_and_a_dichotomy_is_that_of_krippendorff_2011() -> None:
    """Section A: ten units, o_00 = 10, o_01 = 4, o_11 = 2."""
    assert alpha([[10, 4], [4, 2]], Level.NOMINAL, [0, 1]) == pytest.approx(0.095, abs=0.0005)


def test_unitizing_is_that_of_krippendorff_2004() -> None:
    """The book gives 0.8591 from disagreements rounded to four digits; unrounded it is 0.8587."""
    observed = {category: observed_disagreement(KRIPPENDORFF_2004, category, length=300) for category in "ck"}
    expected = {category: expected_disagreement(KRIPPENDORFF_2004, category, length=300) for category in "ck"}

    assert observed == {"c": pytest.approx(0.0144, abs=0.00005), "k": 0}
    assert expected == {"c": pytest.approx(0.0532, abs=0.00005), "k": pytest.approx(0.0490, abs=0.00005)}
    assert alpha_of_distances(KRIPPENDORFF_2004, length=300) == pytest.approx(0.8587, abs=0.00005)


@pytest.mark.parametrize(
    ("one", "other", "place"),
    [
        (Mark(4, 14, "A"), Mark(40, 44, "A"), 22.2),
        (Mark(4, 14, "A"), Mark(4, 14, "A"), 0),
        (Mark(4, 14, "A"), Mark(20, 25, "A"), 3.2),
        (Mark(4, 14, "A"), Mark(14, 24, "A"), 1),
        (Mark(20, 30, "A"), Mark(20, 25, "A"), 0.11),
        (Mark(20, 25, "A"), Mark(14, 24, "A"), 0.22),
    ],
)
def test_places_are_as_dissimilar_as_in_mathet_2015(one: Mark, other: Mark, place: float) -> None:
    assert dissimilarity(one, other) / 3 == pytest.approx(place, abs=0.05)


def test_place_does_not_depend_on_scale_in_mathet_2015() -> None:
    """Their figure 20."""
    assert dissimilarity(Mark(0, 7, "A"), Mark(0, 10, "A")) == pytest.approx(
        dissimilarity(Mark(0, 21, "A"), Mark(0, 30, "A"))
    )


def test_a_mark_nobody_shares_costs_one_whoever_else_there_is() -> None:
    assert disorder([[Mark(0, 5, "A")], []]) == 1
    assert disorder([[Mark(0, 5, "A")], [], []]) == 1


def test_the_best_alignment_of_figure_10_puts_the_same_marks_together() -> None:
    joe, jack, _ = MATHET_FIGURE_10.values()

    # Two A that are the same; two B of which one is half as long: 3 · (5 / 15)².
    assert disorder([joe, jack]) == pytest.approx(1 / 3)
