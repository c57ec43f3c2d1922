"""Writing a verdict: drafts, what they need before they are sent, and two writers at once."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from annotations.models import FactCheck
from annotations.operations.checking.claims import change_claim
from annotations.operations.checking.factchecks import log_search, write_check
from annotations.views.workbench.conflicts import Sides
from newsdesk.models import User
from tests.factories import make_evidence, make_source
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


def test_a_draft_that_cannot_be_sent_is_not_written_either(bob: User, claim: Any) -> None:
    answer = signed_in(bob).post(reverse("annotations:check-write", args=[claim.uid]), {**draft(), "act": "send"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Attach at least one passage" in page
    assert "Nothing was written yet." in page
    assert "The estimate says so." in page
    assert not FactCheck.objects.exists()


def test_a_sent_draft_that_lacks_something_leaves_what_stood_before(bob: User, claim: Any, drafted: Any) -> None:
    sent = draft(reason="Rewritten.", one_source_reason="", version=drafted.version)

    answer = signed_in(bob).post(reverse("annotations:check-write", args=[claim.uid]), {**sent, "act": "send"})

    before = (drafted.version, drafted.reason)
    drafted.refresh_from_db()
    assert answer.status_code == 422
    assert list(answer.context["check_form"].errors) == ["one_source_reason"]
    assert (drafted.version, drafted.reason) == before


def test_the_page_says_before_sending_what_the_evidence_lacks(bob: User, claim: Any) -> None:
    make_evidence(claim, make_source(by=bob, basis="paraphrase"), by=bob)

    page = signed_in(bob).get(page_of(claim)).content.decode()

    lacking = page.split('id="to-send"')[1].split("</div>")[0]
    assert "A capture or a transcript" in lacking
    assert "Two independent sources" in lacking
    assert "A passage with its stance" not in lacking


def test_an_approved_check_is_changed_only_when_its_approval_is_withdrawn(bob: User, claim: Any, approved: Any) -> None:
    changed = draft(reason="Rewritten.", one_source_reason="Only they know.", version=approved.version)
    address = reverse("annotations:check-write", args=[claim.uid])

    answer = signed_in(bob).post(address, {**changed, "act": "send"})

    approved.refresh_from_db()
    assert answer.status_code == 422
    assert list(answer.context["check_form"].errors) == ["withdraw_approval"]
    assert "the check is still approved" in answer.content.decode()
    assert (approved.state, approved.reason) == ("approved", "The council’s own estimate says so.")


def test_an_approved_check_whose_approval_is_withdrawn_goes_to_review_as_one_act(
    bob: User, claim: Any, approved: Any
) -> None:
    changed = draft(
        reason="Rewritten.", one_source_reason="Only they know.", version=approved.version, withdraw_approval="on"
    )

    answer = signed_in(bob).post(
        reverse("annotations:check-write", args=[claim.uid]), {**changed, "act": "send"}, follow=True
    )

    approved.refresh_from_db()
    assert "Sent to review. A second person decides." in answer.content.decode()
    assert (approved.state, approved.reason) == ("in_review", "Rewritten.")


def test_an_approved_check_with_its_reason_taken_out_stays_approved(bob: User, claim: Any, approved: Any) -> None:
    changed = draft(reason="", one_source_reason="Only they know.", version=approved.version, withdraw_approval="on")

    answer = signed_in(bob).post(reverse("annotations:check-write", args=[claim.uid]), {**changed, "act": "send"})

    approved.refresh_from_db()
    assert list(answer.context["check_form"].errors) == ["reason"]
    assert approved.state == "approved"


def test_sending_an_approved_check_as_it_stands_leaves_it_approved(bob: User, claim: Any, approved: Any) -> None:
    same = draft(reason=approved.reason, one_source_reason=approved.one_source_reason, version=approved.version)

    answer = signed_in(bob).post(
        reverse("annotations:check-write", args=[claim.uid]), {**same, "act": "send"}, follow=True
    )

    approved.refresh_from_db()
    assert "Nothing was changed: the check stays approved." in answer.content.decode()
    assert approved.state == "approved"


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
