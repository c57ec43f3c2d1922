"""Printed words that nobody found in the language spoken: said with how many sources were searched."""

from __future__ import annotations

from typing import Any

import pytest

from annotations.models import FactCheck, Rating
from annotations.operations.checking.factchecks import log_search, open_check, write_check
from annotations.queries.checking.claimchecks import wording_not_found_in
from newsdesk.models import User
from tests.factories import AT, make_article, make_claim, make_quote


@pytest.mark.parametrize(
    ("claim_type", "verdict", "sources", "said"),
    [
        ("quote-wording", "not_enough_evidence", [7, 13], 13),
        ("quote-wording", "not_enough_evidence", [13, None], 13),
        ("quote-wording", "not_enough_evidence", [], 0),
        ("quote-wording", "supported", [13], 0),
        ("event", "not_enough_evidence", [13], 0),
    ],
)
def test_the_number_of_sources_is_that_of_the_last_search(
    alice: User, bob: User, claim_type: str, verdict: str, sources: list[int | None], said: int
) -> None:
    article = make_article(by=alice)
    quote = make_quote(article, by=alice)
    claim = make_claim(article, "We had no choice", by=bob, claim_type=claim_type, quote=quote)
    check: FactCheck = open_check(claim=claim, checker=bob, by=bob, at=AT)
    rating = Rating.objects.in_use().filter(verdicts__contains=[verdict]).order_by("-scale", "order")[0]
    values: dict[str, Any] = {"verdict": verdict, "rating": rating, "reason": "So."}
    check = write_check(check=check, seen=1, by=bob, at=AT, **values)
    for number in sources:
        check = log_search(check=check, query="no choice", found=0, sources=number, by=bob, at=AT)

    assert wording_not_found_in(check) == said
