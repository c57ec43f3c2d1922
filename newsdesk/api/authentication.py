"""Who is asking: the owner of a token, or whoever is signed in on the pages."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, IntegerField, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from articles.models.statement import written_once
from articles.permissions import remember_roles
from newsdesk.api.limiting import refuse_beyond
from newsdesk.models import Token, User

CHALLENGE = 'Bearer realm="newsdesk"'
# A token in steady use is not written to on every request.
USE_IS_NOTED_EVERY = timedelta(minutes=10)


def bearer_key(headers: Mapping[str, str]) -> str | None:
    """The key in ``Authorization: Bearer …``; None when the request carries none."""
    scheme, _space, key = headers.get("Authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else None


class TokenAuthentication(authentication.BaseAuthentication):
    """``Authorization: Bearer ndk_…``. The database knows only the SHA-256 of a key."""

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        """The owner and the token; None when the request carries no bearer key.

        :raises AuthenticationFailed: when the key opens nothing, or no longer does.
        :raises Throttled: when it came more often this minute than it may.
        """
        key = bearer_key(request.headers)
        if key is None:
            return None
        digest = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
        found = _tokens_of(digest)
        if not found:
            raise AuthenticationFailed(
                _("This token is unknown. Copy it again, or make another in your account, under Tokens.")
            )
        token: Any = found[0]
        remember_roles(token.person, token.roles)
        now = timezone.now()
        _refuse_ended(token, now)
        refuse_beyond(request._request, counted=token.counted, now=now)
        _note_use(token, now)
        return token.person, token

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE


@written_once
def _tokens_of(digest: str) -> QuerySet[Token]:
    """The one token of this digest, with its owner, the names of the owner's roles, and how often it came this minute.

    Asking counts: the function adds this request in the same round trip.
    """
    roles = ArraySubquery(Group.objects.filter(user=OuterRef("person")).order_by("pk").values("name"))
    counted = Func(F("pk"), function="newsdesk_count_request", output_field=IntegerField())
    return (
        Token.objects.select_related("person").annotate(roles=roles, counted=counted).filter(digest=digest).order_by()
    )


def _refuse_ended(token: Token, now: datetime) -> None:
    if token.revoked_at is not None:
        raise AuthenticationFailed(_("This token was revoked. Make another in your account, under Tokens."))
    if token.expires_at <= now:
        raise AuthenticationFailed(_("This token has expired. Make another in your account, under Tokens."))
    if not token.person.is_active:
        raise AuthenticationFailed(_("The account of this token is closed. Ask an administrator of the desk."))


def _note_use(token: Token, now: datetime) -> None:
    if token.last_used_at is None or now - token.last_used_at >= USE_IS_NOTED_EVERY:
        Token.objects.filter(pk=token.pk).update(last_used_at=now)


class SessionAuthentication(authentication.SessionAuthentication):
    """The session of the pages. Requests that write must carry the CSRF token; strangers are challenged with 401."""

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE


class TokenScheme(OpenApiAuthenticationExtension):
    """How the schema describes tokens."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A personal token, made on the account page."}


class SessionScheme(OpenApiAuthenticationExtension):
    """How the schema describes the session of the pages."""

    target_class = SessionAuthentication
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
