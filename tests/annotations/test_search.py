"""Search and the page of exports: what is found, what nobody may learn of, what is said when there is nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import ArticleState
from articles.operations.articles import restrict_article
from newsdesk.models import User
from tests.factories import AT, make_article, make_claim, make_quote, make_source, make_speaker, make_tag

ADDRESS = "/search/"
EXPORTS = "/exports/"


def found(client: Client, person: User, words: str) -> Any:
    client.force_login(person)
    answer = client.get(ADDRESS, {"q": words})
    assert answer.status_code == 200
    return answer.context["found"]


def test_each_kind_is_found_by_its_words(client: Client, alice: User) -> None:
    article = make_article(by=alice)
    make_claim(article, by=alice)
    make_source(by=alice)
    make_speaker(by=alice, name="Harbour Union")

    everything = found(client, alice, "harbour bridge")

    assert [row.article.pk for row in everything.articles] == [article.pk]
    assert [row.label for row in everything.claims] == ["C1"]
    assert everything.sources == []
    assert [source.title for source in found(client, alice, "estimate city").sources] == [
        "Estimate of the bridge repair"
    ]
    assert [row.speaker.name for row in found(client, alice, "union").speakers] == ["Harbour Union"]


def test_the_last_word_may_be_a_beginning_and_the_others_may_not(client: Client, alice: User) -> None:
    make_article(by=alice)

    assert found(client, alice, "harbour brid").articles
    assert not found(client, alice, "harb bridge").articles


def test_a_question_that_nothing_answers_says_so(client: Client, alice: User) -> None:
    make_article(by=alice)
    client.force_login(alice)

    assert "Nothing is found under these words" in client.get(ADDRESS, {"q": "zebra"}).content.decode()


def test_without_a_question_the_page_says_what_can_be_found(client: Client, alice: User) -> None:
    client.force_login(alice)

    page = client.get(ADDRESS).content.decode()

    assert "What are you looking for?" in page


@pytest.mark.parametrize("words", ["'", "a' & 'b", "\0", "%", "<b>", "🦓", "x" * 5000, "(((", "!"])
def test_odd_questions_break_nothing(client: Client, alice: User, words: str) -> None:
    make_article(by=alice)
    client.force_login(alice)

    answer = client.get(ADDRESS, {"q": words})

    assert answer.status_code == 200
    assert "<b></b>" not in answer.content.decode()


def test_ten_of_a_kind_are_shown_with_the_way_to_all(client: Client, alice: User) -> None:
    for number in range(11):
        make_article(by=alice, text=f"Bridge {number}\n\nA story & more.", at=AT + timedelta(minutes=number))
    client.force_login(alice)

    answer = client.get(ADDRESS, {"q": "bridge"})

    assert len(answer.context["found"].articles) == 10
    assert f"{reverse('annotations:article-list')}?words=bridge" in answer.content.decode()


@pytest.mark.parametrize(
    "hidden",
    [
        {"state": ArticleState.INCOMING},
        {"embargo_until": timezone.now() + timedelta(days=1)},
    ],
    ids=["incoming", "embargoed"],
)
def test_a_hidden_article_and_its_claims_are_found_by_editors_alone(
    client: Client, alice: User, bob: User, rana: User, hidden: dict[str, Any]
) -> None:
    article = make_article(by=alice)
    make_claim(article, by=alice)
    assert len(found(client, bob, "harbour")) == 2

    article.change(seen=article.version, **hidden)

    assert len(found(client, alice, "harbour")) == 2
    assert found(client, bob, "harbour").is_empty
    assert found(client, rana, "harbour").is_empty


def test_a_restricted_article_is_found_by_the_people_it_names(
    client: Client, alice: User, bob: User, ada: User
) -> None:
    article = make_article(by=alice)
    make_claim(article, by=alice)
    restrict_article(article=article, reason="Legal.", people=[bob], seen=article.version, by=alice, at=AT)

    assert len(found(client, bob, "harbour")) == 2
    assert found(client, ada, "harbour").is_empty


def test_a_restricted_source_is_not_found(client: Client, alice: User, bob: User) -> None:
    source = make_source(by=alice)
    assert found(client, bob, "estimate").sources

    source.change(seen=source.version, access="restricted", access_reason="A witness.")

    assert found(client, bob, "estimate").is_empty


def test_readers_find_no_sources_and_no_voices_of_pieces_that_are_not_out(
    client: Client, alice: User, rana: User
) -> None:
    article = make_article(by=alice)
    make_quote(article, by=alice, speaker=make_speaker(by=alice))
    make_source(by=alice)
    assert found(client, alice, "duarte").speakers
    assert found(client, alice, "estimate").sources

    assert found(client, rana, "duarte").is_empty
    assert found(client, rana, "estimate").is_empty


def test_a_retracted_claim_is_not_found(client: Client, alice: User) -> None:
    claim = make_claim(make_article(by=alice), by=alice)
    assert found(client, alice, "12 million").claims

    claim.change(seen=claim.version, retracted_by=alice, retracted_at=AT)

    assert found(client, alice, "12 million").is_empty


@pytest.mark.parametrize("articles", [1, 3])
def test_a_search_takes_12_queries_however_much_it_finds(
    client: Client, alice: User, articles: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for number in range(articles):
        article = make_article(by=alice, text=f"Harbour {number}\n\nThe repair will cost 12 million euros.")
        make_claim(article, by=alice, canonical=f"Harbour claim {number}.")
        make_source(by=alice, title=f"Harbour source {number}")
        make_speaker(by=alice, name=f"Harbour {number}")
    client.force_login(alice)

    with django_assert_num_queries(12):
        client.get(ADDRESS, {"q": "harbour"})


def test_exports_are_for_those_who_work_here(client: Client, alice: User, rana: User) -> None:
    client.force_login(rana)
    assert client.get(EXPORTS).status_code == 403

    client.force_login(alice)
    assert client.get(EXPORTS).status_code == 200


def test_files_and_call_follow_the_filters(client: Client, alice: User) -> None:
    client.force_login(alice)

    page = client.get(EXPORTS, {"layer": "claim", "outlet": "The Herald", "category": ""}).content.decode()

    query = "?layer=claim&amp;outlet=The+Herald"
    assert f'href="/exports/ndjson/{query}"' in page
    assert f'href="/exports/csv/{query}"' in page
    assert f"/api/v1/exports/ndjson/{query}" in page


def test_the_first_rows_are_those_of_the_file(client: Client, alice: User) -> None:
    article = make_article(by=alice)
    make_claim(article, by=alice)
    make_tag(article, by=alice)
    client.force_login(alice)

    rows = client.get(EXPORTS, {"look": "1", "layer": "claim"}).context["rows"]

    assert [(row["type"], row["exact"]) for row in rows] == [("claim", "The repair will cost 12 million euros")]


def test_the_first_rows_hold_nothing_of_what_is_kept_from_somebody(client: Client, alice: User, bob: User) -> None:
    article = make_article(by=alice)
    make_claim(article, by=alice)
    client.force_login(bob)
    assert len(client.get(EXPORTS, {"look": "1"}).context["rows"]) == 1

    article.change(seen=article.version, embargo_until=timezone.now() + timedelta(days=1))

    assert client.get(EXPORTS, {"look": "1"}).context["rows"] == []


@pytest.mark.parametrize("asked", [{"since": "Tuesday"}, {"layer": "verbs"}, {"colour": "red"}])
def test_a_filter_that_is_not_understood_gives_no_file(client: Client, alice: User, asked: dict[str, str]) -> None:
    client.force_login(alice)

    answer = client.get(EXPORTS, asked)

    assert answer.status_code == 422
    assert "/exports/csv/" not in answer.content.decode()
