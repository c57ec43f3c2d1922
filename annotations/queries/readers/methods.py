"""How the desk checks, as it told readers at any time: its policy, and the scale that was in use beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from annotations.models import MethodsPage, Rating

PUBLISHED_SCALE = "rating"


@dataclass(frozen=True, slots=True)
class Methods:
    """The policy of a version with the scale of its time.

    :ivar page: None while the desk has written none.
    :ivar until: when the next version took its place; None for the newest.
    """

    page: MethodsPage | None
    until: datetime | None
    ratings: Sequence[Rating]
    versions: Sequence[MethodsPage]


def methods_now() -> Methods:
    """What holds today."""
    versions = list(MethodsPage.objects.order_by("-number"))
    ratings = scale_in_use()
    return Methods(page=versions[0] if versions else None, until=None, ratings=ratings, versions=versions)


def methods_of(number: int) -> Methods | None:
    """An earlier version, with the scale as it was when the next one came; None where there is no such version."""
    versions = list(MethodsPage.objects.order_by("-number"))
    page = next((each for each in versions if each.number == number), None)
    if page is None:
        return None
    later = next((each.created_at for each in reversed(versions) if each.number == number + 1), None)
    ratings = scale_in_use() if later is None else scale_at(later)
    return Methods(page=page, until=later, ratings=ratings, versions=versions)


def scale_in_use() -> list[Rating]:
    """The ratings that verdicts are published in today, in their order."""
    return list(Rating.objects.in_use().filter(scale__slug=PUBLISHED_SCALE).order_by("order"))


def scale_at(moment: datetime) -> list[Rating]:
    """Those that were in use just before a moment."""
    begun = Q(since=None) | Q(since__lt=moment)
    lasting = Q(retired_at=None) | Q(retired_at__gte=moment)
    return list(Rating.objects.filter(begun, lasting, scale__slug=PUBLISHED_SCALE).order_by("order"))
