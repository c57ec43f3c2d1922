"""How the desk checks: its policy, written whole in versions, and the words of its ratings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from annotations.models import MethodsPage, Rating, Verdict, VerdictScale

PUBLISHED_SCALE = "rating"  # the slug of the scale that readers are told verdicts in
_ASIDE = 32_000  # a place in the order where no rating stands


class MethodsStale(Exception):
    """Somebody wrote another version meanwhile.

    :ivar newest: its number, 0 for none.
    """

    def __init__(self, newest: int) -> None:
        self.newest = newest
        super().__init__(
            _("Somebody wrote version %(newest)s meanwhile. Read it, and write on it.") % {"newest": newest}
        )


class MethodsUnchanged(Exception):
    """The text says what the version before says."""


class RatingRetired(Exception):
    """The rating is not in use any more."""


class RatingMalformed(Exception):
    """A rating without words, with words another one has, or that stands for nothing; ``field`` says which."""

    def __init__(self, message: str, *, field: str) -> None:
        self.field = field
        super().__init__(message)


class VerdictLeftWithout(Exception):
    """Without this rating there would be none for what the evidence may say."""

    def __init__(self, verdict: str) -> None:
        self.verdict = verdict
        label = Verdict(verdict).label
        super().__init__(_("Without it no rating would stand for “%(verdict)s”. Add one first.") % {"verdict": label})


@transaction.atomic
def write_methods(*, text: str, change_note: str, base: int, by: AbstractUser, at: datetime) -> MethodsPage:
    """Keep the next version of the policy.

    :param base: the number of the version it was written on; 0 for the first.
    :raises MethodsStale: when that is not the newest.
    :raises MethodsUnchanged: when nothing differs from it.
    """
    newest = MethodsPage.objects.first()
    if base != (newest.number if newest else 0):
        raise MethodsStale(newest.number if newest else 0)
    text = text.strip()
    if newest is not None and newest.text == text:
        raise MethodsUnchanged(_("Nothing differs from version %(number)s.") % {"number": newest.number})
    try:
        with transaction.atomic():
            return MethodsPage.objects.create(
                number=base + 1,
                text=text,
                change_note="" if newest is None else change_note,
                created_by_id=by.pk,
                created_at=at,
            )
    except IntegrityError as error:
        if "number" in str(error):  # somebody was quicker by less than a second
            raise MethodsStale(base + 1) from error
        raise


@transaction.atomic
def add_rating(*, name: str, verdicts: Sequence[str], asks_for_reply: bool, by: AbstractUser, at: datetime) -> Rating:
    """Give the published scale another rating, after all that it has.

    :raises RatingMalformed: without words or verdicts, or with words that another one has.
    """
    scale = _held_scale()
    kept = _checked(name, verdicts, scale)
    last = scale.ratings.filter(retired_at=None).order_by("-order").first()
    return Rating.objects.create(
        scale=scale,
        order=last.order + 1 if last else 1,
        slug=_free_slug(scale, name),
        since=at,
        asks_for_reply=asks_for_reply,
        **kept,
    )


@transaction.atomic
def replace_rating(
    *, rating: Rating, name: str, verdicts: Sequence[str], asks_for_reply: bool, by: AbstractUser, at: datetime
) -> Rating:
    """Give a rating other words: it is retired, and the new one takes its place and its slug.

    Verdicts that were published keep the words they were published with, and drafts keep theirs until they are sent.

    :raises RatingRetired: when it is not in use.
    :raises RatingMalformed: without words or verdicts, or with words that another one has.
    :raises VerdictLeftWithout: when nothing would stand for a verdict that it stood for.
    """
    scale = _held_scale()
    old = _in_use(rating)
    kept = _checked(name, verdicts, scale, besides=old)
    _refuse_left_without(scale, old, set(kept["verdicts"]))
    _retire(old, at)
    return Rating.objects.create(
        scale=scale, order=old.order, slug=old.slug, since=at, asks_for_reply=asks_for_reply, **kept
    )


@transaction.atomic
def retire_rating(*, rating: Rating, by: AbstractUser, at: datetime) -> Rating:
    """Take a rating out of the scale. It stays with what was published in its words.

    :raises RatingRetired: when it was before.
    :raises VerdictLeftWithout: when nothing else stands for a verdict that it stands for.
    """
    old = _in_use(rating)
    _refuse_left_without(_held_scale(), old, set())
    return _retire(old, at)


@transaction.atomic
def move_rating(*, rating: Rating, up: bool, by: AbstractUser, at: datetime) -> Rating:
    """Let a rating change places with its neighbour; the first does not go up, nor the last down.

    :raises RatingRetired: when it is not in use.
    """
    scale = _held_scale()
    moved = _in_use(rating)
    in_use = scale.ratings.filter(retired_at=None)
    neighbour = (
        in_use.filter(order__lt=moved.order).order_by("-order").first()
        if up
        else in_use.filter(order__gt=moved.order).order_by("order").first()
    )
    if neighbour is None:
        return moved
    here, there = moved.order, neighbour.order
    for each, order in ((moved, _ASIDE), (neighbour, here), (moved, there)):
        Rating.objects.filter(pk=each.pk).update(order=order)
    moved.order = there
    return moved


def _held_scale() -> VerdictScale:
    """The published scale, which two people change one after the other."""
    return VerdictScale.objects.select_for_update().get(slug=PUBLISHED_SCALE)


def _in_use(rating: Rating) -> Rating:
    found = Rating.objects.select_for_update().get(pk=rating.pk)
    if found.retired_at is not None:
        raise RatingRetired(_("This rating is not in use any more."))
    return found


def _checked(
    name: str, verdicts: Sequence[str], scale: VerdictScale, *, besides: Rating | None = None
) -> dict[str, Any]:
    name = " ".join(name.split())
    if not name:
        raise RatingMalformed(_("Give the rating its words."), field="name")
    others = scale.ratings.filter(retired_at=None, name__iexact=name)
    if others.exclude(pk=besides.pk if besides else 0).exists():
        raise RatingMalformed(_("Another rating has these words."), field="name")
    if not verdicts:
        raise RatingMalformed(_("Say what the evidence says where it is given."), field="verdicts")
    return {"name": name, "verdicts": [verdict for verdict in Verdict.values if verdict in verdicts]}


def _refuse_left_without(scale: VerdictScale, old: Rating, still: set[str]) -> None:
    others = scale.ratings.filter(retired_at=None).exclude(pk=old.pk).values_list("verdicts", flat=True)
    covered = still.union(*others)
    for verdict in old.verdicts:
        if verdict not in covered:
            raise VerdictLeftWithout(verdict)


def _retire(rating: Rating, at: datetime) -> Rating:
    Rating.objects.filter(pk=rating.pk).update(retired_at=at)
    rating.retired_at = at
    return rating


def _free_slug(scale: VerdictScale, name: str) -> str:
    wanted = slugify(name)[:40] or "rating"
    taken = set(scale.ratings.values_list("slug", flat=True))
    number, slug = 2, wanted
    while slug in taken:
        number, slug = number + 1, f"{wanted}-{number}"
    return slug
