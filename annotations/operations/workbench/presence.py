"""Who has what open: written down by open pages, worth nothing half a minute later."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from annotations.models import Presence
from annotations.models.presence import HEARD_OF

# Long enough for another page of the same person to say that they are still there.
LEAVING = timedelta(seconds=4)


@transaction.atomic
def be_present(*, article: int, by: AbstractUser, at: datetime) -> None:
    """Note that somebody has an article open; since when is kept as long as they are heard of.

    :param article: the key of an article that they may know of.
    """
    theirs = Presence.objects.filter(article_id=article, person_id=by.pk)
    theirs.filter(heard_at__lt=at - HEARD_OF).delete()
    Presence.objects.bulk_create(
        [Presence(article_id=article, person_id=by.pk, since=at, heard_at=at)],
        update_conflicts=True,
        unique_fields=["article", "person"],
        update_fields=["heard_at"],
    )


def leave(*, article: int, by: AbstractUser, at: datetime) -> None:
    """Note that somebody closed a page of an article: they are gone in a moment, unless another one is open."""
    theirs = Presence.objects.filter(article_id=article, person_id=by.pk)
    theirs.update(heard_at=at - HEARD_OF + LEAVING)


def forget_presence(*, before: datetime) -> None:
    """Drop what was known of pages that nobody has heard of since a moment."""
    Presence.objects.filter(heard_at__lt=before).delete()
