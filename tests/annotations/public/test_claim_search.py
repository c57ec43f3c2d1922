"""claims:search, as programs written for Google's Fact Check Tools API ask and read it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from annotations.matching import Rarity
from annotations.operations.checking.claims import change_claim
from annotations.queries.readers import claimsearch
from newsdesk.models import User
from tests.factories import AT, make_claim, make_speaker
from tests.factories.published import judge, make_judged, make_published

HERE = "/api/v1/claims:search"


def search(**asked: Any) -> Any:
    return Client().get(HERE, asked)


def texts(answer: Any) -> list[str]:
    return [claim["text"] for claim in answer.json().get("claims", [])]


def test_a_published_check_is_found_by_a_long_claim_like_it(article: Any, claim: Any, settings: Settings) -> None:
    settings.PUBLISHER, settings.PUBLISHER_URL = "The Harbour Post", "https://www.post.example"

    answer = search(query="Is it true that repairing the harbour bridge costs 12 million euros?", languageCode="en-US")

    assert answer.json() == {
        "claims": [
            {
                "text": claim.canonical,
                "claimReview": [
                    {
                        "publisher": {"name": "The Harbour Post", "site": "post.example"},
                        "url": f"{settings.PUBLIC_URL}/read/{article.slug}/claims/{claim.uid}/",
                        "title": article.head.headline,
                        "reviewDate": "2025-05-13T12:00:00Z",
                        "textualRating": "True",
                        "languageCode": "en",
                    }
                ],
            }
        ]
    }


def test_claimant_and_date_are_told_where_they_are_known(article: Any, alice: User, bob: User, dana: User) -> None:
    claim = make_claim(
        article,
        by=bob,
        claimant_kind="speaker",
        speaker=make_speaker(by=alice),
        claim_date=date(2025, 5, 12),
        date_basis="stated",
    )
    judge(claim, checker=bob, reviewer=dana, editor=alice)

    [found] = search(query="harbour bridge").json()["claims"]

    assert (found["claimant"], found["claimDate"]) == ("Ines Duarte", "2025-05-12T00:00:00Z")


@pytest.mark.parametrize(
    ("asked", "finds"),
    [
        ({"query": "harbour bridge repair"}, True),
        ({"query": "costs of repairing a harbour's bridges"}, True),
        ({"query": "it is said that the of and will"}, False),
        ({"query": "an entirely different matter of fishing quotas"}, False),
        ({"query": "bridge", "languageCode": "de"}, False),
        ({"query": "bridge", "maxAgeDays": 1}, False),
        ({"query": "bridge", "maxAgeDays": 36000}, True),
        ({"reviewPublisherSiteFilter": "127.0.0.1"}, True),
        ({"reviewPublisherSiteFilter": "elsewhere.example"}, False),
        ({"query": "bridge", "reviewPublisherSiteFilter": "elsewhere.example"}, False),
        ({"query": "' & | ! :* <->"}, False),
        ({"query": "جسر الميناء"}, False),
        ({"query": "bridge " * 1400}, True),
        ({"query": "bridge", "key": "AIza-something"}, True),
    ],
)
def test_what_narrows_a_search(article: Any, claim: Any, asked: dict[str, Any], finds: bool) -> None:
    answer = search(**asked)

    assert answer.status_code == 200
    assert bool(texts(answer)) is finds
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_pages_follow_one_another_by_token_or_by_offset(article: Any, alice: User, bob: User, dana: User) -> None:
    for words in ("The repair will cost 12 million euros", "for two years", "The council voted on Tuesday"):
        claim = make_claim(article, words, by=bob, canonical=f"The bridge: {words}.")
        judge(claim, checker=bob, reviewer=dana, editor=alice)

    first = search(query="bridge", pageSize=2)
    second = search(query="bridge", pageSize=2, pageToken=first.json()["nextPageToken"])

    assert len(texts(first)) == 2
    assert len(texts(second)) == 1
    assert "nextPageToken" not in second.json()
    assert texts(search(query="bridge", offset=2)) == texts(second)
    assert len({*texts(first), *texts(second)}) == 3


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({}, "query"),
        ({"query": "x", "pageSize": "many"}, "pageSize"),
        ({"query": "x", "pageSize": "0"}, "pageSize"),
        ({"query": "x", "maxAgeDays": "-1"}, "maxAgeDays"),
        ({"query": "x", "offset": "-1"}, "offset"),
        ({"query": "x", "pageToken": "nonsense"}, "pageToken"),
        ({"query": "x", "pageToken": "MTA6YWJj"}, "pageToken"),
        ({"query": "x" * 10_001}, "query"),
        ({"query": "x\0"}, "query"),
        ({"query": "x", "colour": "red"}, "colour"),
    ],
)
def test_a_refusal_reads_both_as_googles_and_as_ours(db: None, asked: dict[str, str], field: str) -> None:
    answer = search(**asked)

    told = answer.json()
    assert answer.status_code in {400, 422}  # 422 for what is fine alone: no query, a token of no page
    assert told["error"]["code"] == answer.status_code
    assert told["error"]["status"] == "INVALID_ARGUMENT"
    assert told["error"]["message"] == told["detail"]
    assert told["errors"][0]["field"] == field


def test_a_token_of_another_search_is_refused(article: Any, claim: Any, alice: User, bob: User, dana: User) -> None:
    other = make_claim(article, "for two years", by=bob, canonical="The bridge closes for two years.")
    judge(other, checker=bob, reviewer=dana, editor=alice)
    token = search(query="bridge", pageSize=1).json()["nextPageToken"]

    assert search(query="council", pageToken=token).status_code == 422


def test_nobody_asks_more_often_than_sixty_times_a_minute(article: Any, claim: Any) -> None:
    answers = [search(query="bridge") for _ in range(61)]

    assert {answer.status_code for answer in answers[:60]} == {200}
    assert answers[60].status_code == 429
    assert answers[60].json()["error"]["status"] == "RESOURCE_EXHAUSTED"


def test_what_is_unsaid_rewritten_or_a_demonstration_is_not_found(
    article: Any, claim: Any, alice: User, bob: User, dana: User
) -> None:
    make_claim(article, "for two years", by=alice, canonical="The harbour bridge closes for two years.")
    sample = make_published(by=alice, is_demonstration=True)
    make_judged(sample, checker=bob, reviewer=dana, editor=alice)
    change_claim(claim=claim, seen=claim.version, by=alice, at=AT, canonical="A zeppelin crosses the harbour bridge.")

    assert texts(search(query="harbour bridge")) == ["The repair of the harbour bridge will cost 12 million euros."]
    assert texts(search(query="zeppelin")) == []


def test_a_search_costs_the_same_for_one_and_for_three(
    article: Any, alice: User, bob: User, dana: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for words in ("The repair will cost 12 million euros", "for two years", "The council voted on Tuesday"):
        judge(make_claim(article, words, by=bob), checker=bob, reviewer=dana, editor=alice)
        with django_assert_max_num_queries(15):  # with the stems of the query, of the claims, how rare they are
            search(query="harbour bridge")


def test_what_shares_the_rarer_words_comes_first(
    article: Any, alice: User, bob: User, dana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words, said in (
        ("for two years", "The bridge of Velmora is closed for two years."),
        ("The repair will cost 12 million euros", "The bridge is new."),
    ):
        judge(make_claim(article, words, by=bob, canonical=said), checker=bob, reviewer=dana, editor=alice)
    common = Rarity({"bridg": 0.9, "new": 0.9}, 0.001)
    before = texts(search(query="Velmora bridge new"))

    monkeypatch.setattr(claimsearch, "rarity_of_terms", lambda: (common, 1_000))

    assert set(before) == {"The bridge is new.", "The bridge of Velmora is closed for two years."}
    assert texts(search(query="Velmora bridge new")) == ["The bridge of Velmora is closed for two years."]
