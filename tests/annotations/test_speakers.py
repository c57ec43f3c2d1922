"""Speakers: the list, the profile, merging."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations.views.workbench.conflicts import Sides
from articles.models import ArticleState, Speaker
from articles.operations.speakers import change_speaker
from newsdesk.models import User
from tests.factories import make_article, make_check, make_claim, make_quote, make_speaker


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page_of(speaker: Any) -> str:
    return reverse("annotations:speaker", args=[speaker.uid])


def test_the_profile_shows_words_claims_and_verdicts(alice: User, bob: User, at: datetime) -> None:
    article, speaker = make_article(by=alice), make_speaker(by=alice)
    quote = make_quote(article, by=alice, speaker=speaker, mention="mayor Ines Duarte", cue="said")
    claim = make_claim(
        article,
        by=bob,
        claimant_kind="speaker",
        speaker=speaker,
        quote=quote,
        claim_date=at.date(),
        date_basis="stated",
    )
    make_check(claim, checker=bob)

    answer = signed_in(bob).get(page_of(speaker))

    profile, text = answer.context["profile"], answer.content.decode()
    assert [(row.words, row.sentence, row.label) for row in profile.quotes] == [("“We had no choice,”", 3, "Q1")]
    assert [(tally.tone, len(tally.rows)) for tally in profile.tallies] == [("supported", 1)]
    assert profile.names == [("mayor Ines Duarte", 1)]
    assert "C1, Ines Duarte, 13 May 2025: True" in text


def test_verdicts_on_wording_do_not_count_against_the_speaker(alice: User, bob: User) -> None:
    article, speaker = make_article(by=alice), make_speaker(by=alice)
    quote = make_quote(article, by=alice, speaker=speaker)
    make_claim(article, "“We had no choice,”", by=bob, quote=quote, claim_type="quote-wording")

    text = signed_in(bob).get(page_of(speaker)).content.decode()

    assert "It does not count against the speaker." in text


def test_speakers_are_found_by_any_name_in_any_case_and_without_accents(alice: User) -> Any:
    make_speaker(by=alice, name="Inês Duarte", aliases=["Инеш Дуарте"])
    make_speaker(by=alice, name="Paul Duarte")
    client, address = signed_in(alice), reverse("annotations:speaker-list")

    def found(words: Any) -> Any:
        return [row.speaker.name for row in client.get(address, {"words": words}).context["rows"]]

    assert found("duarte") == ["Inês Duarte", "Paul Duarte"]
    assert found("INES duarte") == ["Inês Duarte"]
    assert found("дуарте") == ["Inês Duarte", "Paul Duarte"]
    assert found("инеш дуарте") == ["Inês Duarte"]
    assert found("dua") == []


def test_a_speaker_is_added_with_names_on_lines(emil: User) -> None:
    signed_in(emil).post(
        reverse("annotations:speaker-new"),
        {"name": "Ines Duarte", "kind": "person", "aliases": "I. Duarte\n\nI. Duarte\n Mayor Duarte "},
    )

    assert Speaker.objects.get().aliases == ["I. Duarte", "Mayor Duarte"]


def test_a_speaker_without_a_name_is_refused(emil: User) -> None:
    answer = signed_in(emil).post(reverse("annotations:speaker-new"), {"name": "  ", "kind": "person"})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"name"}


def test_an_editor_merges_two_names(alice: User) -> None:
    kept = make_speaker(by=alice, name="Ines Duarte")
    double = make_speaker(by=alice, name="Inês Duarte")
    make_quote(make_article(by=alice), by=alice, speaker=double)
    client = signed_in(alice)
    offered = [row.speaker for row in client.get(page_of(kept)).context["candidates"]]

    client.post(
        reverse("annotations:speaker-merge", args=[kept.uid]),
        {"merged": double.uid, "seen_kept": 1, "seen_merged": 1},
    )

    profile = client.get(page_of(kept)).context["profile"]
    assert offered == [double]
    assert len(profile.quotes) == 1
    assert profile.former == [double]
    assert "This name is now Ines Duarte" in client.get(page_of(double)).content.decode()


def test_a_speaker_changed_meanwhile_is_not_merged(alice: User, bob: User, at: datetime) -> None:
    kept = make_speaker(by=alice, name="Ines Duarte")
    double = make_speaker(by=alice, name="Inês Duarte")
    change_speaker(speaker=double, seen=1, by=bob, at=at, title="Somebody else")

    answer = signed_in(alice).post(
        reverse("annotations:speaker-merge", args=[kept.uid]),
        {"merged": double.uid, "seen_kept": 1, "seen_merged": 1},
    )

    double.refresh_from_db()
    assert answer.status_code == 409
    assert double.merged_into is None


def test_a_name_changed_meanwhile_is_a_conflict_with_both_sides(alice: User, bob: User, at: datetime) -> None:
    speaker = make_speaker(by=alice)
    change_speaker(speaker=speaker, seen=1, by=bob, at=at, title="Mayor")

    answer = signed_in(alice).post(
        reverse("annotations:speaker-change", args=[speaker.uid]),
        {"name": "Ines Duarte", "kind": "person", "title": "Governor", "version": 1},
    )

    assert answer.status_code == 409
    assert answer.context["conflict"].both == [Sides("Title or office", "Mayor", "Governor")]


def test_who_changes_and_who_merges(alice: User, bob: User, carol: User, dana: User, emil: User, ada: User) -> None:
    speaker = make_speaker(by=alice)
    cast = {"alice": alice, "bob": bob, "carol": carol, "dana": dana, "emil": emil, "ada": ada}
    change = reverse("annotations:speaker-change", args=[speaker.uid])
    merge = reverse("annotations:speaker-merge", args=[speaker.uid])

    changes = {who for who, one in cast.items() if signed_in(one).get(change).status_code == 200}
    merges = {who for who, one in cast.items() if signed_in(one).post(merge).status_code != 403}

    assert changes == {"alice", "bob", "ada"}
    assert merges == {"alice", "ada"}


def test_readers_know_only_of_those_quoted_in_what_is_out(alice: User, rana: User) -> None:
    speaker = make_speaker(by=alice)
    article = make_article(by=alice)
    make_quote(article, by=alice, speaker=speaker)
    before = signed_in(rana).get(page_of(speaker)).status_code
    article.change(seen=article.version, state=ArticleState.PUBLISHED)

    after = signed_in(rana).get(page_of(speaker)).status_code

    assert (before, after) == (404, 200)


def test_quotes_one_may_not_know_of_are_not_counted(alice: User, bob: User) -> None:
    speaker = make_speaker(by=alice)
    make_quote(make_article(by=alice, state=ArticleState.INCOMING), by=alice, speaker=speaker)
    address = reverse("annotations:speaker-list")

    counts = [signed_in(person).get(address).context["rows"][0].quotes for person in (alice, bob)]

    assert counts == [1, 0]


@pytest.mark.parametrize("speakers", [1, 3])
def test_the_list_asks_the_same_questions_for_any_number_of_speakers(
    alice: User, speakers: Any, django_assert_num_queries: Any
) -> None:
    for number in range(speakers):
        make_speaker(by=alice, name=f"Speaker {number}")
    client = signed_in(alice)

    with django_assert_num_queries(4):
        answer = client.get(reverse("annotations:speaker-list"))

    assert len(answer.context["rows"]) == speakers
