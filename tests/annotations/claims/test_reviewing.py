"""A second person decides on a draft, and what was approved is published."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from annotations.models import DeskVerdict, Review
from annotations.operations.checking.claims import set_risk
from annotations.operations.checking.factchecks import publish_verdict, review_check, send_to_review, write_check
from newsdesk.models import User
from tests.factories import make_check, make_evidence, make_source
from tests.factories.pages import page_of, signed_in


def test_who_wrote_the_draft_is_neither_offered_a_review_nor_heard(bob: User, claim: Any, in_review: Any) -> None:
    client = signed_in(bob)

    page = client.get(page_of(claim))
    answer = client.post(
        reverse("annotations:check-review", args=[in_review.uid]),
        {"decision": "approve", "version": in_review.version},
    )

    assert page.context["cards"][0]["review_form"] is None
    assert answer.status_code == 403
    assert "You wrote to this fact check, so a second person has to review it." in answer.content.decode()
    assert not Review.objects.exists()


def test_a_second_person_approves(dana: User, claim: Any, in_review: Any) -> None:
    client = signed_in(dana)

    offered = client.get(page_of(claim)).context["cards"][0]["review_form"]
    client.post(
        reverse("annotations:check-review", args=[in_review.uid]), {"decision": "approve", "version": in_review.version}
    )

    in_review.refresh_from_db()
    assert offered is not None
    assert in_review.state == "approved"


def test_a_draft_is_returned_only_with_a_reason(dana: User, in_review: Any) -> None:
    address = reverse("annotations:check-review", args=[in_review.uid])

    answer = signed_in(dana).post(address, {"decision": "return", "version": in_review.version})

    assert answer.status_code == 422
    assert not Review.objects.exists()


def test_a_reviewer_of_an_older_draft_sees_what_changed(dana: User, bob: User, in_review: Any, at: datetime) -> None:
    seen = in_review.version
    rewritten = write_check(check=in_review, seen=seen, by=bob, at=at, reason="Rewritten.")
    send_to_review(check=rewritten, seen=rewritten.version, by=bob, at=at)

    answer = signed_in(dana).post(
        reverse("annotations:check-review", args=[in_review.uid]), {"decision": "approve", "version": seen}
    )

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "The council’s own estimate says so." in text
    assert "Rewritten." in text
    assert not Review.objects.exists()


def test_high_risk_asks_for_two_second_persons(
    alice: User, dana: User, claim: Any, in_review: Any, at: datetime
) -> None:
    set_risk(claim=claim, risk="high", reason="People may lose their homes.", seen=claim.version, by=alice, at=at)

    signed_in(dana).post(
        reverse("annotations:check-review", args=[in_review.uid]), {"decision": "approve", "version": in_review.version}
    )
    page = signed_in(dana).get(page_of(claim))

    in_review.refresh_from_db()
    assert in_review.state == "in_review"
    assert "Second persons who agree: 1 of 2" in page.content.decode()
    assert "People may lose their homes." in page.content.decode()


def test_an_editor_publishes_what_was_approved(alice: User, claim: Any, approved: Any) -> None:
    answer = signed_in(alice).post(
        reverse("annotations:check-publish", args=[approved.uid]),
        {"version": approved.version, "dissent": "Carol found the figure too low."},
    )

    verdict = DeskVerdict.objects.get()
    page = signed_in(alice).get(page_of(claim)).content.decode()
    assert answer.status_code == 302
    assert (verdict.rating.slug, verdict.dissent) == ("true", "Carol found the figure too low.")
    assert "Carol found the figure too low." in page


def test_what_rests_on_paraphrases_alone_is_not_published_and_says_why(
    alice: User, bob: User, dana: User, claim: Any, at: datetime
) -> None:
    make_evidence(claim, make_source(by=bob, basis="paraphrase"), by=bob)
    check = make_check(claim, checker=bob, one_source_reason="The only record.")
    check = send_to_review(check=check, seen=check.version, by=bob, at=at)
    review_check(check=check, seen=check.version, decision="approve", by=dana, at=at)

    answer = signed_in(alice).post(reverse("annotations:check-publish", args=[check.uid]), {"version": check.version})

    assert answer.status_code == 422
    assert "rests on a capture or a transcript" in answer.content.decode()
    assert not DeskVerdict.objects.exists()


def test_publishing_is_for_editors_reviewers_and_administrators(
    alice: User, bob: User, carol: User, dana: User, emil: User, ada: User, approved: Any
) -> None:
    cast = {"bob": bob, "carol": carol, "emil": emil}
    address = reverse("annotations:check-publish", args=[approved.uid])

    answers = {who: signed_in(person).post(address, {"version": 0}).status_code for who, person in cast.items()}
    allowed = [signed_in(person).post(address, {"version": 0}).status_code for person in (alice, dana, ada)]

    assert set(answers.values()) == {403}
    assert allowed == [409, 409, 409]


def test_a_reviewer_is_told_what_would_keep_the_check_from_being_published(
    bob: User, dana: User, claim: Any, in_review: Any
) -> None:
    before = signed_in(dana).get(page_of(claim)).content.decode()
    in_review.change(seen=in_review.version, one_source_reason="")

    page = signed_in(dana).get(page_of(claim)).content.decode()

    lacking = f"c{in_review.pk}-lacking"
    assert lacking not in before
    assert f'value="approve" aria-describedby="{lacking}"' in page
    assert (
        "Two independent sources, or the reason why one suffices" in page.split(f'id="{lacking}"')[1].split("</div>")[0]
    )


def test_two_reviews_by_one_person_say_which_draft_each_is_of(
    alice: User, bob: User, dana: User, claim: Any, approved: Any, at: datetime
) -> None:
    once = signed_in(alice).get(page_of(claim)).content.decode()
    anew = write_check(
        check=approved, seen=approved.version, by=bob, at=at, withdraw_approval=True, reason="Rewritten."
    )
    review_check(check=anew, seen=anew.version, decision="approve", by=dana, at=at)
    publish_verdict(check=anew, seen=anew.version, by=alice, at=at)

    page = signed_in(alice).get(page_of(claim)).content.decode()

    assert "Dana Whitlock agreed</p>" in once
    assert page.count("Dana Whitlock agreed (draft 1, changed since)") == 1
    assert page.count("Dana Whitlock agreed (draft 2, as it stands)") == 1
