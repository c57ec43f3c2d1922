"""The history of a claim: causes before what follows from them, even where the clock knows one moment for all."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from annotations.operations.checking.factchecks import publish_verdict, review_check, send_to_review, write_check
from annotations.queries.checking.claimhistory import history_of
from annotations.queries.checking.claimpage import build_claim_page, claim_to_show
from newsdesk.models import User
from tests.factories import make_article, make_check, make_claim, make_evidence, make_source

NEWEST_FIRST = [
    "Alice Moreau published: True",
    "Dana Whitlock agreed",
    "Bob Tanaka moved the check: In review",
    "Bob Tanaka rewrote the draft",
    "Bob Tanaka moved the check: Drafted",
    "Dana Whitlock returned the draft",
    "Bob Tanaka moved the check: In review",
    "Bob Tanaka moved the check: Drafted",
    "Bob Tanaka began a check",
    "Bob Tanaka attached Estimate of the bridge repair",
    "Bob Tanaka marked the claim",
]


def carry_through(*, checker: User, reviewer: User, editor: User, at: datetime) -> Any:
    """A claim whose whole life, with one return, is written under the same time stamp."""
    claim = make_claim(make_article(by=editor, at=at), by=checker, at=at)
    make_evidence(claim, make_source(by=checker, at=at), by=checker, at=at)
    check = make_check(claim, checker=checker, one_source_reason="The only record.", at=at)
    check = send_to_review(check=check, seen=check.version, by=checker, at=at)
    review_check(check=check, seen=check.version, decision="return", reason="Which bridge?", by=reviewer, at=at)
    check = write_check(check=check, seen=check.version, by=checker, at=at, reason="The harbour bridge’s estimate.")
    check = send_to_review(check=check, seen=check.version, by=checker, at=at)
    review_check(check=check, seen=check.version, decision="approve", by=reviewer, at=at)
    publish_verdict(check=check, seen=check.version, by=editor, at=at)
    return claim


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(days=9000)])
def test_what_happened_in_one_moment_stands_in_the_order_in_which_it_happened(
    alice: User, bob: User, dana: User, at: datetime, ahead: timedelta
) -> None:
    claim = carry_through(checker=bob, reviewer=dana, editor=alice, at=at + ahead)

    history = history_of(build_claim_page(claim_to_show(alice).get(pk=claim.pk), person=alice))

    assert [entry.text for entry in history] == NEWEST_FIRST
