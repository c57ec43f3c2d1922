"""The same words of the same speaker, quoted in the same way at the same place, are one quote."""

from typing import Any

import pytest
from django.test import Client

from annotations.models import BiasTag
from articles.models import Quote, Speaker
from articles.operations.quotes import QuotedBefore, retract_quote
from newsdesk.models import User
from tests.factories import AT, make_article, make_quote, make_speaker, make_tag, words_of
from tests.factories.contention import at_once

SAID = "“We had no choice,”"


@pytest.fixture
def article(alice: User) -> Any:
    return make_article(by=alice)


@pytest.fixture
def speaker(alice: User) -> Any:
    return make_speaker(by=alice)


@pytest.fixture
def client(alice: User) -> Client:
    client = Client()
    client.force_login(alice)
    return client


def test_the_page_refuses_the_second_and_leads_to_the_first(
    client: Client, article: Any, alice: User, speaker: Speaker
) -> None:
    first = make_quote(article, SAID, by=alice, speaker=speaker)

    answer = client.post(
        f"/articles/{article.uid}/marks/quote/",
        {"base": 1, "words": SAID, "kind": "direct", "speaker": speaker.name, "wording": "unknown"},
    )

    assert answer.status_code == 409
    assert f'<a href="?mark={first.uid}">Look at that quote</a>' in answer.content.decode()
    assert Quote.objects.count() == 1


def test_the_api_refuses_the_second_and_names_the_first(
    client: Client, article: Any, alice: User, speaker: Speaker
) -> None:
    first = make_quote(article, SAID, by=alice, speaker=speaker)
    words = words_of(article, SAID)
    place = {"start": words.start, "end": words.end, "exact": SAID, "text_sha256": words.text_sha256}
    body = {"article": str(article.uid), "base_revision": 1, "kind": "direct", **place}

    answer = client.post("/api/v1/quotes/", {**body, "speaker": str(speaker.uid)}, content_type="application/json")

    assert answer.status_code == 409
    assert answer.json()["existing"] == str(first.uid)
    assert Quote.objects.count() == 1


def test_a_name_as_printed_counts_where_the_speaker_is_unknown(article: Any, alice: User) -> None:
    make_quote(article, SAID, by=alice, mention="the mayor")

    with pytest.raises(QuotedBefore):
        make_quote(article, SAID, by=alice, mention="the mayor")


@pytest.mark.parametrize("change", [{"kind": "mixed"}, {"exact": "“We had no choice"}, {"speaker": None}])
def test_whatever_differs_in_words_kind_or_speaker_is_another_quote(
    article: Any, alice: User, speaker: Speaker, change: dict[str, Any]
) -> None:
    make_quote(article, SAID, by=alice, speaker=speaker)

    make_quote(article, **{"exact": SAID, "by": alice, "speaker": speaker, **change})

    assert Quote.objects.count() == 2


def test_words_of_a_retracted_quote_are_quoted_again(article: Any, alice: User, speaker: Speaker) -> None:
    first = make_quote(article, SAID, by=alice, speaker=speaker)
    retract_quote(quote=first, seen=1, by=alice, at=AT)

    second = make_quote(article, SAID, by=alice, speaker=speaker)

    assert second.is_live


def test_two_annotators_may_tag_the_same_words(article: Any, alice: User, bob: User) -> None:
    make_tag(article, by=alice)
    make_tag(article, by=bob)

    assert BiasTag.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_record_the_same_at_once_one_is_refused(alice: User, bob: User) -> None:
    article, speaker = make_article(by=alice), make_speaker(by=alice)

    outcomes = at_once(*(lambda by=by: make_quote(article, SAID, by=by, speaker=speaker) for by in (alice, bob)))

    assert outcomes == ["QuotedBefore", "saved"]
