"""The list of articles: what is in it, what narrows it, how it is paged, and what it costs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotations.operations.studies.projects import assign
from articles.models import ArticleState
from articles.operations.articles import restrict_article
from newsdesk.models import User
from tests.factories import AT, make_article, make_claim, make_tag

ADDRESS = "/articles/"


def piece(headline: str) -> str:
    return f"{headline}\n\nThe repair will cost 12 million euros. Some residents said the decision was reckless.\n"


def headlines(client: Client, person: User, **asked: Any) -> list[str]:
    client.force_login(person)
    answer = client.get(ADDRESS, asked)
    assert answer.status_code == 200
    return [row.article.head.headline for row in answer.context["rows"]]


def test_somebody_who_is_not_signed_in_is_asked_to(client: Client, db: None) -> None:
    answer = client.get(ADDRESS)

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_articles_stand_newest_first(client: Client, alice: User) -> None:
    make_article(by=alice, text=piece("Older"), at=AT)
    make_article(by=alice, text=piece("Newer"), at=AT + timedelta(hours=1))

    assert headlines(client, alice) == ["Newer", "Older"]


def test_an_incoming_piece_is_listed_for_editors_and_for_nobody_else(
    client: Client, alice: User, bob: User, rana: User
) -> None:
    make_article(by=alice, text=piece("Fresh from the wire"), state=ArticleState.INCOMING)

    assert headlines(client, alice) == ["Fresh from the wire"]
    assert headlines(client, bob) == []
    assert headlines(client, rana) == []


def test_an_embargoed_piece_is_listed_for_editors_and_for_nobody_else(
    client: Client, alice: User, bob: User, rana: User
) -> None:
    make_article(
        by=alice,
        text=piece("Under embargo"),
        state=ArticleState.PUBLISHED,
        embargo_until=timezone.now() + timedelta(days=1),
    )

    assert headlines(client, alice) == ["Under embargo"]
    assert headlines(client, bob) == []
    assert headlines(client, rana) == []


def test_a_restricted_piece_is_listed_for_the_people_it_names(
    client: Client, alice: User, bob: User, ada: User
) -> None:
    article = make_article(by=alice, text=piece("Named people only"))
    restrict_article(article=article, reason="Legal.", people=[bob], seen=article.version, by=alice, at=AT)

    assert headlines(client, alice) == ["Named people only"]
    assert headlines(client, bob) == ["Named people only"]
    assert headlines(client, ada) == []


def test_a_reader_sees_what_is_out_with_nothing_said_of_its_bias(client: Client, alice: User, rana: User) -> None:
    article = make_article(by=alice, state=ArticleState.PUBLISHED)
    make_tag(article, by=alice)
    client.force_login(rana)

    (row,) = client.get(ADDRESS).context["rows"]

    assert (row.article.pk, row.claims, row.severities) == (article.pk, 0, (0, 0, 0))


@pytest.mark.parametrize(
    "asked",
    [
        {"state": "checking"},
        {"language": "de"},
        {"outlet": "the HERALD"},
        {"words": "brücke gesp"},
        {"words": "gesperrt BRÜCKE"},
    ],
)
def test_each_filter_keeps_what_answers_to_it(client: Client, alice: User, asked: dict[str, str]) -> None:
    make_article(by=alice, text=piece("Another piece"), outlet="Wire", language="en")
    make_article(by=alice, text=piece("Brücke gesperrt"), state="checking", outlet="The Herald", language="de")

    assert headlines(client, alice, **asked) == ["Brücke gesperrt"]


def test_mine_are_those_i_brought_in_and_those_given_to_me(client: Client, alice: User, bob: User) -> None:
    make_article(by=alice, text=piece("Alice’s own"))
    assign(article=make_article(by=alice, text=piece("Given to Bob")), person=bob, by=alice, at=AT)

    assert headlines(client, bob, mine="on") == ["Given to Bob"]
    assert len(headlines(client, alice, mine="on")) == 2


@pytest.mark.parametrize("words", ["%%%", "'", "council' | 'x", "\\", "  "])
def test_odd_words_break_nothing(client: Client, alice: User, words: str) -> None:
    make_article(by=alice)
    client.force_login(alice)

    assert client.get(ADDRESS, {"words": words}).status_code == 200


def test_a_filter_nobody_knows_is_named_beside_its_field(client: Client, alice: User) -> None:
    client.force_login(alice)

    answer = client.get(ADDRESS, {"state": "lost"})

    assert answer.status_code == 200
    assert "state" in answer.context["form"].errors


def test_a_row_counts_the_live_claims_and_the_tags_by_severity(client: Client, alice: User) -> None:
    article = make_article(by=alice)
    make_claim(article, by=alice)
    make_tag(article, by=alice, severity=1)
    make_tag(article, "no choice", by=alice, severity=3)
    client.force_login(alice)

    (row,) = client.get(ADDRESS).context["rows"]

    assert (row.claims, row.severities) == (1, (1, 0, 1))


def test_a_retracted_claim_is_not_counted(client: Client, alice: User) -> None:
    claim = make_claim(make_article(by=alice), by=alice)
    claim.change(seen=claim.version, retracted_by=alice, retracted_at=AT)
    client.force_login(alice)

    (row,) = client.get(ADDRESS).context["rows"]

    assert row.claims == 0


def test_pages_follow_one_another_without_gaps_or_repeats(client: Client, alice: User) -> None:
    for number in range(53):
        # Three at a time came in the same moment, so that only the key parts them.
        make_article(by=alice, text=piece(f"Piece {number}"), at=AT + timedelta(minutes=number // 3))
    client.force_login(alice)

    first = client.get(ADDRESS)
    second = client.get(ADDRESS + first.context["older_href"])
    back = client.get(ADDRESS + second.context["newer_href"])

    shown = [row.article.head.headline for page in (first, second) for row in page.context["rows"]]
    assert len(first.context["rows"]) == 50
    assert len(set(shown)) == len(shown) == 53
    assert first.context["newer_href"] == second.context["older_href"] == ""
    assert [row.article.pk for row in back.context["rows"]] == [row.article.pk for row in first.context["rows"]]


def test_the_pages_of_a_filtered_list_keep_the_filter(client: Client, alice: User) -> None:
    for number in range(51):
        make_article(by=alice, text=piece(f"Piece {number}"), outlet="Wire")
    client.force_login(alice)

    answer = client.get(ADDRESS, {"outlet": "Wire"})

    assert "outlet=Wire" in answer.context["older_href"]


def test_a_damaged_address_of_a_page_shows_the_newest(client: Client, alice: User) -> None:
    make_article(by=alice, text=piece("Only one"))

    assert headlines(client, alice, after="nonsense") == ["Only one"]


@pytest.mark.parametrize("articles", [1, 3])
def test_the_list_takes_five_queries_however_many_rows(
    client: Client, alice: User, articles: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for number in range(articles):
        article = make_article(by=alice, text=piece(f"Piece {number}"))
        make_claim(article, by=alice)
        make_tag(article, by=alice)
    client.force_login(alice)

    # Session, person with roles, articles, claims, tags; and what the person is allowed, for the button of the page.
    with django_assert_num_queries(5):
        client.get(ADDRESS)


def test_a_new_desk_says_what_to_do_first(client: Client, alice: User) -> None:
    client.force_login(alice)

    page = client.get(ADDRESS).content.decode()

    assert "Nothing is on the desk yet" in page
    assert reverse("annotations:bring-in") in page


def test_somebody_who_may_not_bring_in_copy_is_not_offered_to(client: Client, bob: User) -> None:
    client.force_login(bob)

    assert reverse("annotations:bring-in") not in client.get(ADDRESS).content.decode()


def test_nothing_found_is_told_from_nothing_there(client: Client, alice: User) -> None:
    make_article(by=alice)
    client.force_login(alice)

    assert "No article answers to this" in client.get(ADDRESS, {"words": "zebra"}).content.decode()
