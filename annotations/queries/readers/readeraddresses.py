"""Where readers find things, as absolute addresses of this desk, whatever host somebody asked for."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.urls import reverse


def absolute(path: str) -> str:
    """A path of this desk as an address for the world outside."""
    return f"{settings.PUBLIC_URL}{path}"


def address_of_piece(slug: str) -> str:
    return absolute(reverse("annotations:read", args=[slug]))


def address_of_check(slug: str, claim: UUID) -> str:
    return absolute(reverse("annotations:read-check", args=[slug, claim]))


def address_of_embed(claim: UUID) -> str:
    return absolute(reverse("annotations:embed", args=[claim]))


def address_of_feed() -> str:
    return absolute(reverse("annotations:read-feed"))


def address_of_index() -> str:
    return absolute(reverse("annotations:read-index"))
