"""Stopping an article or a verdict at once, putting one's name to it, and letting it go again."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Article, Hold, HoldGround, PlacedAs, Span, WireItem


class NotHeld(Exception):
    """No hold stands on the article."""


class AlreadyHeld(Exception):
    """Somebody of the same role has stopped it, and that stands."""


class AnotherRole(Exception):
    """A hold is lifted by the role that placed it."""


class PutBackByTwo(Exception):
    """What was pulled is put back by two different people."""


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
def stop(
    *, article: Article, reason: str, placed_as: str, by: AbstractUser, at: datetime, span: Span | None = None
) -> Hold:
    """Keep an article, or the verdict on the claim of ``span``, from readers; nobody is asked.

    Placed as a reviewer it is pulled: one person takes it down alone, and two put it back. The article's version rises
    when all of it is stopped, so that nobody publishes from a page that did not say so.

    :raises AlreadyHeld: when a hold of the same role stands on the same.
    """
    locked = Article.objects.select_for_update().get(pk=article.pk)
    ground = HoldGround.PULLED if placed_as == PlacedAs.REVIEWER else HoldGround.STOPPED
    standing = Hold.objects.standing().filter(article=locked, span=span, placed_as=placed_as, ground=ground)
    if standing.exists():
        raise AlreadyHeld(_("Somebody has stopped it in this role already."))
    hold = Hold.objects.create(
        article=locked,
        span=span,
        ground=ground,
        reason=reason.strip(),
        placed_as=placed_as,
        created_by_id=by.pk,
        created_at=at,
    )
    if span is None:
        article.version = locked.change(seen=locked.version).version
    return hold


@transaction.atomic
def lift(*, hold: Hold, seen: int, lifted_as: str, by: AbstractUser, at: datetime, reason: str = "") -> Hold:
    """Let go what somebody of the desk stopped, in the role in which it was stopped.

    :raises AnotherRole: in another one.
    :raises PutBackByTwo: of what was pulled; see :func:`put_back`.
    :raises NotHeld: when it was lifted before, or belongs to a provider (:func:`lift_holds`).
    :raises Stale: when somebody changed the hold since version ``seen``.
    """
    _refuse_lifted(hold)
    if hold.ground == HoldGround.PULLED:
        raise PutBackByTwo(_("This was taken down at once. Two different people put it back."))
    if hold.wire_item_id is not None:
        raise NotHeld(_("Its provider stopped it. Restore the article instead."))
    if hold.placed_as != lifted_as:
        raise AnotherRole(
            _("This was stopped in the role %(role)s, and the same role lets it go.") % {"role": hold.placed_as}
        )
    return _lift(hold, seen=seen, lifted_as=lifted_as, by=by, at=at, reason=reason)


@transaction.atomic
def put_back(*, hold: Hold, seen: int, by: AbstractUser, at: datetime, reason: str = "") -> Hold:
    """Agree to put back what was pulled; the second person who does puts it back.

    :raises PutBackByTwo: when the same person agrees twice.
    :raises NotHeld: when it was not pulled, or was put back before.
    :raises Stale: when somebody changed the hold since version ``seen``.
    """
    _refuse_lifted(hold)
    if hold.ground != HoldGround.PULLED:
        raise NotHeld(_("This was not taken down at once. Whoever stopped it lets it go."))
    if hold.agreed_at is None:
        return hold.change(seen=seen, agreed_by=by, agreed_at=at)
    if hold.agreed_by_id == by.pk:
        raise PutBackByTwo(_("You have agreed to put it back. Somebody else has to agree as well."))
    return _lift(hold, seen=seen, lifted_as=hold.placed_as, by=by, at=at, reason=reason)


def _refuse_lifted(hold: Hold) -> None:
    if hold.lifted_at is not None:
        raise NotHeld(_("This hold was lifted already."))


def _lift(hold: Hold, *, seen: int, lifted_as: str, by: AbstractUser, at: datetime, reason: str) -> Hold:
    locked = Article.objects.select_for_update().get(pk=hold.article_id)
    hold.change(seen=seen, lifted_by=by, lifted_at=at, lifted_as=lifted_as, lift_reason=reason)
    if hold.span_id is None:
        locked.change(seen=locked.version)
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
    alerts = list(Hold.objects.standing().of_providers().unacknowledged().filter(article=article).select_for_update())
    if not alerts:
        raise NotHeld("Nothing waits to be acknowledged here.")
    for hold in alerts:
        hold.change(seen=hold.version, acknowledged_by=by, acknowledged_at=at)
    return article


@transaction.atomic
def lift_holds(*, article: Article, seen: int, by: AbstractUser, at: datetime, reason: str = "") -> Article:
    """Let go an article that its provider stopped: every such hold is lifted, and acknowledged by whoever lifts it.

    What somebody of the desk stopped stays stopped.

    :param seen: the version of the article that the person saw. A further stop raises it, so nobody lifts what they
        have not heard of.
    :raises NotHeld: when none stands.
    :raises Stale: when the article changed since.
    """
    article.change(seen=seen)
    standing = list(Hold.objects.standing().of_providers().filter(article=article).select_for_update())
    if not standing:
        raise NotHeld("Nothing holds this article.")
    for hold in standing:
        answer = {} if hold.acknowledged_at else {"acknowledged_by": by, "acknowledged_at": at}
        hold.change(seen=hold.version, lifted_by=by, lifted_at=at, lift_reason=reason, **answer)
    return article
