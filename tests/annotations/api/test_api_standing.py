"""The fast way of writing all marks of an article says what the representations say."""

from __future__ import annotations

from datetime import datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import RequestFactory
from django.utils.timezone import override

from annotations.api.checking.claims import related_to_claims, represent_claims
from annotations.api.workbench.bias import BiasTagRepresentation, related_to_tags
from annotations.api.workbench.standing import marks_standing
from annotations.models import Claim
from annotations.operations.checking.claims import set_risk
from annotations.operations.checking.factchecks import publish_verdict, review_check, send_to_review
from annotations.permissions import visible_bias_tags, visible_claims
from articles.api.quotes import QuoteRepresentation, related_to_quotes
from articles.models import Article
from articles.permissions import visible_quotes
from newsdesk.models import User
from tests.factories import make_article, make_check, make_claim, make_evidence, make_quote, make_source, make_tag
from tests.factories.callers import call

pytestmark = pytest.mark.django_db


def represented(article: Article, person: User) -> dict[str, Any]:
    """The same, by an instance and a serializer for each mark."""
    request = RequestFactory().get("/")
    request.user = person
    context = {"request": request}
    quotes, claims, tags = (
        visible(person).filter(article=article).live().order_by("pk")
        for visible in (visible_quotes, visible_claims, visible_bias_tags)
    )
    return {
        "quotes": QuoteRepresentation(related_to_quotes(quotes), many=True, context=context).data,
        "claims": represent_claims(related_to_claims(claims, person), context),
        "bias_tags": BiasTagRepresentation(related_to_tags(tags), many=True, context=context).data,
    }


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kolkata"])
def test_every_mark_of_the_demonstration_is_written_as_it_is_represented(zone: str) -> None:
    call_command("demo", stdout=StringIO())
    article = Article.objects.select_related("head").get(is_demonstration=True)
    editor = User.objects.get(username="alice")

    with override(zone):
        written = marks_standing(article, editor)
        expected = represented(article, editor)

    assert [len(written[kind]) for kind in expected] == [15, 15, 28]
    for kind, marks in expected.items():
        assert written[kind] == [dict(mark) for mark in marks]
        assert [list(mark) for mark in written[kind]] == [list(mark) for mark in marks]


def test_a_reader_is_written_what_a_reader_may_see(
    alice: User, bob: User, dana: User, rana: User, at: datetime
) -> None:
    article = make_article(by=alice, state="published")
    make_quote(article, by=alice, note="Ask her again.")
    make_tag(article, by=alice)
    make_claim(article, "close the harbour bridge", by=alice)
    said = make_claim(article, by=bob, note="Call the council.", checkable_reason="Half of it.", priority=3)
    set_risk(claim=said, risk="high", reason="Homes.", seen=1, by=alice, at=at)
    publish(said, bob, dana, alice, at)
    make_evidence(said, make_source(by=alice, text="It cost 14 million."), by=alice, at=at.replace(year=2026))

    told, read = marks_standing(article, alice), marks_standing(article, rana)

    assert (told, read) == (represented(article, alice), represented(article, rana))
    assert [len(marks) for marks in told.values()] == [1, 2, 1]
    assert [len(marks) for marks in read.values()] == [1, 1, 0]
    assert (told["quotes"][0]["note"], read["quotes"][0]["note"]) == ("Ask her again.", "")
    [bait] = [claim for claim in told["claims"] if claim["uid"] == str(said.uid)]
    kept = {"note": "", "checkable_reason": "", "priority": None, "risk": None, "risk_reason": ""}
    assert {name for name in kept if bait[name] == kept[name]} == set()
    assert {name: read["claims"][0][name] for name in kept} == kept
    assert (bait["verdict"]["stale"], read["claims"][0]["verdict"]["stale"]) == (["evidence"], [])
    assert read["claims"][0]["verdict"]["verdict"] == "supported"


def publish(claim: Claim, checker: User, reviewer: User, editor: User, at: datetime) -> None:
    """Have the desk say of a claim what a checker found."""
    make_evidence(claim, make_source(by=checker), by=checker)
    check = make_check(claim, checker=checker, one_source_reason="The only record.")
    check = send_to_review(check=check, seen=check.version, by=checker, at=at)
    for person in (reviewer, editor):
        check.refresh_from_db()
        review_check(check=check, seen=check.version, decision="approve", by=person, at=at)
    check.refresh_from_db()
    publish_verdict(check=check, seen=check.version, by=editor, at=at)


@pytest.mark.parametrize("query", ["risk=high", "priority=3"])
def test_a_reader_cannot_find_out_by_filtering(alice: User, rana: User, query: str) -> None:
    bait, read = call(alice).get(f"claims/?{query}"), call(rana).get(f"claims/?{query}")

    assert (bait.status_code, read.status_code) == (200, 400)
    assert "risk" not in read.json()["errors"][0]["message"]
