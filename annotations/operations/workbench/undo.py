"""Undoing and redoing, by each person for themselves, and reverting a range of somebody's acts.

An act is reversed by the operation that does its inverse, under the laws and rights of that operation, and only while
it is the last thing that was done to what it was done to. Nothing that is not an :class:`~articles.models.Act` can be
undone here: reviews, publications and corrections are withdrawn by acts of their own.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from annotations.models import SentenceFinding
from annotations.operations.checking.evidence import AttachedBefore
from annotations.operations.studies.apart import OutsideReading
from annotations.operations.studies.readings import AlreadySubmitted, ReadingOfAnother
from annotations.operations.workbench.resting import Resting, what_rests_on
from annotations.operations.workbench.reversing import KINDS, reverse, right_to_reverse
from articles.models import Act, Stale, Step
from articles.operations.acts import Noted
from articles.operations.placing import PlaceLost
from articles.operations.quotes import QuotedBefore
from articles.permissions import known_articles
from articles.rights import refusal

# What stands in the way of an inverse besides a change of the thing itself.
OBSTACLES = (AlreadySubmitted, AttachedBefore, OutsideReading, PlaceLost, QuotedBefore, ReadingOfAnother)


class NothingToUndo(Exception):
    """The person has done nothing that is not undone, or that they may still know of."""


class NothingToRedo(Exception):
    """The person has undone nothing, or has done something else since."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why an act is not reversed.

    :ivar noun: what it was done to, as it stands now; None for whoever may not know of it.
    :ivar newer: the last act that was done to it since; None when it was changed otherwise.
    :ivar resting: what others have built on it since.
    :ivar reason: a sentence, where it is neither.
    """

    act: Act
    noun: Any = None
    newer: Act | None = None
    resting: Sequence[Resting] = ()
    reason: str = ""


class ChangedSince(Exception):
    """Somebody changed what an act was done to, or built on it; nothing was reversed.

    :ivar conflicts: the acts that cannot be reversed, each with what stands in the way.
    :ivar others: how many acts of the same group could be.
    """

    def __init__(self, conflicts: Sequence[Conflict], *, others: int) -> None:
        self.conflicts = conflicts
        self.others = others
        super().__init__(
            _("This was changed since, so it is not taken back by itself. Look at both sides, then change it by hand.")
        )


@dataclass(slots=True)
class Reversed:
    """What came of undoing, redoing or reverting: the acts that were reversed, and those that were left."""

    acts: list[Act] = field(default_factory=list)
    left: list[Conflict] = field(default_factory=list)


@transaction.atomic
def undo(*, by: AbstractUser, at: datetime, before: Act | None = None, leaving: bool = False) -> Reversed:
    """Undo what the person did last, in this session or an earlier one: an act, or a group of acts that are one.

    :param before: an act of theirs to pass over, with everything they did after it.
    :param leaving: whether acts of a group that cannot be undone are left, instead of refusing all of it.
    :raises NothingToUndo: when there is nothing.
    :raises ChangedSince: when somebody changed it since.
    :raises PermissionDenied: when the person may not do the inverse any more.
    """
    _take_turns(by.pk)
    acts = undoable(by)
    if before is not None:
        acts = acts.filter(pk__lt=before.pk)
    last = acts.order_by("-pk").first()
    if last is None:
        raise NothingToUndo(_("There is nothing of yours to undo."))
    return _reverse_all(_group_of(last), by=by, at=at, leaving=leaving)


@transaction.atomic
def redo(*, by: AbstractUser, at: datetime, leaving: bool = False) -> Reversed:
    """Do again what the person undid last, unless they have done something else since. Raises as :func:`undo`.

    :raises NothingToRedo: when there is nothing.
    """
    _take_turns(by.pk)
    last = redoable(by).order_by("-pk").first()
    if last is None:
        raise NothingToRedo(_("There is nothing to redo: you have undone nothing, or done something else since."))
    return _reverse_all(_group_of(last), by=by, at=at, leaving=leaving)


@transaction.atomic
def undo_act(*, act: Act, by: AbstractUser, at: datetime, leaving: bool = False) -> Reversed:
    """Undo one act of the person, with the group it is part of. Raises as :func:`undo`.

    :raises NothingToUndo: when it is not theirs, or undone already.
    """
    _take_turns(act.person_id)
    group = [each for each in _group_of(act) if each.person_id == by.pk and each.step != Step.UNDO]
    if not group:
        raise NothingToUndo(_("This was undone before, or somebody else did it."))
    return _reverse_all(group, by=by, at=at, leaving=leaving)


def undoable(person: AbstractUser) -> QuerySet[Act]:
    """What a person did and has not undone, in the articles they may know of."""
    return Act.objects.standing().filter(person_id=person.pk, article__in=known_articles(person))


def redoable(person: AbstractUser) -> QuerySet[Act]:
    """What a person undid since they last did something else."""
    own = Act.objects.filter(person_id=person.pk)
    last = own.filter(step=Step.DO).order_by("-pk").values_list("pk", flat=True).first() or 0
    return own.filter(step=Step.UNDO, reversed_by=None, pk__gt=last, article__in=known_articles(person))


@transaction.atomic
def revert(*, acts: Sequence[Act], by: AbstractUser, at: datetime) -> Reversed:
    """Reverse acts of somebody else, the newest first, as one act of an administrator.

    What cannot be reversed, because somebody changed it since, is left, and said.

    :param acts: as :func:`annotations.queries.workbench.acts.acts_to_revert` finds them.
    """
    for person in sorted({act.person_id for act in acts}):
        _take_turns(person)
    still = Act.objects.filter(pk__in=[act.pk for act in acts], reversed_by=None).select_related("person", "article")
    return _reverse_all(list(still), by=by, at=at, leaving=True)


def foresee_revert(*, acts: Sequence[Act], by: AbstractUser, at: datetime) -> Reversed:
    """What :func:`revert` would do and leave; it is done and taken back at once, so that nothing is written."""
    with transaction.atomic():
        came_to = revert(acts=acts, by=by, at=at)
        transaction.set_rollback(True)
    return came_to


def _take_turns(person: int) -> None:
    """Of two who reverse acts of the same person at once, the second sees what the first has done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"acts of {person}"])


