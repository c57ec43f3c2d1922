"""Writing a verdict: drafts, what they need before they are sent, and two writers at once."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from annotations.models import FactCheck
from annotations.operations.claims import change_claim
from annotations.operations.factchecks import log_search, write_check
from annotations.views.conflicts import Sides
from newsdesk.models import User
from tests.factories.pages import draft, page_of, signed_in


def test_a_first_draft_opens_a_check(bob: User, claim: Any) -> None:
    signed_in(bob).post(reverse("annotations:check-write", args=[claim.uid]), {**draft(), "act": "keep"})

    check = FactCheck.objects.get()
    assert (check.checker, check.state, check.verdict, check.authors) == (bob, "drafted", "supported", [bob.pk])


def test_a_rating_that_contradicts_the_verdict_is_refused_at_its_field(bob: User, claim: Any) -> None:
    answer = signed_in(bob).post(
        reverse("annotations:check-write", args=[claim.uid]), {**draft(rating="false"), "act": "keep"}
    )

    assert answer.status_code == 422
    assert "does not stand for" in answer.context["check_form"].errors["rating"][0]
    assert not FactCheck.objects.exists()


def test_a_draft_without_evidence_is_kept_but_not_sent(bob: User, claim: Any) -> None:
    answer = signed_in(bob).post(reverse("annotations:check-write", args=[claim.uid]), {**draft(), "act": "send"})

    check = FactCheck.objects.get()
    assert answer.status_code == 422
    assert "Attach at least one passage" in answer.content.decode()
    assert (check.state, check.reason) == ("drafted", "The estimate says so.")
    assert answer.context["check_form"]["version"].value() == str(check.version)


def test_two_writers_of_one_draft_see_both_sides(
    bob: User, alice: User, claim: Any, drafted: Any, at: datetime
) -> None:
    write_check(check=drafted, seen=drafted.version, by=alice, at=at, reason="Alice mended it.")

    answer = signed_in(bob).post(
        reverse("annotations:check-write", args=[claim.uid]), {**draft(reason="Bob mended it.", version=2)}
    )

    conflict = answer.context["conflict"]
    assert answer.status_code == 409
    assert conflict.both == [Sides("Reason, as readers will see it", "Alice mended it.", "Bob mended it.")]
    drafted.refresh_from_db()
    assert drafted.reason == "Alice mended it."


def test_after_a_conflict_the_seen_version_is_written_over(
    bob: User, alice: User, claim: Any, drafted: Any, at: datetime
) -> None:
    current = write_check(check=drafted, seen=drafted.version, by=alice, at=at, reason="Alice mended it.")
    answer = {**draft(reason="Bob mended it."), "version": current.version, "resolution": "yours"}

    signed_in(bob).post(reverse("annotations:check-write", args=[claim.uid]), answer)

    drafted.refresh_from_db()
    assert drafted.reason == "Bob mended it."


def test_a_search_logged_meanwhile_is_no_conflict(bob: User, claim: Any, drafted: Any, at: datetime) -> None:
    seen = drafted.version
    log_search(check=drafted, query="bridge", found=1, by=bob, at=at)

    answer = signed_in(bob).post(
        reverse("annotations:check-write", args=[claim.uid]), draft(reason="Written on.", version=seen)
    )

    drafted.refresh_from_db()
    assert (answer.status_code, drafted.reason) == (302, "Written on.")


def test_a_changed_restatement_makes_the_verdict_stale_and_shows_the_difference(
    alice: User, claim: Any, drafted: Any, at: datetime
) -> None:
    client = signed_in(alice)
    before = client.get(page_of(claim)).content.decode()
    old = claim.canonical
    change_claim(claim=claim, seen=1, by=alice, at=at, canonical="The repair costs 13 million.")

    after = client.get(page_of(claim)).content.decode()

    assert "The verdict is stale" not in before
    assert "The claim has been changed since the verdict." in after
    assert f"<del>{old}</del> <ins>The repair costs 13 million.</ins>" in after
