"""Stopping the verdict on one claim, so that no other is published beside it meanwhile."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from annotations.models import Claim
from articles.models import Hold
from articles.operations.holds import stop


@transaction.atomic
def stop_verdict(*, claim: Claim, reason: str, placed_as: str, by: AbstractUser, at: datetime) -> Hold:
    """Keep what the desk says of a claim from readers, and keep it from saying more, until the hold is lifted.

    Whoever publishes at the same moment comes before or after, never beside. Raises as
    :func:`articles.operations.holds.stop`.
    """
    locked = (
        Claim.objects.select_for_update(of=("self",), no_key=True).select_related("article", "span").get(pk=claim.pk)
    )
    return stop(article=locked.article, span=locked.span, reason=reason, placed_as=placed_as, by=by, at=at)