def _group_of(act: Act) -> list[Act]:
    """The acts that are one with this one and were not reversed."""
    same = Act.objects.filter(group=act.group) if act.group else Act.objects.filter(pk=act.pk)
    return list(same.filter(reversed_by=None).select_related("person", "article"))


def _reverse_all(acts: list[Act], *, by: AbstractUser, at: datetime, leaving: bool) -> Reversed:
    came_to = Reversed()
    group = uuid.uuid4() if len(acts) > 1 else None
    for act in sorted(acts, key=lambda each: -each.pk):
        noted = Noted(undoes=act, group=group, position=len(came_to.acts))
        conflict = _reverse_one(act, by=by, at=at, noted=noted, leaving=leaving)
        if conflict is None:
            came_to.acts.append(act)
        else:
            came_to.left.append(conflict)
    if came_to.left and not leaving:
        raise ChangedSince(came_to.left, others=len(came_to.acts))
    return came_to


def _reverse_one(act: Act, *, by: AbstractUser, at: datetime, noted: Noted, leaving: bool) -> Conflict | None:
    """Reverse one act; what stands in the way, if something does."""
    noun = KINDS[act.kind].visible(by).filter(uid=act.noun).first()
    if noun is None:
        return Conflict(act, reason=_("You may no longer know of this."))
    right = right_to_reverse(act)
    if not by.has_perm(right, noun):
        if not leaving:
            raise PermissionDenied(refusal(by, right, noun))
        return Conflict(act, noun, reason=refusal(by, right, noun))
    conflict = _moved(act, noun) or _built_on(act, noun)
    if conflict is not None:
        return conflict
    try:
        with transaction.atomic():
            reverse(act, noun, by=by, at=at, noted=noted)
    except Stale as stale:
        return Conflict(act, stale.noun)
    except OBSTACLES as obstacle:
        return Conflict(act, noun, reason=str(obstacle))
    return None


def _moved(act: Act, noun: Any) -> Conflict | None:
    """That the thing is no longer as the act left it.

    Acts that were reversed since leave it as it was, and so do changes that changed nothing; what has no act, such as a
    split of speakers, shows in the version.
    """
    since = Act.objects.filter(kind=act.kind, noun=act.noun, pk__gt=act.pk)
    later = list(since.select_related("undoes", "person").order_by("pk"))
    left = _without_pairs(later)
    if left:
        return Conflict(act, noun, newer=left[-1])
    if _version_alike(version_now(noun), later, act) != act.version_after:
        return Conflict(act, noun)
    return None


def _without_pairs(later: Sequence[Act]) -> list[Act]:
    """Acts in their order, without those that were reversed among them, and without what reversed them."""
    left: dict[int, Act] = {}
    for act in later:
        if act.undoes_id in left:
            del left[act.undoes_id]
        elif not act.changed_nothing:
            left[act.pk] = act
    return list(left.values())


def _version_alike(version: int, later: Sequence[Act], act: Act) -> int:
    """The version that the present one is alike, going back over reversals to the act."""
    alike = {
        each.version_after: each.undoes.version_before if each.undoes else each.version_before
        for each in later
        if each.version_after != each.version_before and (each.undoes or each.changed_nothing)
    }
    while version != act.version_after and version in alike:
        version = alike[version]
    return version


def version_now(noun: Any) -> int:
    """The version of a thing; of a sentence, how often something was said of it."""
    if isinstance(noun, SentenceFinding):
        said = SentenceFinding.objects.filter(reading=noun.reading_id, start=noun.start)
        return said.order_by("-sequence").values_list("sequence", flat=True)[0]
    return int(noun.version)


def _built_on(act: Act, noun: Any) -> Conflict | None:
    resting = what_rests_on(act, noun)
    return Conflict(act, noun, resting=resting) if resting else None
