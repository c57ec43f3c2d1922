"""A name the desk does not know by itself brings up who may be meant: on the workbench, and over REST."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Quote, Speaker
from articles.operations.speakers import merge_speakers
from newsdesk.models import User
from tests.factories import AT, make_article, make_quote, make_speaker
from tests.factories.callers import call

WORDS = "“We had no choice,”"


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def recorded(client: Client, article: Any, **fields: str) -> Any:
    typed = {"base": "1", "words": WORDS, "kind": "direct", "wording": "unknown", **fields}
    return client.post(reverse("annotations:record-mark", args=[article.uid, "quote"]), typed)


def test_a_name_nobody_has_offers_who_may_be_meant(alice: User) -> None:
    speaker, article = make_speaker(by=alice, title="mayor"), make_article(by=alice)

    answer = recorded(signed_in(alice), article, speaker="Duarte")

    text = answer.content.decode()
    assert answer.status_code == 400
    assert "Who is meant?" in text
    assert f'name="candidate" value="{speaker.uid}"> ' in text
    assert "part of the name" in text


def test_a_name_in_another_spelling_is_chosen_in_advance(alice: User) -> None:
    speaker, article = make_speaker(by=alice, name="Sergey Ryabkov"), make_article(by=alice)

    text = recorded(signed_in(alice), article, speaker="Sergei Ryabkov").content.decode()

    assert f'value="{speaker.uid}" checked> ' in text


def test_the_one_chosen_becomes_the_speaker(alice: User) -> None:
    speaker, article = make_speaker(by=alice), make_article(by=alice)

    answer = recorded(signed_in(alice), article, speaker="Duarte", candidate=str(speaker.uid))

    assert answer.status_code == 302
    assert Quote.objects.get().speaker == speaker


def test_none_of_these_and_a_new_name_adds_somebody(alice: User) -> None:
    make_speaker(by=alice)
    article = make_article(by=alice)

    recorded(signed_in(alice), article, speaker="Rui Duarte", is_new_speaker="on", candidate="")

    assert str(Quote.objects.get().speaker) == "Rui Duarte"


def test_one_who_was_merged_meanwhile_is_not_taken(alice: User) -> None:
    kept, merged, article = make_speaker(by=alice), make_speaker(by=alice, name="Rui Costa"), make_article(by=alice)
    merge_speakers(kept=kept, merged=merged, seen_kept=1, seen_merged=1, by=alice, at=AT)

    answer = recorded(signed_in(alice), article, speaker="Costa", candidate=str(merged.uid))

    assert answer.status_code == 400
    assert "merged meanwhile" in answer.content.decode()
    assert not Quote.objects.exists()


def test_a_quote_without_a_speaker_offers_them_by_the_name_as_printed(alice: User) -> None:
    speaker, article = make_speaker(by=alice), make_article(by=alice)
    quote = make_quote(article, by=alice, mention="mayor Ines Duarte")
    address = reverse("annotations:workbench", args=[article.uid])

    text = signed_in(alice).get(address, {"mark": str(quote.uid), "do": "change"}).content.decode()

    assert f'name="candidate" value="{speaker.uid}" checked> ' in text


def test_rest_answers_who_is_meant(alice: User) -> None:
    speaker = make_speaker(by=alice, title="mayor")
    make_speaker(by=alice, name="Paul Duarte")
    caller = call(alice)

    sure = caller.get("speakers/resolve/?mention=Duarte&full_name=Inês Duarte&title=mayor").json()
    unsure = caller.get("speakers/resolve/?mention=Duarte").json()

    assert sure["speaker"]["speaker"]["uid"] == str(speaker.uid)
    assert (sure["speaker"]["reasons"], sure["proposed"]) == (["name", "title"], None)
    assert unsure["speaker"] is None
    assert [each["speaker"]["name"] for each in unsure["candidates"]] == ["Ines Duarte", "Paul Duarte"]
    assert unsure["proposed"] == {"name": "Duarte", "title": "", "affiliation": ""}


def test_rest_ranks_by_who_stands_beside(alice: User) -> None:
    make_speaker(by=alice, name="Ana Reed")
    companion, costa = make_speaker(by=alice, name="Tomas Reed"), make_speaker(by=alice, name="Rui Costa")
    article = make_article(by=alice)
    make_quote(article, by=alice, speaker=companion)
    make_quote(article, "reckless", by=alice, speaker=costa)

    answer = call(alice).get(f"speakers/resolve/?mention=Reed&beside={costa.uid}").json()

    assert answer["candidates"][0]["speaker"]["name"] == "Tomas Reed"
    assert answer["candidates"][0]["beside"] == "Rui Costa"


@pytest.mark.parametrize(
    ("asked", "status", "field"),
    [("", 400, "mention"), ("?mention=Reed&nmae=x", 400, "nmae"), ("?mention=Reed&beside=x", 400, "beside.0")],
)
def test_rest_says_what_is_wrong_with_the_question(alice: User, asked: str, status: int, field: str) -> None:
    answer = call(alice).get(f"speakers/resolve/{asked}")

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (status, field)


def test_rest_answers_in_as_many_queries_for_many_as_for_one(alice: User, django_assert_max_num_queries: Any) -> None:
    caller = call(alice)
    for number in range(5):
        make_speaker(by=alice, name=f"Ana{number} Reed")

    with django_assert_max_num_queries(5):
        answer = caller.get("speakers/resolve/?mention=Reed")

    assert len(answer.json()["candidates"]) == 5
    assert Speaker.objects.count() == 5
