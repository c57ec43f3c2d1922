"""What waits for one person: checks to write or to review, marks to look at, verdicts gone stale, work given out.

Each kind of waiting thing is found by one function in :data:`FINDERS`; a further kind is one more function.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.utils import timezone

from annotations.queries.desk.waiting import MOST_OF_A_KIND, Waiting
from annotations.queries.desk.waitingchecks import (
    assigned_checks,
    checks_to_review,
    hand_overs,
    returned_checks,
    stale_verdicts,
)
from annotations.queries.desk.waitingwords import assignments, marks_in_doubt, mentions, unread_notices

FINDERS = (
    hand_overs,
    returned_checks,
    assigned_checks,
    checks_to_review,
    stale_verdicts,
    marks_in_doubt,
    assignments,
    mentions,
    unread_notices,
)


@dataclass(frozen=True, slots=True)
class Queue:
    """Everything that waits, late things first. ``is_cut`` where there is more of a kind than is shown."""

    waiting: list[Waiting]
    late: int
    is_cut: bool

    def __len__(self) -> int:
        return len(self.waiting)


def queue_of(person: AbstractUser, *, now: datetime | None = None, by_article: bool = False) -> Queue:
    """What waits for a person: late things first and the latest of them on top, then the newest; or article by
    article.
    """
    now = now or timezone.now()
    kinds = [find(person) for find in FINDERS]
    waiting = [thing for kind in kinds for thing in kind[:MOST_OF_A_KIND]]
    waiting.sort(key=lambda thing: thing.since or now, reverse=True)
    waiting.sort(key=lambda thing: (not thing.is_late(now), thing.due_at if thing.is_late(now) else now))
    if by_article:
        waiting.sort(key=lambda thing: (thing.article == "", thing.article))
    return Queue(
        waiting=waiting,
        late=sum(thing.is_late(now) for thing in waiting),
        is_cut=any(len(kind) > MOST_OF_A_KIND for kind in kinds),
    )
