"""What every page asks before it acts: may this person do this?"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from articles.rights import refusal


def person_of(request: HttpRequest) -> AbstractUser:
    """The person behind ``login_required``."""
    assert isinstance(request.user, AbstractUser)
    return request.user


def refuse_without(person: AbstractUser, permission: str, noun: Any = None) -> None:
    """Go on only with the right.

    :raises PermissionDenied: without it; the page is answered with 403 and says what it takes.
    """
    if not person.has_perm(permission, noun):
        raise PermissionDenied(refusal(person, permission, noun))


def page_address(request: HttpRequest, name: str, uid: str) -> str:
    """The same question, read on after or before a row; empty where the list ends."""
    if not uid:
        return ""
    asked = request.GET.copy()
    for place in ("after", "before"):
        asked.pop(place, None)
    asked[name] = uid
    return f"?{asked.urlencode()}"
