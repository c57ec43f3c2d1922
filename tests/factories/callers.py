"""People who use the API: each with a token of the scopes a test gives them."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from newsdesk.models import Token, User
from newsdesk.models.access import Scope

ROOT = "/api/v1/"


class Caller:
    """A client of the API with somebody's token. Paths are taken from the root of the API."""

    def __init__(self, person: User | None, scopes: list[str]) -> None:
        self.client = Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {make_key(person, scopes)}"} if person else {}

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(_address(path), headers=self.headers | _named(headers))

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self._send("POST", path, body, headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Any:
        return self._send("PATCH", path, body, headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self._send("DELETE", path, None, headers)

    def _send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> Any:
        content = body if isinstance(body, bytes) else json.dumps({} if body is None else body)
        return self.client.generic(
            method, _address(path), content, content_type="application/json", headers=self.headers | _named(headers)
        )


def _address(path: str) -> str:
    return path if path.startswith("/") else ROOT + path


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def make_key(person: User, scopes: list[str], **change: Any) -> str:
    """The key of a new token; ``change`` sets columns (revoked_at, expires_at)."""
    key = "ndk_" + secrets.token_urlsafe(32)
    now = timezone.now()
    values = {
        "person": person,
        "name": "test",
        "digest": hashlib.sha256(key.encode()).hexdigest(),
        "hint": key[:8],
        "scopes": scopes,
        "created_at": now - timedelta(days=2),
        "expires_at": now + timedelta(days=2),
        # as if it had just been used, so that no test counts the note of its first use
        "last_used_at": now,
    }
    Token.objects.create(**(values | change))
    return key


def call(person: User | None, *scopes: str) -> Caller:
    """Somebody who calls the API with a token of these scopes, all of them unless said; None is a stranger."""
    return Caller(person, list(scopes or Scope.values))


def place(article: Any, exact: str) -> dict[str, Any]:
    """The members of a body that name words of the newest text of an article."""
    start = article.head.text.index(exact)
    return {
        "article": str(article.uid),
        "base_revision": article.head.number,
        "start": start,
        "end": start + len(exact),
        "exact": exact,
        "text_sha256": article.head.text_sha256,
    }
