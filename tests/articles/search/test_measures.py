"""Measures of retrieval, with worked examples."""

import pytest

from articles.search.measures import average_precision_at, gain_at, recall_at


def test_gain_of_a_worked_example() -> None:
    judged = {"a": 3, "b": 2, "c": 3, "d": 0, "e": 1, "f": 2}

    assert gain_at("abcdef", judged, depth=6) == pytest.approx(0.961, abs=0.0005)


def test_what_is_not_judged_is_not_relevant() -> None:
    assert gain_at("xay", {"a": 1}, depth=10) == pytest.approx(0.6309, abs=0.0001)
    assert gain_at("xa", {"a": 1}, depth=1) == 0


def test_recall_counts_what_is_among_the_first() -> None:
    assert recall_at("axb", {"a": 1, "b": 2, "c": 1, "x": 0}, depth=2) == pytest.approx(1 / 3)


def test_average_precision_of_a_worked_example() -> None:
    assert average_precision_at("axb", {"a": 1, "b": 1}, depth=5) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision_at("axb", {"a": 1, "b": 1}, depth=2) == 0.5


@pytest.mark.parametrize("measure", [gain_at, recall_at, average_precision_at])
def test_without_relevant_passages_there_is_nothing_to_reach(measure: object) -> None:
    assert measure("ab", {"a": 0}, depth=10) == 0  # type: ignore[operator]
