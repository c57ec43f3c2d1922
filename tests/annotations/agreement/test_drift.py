"""How people's choices change, and how each stands to the others."""

import pytest

from annotations.agreement.drift import (
    crosses_of,
    people_in,
    stand_against,
    use_against,
    use_together,
)
from annotations.agreement.proportions import wilson
from annotations.agreement.undefined import Reason

LOADED, SPIN, NOTHING = "loaded", "spin", ""
# Three people read the same ten sentences: 1 and 2 alike, 3 otherwise.
THREE = crosses_of(
    {
        "1,2": [(LOADED, LOADED, 2), (NOTHING, NOTHING, 8)],
        "1,3": [(LOADED, SPIN, 2), (NOTHING, NOTHING, 5), (NOTHING, SPIN, 3)],
        "2,3": [(LOADED, SPIN, 2), (NOTHING, NOTHING, 5), (NOTHING, SPIN, 3)],
    }
)


def test_two_people_are_compared_as_cohen_compared_them() -> None:
    """Cohen (1960), page 45: κ = 0.492."""
    table = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
    crosses = {(1, 2): {(a, b): table["xyz".index(a)]["xyz".index(b)] for a in "xyz" for b in "xyz"}}

    for person in (1, 2):
        found = stand_against(person, crosses)

        assert found.kappa == pytest.approx(0.492, abs=5e-4)
        assert found.agreement is not None
        assert found.agreement.value == pytest.approx(0.7)
        assert found.agreement.units == 200


def test_comparisons_are_added_up_and_sentences_are_not() -> None:
    found = stand_against(1, THREE)

    assert found.agreement is not None
    assert found.agreement.value == pytest.approx(15 / 20)
    assert found.agreement.units == 10
    assert (found.agreement.low, found.agreement.high) == pytest.approx(wilson(7.5, 10))


def test_whoever_chooses_otherwise_stands_out() -> None:
    agreed = [stand_against(person, THREE).agreement for person in people_in(THREE)]

    assert [share.value for share in agreed if share] == pytest.approx([0.75, 0.75, 0.5])


def test_a_label_is_counted_beside_the_others_on_the_same_sentences() -> None:
    found = {use.label: (use.own.value, use.others.value) for use in use_against(3, THREE)}

    assert found == {NOTHING: (0.5, 0.8), LOADED: (0.0, 0.2), SPIN: (0.5, 0.0)}


def test_intervals_that_touch_are_not_apart() -> None:
    (_nothing, loaded, spin) = use_against(3, THREE)

    assert spin.own.lies_apart_from(spin.others) is (spin.own.low > spin.others.high)
    assert not loaded.own.lies_apart_from(loaded.others)


def test_everybody_together_is_every_comparison_with_both_its_labels() -> None:
    found = use_together(THREE)

    assert {label: round(share.value, 3) for label, share in found.items()} == {
        NOTHING: 0.7,
        LOADED: 0.133,
        SPIN: 0.167,
    }
    assert {share.units for share in found.values()} == {10}


def test_whoever_shared_nothing_has_no_figure() -> None:
    found = stand_against(9, THREE)

    assert (found.agreement, found.kappa, found.reason) == (None, None, Reason.NO_OVERLAP)
    assert use_against(9, THREE) == []
    assert use_together({}) == {}


def test_one_label_everywhere_leaves_agreement_and_no_kappa() -> None:
    found = stand_against(1, crosses_of({"1,2": [(NOTHING, NOTHING, 4)]}))

    assert found.agreement is not None
    assert (found.agreement.value, found.kappa, found.reason) == (1.0, None, Reason.ONE_VALUE)
