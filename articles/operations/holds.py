"""Stopping an article at once, putting one's name to it, and letting it go again."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from articles.models import Article, Hold, WireItem


class NotHeld(Exception):
    """No hold stands on the article."""


def hold_article(*, article: Article, item: WireItem, by: AbstractUser, at: datetime) -> Hold:
    """Stop an article because its provider said so. Needs nobody's consent.

    The article's version rises, so that nobody goes on from a page that did not say so.
    """
    hold = Hold.objects.create(
        article=article, ground=item.pub_status, wire_item=item, created_by_id=by.pk, created_at=at
    )
    article.change(seen=article.version)
    return hold


@transaction.atomic
def acknowledge_holds(*, article: Article, seen: int, by: AbstractUser, at: datetime) -> Article:
    """Take the alert about an article off the desk, by name. The article stays held.

    :param seen: the version of the article that the person saw. A further stop raises it, so nobody acknowledges what
        they have not heard of.
    :raises NotHeld: when nothing waits to be acknowledged.
    :raises Stale: when the article changed since.
    """
    article.change(seen=seen)
    alerts = list(Hold.objects.standing().unacknowledged().filter(article=article).select_for_update())
    if not alerts:
        raise NotHeld("Nothing waits to be acknowledged here.")
    for hold in alerts:
        hold.change(seen=hold.version, acknowledged_by=by, acknowledged_at=at)
    return article


@transaction.atomic
def lift_holds(*, article: Article, seen: int, by: AbstractUser, at: datetime, reason: str = "") -> Article:
    """Let an article go: every hold on it is lifted, and acknowledged by whoever lifts it.

    :param seen: the version of the article that the person saw. A further stop raises it, so nobody lifts what they
        have not heard of.
    :raises NotHeld: when none stands.
    :raises Stale: when the article changed since.
    """
    article.change(seen=seen)
    standing = list(Hold.objects.standing().filter(article=article).select_for_update())
    if not standing:
        raise NotHeld("Nothing holds this article.")
    for hold in standing:
        answer = {} if hold.acknowledged_at else {"acknowledged_by": by, "acknowledged_at": at}
        hold.change(seen=hold.version, lifted_by=by, lifted_at=at, lift_reason=reason, **answer)
    return article
