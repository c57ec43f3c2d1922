"""How the desk checks: its policy in versions, and ratings whose words never change under what was published."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations.models import DeskVerdict, MethodsPage, Rating
from annotations.operations.checking.checklaws import LawBroken
from annotations.operations.checking.factchecks import publish_verdict, review_check, send_to_review, write_check
from annotations.operations.readers.methods import (
    MethodsStale,
    MethodsUnchanged,
    RatingMalformed,
    RatingRetired,
    VerdictLeftWithout,
    add_rating,
    move_rating,
    replace_rating,
    retire_rating,
    write_methods,
)
from annotations.queries.readers.methods import methods_of, scale_in_use
from newsdesk.models import User
from tests.factories import AT, make_article, make_check, make_claim, make_evidence, make_source
from tests.factories.callers import call
from tests.factories.contention import at_once
from tests.factories.pages import draft, page_of, signed_in

LATER = AT + timedelta(days=1)


def rating(slug: str) -> Rating:
    return Rating.objects.in_use().get(scale__slug="rating", slug=slug)


def words() -> list[str]:
    return [each.name for each in scale_in_use()]


def rename(slug: str, name: str, *, by: User, at: Any = LATER) -> Rating:
    old = rating(slug)
    return replace_rating(rating=old, name=name, verdicts=old.verdicts, asks_for_reply=old.asks_for_reply, by=by, at=at)


def published(alice: User, bob: User, dana: User) -> DeskVerdict:
    claim = make_claim(make_article(by=alice), by=bob)
    make_evidence(claim, make_source(by=bob), by=bob)
    check = make_check(claim, checker=bob)
    check = send_to_review(check=check, seen=check.version, by=bob, at=AT)
    review_check(check=check, seen=check.version, decision="approve", by=dana, at=AT)
    return publish_verdict(check=check, seen=check.version, by=alice, at=AT)


# the scale


def test_renaming_a_rating_leaves_what_was_published_in_its_words(alice: User, bob: User, dana: User) -> None:
    verdict = published(alice, bob, dana)

    renamed = rename("true", "Correct", by=alice)

    verdict.refresh_from_db()
    assert verdict.rating.name == "True"
    assert (renamed.slug, renamed.order, renamed.name) == ("true", verdict.rating.order, "Correct")
    assert words()[0] == "Correct"
    page = signed_in(alice).get(page_of(verdict.claim)).content.decode()
    assert "<span>True</span>" in page


def test_a_new_rating_stands_last_and_a_retired_one_stands_no_more(alice: User) -> None:
    add_rating(name="Half true", verdicts=["conflicting"], asks_for_reply=False, by=alice, at=LATER)
    retire_rating(rating=rating("mixed"), by=alice, at=LATER)

    assert words() == [
        "True",
        "Mostly true",
        "Misleading (missing context)",
        "Mostly false",
        "False",
        "Unproven",
        "Half true",
    ]
    assert Rating.objects.filter(slug="mixed").count() == 1


def test_ratings_change_places(alice: User) -> None:
    move_rating(rating=rating("true"), up=False, by=alice, at=LATER)
    move_rating(rating=rating("true"), up=False, by=alice, at=LATER)
    move_rating(rating=rating("unproven"), up=False, by=alice, at=LATER)

    assert words()[:3] == ["Mostly true", "Mixed", "True"]
    assert words()[-1] == "Unproven"


def test_every_verdict_keeps_a_rating(alice: User) -> None:
    with pytest.raises(VerdictLeftWithout, match="Not enough evidence"):
        retire_rating(rating=rating("unproven"), by=alice, at=LATER)
    with pytest.raises(VerdictLeftWithout):
        replace_rating(
            rating=rating("unproven"), name="Open", verdicts=["refuted"], asks_for_reply=False, by=alice, at=LATER
        )

    assert retire_rating(rating=rating("mostly-true"), by=alice, at=LATER).retired_at == LATER


@pytest.mark.parametrize(
    ("change", "field"), [({"name": " "}, "name"), ({"name": "false"}, "name"), ({"verdicts": []}, "verdicts")]
)
def test_a_rating_has_words_of_its_own_and_stands_for_something(
    alice: User, change: dict[str, Any], field: str
) -> None:
    values: dict[str, Any] = {"name": "Half true", "verdicts": ["conflicting"], "asks_for_reply": False} | change

    with pytest.raises(RatingMalformed, check=lambda refusal: refusal.field == field):
        add_rating(**values, by=alice, at=LATER)


def test_what_is_retired_is_not_changed(alice: User) -> None:
    old = retire_rating(rating=rating("mixed"), by=alice, at=LATER)
    values: dict[str, Any] = {"name": "Mixture", "verdicts": ["conflicting"], "asks_for_reply": False}

    with pytest.raises(RatingRetired):
        retire_rating(rating=old, by=alice, at=LATER)
    with pytest.raises(RatingRetired):
        move_rating(rating=old, up=True, by=alice, at=LATER)
    with pytest.raises(RatingRetired):
        replace_rating(rating=old, by=alice, at=LATER, **values)


def test_a_draft_keeps_retired_words_until_it_is_sent(alice: User, bob: User) -> None:
    claim = make_claim(make_article(by=alice), by=bob)
    make_evidence(claim, make_source(by=bob), by=bob)
    check = make_check(claim, checker=bob)
    rename("true", "Correct", by=alice)

    check = write_check(check=check, seen=check.version, by=bob, at=AT, note="Still so.")
    check.refresh_from_db()
    with pytest.raises(LawBroken, match="is not given any more", check=lambda law: law.field == "rating"):
        send_to_review(check=check, seen=check.version, by=bob, at=AT)

    page = signed_in(bob).get(page_of(claim)).content.decode()
    assert "True</option>" in page
    assert "Correct</option>" in page


def test_retired_words_are_not_chosen_anew(alice: User, bob: User) -> None:
    claim = make_claim(make_article(by=alice), by=bob)
    sent = draft(rating="true")
    rename("true", "Correct", by=alice)

    answer = signed_in(bob).post(reverse("annotations:check-write", args=[claim.uid]), sent)

    assert answer.status_code == 422
    assert "is not given any more" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_rename_one_rating_the_second_is_told(alice: User) -> None:
    outcomes = at_once(lambda: rename("true", "Right", by=alice), lambda: rename("true", "Correct", by=alice))

    assert "saved" in outcomes
    assert Rating.objects.in_use().filter(slug="true").count() == 1


# the policy


def test_versions_are_numbered_and_say_what_changed(alice: User) -> None:
    write_methods(text="We ask first.", change_note="", base=0, by=alice, at=AT)
    write_methods(text="We ask twice.", change_note="Twice now.", base=1, by=alice, at=LATER)

    with pytest.raises(MethodsStale, check=lambda stale: stale.newest == 2):
        write_methods(text="We ask.", change_note="Shorter.", base=1, by=alice, at=LATER)
    with pytest.raises(MethodsUnchanged):
        write_methods(text="We ask twice.", change_note="Again.", base=2, by=alice, at=LATER)
    assert [(page.number, page.text) for page in MethodsPage.objects.all()] == [
        (2, "We ask twice."),
        (1, "We ask first."),
    ]


def test_an_earlier_version_stands_beside_the_scale_of_its_time(alice: User) -> None:
    write_methods(text="We ask first.", change_note="", base=0, by=alice, at=AT)
    write_methods(text="We ask twice.", change_note="Twice now.", base=1, by=alice, at=LATER)
    rename("true", "Correct", by=alice, at=LATER + timedelta(hours=1))

    first, second = methods_of(1), methods_of(2)

    assert first is not None
    assert second is not None
    assert (first.ratings[0].name, second.ratings[0].name) == ("True", "Correct")
    assert methods_of(3) is None


def test_anybody_reads_it_without_an_account(alice: User) -> None:
    bare = Client().get("/methods/").content.decode()
    write_methods(text="We ask first.", change_note="", base=0, by=alice, at=AT)
    write_methods(text="We ask twice.", change_note="Twice now.", base=1, by=alice, at=LATER)

    page = Client().get("/methods/").content.decode()
    earlier = Client().get("/methods/1/").content.decode()

    assert "has not written down its policy yet" in bare
    assert "We ask twice." in page
    assert "Twice now." in page
    assert "Mostly false" in page
    assert "We ask first." in earlier
    assert "This is an earlier version." in earlier
    for kept in ("Alice", "Change this page"):
        assert kept not in page
    assert Client().get("/methods/9/").status_code == 404


def test_an_editor_writes_policy_and_scale_on_the_page(alice: User) -> None:
    client = signed_in(alice)
    address = reverse("annotations:methods-change")

    client.post(address, {"base": 0, "text": "We ask first."})
    unsaid = client.post(address, {"base": 1, "text": "We ask twice."})
    stale = client.post(address, {"base": 0, "text": "We ask twice.", "change_note": "Twice."})
    client.post(
        reverse("annotations:rating-change", args=["true"]),
        {"act": "replace", "true-name": "Correct", "true-verdicts": ["supported"]},
    )
    left = client.post(reverse("annotations:rating-change", args=["unproven"]), {"act": "retire"})
    client.post(
        reverse("annotations:rating-add"), {"new-name": "Half true", "new-verdicts": ["conflicting", "refuted"]}
    )
    client.post(reverse("annotations:rating-change", args=["half-true"]), {"act": "up"})

    assert MethodsPage.objects.get().text == "We ask first."
    assert unsaid.status_code == 422
    assert stale.status_code == 409
    assert "wrote version 1" in stale.content.decode()
    assert left.status_code == 409
    assert "no rating would stand for" in left.content.decode()
    assert words()[0] == "Correct"
    assert words()[-2:] == ["Half true", "Unproven"]


def test_others_do_not_write_it(bob: User, dana: User, rana: User) -> None:
    for person in (bob, dana, rana):
        client = signed_in(person)
        assert client.get(reverse("annotations:methods-change")).status_code == 403
        assert client.post(reverse("annotations:rating-add"), {}).status_code == 403
        assert client.post(reverse("annotations:rating-change", args=["true"]), {"act": "retire"}).status_code == 403
        answer = call(person).post("ratings/retire/", {"rating": "rating/mixed"})
        assert answer.status_code == 403
    assert len(words()) == 7


def test_policy_and_scale_over_the_api(alice: User) -> None:
    api = call(alice)

    first = api.post("methods/", {"text": "We ask first.", "base": 0})
    nameless = api.post("methods/", {"text": "We ask twice."})
    silent = api.post("methods/", {"text": "We ask twice.", "base": 1})
    added = api.post("ratings/", {"name": "Half true", "verdicts": ["conflicting"]})
    renamed = api.post("ratings/replace/", {"rating": "rating/true", "name": "Correct", "verdicts": ["supported"]})
    moved = api.post("ratings/move/", {"rating": "rating/half-true", "up": True})
    retired = api.post("ratings/retire/", {"rating": "rating/mixed"})
    left = api.post("ratings/retire/", {"rating": "rating/unproven"})

    assert (first.status_code, first.json()["number"]) == (201, 1)
    assert nameless.status_code == 428
    assert (silent.status_code, {each["field"] for each in silent.json()["errors"]}) == (400, {"change_note", "number"})
    assert (added.status_code, added.json()["slug"]) == (201, "half-true")
    assert (renamed.json()["name"], renamed.json()["retired_at"]) == ("Correct", None)
    assert moved.json()["order"] == 7
    assert retired.json()["retired_at"] is not None
    assert (left.status_code, left.json()["errors"][0]["field"]) == (409, "verdicts")
    scale = next(each for each in api.get("verdict-scales/").json()["results"] if each["slug"] == "rating")
    assert next(each["name"] for each in scale["ratings"]) == "Correct"
    assert "Mixed" not in [each["name"] for each in scale["ratings"]]
