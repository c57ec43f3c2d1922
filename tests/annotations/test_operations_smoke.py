from datetime import datetime

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
