from datetime import datetime

import pytest

from annotations.models import Claim, DeskVerdict, FactCheck
from annotations.operations.checking.claims import change_claim
from annotations.operations.checking.evidence import change_stance, detach_evidence
from annotations.operations.checking.factchecks import publish_verdict, review_check, send_to_review
from newsdesk.models import User
from tests.factories import make_article, make_check, make_claim, make_evidence, make_quote, make_source, make_tag


def test_a_claim_goes_from_words_to_a_published_verdict(alice: User, bob: User, dana: User, at: datetime) -> None:
    article = make_article(by=alice)
    claim = make_claim(article, by=bob)
    make_quote(article, by=alice)
    make_tag(article, by=alice)
    make_evidence(claim, make_source(by=bob), by=bob)
    check = make_check(claim, checker=bob, one_source_reason="The council is the only body that knows.")

    check = send_to_review(check=check, seen=check.version, by=bob, at=at)
    review_check(check=check, seen=check.version, decision="approve", by=dana, at=at)
    verdict = publish_verdict(check=check, seen=check.version, by=alice, at=at)

    assert (verdict.number, verdict.rating.slug, check.state) == (1, "true", "published")


def test_a_correction_follows_the_verdict_and_may_come_from_the_same_checker(
    alice: User, bob: User, dana: User, at: datetime
) -> None:
    claim = make_claim(make_article(by=alice), by=bob)
    make_evidence(claim, make_source(by=bob), by=bob)
    first, second = (
        _publish(claim, bob, dana, alice, at, correction_note=note) for note in ("", "The rating was too kind.")
    )

    states = FactCheck.objects.filter(claim=claim).order_by("pk").values_list("state", flat=True)

    assert (second.correction_of, second.number) == (first, 2)
    assert list(states) == ["corrected", "published"]


def _publish(claim: Claim, bob: User, dana: User, alice: User, at: datetime, *, correction_note: str) -> DeskVerdict:
    check = make_check(claim, checker=bob, one_source_reason="The council is the only body that knows.")
    check = send_to_review(check=check, seen=check.version, by=bob, at=at)
    review_check(check=check, seen=check.version, decision="approve", by=dana, at=at)
    return publish_verdict(check=check, seen=check.version, by=alice, at=at, correction_note=correction_note)


@pytest.mark.parametrize("act", ["attach", "stance", "detach", "restate"])
def test_what_an_approval_rests_on_cannot_change_under_it(
    alice: User, bob: User, dana: User, at: datetime, act: str
) -> None:
    claim = make_claim(make_article(by=alice), by=bob)
    evidence = make_evidence(claim, make_source(by=bob), by=bob)
    check = send_to_review(check=(check := make_check(claim, checker=bob)), seen=check.version, by=bob, at=at)
    review_check(check=check, seen=check.version, decision="approve", by=dana, at=at)
    before = check.state

    if act == "attach":
        make_evidence(claim, make_source(by=alice, title="Another estimate", text="It may cost more."), by=alice)
    elif act == "stance":
        change_stance(evidence=evidence, stance="refutes", seen=1, by=alice, at=at)
    elif act == "detach":
        detach_evidence(evidence=evidence, seen=1, by=alice, at=at)
    else:
        change_claim(claim=claim, seen=1, by=alice, at=at, canonical="The repair will cost nothing.")

    check.refresh_from_db()
    assert (before, check.state) == ("approved", "drafted")


def test_a_change_of_priority_leaves_an_approval_alone(alice: User, bob: User, dana: User, at: datetime) -> None:
    claim = make_claim(make_article(by=alice), by=bob)
    make_evidence(claim, make_source(by=bob), by=bob)
    check = send_to_review(check=(check := make_check(claim, checker=bob)), seen=check.version, by=bob, at=at)
    review_check(check=check, seen=check.version, decision="approve", by=dana, at=at)

    change_claim(claim=claim, seen=1, by=alice, at=at, priority=3, canonical=claim.canonical)

    check.refresh_from_db()
    assert check.state == "approved"
