"""Batches as the desk shows them: how far each is, and what the worker still does for its articles."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.contrib.auth.models import AbstractUser
from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet, Sum

from annotations.models import Batch, BatchPart, BatchState, FollowUp, FollowUpKind
from annotations.permissions import visible_batches

MOST_ON_THE_DESK = 3
SHOWN_AFTER_THE_END = timedelta(hours=12)
MOST_REFUSED = 50
REFUSED = '"status": "refused"'


@dataclass(frozen=True, slots=True)
class Following:
    """How many articles of a batch one kind of work is done for, of how many.

    :ivar failed: for how many it failed.
    :ivar again_at: when the first of these are tried again by themselves; None when nothing is.
    """

    kind: FollowUpKind
    done: int
    total: int
    failed: int = 0
    again_at: datetime | None = None

    @property
    def is_done(self) -> bool:
        return self.done == self.total

    @property
    def is_under_way(self) -> bool:
        return self.done + self.failed < self.total


@dataclass(frozen=True, slots=True)
class ShownBatch:
    """A batch with what follows it.

    :ivar stands_still: nobody has gone on with it for a while, and no job will.
    """

    batch: Batch
    following: Sequence[Following]
    stands_still: bool

    @property
    def unfinished(self) -> Sequence[Following]:
        return [each for each in self.following if not each.is_done]

    @property
    def failed(self) -> Sequence[Following]:
        return [each for each in self.following if each.failed]

    @property
    def is_under_way(self) -> bool:
        return not self.batch.has_ended or any(each.is_under_way for each in self.following)


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line that nothing became of, counted from 1, and why."""

    number: int
    reason: str


def batches_on_the_desk(person: AbstractUser, *, now: datetime) -> list[ShownBatch]:
    """What is coming in, what the worker still works on, and what ended lately; what is coming in first."""
    working = FollowUp.objects.filter(batch=OuterRef("pk"), done_at=None)
    lately = Q(ended_at__gt=now - SHOWN_AFTER_THE_END, state=BatchState.DONE)
    found = visible_batches(person).filter(Q(state=BatchState.RUNNING) | lately | Exists(working))
    return shown_batches(found.order_by(F("ended_at").desc(nulls_first=True), "-pk")[:MOST_ON_THE_DESK], now=now)


def shown_batches(batches: QuerySet[Batch] | Iterable[Batch], *, now: datetime) -> list[ShownBatch]:
    """These batches, in their order, with what follows them; one question for all."""
    if isinstance(batches, QuerySet):
        batches = batches.select_related("created_by")
    found = list(batches)
    following: dict[int, list[Following]] = defaultdict(list)
    sums = FollowUp.objects.filter(batch__in=[batch.pk for batch in found]).values("batch", "kind").order_by("kind")
    counted = sums.annotate(
        done=Sum("articles", filter=~Q(done_at=None), default=0),
        total=Sum("articles"),
        failed=Sum("articles", filter=~Q(failed_at=None), default=0),
        again_at=Min("again_at"),
    )
    for key, kind, *how_far in counted.values_list("batch", "kind", "done", "total", "failed", "again_at"):
        following[key].append(Following(FollowUpKind(kind), *how_far))
    return [ShownBatch(batch, following[batch.pk], batch.stands_still(now)) for batch in found]


def refused_lines(batch: Batch) -> list[RefusedLine]:
    """The first lines of a batch that were refused, with their reasons."""
    return list(islice(_refused(batch), MOST_REFUSED))


def _refused(batch: Batch) -> Iterator[RefusedLine]:
    parts = BatchPart.objects.filter(batch=batch, results__contains=REFUSED).order_by("number")
    for results in parts.values_list("results", flat=True).iterator(chunk_size=20):
        for written in results.splitlines():
            if REFUSED in written and (line := json.loads(written))["status"] == "refused":
                yield RefusedLine(line["line"], line["detail"].removeprefix(f"Line {line['line']}: "))
