"""Changing what a claim says, and taking it back."""

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from annotations.operations.checking.claims import change_claim, retract_claim
from newsdesk.models import User
from tests.factories import make_source
from tests.factories.pages import draft, page_of, signed_in


def test_a_claim_is_changed_with_the_version_that_was_seen(alice: User, claim: Any) -> None:
    address = reverse("annotations:claim-change", args=[claim.uid])
    form = signed_in(alice).get(address).context["form"]
    values = {name: value for name, value in form.initial.items() if value is not None}

    answer = signed_in(alice).post(address, {**values, "canonical": "Restated.", "priority": 3})

    claim.refresh_from_db()
    assert answer.status_code == 302
    assert (claim.canonical, claim.priority, claim.version) == ("Restated.", 3, 2)


def test_a_claim_changed_meanwhile_is_a_conflict_and_nothing_is_lost(
    alice: User, bob: User, claim: Any, at: datetime
) -> None:
    address = reverse("annotations:claim-change", args=[claim.uid])
    initial = signed_in(alice).get(address).context["form"].initial
    values = {name: value for name, value in initial.items() if value is not None}
    change_claim(claim=claim, seen=1, by=bob, at=at, canonical="Bob’s words.")

    answer = signed_in(alice).post(address, {**values, "canonical": "Alice’s words."})

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Bob’s words." in text
    assert "Alice’s words." in text
    claim.refresh_from_db()
    assert claim.canonical == "Bob’s words."


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"risk": "high"}, "risk_reason"),
        ({"claimant_kind": "speaker"}, "speaker"),
        ({"claim_date": "2025-05-13"}, "date_basis"),
        ({"checkable": "no"}, "checkable_reason"),
        ({"same_as": f"/claims/{uuid4()}/"}, "same_as"),
        ({"canonical": " "}, "canonical"),
    ],
)
def test_a_change_that_breaks_a_law_names_its_field(alice: User, claim: Any, change: Any, field: Any) -> None:
    address = reverse("annotations:claim-change", args=[claim.uid])
    initial = signed_in(alice).get(address).context["form"].initial
    values = {name: value for name, value in initial.items() if value is not None}

    answer = signed_in(alice).post(address, {**values, **change})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}


def test_a_retracted_claim_takes_no_evidence_and_no_verdict(alice: User, bob: User, claim: Any, at: datetime) -> None:
    snapshot = make_source(by=bob).snapshots.get()
    retract_claim(claim=claim, seen=1, by=alice, at=at, reason="Never said.")
    client = signed_in(bob)

    page = client.get(page_of(claim))
    attached = client.post(
        reverse("annotations:evidence-new", args=[claim.uid]),
        {"snapshot": snapshot.uid, "passage": 0, "stance": "supports"},
    )
    written = client.post(reverse("annotations:check-write", args=[claim.uid]), draft())

    assert "Never said." in page.content.decode()
    assert (page.context["may_write"], page.context["may_attach"]) == (False, False)
    assert (attached.status_code, written.status_code) == (409, 409)
