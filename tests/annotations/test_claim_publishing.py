"""Publishing the verdict on a claim: offered when nothing is missing, and refused with the same reasons otherwise."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations.operations.checking.factchecks import publish_verdict, review_check, send_to_review
from newsdesk.models import User
from tests.factories import make_article, make_check, make_claim, make_evidence, make_source


@pytest.fixture
def claim(alice: User, bob: User) -> Any:
    return make_claim(make_article(by=alice), by=bob)


def approve(claim: Any, *, basis: str, by: Any, reviewer: Any, at: datetime) -> Any:
    """A check that a second person agreed to, resting on one text of this basis."""
    make_evidence(claim, make_source(by=by, basis=basis), by=by)
    check = make_check(claim, checker=by, one_source_reason="The only record.")
    check = send_to_review(check=check, seen=check.version, by=by, at=at)
    review_check(check=check, seen=check.version, decision="approve", by=reviewer, at=at)
    return check


def page_as(person: User, claim: Any) -> str:
    client = Client()
    client.force_login(person)
    return client.get(reverse("annotations:claim", args=[claim.uid])).content.decode()


def test_while_something_is_missing_the_button_is_off_and_described_by_what_it_is(
    alice: User, bob: User, dana: User, claim: Any, at: datetime
) -> None:
    check = approve(claim, basis="paraphrase", by=bob, reviewer=dana, at=at)

    page = page_as(alice, claim)

    reasons = f"c{check.pk}-missing"
    assert f'<button disabled aria-describedby="{reasons}">Publish</button>' in page
    described = page.split(f'id="{reasons}"')[1].split("</div>")[0]
    assert "A capture or a transcript, not only paraphrases and notes" in described
    assert "A rating, and a reason written for readers" not in described


def test_once_nothing_is_missing_the_button_publishes(
    alice: User, bob: User, dana: User, claim: Any, at: datetime
) -> None:
    approve(claim, basis="capture", by=bob, reviewer=dana, at=at)

    page = page_as(alice, claim)

    assert '<button class="button-main">Publish</button>' in page
    assert "It cannot be published yet" not in page


def test_a_qualifier_that_the_rating_names_is_not_said_twice(
    alice: User, bob: User, dana: User, claim: Any, at: datetime
) -> None:
    check = make_check(
        claim,
        checker=bob,
        verdict="refuted",
        rating="misleading",
        qualifiers=["missing context", "outdated"],
        one_source_reason="The only record.",
    )
    make_evidence(claim, make_source(by=bob), by=bob)
    check = send_to_review(check=check, seen=check.version, by=bob, at=at)
    review_check(check=check, seen=check.version, decision="approve", by=dana, at=at)
    publish_verdict(check=check, seen=check.version, by=alice, at=at)

    page = page_as(alice, claim)

    said = re.findall(r"<span>Misleading \(missing context\)</span> <span class=\"verdict-also\">([^<]*)</span>", page)
    assert said == ["outdated", "outdated", "outdated"]  # in the head, as the desk's verdict, as the check's
