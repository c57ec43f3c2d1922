"""Rounds of a study: planned, given their texts, opened and closed."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from annotations.models import Assignment, PinnedRevision, Project, Reading, Round, RoundKind, RoundText
from articles.models import Article

PLANNED = frozenset(
    {
        "kind",
        "pass_mark",
        "annotators_per_text",
        "text_order",
        "seed",
        "due_at",
        "hours_to_submit",
        "shows_decided",
    }
)


class NotAStudy(Exception):
    """The everyday desk has no rounds, participants and corpora."""


class RoundOutOfOrder(Exception):
    """A round is prepared, then open, then closed, and what is asked of it belongs to another time."""


class NothingToRead(Exception):
    """The round has no text, or the corpus none that fits."""


class GoldMissing(Exception):
    """A pass mark needs something to compare with, and texts of the round have no gold."""


class InRoundBefore(Exception):
    """A text is read in one round of a study."""


class TextWithdrawn(Exception):
    """The text was taken out of the study."""


def refuse_the_desk(project: Project) -> None:
    """:raises NotAStudy: for the everyday desk."""
    if project.is_default:
        raise NotAStudy(_("The everyday desk is no study. Make one, and do this there."))


@transaction.atomic
def plan_round(*, project: Project, by: AbstractUser, at: datetime, **values: Any) -> Round:
    """Prepare the next round of a study.

    :param values: fields out of :data:`PLANNED`.
    :raises NotAStudy: for the everyday desk.
    """
    refuse_the_desk(project)
    _refuse_unknown(values)
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    number = project.rounds.count() + 1
    return Round.objects.create(project=project, number=number, created_by_id=by.pk, created_at=at, **values)


@transaction.atomic
def change_round(*, round: Round, seen: int, by: AbstractUser, at: datetime, **values: Any) -> Round:
    """Change how a round is read: before it opens all of it, later what does not change what its readings are.

    :raises RoundOutOfOrder: when it is open or closed and more would change than its end and what is shown after it.
    :raises Stale: when somebody changed it since version ``seen``.
    """
    _refuse_unknown(values)
    differs = {name for name in values if values[name] != getattr(round, name)}
    if round.opened_at is not None and differs - {"due_at", "shows_decided"}:
        raise RoundOutOfOrder(_("The round was opened. Only when it is due, and what is shown after it, may change."))
    return round.change(seen=seen, **values)


def _refuse_unknown(values: Collection[str]) -> None:
    unknown = set(values) - PLANNED
    if unknown:
        raise TypeError(f"not a field of a round: {', '.join(sorted(unknown))}")


@transaction.atomic
def draw_texts(
    *, round: Round, articles: QuerySet[Article], by: AbstractUser, at: datetime, size: int | None = None, seed: int = 1
) -> list[RoundText]:
    """Pin the newest revision of articles to the study and give them to a round, all or a seeded sample of ``size``.

    Articles that the study reads already are left out. The same articles and seed draw the same sample.

    :raises NothingToRead: when none is left. Further raises as :func:`add_texts`.
    """
    refuse_the_desk(round.project)
    known = PinnedRevision.objects.filter(project=round.project).values("revision__article")
    found = list(articles.exclude(pk__in=known).order_by("pk").values_list("pk", "head"))
    if size is not None and size < len(found):
        found = sorted(random.Random(seed).sample(found, size))  # noqa: S311 - drawn again from the seed, not secret
    if not found:
        raise NothingToRead(_("No article fits that the study does not read already. Ask for others."))
    pins = [PinnedRevision.objects.create(project=round.project, revision_id=head) for _article, head in found]
    return add_texts(round=round, pinned=pins, by=by, at=at)


@transaction.atomic
def add_texts(*, round: Round, pinned: Iterable[PinnedRevision], by: AbstractUser, at: datetime) -> list[RoundText]:
    """Give pinned texts to a round, in this order, behind those it has.

    :raises RoundOutOfOrder: when the round was closed.
    :raises InRoundBefore: when one of them is read in a round already.
    """
    held = Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    if held.closed_at is not None:
        raise RoundOutOfOrder(_("The round is closed. Give the texts to another one."))
    pins = list(pinned)
    if RoundText.objects.filter(pinned__in=pins).exists():
        raise InRoundBefore(_("A text is read in one round of a study, and one of these is in a round already."))
    last = held.texts.order_by("-position").values_list("position", flat=True).first() or 0
    return RoundText.objects.bulk_create(
        RoundText(round=held, pinned=pin, position=position, created_by_id=by.pk, created_at=at)
        for position, pin in enumerate(pins, start=last + 1)
    )


@transaction.atomic
def withdraw_text(*, text: RoundText, reason: str, by: AbstractUser, at: datetime) -> RoundText:
    """Take a text out of the study: nobody begins it any more. What was found in it stays stored.

    :raises TextWithdrawn: when it was before.
    """
    held = RoundText.objects.select_for_update(of=("self",)).select_related("pinned__revision").get(pk=text.pk)
    if held.withdrawn_at is not None:
        raise TextWithdrawn(_("This text was withdrawn before."))
    RoundText.objects.filter(pk=held.pk).update(withdrawn_by=by, withdrawn_at=at, withdrawn_reason=reason)
    given = Assignment.objects.filter(round=held.round_id, article=held.pinned.revision.article_id)
    end_assignments(given, reason=_("The text was withdrawn: %(reason)s") % {"reason": reason}, at=at)
    held.refresh_from_db()
    return held


@transaction.atomic
def open_round(*, round: Round, seen: int, by: AbstractUser, at: datetime) -> Round:
    """Let people read it.

    :raises RoundOutOfOrder: when it was opened before.
    :raises NothingToRead: when it has no texts.
    :raises GoldMissing: when it has a pass mark and texts without gold.
    :raises Stale: when somebody changed it since version ``seen``.
    """
    if round.opened_at is not None:
        raise RoundOutOfOrder(_("The round was opened before."))
    texts = round.texts.filter(withdrawn_at=None)
    if not texts.exists():
        raise NothingToRead(_("The round has no texts yet. Draw some first."))
    if round.pass_mark is not None:
        gold = Reading.objects.filter(project=round.project, is_gold=True).values("revision")
        missing = texts.exclude(pinned__revision__in=gold).count()
        if missing:
            raise GoldMissing(
                _("%(count)s texts have no gold. Read them yourself first, or take the pass mark away.")
                % {"count": missing}
            )
    return round.change(seen=seen, opened_at=at)


@transaction.atomic
def close_round(*, round: Round, seen: int, by: AbstractUser, at: datetime) -> Round:
    """End a round: what was submitted stays, what was not goes back, and readers see what they may from now on.

    :raises RoundOutOfOrder: when it is not open.
    :raises Stale: when somebody changed it since version ``seen``.
    """
    if not round.is_open:
        raise RoundOutOfOrder(_("Only an open round can be closed."))
    round.change(seen=seen, closed_at=at)
    end_assignments(round.assignments.filter(done_at=None), reason=_("The round was closed."), at=at)
    return round


def end_assignments(assignments: QuerySet[Assignment], *, reason: str, at: datetime) -> Sequence[Assignment]:
    """Take back, with one reason, what is still open of these."""
    ended = list(assignments.filter(done_at=None, ended_at=None).select_for_update(of=("self",)))
    for assignment in ended:
        assignment.change(seen=assignment.version, ended_at=at, ended_reason=reason[:500])
    return ended


def wants_gold(round: Round) -> bool:
    """Whether what is read in a round may be compared with gold."""
    return round.kind != RoundKind.MAIN
