"""Who takes part in a study, and who reads which text: named by the lead, or by lot with a fair share for everybody."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _

from annotations.gold import who_failed
from annotations.models import Assignment, Participant, Project, Reading, Round, RoundText, TextOrder, TimeSpent
from annotations.operations.studies.projects import assign, take_back_assignment
from annotations.operations.studies.rounds import RoundOutOfOrder, TextWithdrawn, end_assignments, refuse_the_desk


class NotTakingPart(Exception):
    """The person does not take part in the study, has left it, or has no account any more."""


class QuotaReached(Exception):
    """The person has as many texts of the round as they are to get."""


class ConsentMissing(Exception):
    """The study asks for consent, and the person has not given it."""


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What was handed out, and for how many texts too few people were left.

    :ivar short: how many readers are missing, by the key of the text.
    """

    assignments: list[Assignment]
    short: Mapping[int, int]


@transaction.atomic
def take_in(
    *, project: Project, person: AbstractUser, by: AbstractUser, at: datetime, quota: int | None = None
) -> Participant:
    """Let somebody take part in a study, or again after they had left. Twice is once, with the newer quota.

    :raises NotAStudy: for the everyday desk.
    :raises NotTakingPart: when the account is closed, or its roles do not let it read for studies.
    """
    refuse_the_desk(project)
    if not person.is_active or not person.has_perm("annotations.read_for_study"):
        raise NotTakingPart(
            _("%(person)s cannot read for studies: the account is closed, or has no role for it.") % {"person": person}
        )
    part, is_new = Participant.objects.get_or_create(
        project=project, person_id=person.pk, defaults={"quota": quota, "created_by_id": by.pk, "created_at": at}
    )
    return part if is_new else part.change(seen=part.version, quota=quota, left_at=None)


@transaction.atomic
def let_go(*, participant: Participant, seen: int, by: AbstractUser, at: datetime) -> Participant:
    """Let somebody go: what they have not submitted goes back, what they have submitted stays.

    :raises Stale: when somebody changed it since version ``seen``.
    """
    participant.change(seen=seen, left_at=at)
    given = Assignment.objects.filter(project=participant.project_id, person=participant.person_id)
    end_assignments(given, reason=_("They left the study."), at=at)
    return participant


@transaction.atomic
def consent(*, participant: Participant, seen: int, keeps_time: bool, by: AbstractUser, at: datetime) -> Participant:
    """Agree to the consent note as it stands, and say whether one's time may be measured.

    :raises NotTakingPart: when it is somebody else's to say.
    :raises Stale: when it changed since version ``seen``.
    """
    _refuse_others(participant, by)
    if not keeps_time:
        _forget_time(participant)
    may_measure = keeps_time and participant.project.offers_time
    note = participant.project.consent_note
    return participant.change(seen=seen, consented_at=at, consented_to=note, keeps_time=may_measure)


@transaction.atomic
def take_consent_back(*, participant: Participant, seen: int, by: AbstractUser, at: datetime) -> Participant:
    """Take one's consent back: no further text is read, and the time that was measured is forgotten.

    :raises NotTakingPart: when it is somebody else's to say.
    :raises Stale: when it changed since version ``seen``.
    """
    _refuse_others(participant, by)
    _forget_time(participant)
    return participant.change(seen=seen, consented_at=None, consented_to="", keeps_time=False)


def _refuse_others(participant: Participant, by: AbstractUser) -> None:
    if participant.person_id != by.pk:
        raise NotTakingPart(_("Everybody says for themselves what they agree to."))


def _forget_time(participant: Participant) -> None:
    mine = {"reading__project": participant.project_id, "reading__created_by": participant.person_id}
    TimeSpent.objects.filter(**mine).delete()


def refuse_without_consent(project: Project, person: AbstractUser) -> None:
    """:raises ConsentMissing: when the study has a consent note and the person has not agreed to it."""
    if not project.consent_note:
        return
    agreed = Participant.objects.filter(project=project, person_id=person.pk, consented_at__isnull=False)
    if not agreed.exists():
        raise ConsentMissing(_("Read what the study asks you to agree to, and agree, before your first text."))


