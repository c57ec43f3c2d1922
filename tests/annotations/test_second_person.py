"""Nobody decides on what they wrote to: page, API and administration refuse it alike, as a missing right."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations.models import FactCheck, Review
from annotations.operations.checking.factchecks import send_to_review
from newsdesk.models import User
from tests.factories import AT, make_article, make_check, make_claim, make_evidence, make_source
from tests.factories.callers import call

REASON = "You wrote to this fact check, so a second person has to review it."


@pytest.fixture
def in_review(alice: User) -> FactCheck:
    """A check that an editor wrote, who could review anybody else's."""
    claim = make_claim(make_article(by=alice), by=alice)
    make_evidence(claim, make_source(by=alice), by=alice)
    check = make_check(claim, checker=alice)
    return send_to_review(check=check, seen=check.version, by=alice, at=AT)


def by_page(person: User, check: FactCheck) -> Any:
    client = Client()
    client.force_login(person)
    address = reverse("annotations:check-review", args=[check.uid])
    return client.post(address, {"decision": "approve", "version": check.version})


def by_api(person: User, check: FactCheck) -> Any:
    return call(person).post(f"fact-checks/{check.uid}/review/", {"decision": "approve", "version": check.version})


def by_admin(person: User, check: FactCheck) -> Any:
    client = Client()
    client.force_login(person)
    return client.post(reverse("admin:annotations_review_add"), {"fact_check": check.pk, "decision": "approve"})


@pytest.mark.parametrize("review", [by_page, by_api, by_admin])
def test_reviewing_ones_own_check_is_a_403_everywhere(alice: User, in_review: FactCheck, review: Any) -> None:
    answer = review(alice, in_review)

    assert answer.status_code == 403
    assert not Review.objects.exists()


@pytest.mark.parametrize("review", [by_page, by_api])
def test_the_refusal_says_that_a_second_person_is_needed(alice: User, in_review: FactCheck, review: Any) -> None:
    assert REASON in review(alice, in_review).content.decode()


@pytest.mark.parametrize(("review", "status"), [(by_page, 302), (by_api, 201)])
def test_the_second_person_is_heard(dana: User, in_review: FactCheck, review: Any, status: int) -> None:
    assert review(dana, in_review).status_code == status
    assert Review.objects.get().created_by == dana
