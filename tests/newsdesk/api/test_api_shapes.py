"""Answers cut to what is asked for, in the order that is asked for."""

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from annotations.models import Claim
from newsdesk.models import User
from tests.factories import make_article, make_claim, make_quote, make_speaker
from tests.factories.callers import Caller, call


def names_of(caller: Caller, path: str) -> list[str]:
    """The names in a list of speakers, page by page."""
    names, there = [], f"speakers/{path}"
    while there:
        page = caller.get(there).json()
        names += [each["name"] for each in page["results"]]
        there = (page["next"] or "").removeprefix("http://testserver")
    return names


def test_only_the_fields_asked_for_are_answered(alice: User) -> None:
    article = make_article(by=alice)
    caller = call(alice)

    listed = caller.get("articles/?fields=uid,headline").json()["results"]
    detail = caller.get(f"articles/{article.uid}/?fields=headline")

    assert listed == [{"uid": str(article.uid), "headline": article.head.headline}]
    assert detail.json() == {"headline": article.head.headline}
    assert detail["ETag"] == f'"{article.version}"'


def test_a_reference_is_expanded_to_what_lists_say_of_it(alice: User) -> None:
    article = make_article(by=alice)
    speaker = make_speaker(by=alice, name="Ines Duarte")
    quote = make_quote(article, by=alice, speaker=speaker)
    caller = call(alice)

    shown = caller.get(f"quotes/{quote.uid}/?expand=article,speaker&fields=article,speaker").json()

    assert [shown["article"]] == caller.get("articles/").json()["results"]
    assert shown["speaker"] == caller.get(f"speakers/{speaker.uid}/").json()


def test_expanding_takes_as_many_queries_for_many_as_for_one(
    alice: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    caller = call(alice)
    make_claim(make_article(by=alice), by=alice)
    with django_assert_num_queries(6):
        caller.get("claims/?expand=article")
    for _ in range(3):
        make_claim(make_article(by=alice), by=alice)

    with django_assert_num_queries(6):
        answer = caller.get("claims/?expand=article")

    assert len({claim["article"]["uid"] for claim in answer.json()["results"]}) == 4


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("claims/?fields=uid,colour", "fields"),
        ("claims/?fields=", "fields"),
        ("claims/?expand=text", "expand"),
        ("claims/?sort=colour", "sort"),
        ("claims/?since=", "since"),
        ("mentions/?seen=null", "seen"),
        ("claims/{uid}/?colour=red", "colour"),
    ],
)
def test_a_parameter_that_says_nothing_is_refused_by_name(alice: User, path: str, field: str) -> None:
    claim = make_claim(make_article(by=alice), by=alice)

    answer = call(alice).get(path.format(uid=claim.uid))

    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_namesakes_are_listed_once_each_in_the_order_of_names(alice: User, size: int) -> None:
    names = ["Duarte", "Abel", "Duarte", "Costa", "Duarte"]
    for name in names:
        make_speaker(by=alice, name=name)
    caller = call(alice)

    rising = names_of(caller, f"?sort=name&page_size={size}")
    falling = names_of(caller, f"?sort=-name&page_size={size}")

    assert rising == sorted(names)
    assert falling == sorted(names, reverse=True)


def test_a_sorted_list_is_walked_back_too(alice: User) -> None:
    for name in "CABD":
        make_speaker(by=alice, name=name)
    caller = call(alice)
    first = caller.get("speakers/?sort=name&page_size=2").json()
    second = caller.get(first["next"].removeprefix("http://testserver")).json()

    back = caller.get(second["previous"].removeprefix("http://testserver")).json()

    assert [each["name"] for each in second["results"]] == ["C", "D"]
    assert back["results"] == first["results"]
    assert back["previous"] is None


def test_the_oldest_come_first_when_asked(alice: User) -> None:
    uids = [str(make_speaker(by=alice, name=name).uid) for name in "AB"]

    answer = call(alice).get("speakers/?sort=made")

    assert [each["uid"] for each in answer.json()["results"]] == uids


def test_readers_do_not_sort_by_what_is_kept_from_them(rana: User, alice: User) -> None:
    bait = call(alice).get("claims/?sort=-priority")

    answer = call(rana).get("claims/?sort=-priority")

    assert (bait.status_code, answer.status_code) == (200, 400)


def test_claims_are_found_by_their_words(alice: User) -> None:
    article = make_article(by=alice)
    claim: Claim = make_claim(article, by=alice, canonical="The bridge cost twelve million euros.")
    make_claim(article, "The council voted", by=alice, canonical="The council voted.")

    found = call(alice).get("claims/?words=bridge+mil").json()["results"]

    assert [each["uid"] for each in found] == [str(claim.uid)]


def test_a_token_is_told_what_is_left_and_stopped_when_nothing_is(alice: User, settings: Settings) -> None:
    settings.API_REQUESTS_A_MINUTE = 2
    caller = call(alice)

    answers = [caller.get("me/") for _ in range(5)]

    # the minute of the clock may end in between, once
    assert [answer.status_code for answer in answers].count(200) in {2, 3, 4}
    assert answers[0]["RateLimit-Policy"] == '"token";q=2;w=60'
    assert answers[0]["RateLimit"].startswith('"token";r=1;t=')
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused["Content-Type"] == "application/problem+json"
    assert "asks too often" in refused.json()["detail"]


def test_one_token_that_asks_too_often_stops_no_other(alice: User, settings: Settings) -> None:
    settings.API_REQUESTS_A_MINUTE = 1
    busy, quiet = call(alice), call(alice)
    for _ in range(3):
        last = busy.get("me/")

    answer = quiet.get("me/")

    assert (last.status_code, answer.status_code) == (429, 200)


def test_without_a_limit_nothing_is_said_of_one(alice: User, settings: Settings) -> None:
    settings.API_REQUESTS_A_MINUTE = 0

    assert "RateLimit" not in call(alice).get("me/")


def test_no_other_origin_is_let_in(alice: User) -> None:
    caller = call(alice)

    answer = caller.get("me/", Origin="https://elsewhere.example")
    search = call(None).get("claims:search?query=bridge", Origin="https://elsewhere.example")

    assert "Access-Control-Allow-Origin" not in answer
    assert search["Access-Control-Allow-Origin"] == "*"