@transaction.atomic
def assign_text(
    *, text: RoundText, person: AbstractUser, by: AbstractUser, at: datetime, due_at: datetime | None = None
) -> Assignment:
    """Have somebody read a text of a round. Their place in its order, and when it goes back, follow from the round.

    :raises RoundOutOfOrder: when the round is closed.
    :raises TextWithdrawn: when the text was withdrawn.
    :raises NotTakingPart: when they do not take part, or have left.
    :raises QuotaReached: when they have as many texts as they are to get.
    :raises AssignedBefore: when they have it already.
    """
    held = Round.objects.select_for_update(no_key=True).select_related("project").get(pk=text.round_id)
    if held.closed_at is not None:
        raise RoundOutOfOrder(_("The round is closed."))
    if text.withdrawn_at is not None:
        raise TextWithdrawn(_("This text was withdrawn from the study."))
    part = _part_of(held.project, person)
    given = held.assignments.filter(person=person.pk, ended_at=None)
    if part.quota is not None and given.count() >= part.quota:
        raise QuotaReached(
            _("%(person)s has %(quota)s texts of this round, as many as they are to get.")
            % {"person": person, "quota": part.quota}
        )
    again = held.assignments.filter(person=person.pk, article=text.pinned.revision.article_id, done_at__isnull=False)
    if again.filter(ended_at=None).exists():
        raise NotTakingPart(_("%(person)s has submitted this text already.") % {"person": person})
    return assign(
        article=text.pinned.revision.article,
        person=person,
        project=held.project,
        due_at=due_at or held.due_at,
        round=held,
        position=_place(held, text, person),
        times_out_at=at + timedelta(hours=held.hours_to_submit) if held.hours_to_submit else None,
        by=by,
        at=at,
    )


def _part_of(project: Project, person: AbstractUser) -> Participant:
    part = Participant.objects.filter(project=project, person_id=person.pk, left_at=None).first()
    if part is None or not person.is_active:
        raise NotTakingPart(_("%(person)s does not take part in this study.") % {"person": person})
    return part


def _place(held: Round, text: RoundText, person: AbstractUser) -> int:
    """Where a text stands for a person: where it stands in the round, or at a place of their own by the seed."""
    if held.text_order == TextOrder.SAME:
        return text.position
    return random.Random(f"{held.seed} {person.pk} {text.position}").randrange(1, 10_000_000)  # noqa: S311


@transaction.atomic
def hand_out(*, round: Round, by: AbstractUser, at: datetime) -> HandedOut:
    """Give every text of a round as many readers as it is to have, evenly, within everybody's quota.

    What people without an account have not submitted goes back first. Who already reads a text counts; so a second
    call gives out what has come back, to somebody who never had it. Whoever failed a test of the study gets nothing.

    :raises RoundOutOfOrder: when the round says nothing of a number of readers, or is closed.
    """
    if round.annotators_per_text is None:
        raise RoundOutOfOrder(_("Say first how many annotators each text is to have."))
    gone = round.assignments.filter(person__is_active=False)
    end_assignments(gone, reason=_("Their account was closed."), at=at)
    parts = Participant.objects.filter(project=round.project, left_at=None, person__is_active=True)
    failed = who_failed(round.project)
    people = {part.person_id: part for part in parts.select_related("person") if part.person_id not in failed}
    load = Counter(round.assignments.filter(ended_at=None).values_list("person", flat=True))
    made: list[Assignment] = []
    short: dict[int, int] = {}
    for text in round.texts.filter(withdrawn_at=None).select_related("pinned__revision__article"):
        missing = round.annotators_per_text - _readers_of(round, text).count()
        for person in _fairest(people, load, text, round)[: max(missing, 0)]:
            made.append(assign_text(text=text, person=people[person].person, by=by, at=at))
            load[person] += 1
            missing -= 1
        if missing > 0:
            short[text.pk] = missing
    return HandedOut(made, short)


def _readers_of(round: Round, text: RoundText) -> Any:
    return round.assignments.filter(article=text.pinned.revision.article_id, ended_at=None)


def _fairest(people: Mapping[int, Participant], load: Counter[int], text: RoundText, round: Round) -> list[int]:
    """Those who may get the text, whoever has fewest first; of those alike, by the seed."""
    given = round.assignments.filter(article=text.pinned.revision.article_id).values_list("person", flat=True)
    read = Reading.objects.filter(project=round.project_id, revision=text.pinned.revision_id)
    had = {*given, *read.values_list("created_by", flat=True)}
    lot = random.Random(f"{round.seed} {text.position}")  # noqa: S311 - drawn again from the seed, not secret
    ticket = {person: lot.random() for person in sorted(people)}
    may = [
        person
        for person, part in people.items()
        if person not in had and (part.quota is None or load[person] < part.quota)
    ]
    return sorted(may, key=lambda person: (load[person], ticket[person]))


@transaction.atomic
def take_back(*, assignment: Assignment, seen: int, reason: str, by: AbstractUser, at: datetime) -> Assignment:
    """Take a text back from somebody, with a reason; what they had begun is kept and counts nowhere.

    :raises RoundOutOfOrder: when it was submitted.
    :raises Stale: when somebody changed it since version ``seen``.
    """
    if assignment.done_at is not None:
        raise RoundOutOfOrder(_("This text was submitted. Reopen the reading instead, if something is wrong with it."))
    return take_back_assignment(assignment=assignment, seen=seen, by=by, at=at, reason=reason)


@transaction.atomic
def return_what_timed_out(*, at: datetime) -> int:
    """Take back every text whose time is over before it was submitted. How many there were."""
    late = Assignment.objects.filter(times_out_at__lte=at, round__isnull=False)
    return len(end_assignments(late, reason=_("Its time was over before it was submitted."), at=at))
