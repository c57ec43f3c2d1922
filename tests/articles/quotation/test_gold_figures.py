"""The figures that the rules reach on our own marked articles do not fall."""

import pytest

from bench.quotation import LIKENESSES, marked, score
from tests.articles.quotation.gold import read_half


@pytest.mark.parametrize("half", ["training", "held_out"])
def test_most_quotations_and_people_are_found(half: str) -> None:
    tally = score([marked(article) for article in read_half(half)]).tallies[LIKENESSES[0]]

    assert tally.all.f1 > 0.85
    assert tally.person > 0.75
