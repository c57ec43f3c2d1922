"""Two people change one claim: what can be kept of both is kept, and the rest stands side by side."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations.operations.checking.claims import change_claim
from annotations.views.workbench.conflicts import Sides
from articles.operations.quotes import change_quote
from newsdesk.models import User
from tests.factories import make_article, make_claim, make_quote, make_speaker


@pytest.fixture
def client(alice: User) -> Client:
    client = Client()
    client.force_login(alice)
    return client


@pytest.fixture
def claim(alice: User, bob: User) -> Any:
    return make_claim(make_article(by=alice), by=bob, canonical="It will cost 12 million.")


def address_of(claim: Any) -> str:
    return reverse("annotations:claim-change", args=[claim.uid])


def as_shown(client: Client, claim: Any) -> dict[str, Any]:
    """What a browser would send of the form as it stands."""
    form = client.get(address_of(claim)).context["form"]
    return {name: value for name, value in form.initial.items() if value is not None}


def as_sent(form: Any) -> dict[str, Any]:
    """What a browser would send of a form that was sent before and came back."""
    return {field.html_name: field.value() for field in form.visible_fields() if field.value() is not None}


def test_changes_of_different_fields_are_both_in_the_form_and_saved_together(
    client: Client, bob: User, claim: Any, at: datetime
) -> None:
    shown = as_shown(client, claim)
    change_claim(claim=claim, seen=1, by=bob, at=at, priority=3, claim_type="numerical")

    answer = client.post(address_of(claim), {**shown, "canonical": "The repair will cost 12 million."})
    conflict = answer.context["conflict"]
    client.post(
        address_of(claim),
        {**as_sent(answer.context["form"]), "version": conflict.version, "resolution": "yours"},
    )

    claim.refresh_from_db()
    assert answer.status_code == 409
    assert (conflict.both, [sides.label for sides in conflict.only_theirs]) == ([], ["Type", "Priority"])
    assert conflict.only_yours == [Sides("Restatement", "It will cost 12 million.", "The repair will cost 12 million.")]
    assert (claim.canonical, claim.priority, claim.claim_type) == ("The repair will cost 12 million.", 3, "numerical")


def test_the_speaker_somebody_else_chose_is_taken_over(
    client: Client, alice: User, bob: User, claim: Any, at: datetime
) -> None:
    speaker = make_speaker(by=alice)
    make_quote(claim.article, by=alice, speaker=speaker)
    shown = as_shown(client, claim)
    change_claim(claim=claim, seen=1, by=bob, at=at, claimant_kind="speaker", speaker=speaker)

    answer = client.post(address_of(claim), {**shown, "priority": 3})

    assert answer.context["form"]["speaker"].value() == str(speaker.uid)
    assert [sides.theirs for sides in answer.context["conflict"].only_theirs] == ["a speaker", "Ines Duarte"]


def test_one_field_changed_by_both_stands_side_by_side_and_the_rest_is_kept(
    client: Client, bob: User, claim: Any, at: datetime
) -> None:
    shown = as_shown(client, claim)
    change_claim(claim=claim, seen=1, by=bob, at=at, canonical="It costs 13 million.", priority=3)

    answer = client.post(address_of(claim), {**shown, "canonical": "It costs 14 million."})

    assert answer.context["conflict"].both == [Sides("Restatement", "It costs 13 million.", "It costs 14 million.")]
    assert answer.context["form"]["canonical"].value() == "It costs 14 million."
    assert answer.context["form"]["priority"].value() == "3"


def test_a_conflict_offers_one_primary_action(client: Client, bob: User, claim: Any, at: datetime) -> None:
    shown = as_shown(client, claim)
    change_claim(claim=claim, seen=1, by=bob, at=at, priority=3)

    page = client.post(address_of(claim), {**shown, "canonical": "It costs 14 million."}).content.decode()

    main = page.split("<main")[1]
    assert main.count("button-main") == 1
    assert "Save both changes" in main
    assert "Keep only what Bob Tanaka wrote" in main


def test_a_version_that_never_was_keeps_nobodys_change_unseen(
    client: Client, bob: User, claim: Any, at: datetime
) -> None:
    shown = as_shown(client, claim)
    change_claim(claim=claim, seen=1, by=bob, at=at, priority=3)

    answer = client.post(address_of(claim), {**shown, "version": 99})

    assert [sides.label for sides in answer.context["conflict"].both] == ["Priority"]


def test_a_mark_changed_on_the_workbench_keeps_both_changes_too(
    client: Client, alice: User, bob: User, at: datetime
) -> None:
    quote = make_quote(make_article(by=alice), by=alice)
    change_quote(quote=quote, seen=1, by=bob, at=at, cue="insisted")
    address = reverse("annotations:change-mark", args=[quote.article.uid, "quote", quote.uid])

    answer = client.post(address, {"kind": "mixed", "wording": "unknown", "cue": "", "version": 1})

    assert answer.status_code == 409
    assert answer.context["conflict"].both == []
    assert answer.context["form"]["cue"].value() == "insisted"
    assert answer.context["form"]["kind"].value() == "mixed"
