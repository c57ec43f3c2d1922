from datetime import datetime

from annotations.models import Claim, DeskVerdict, FactCheck
from annotations.operations.factchecks import publish_verdict, review_check, send_to_review
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
