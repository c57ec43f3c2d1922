"""Taking a speaker apart on the page, over REST and in administration."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Quote, Speaker
from articles.operations.speakers import merge_speakers
from newsdesk.models import User
from tests.factories import AT, make_article, make_claim, make_quote, make_speaker
from tests.factories.callers import call


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def split_page(speaker: Speaker) -> str:
    return reverse("annotations:speaker-split", args=[speaker.uid])


@pytest.fixture
def merged(alice: User) -> tuple[Speaker, Speaker]:
    """Ines Duarte, into whom Inês D. Reis was merged."""
    kept, former = make_speaker(by=alice), make_speaker(by=alice, name="Inês D. Reis")
    merge_speakers(kept=kept, merged=former, seen_kept=1, seen_merged=1, by=alice, at=AT)
    return kept, former


def test_an_editor_takes_a_merged_name_out_again(alice: User, merged: tuple[Speaker, Speaker]) -> None:
    kept, former = merged
    client = signed_in(alice)
    page = client.get(reverse("annotations:speaker", args=[kept.uid])).content.decode()
    assert f'value="former:{former.uid}:2"' in page

    answer = client.post(split_page(kept), {"seen": 2, "who": f"former:{former.uid}:2"})

    former.refresh_from_db()
    assert answer.headers["Location"] == reverse("annotations:speaker", args=[former.uid])
    assert former.merged_into is None


def test_quotes_and_the_claims_made_of_them_go_to_somebody_new(alice: User, bob: User) -> None:
    kept, article = make_speaker(by=alice), make_article(by=alice)
    quote = make_quote(article, by=alice, speaker=kept)
    of_it = make_claim(article, "“We had no choice,”", by=bob, claimant_kind="speaker", speaker=kept, quote=quote)
    by_herself = make_claim(article, by=bob, claimant_kind="speaker", speaker=kept)

    signed_in(alice).post(
        split_page(kept), {"seen": 1, "who": "new", "name": "Rui Duarte", "quotes": [f"{quote.uid}:1"]}
    )

    out = Speaker.objects.get(name="Rui Duarte")
    of_it.refresh_from_db()
    by_herself.refresh_from_db()
    assert list(Quote.objects.of(out)) == [quote]
    assert (of_it.speaker, by_herself.speaker) == (out, kept)


def test_a_quote_changed_meanwhile_is_said_and_nothing_is_taken_out(alice: User) -> None:
    kept = make_speaker(by=alice)
    quote = make_quote(make_article(by=alice), by=alice, speaker=kept)
    quote.change(seen=1, cue="said")

    answer = signed_in(alice).post(
        split_page(kept), {"seen": 1, "who": "new", "name": "Rui Duarte", "quotes": [f"{quote.uid}:1"]}
    )

    assert answer.status_code == 409
    assert "meanwhile" in answer.content.decode()
    assert not Speaker.objects.filter(name="Rui Duarte").exists()


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"who": "new"},
        {"who": "former:x:1"},
        {"who": "alias:Ines Duarte"},
        {"who": "new", "name": "A", "quotes": "x"},
    ],
)
def test_a_form_that_names_nobody_is_refused_with_a_sentence(alice: User, fields: dict[str, str]) -> None:
    kept = make_speaker(by=alice)

    answer = signed_in(alice).post(split_page(kept), {"seen": 1, **fields})

    assert answer.status_code == 422
    assert "Not done" in answer.content.decode()
    assert Speaker.objects.count() == 1


def test_only_who_merges_takes_apart(alice: User, bob: User, merged: tuple[Speaker, Speaker]) -> None:
    kept, former = merged
    body = {"seen": 2, "who": f"former:{former.uid}:2"}

    refused, done = (signed_in(person).post(split_page(kept), body).status_code for person in (bob, alice))

    assert (refused, done) == (403, 302)
    assert "Take apart" not in signed_in(bob).get(reverse("annotations:speaker", args=[kept.uid])).content.decode()


def test_a_former_speaker_is_taken_out_over_rest(alice: User, merged: tuple[Speaker, Speaker]) -> None:
    kept, former = merged
    caller = call(alice)

    answer = caller.post(f"speakers/{kept.uid}/split/", {"version": 2, "former": str(former.uid), "former_version": 2})

    assert (answer.status_code, answer.json()["uid"], answer.json()["merged_into"]) == (200, str(former.uid), None)
    assert caller.get(f"speakers/{kept.uid}/").json()["aliases"] == []


def test_somebody_new_is_taken_out_over_rest_with_quotes(alice: User) -> None:
    kept = make_speaker(by=alice)
    quote = make_quote(make_article(by=alice), by=alice, speaker=kept)
    body = {
        "version": 1,
        "name": "Rui Duarte",
        "title": "architect",
        "quotes": [{"quote": str(quote.uid), "version": 1}],
    }

    answer = call(alice).post(f"speakers/{kept.uid}/split/", body)

    quote.refresh_from_db()
    assert (answer.json()["name"], answer.json()["title"]) == ("Rui Duarte", "architect")
    assert quote.speaker is not None
    assert str(quote.speaker.uid) == answer.json()["uid"]


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"version": 1}, 400, ""),
        ({"version": 1, "name": "Ines Duarte"}, 422, "name"),
        ({"name": "Rui Duarte"}, 428, "version"),
        ({"version": 9, "name": "Rui Duarte"}, 409, "version"),
        ({"version": 1, "former": "self"}, 422, "former_version"),
        ({"version": 1, "former": "self", "former_version": 1}, 422, "former"),
    ],
)
def test_what_cannot_be_taken_out_is_refused_over_rest(
    alice: User, body: dict[str, Any], status: int, field: str
) -> None:
    kept = make_speaker(by=alice)
    sent = {key: str(kept.uid) if value == "self" else value for key, value in body.items()}

    answer = call(alice).post(f"speakers/{kept.uid}/split/", sent)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (status, field)
