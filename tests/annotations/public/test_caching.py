"""Pages for everybody are kept for a minute, and not sent again to who has them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from annotations.operations.checking.claims import retract_claim
from annotations.operations.workbench.revising import revise
from articles.anchoring.text import Block, BlockKind
from articles.operations.articles import change_article
from articles.operations.declaring import Declared
from articles.operations.revising import Rewritten
from articles.operations.sources import restrict_source
from newsdesk.models import User
from tests.factories import AT
from tests.factories.published import judge


@pytest.mark.parametrize("address", ["/read/", "/read/{slug}/", "/read/{slug}/claims/{uid}/", "/embed/claims/{uid}/"])
def test_who_has_a_page_gets_no_second_one(article: Any, claim: Any, address: str) -> None:
    here = address.format(slug=article.slug, uid=claim.uid)
    first = Client().get(here)

    second = Client().get(here, headers={"if-none-match": first["ETag"]})

    assert first.status_code == 200
    assert (second.status_code, second.content) == (304, b"")
    assert second["Cache-Control"] == first["Cache-Control"] == "public, max-age=60"


def test_a_page_that_is_not_sent_again_costs_two_queries(
    article: Any, claim: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    etag = Client().get(f"/read/{article.slug}/")["ETag"]

    with django_assert_num_queries(2):
        Client().get(f"/read/{article.slug}/", headers={"if-none-match": etag})


def correct(article: Any, claim: Any, alice: User, bob: User, dana: User) -> None:
    judge(claim, checker=bob, reviewer=dana, editor=alice, correction_note="It was the draft.")


def retract(article: Any, claim: Any, alice: User, bob: User, dana: User) -> None:
    retract_claim(claim=claim, seen=claim.version, by=alice, at=AT, reason="Not a claim")


def rewrite(article: Any, claim: Any, alice: User, bob: User, dana: User) -> None:
    headline, *blocks = article.head.text.replace("reckless", "rash").split("\n\n")
    rewritten = Rewritten(headline, [Block(BlockKind.PARAGRAPH, block) for block in blocks])
    revise(article=article, base=1, rewritten=rewritten, by=alice, at=AT, declared=Declared("minor"))


def restrict(article: Any, claim: Any, alice: User, bob: User, dana: User) -> None:
    source = claim.evidence.get().snapshot.source
    restrict_source(source=source, reason="At risk", people=[], seen=source.version, by=alice, at=AT)


def take_rights(article: Any, claim: Any, alice: User, bob: User, dana: User) -> None:
    change_article(article=article, seen=article.version, by=alice, at=AT, rights="quotation_only")


@pytest.mark.parametrize("act", [correct, retract, rewrite, restrict, take_rights])
def test_whatever_changes_what_readers_see_makes_another_page(
    article: Any, claim: Any, alice: User, bob: User, dana: User, act: Callable[..., None]
) -> None:
    before = Client().get(f"/read/{article.slug}/")
    act(article, claim, alice, bob, dana)

    after = Client().get(f"/read/{article.slug}/", headers={"if-none-match": before["ETag"]})

    assert after.status_code == 200
    assert after.content != before.content


def test_a_licence_that_has_ended_makes_another_page(article: Any, claim: Any, alice: User) -> None:
    today = timezone.now().date()
    change_article(article=article, seen=article.version, by=alice, at=AT, rights="licensed", rights_end_date=today)
    before = Client().get(f"/read/{article.slug}/")
    yesterday = today - timedelta(days=1)
    change_article(article=article, seen=article.version, by=alice, at=AT, rights_end_date=yesterday)

    after = Client().get(f"/read/{article.slug}/", headers={"if-none-match": before["ETag"]})

    assert "voted on Tuesday" in before.content.decode()
    assert "voted on Tuesday" not in after.content.decode()


def test_forms_and_answers_are_kept_by_nobody(article: Any, claim: Any) -> None:
    answer = Client().get(f"/read/{article.slug}/correct/")

    assert "no-store" in answer["Cache-Control"]


def test_a_page_says_when_readers_were_last_told_anything_new(
    article: Any, claim: Any, alice: User, bob: User, dana: User
) -> None:
    before = Client().get(f"/read/{article.slug}/")["Last-Modified"]
    at = datetime(2025, 6, 1, 8, 0, tzinfo=UTC)
    judge(claim, checker=bob, reviewer=dana, editor=alice, correction_note="It was the draft.", at=at)

    after = Client().get(f"/read/{article.slug}/")["Last-Modified"]

    assert (before, after) == ("Tue, 13 May 2025 12:00:00 GMT", "Sun, 01 Jun 2025 08:00:00 GMT")
