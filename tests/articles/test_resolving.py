"""Mentions of speakers among those the desk keeps: who is certain, who is offered, in how many queries."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from articles.models import Access, Origin, Speaker
from articles.naming.keys import name_keys
from articles.naming.ranking import Mention, Reason
from articles.operations.speakers import merge_speakers
from articles.search.bearers import MOST_RANKED, MOST_READ
from articles.search.company import Setting
from articles.search.speakers import resolve_speaker, resolve_speakers
from newsdesk.models import User
from tests.factories import AT, make_article, make_quote, make_speaker


def test_a_full_name_in_any_script_is_certain_with_why(alice: User) -> None:
    zelensky = make_speaker(by=alice, name="Volodymyr Zelensky", title="President of Ukraine")
    make_speaker(by=alice, name="Olena Zelenska")

    found = resolve_speaker("Зеленський", full_name="Володимир Зеленський", language="uk", person=alice)

    assert found.speaker is not None
    assert found.speaker.speaker == zelensky
    assert found.speaker.why == "the same name in another spelling"
    assert found.proposed is None


def test_a_bare_surname_is_offered_and_never_taken(alice: User) -> None:
    makers = [make_speaker(by=alice, name=name) for name in ("Ines Duarte", "Paul Duarte")]
    make_speaker(by=alice, name="Rui Costa")

    found = resolve_speaker("Duarte", person=alice)

    assert found.speaker is None
    assert [candidate.speaker for candidate in found.candidates] == makers
    assert found.candidates[0].reasons == (Reason.PART,)


def test_nobody_known_is_proposed_as_the_text_describes_them(alice: User) -> None:
    make_speaker(by=alice)

    found = resolve_speaker("mayor Tomas Reed", title="mayor", affiliation="Harbour", person=alice)

    assert (found.speaker, found.candidates) == (None, ())
    assert found.proposed is not None
    assert (found.proposed.name, found.proposed.title, found.proposed.affiliation) == ("Tomas Reed", "mayor", "Harbour")


def test_a_merged_name_means_whom_it_was_merged_into(alice: User) -> None:
    kept, merged = make_speaker(by=alice), make_speaker(by=alice, name="Inês D. Reis")
    merge_speakers(kept=kept, merged=merged, seen_kept=1, seen_merged=1, by=alice, at=AT)

    found = resolve_speaker("Inês D. Reis", person=alice)

    assert found.speaker is not None
    assert (found.speaker.speaker, found.speaker.matched) == (kept, "Inês D. Reis")


def test_whoever_was_quoted_beside_the_others_comes_first(alice: User) -> None:
    stranger, companion = make_speaker(by=alice, name="Ana Reed"), make_speaker(by=alice, name="Tomas Reed")
    costa, earlier = make_speaker(by=alice, name="Rui Costa"), make_article(by=alice)
    make_quote(earlier, by=alice, speaker=companion)
    make_quote(earlier, "reckless", by=alice, speaker=costa)
    alone = resolve_speaker("Reed", person=alice)

    found = resolve_speaker("Reed", beside=[costa], person=alice)

    assert [candidate.speaker for candidate in alone.candidates] == [stranger, companion]
    assert [candidate.speaker for candidate in found.candidates] == [companion, stranger]
    assert found.candidates[0].beside == "Rui Costa"


def test_who_is_certain_in_a_text_is_company_for_the_rest(alice: User) -> None:
    make_speaker(by=alice, name="Ana Reed")
    companion, costa, earlier = (
        make_speaker(by=alice, name="Tomas Reed"),
        make_speaker(by=alice, name="Rui Costa"),
        make_article(by=alice),
    )
    make_quote(earlier, by=alice, speaker=companion)
    make_quote(earlier, "reckless", by=alice, speaker=costa)

    found = resolve_speakers([Mention("Reed"), Mention("Costa", "Rui Costa")], person=alice)

    assert found[0].candidates[0].speaker == companion
    assert found[1].speaker is not None


def test_quotes_under_a_merged_name_are_company_too(alice: User) -> None:
    make_speaker(by=alice, name="Ana Reed")
    kept, former = make_speaker(by=alice, name="Tomas Reed"), make_speaker(by=alice, name="T. Reed-Long")
    costa, earlier = make_speaker(by=alice, name="Rui Costa"), make_article(by=alice)
    make_quote(earlier, by=alice, speaker=former)
    make_quote(earlier, "reckless", by=alice, speaker=costa)
    merge_speakers(kept=kept, merged=former, seen_kept=1, seen_merged=1, by=alice, at=AT)

    found = resolve_speaker("Reed", beside=[costa], person=alice)

    assert found.candidates[0].speaker == kept


def test_the_outlet_and_the_language_raise_who_was_quoted_there(alice: User) -> None:
    make_speaker(by=alice, name="Ana Reed")
    heard = make_speaker(by=alice, name="Tomas Reed")
    make_quote(make_article(by=alice, outlet="Morning Courier", language="en"), by=alice, speaker=heard)

    found = resolve_speaker("Reed", outlet="Morning Courier", language="en", person=alice)

    assert found.candidates[0].speaker == heard
    assert found.candidates[0].reasons == (Reason.PART, Reason.OUTLET, Reason.LANGUAGE)


def test_company_in_what_one_may_not_know_of_says_nothing(alice: User, bob: User) -> None:
    make_speaker(by=alice, name="Ana Reed")
    heard = make_speaker(by=alice, name="Tomas Reed")
    article = make_article(by=alice, outlet="Morning Courier")
    make_quote(article, by=alice, speaker=heard)
    bait = resolve_speaker("Reed", outlet="Morning Courier", person=bob).candidates[0].speaker
    article.change(seen=article.version, access=Access.RESTRICTED, access_reason="a source")

    found = resolve_speaker("Reed", outlet="Morning Courier", person=bob)

    assert bait == heard
    assert all(candidate.reasons == (Reason.PART,) for candidate in found.candidates)


def test_what_a_machine_suggested_is_no_company(alice: User) -> None:
    stranger, companion = make_speaker(by=alice, name="Ana Reed"), make_speaker(by=alice, name="Tomas Reed")
    costa, earlier = make_speaker(by=alice, name="Rui Costa"), make_article(by=alice)
    quote = make_quote(earlier, by=alice, speaker=companion)
    make_quote(earlier, "reckless", by=alice, speaker=costa)
    bait = resolve_speaker("Reed", beside=[costa], person=alice).candidates[0].speaker
    quote.change(seen=1, origin=Origin.SUGGESTED, proposer="a rule")

    found = resolve_speaker("Reed", beside=[costa], person=alice)

    assert (bait, found.candidates[0].speaker) == (companion, stranger)


def test_readers_are_offered_only_whom_they_may_know_of(alice: User, rana: User) -> None:
    make_speaker(by=alice)

    counts = [len(resolve_speaker("Duarte", person=person).candidates) for person in (alice, rana)]

    assert counts == [1, 0]


def test_nobody_of_very_many_namesakes_is_certain(alice: User) -> None:
    for _number in range(MOST_RANKED):
        make_speaker(by=alice, name="Wei Wang")
    few = resolve_speaker("Wei Wang", full_name="Wei Wang", title="mayor", person=alice)
    make_speaker(by=alice, name="Wei Wang", title="mayor")

    found = resolve_speaker("Wei Wang", full_name="Wei Wang", title="mayor", person=alice)

    assert (few.speaker, found.speaker) == (None, None)
    assert found.candidates[0].speaker.title == "mayor"


def test_companions_are_found_behind_many_namesakes(alice: User) -> None:
    namesakes = [
        Speaker(name=f"A{number} Reed", keys=name_keys([f"A{number} Reed"]), created_by=alice, created_at=AT)
        for number in range(MOST_READ)
    ]
    Speaker.objects.bulk_create(namesakes)
    companion, costa = make_speaker(by=alice, name="Tomas Reed"), make_speaker(by=alice, name="Rui Costa")
    earlier = make_article(by=alice)
    make_quote(earlier, by=alice, speaker=companion)
    make_quote(earlier, "reckless", by=alice, speaker=costa)
    alone = {candidate.speaker for candidate in resolve_speaker("Reed", person=alice).candidates}

    found = resolve_speaker("Reed", beside=[costa], person=alice)

    assert companion not in alone
    assert found.candidates[0].speaker == companion


@pytest.mark.parametrize("count", [1, 20])
def test_an_article_asks_the_same_questions_for_any_number_of_mentions(
    alice: User, count: int, django_assert_num_queries: Any
) -> None:
    costa = make_speaker(by=alice, name="Rui Costa")
    for number in range(20):
        make_speaker(by=alice, name=f"Ana{number} Reed")
    mentions = [Mention("Reed", f"Ana{number} Reed") for number in range(count)] + [Mention("Reed")]
    alice.has_perm("articles.record_quote")

    with django_assert_num_queries(5):
        found = resolve_speakers(mentions, person=alice, setting=Setting("Courier", "en"), beside=[costa])

    assert [resolution.speaker is not None for resolution in found] == [True] * count + [False]


def test_no_mention_asks_nothing(alice: User, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert resolve_speakers([Mention("…")], person=alice)[0].candidates == ()
        assert resolve_speakers([], person=alice) == []


def test_speakers_from_before_get_their_keys_without_a_new_version(alice: User) -> None:
    old, right = make_speaker(by=alice, name="Inês Šimić"), make_speaker(by=alice)
    old.change(seen=1, keys=["ines", "ines simic", "simic"])
    fill_keys = import_module("articles.migrations.0007_speaker_keys").fill_keys

    fill_keys(apps, connection.schema_editor())

    now = Speaker.objects.get(pk=old.pk)
    assert (now.keys, now.version) == (name_keys(["Inês Šimić"]), 2)
    assert Speaker.objects.get(pk=right.pk).version == 1
    events: Any = Speaker._meta.get_field("events").related_model
    assert events.objects.filter(pgh_obj=old.pk).count() == 1
