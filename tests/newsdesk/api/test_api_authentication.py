"""Who is let in to the API, and with what."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from newsdesk.models import User
from tests.factories import make_article
from tests.factories.callers import call, make_key

ENDED: list[dict[str, Any]] = [
    {"revoked_at": timezone.now()},
    {"expires_at": timezone.now() - timedelta(hours=1)},
]


def test_a_token_lets_its_owner_in(alice: User) -> None:
    answer = call(alice, "read").get("me/")

    assert answer.status_code == 200
    assert answer.json()["username"] == "alice"
    assert answer.json()["roles"] == ["editor"]
    assert answer.json()["scopes"] == ["read"]


@pytest.mark.parametrize("change", ENDED, ids=["revoked", "expired"])
def test_a_token_that_ended_is_challenged(alice: User, change: dict[str, Any]) -> None:
    key = make_key(alice, ["read"], **change)

    answer = Client().get("/api/v1/me/", headers={"Authorization": f"Bearer {key}"})

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer["Content-Type"] == "application/problem+json"
    assert "Make another in your account" in answer.json()["detail"]


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["ndk_unknown", "", "ndk_\xff"])
def test_an_unknown_key_is_challenged(key: str) -> None:
    answer = Client().get("/api/v1/me/", headers={"Authorization": f"Bearer {key}"})

    assert answer.status_code == 401


def test_the_token_of_a_closed_account_opens_nothing(alice: User) -> None:
    caller = call(alice)
    User.objects.filter(pk=alice.pk).update(is_active=False)

    assert caller.get("me/").status_code == 401


@pytest.mark.django_db
def test_strangers_are_challenged() -> None:
    answer = call(None).get("articles/")

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_session_reads_and_needs_the_csrf_token_to_write(alice: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)

    assert client.get("/api/v1/me/").status_code == 200
    refused = client.post("/api/v1/speakers/", {"name": "Ines Duarte"}, content_type="application/json")

    assert refused.status_code == 403
    assert refused["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("post", "quotes/", "annotate"),
        ("post", "claims/", "annotate"),
        ("post", "bias-tags/", "annotate"),
        ("post", "evidence/", "annotate"),
        ("post", "comments/", "annotate"),
        ("post", "articles/", "edit"),
        ("post", "speakers/", "edit"),
        ("post", "sources/", "edit"),
        ("post", "fact-checks/", "review"),
        ("post", "assignments/", "admin"),
        ("get", "exports/ndjson/", "export"),
    ],
)
def test_a_token_without_the_scope_is_told_which_it_lacks(alice: User, method: str, path: str, scope: str) -> None:
    others = {"read", "annotate", "edit", "review", "export", "admin"} - {scope}

    refused = getattr(call(alice, *others), method)(path)
    allowed = getattr(call(alice, scope), method)(path)

    assert refused.status_code == 403
    assert f"“{scope}”" in refused.json()["detail"]
    assert allowed.status_code != 403


def test_a_token_for_writing_does_not_read(alice: User) -> None:
    make_article(by=alice)

    assert call(alice, "read").get("articles/").status_code == 200
    assert call(alice, "edit").get("articles/").status_code == 403
