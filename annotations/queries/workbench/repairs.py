"""Marks whose place is not certain, one after the other: which wait, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThanOrEqual, TupleLessThan
from django.db.models.functions import Coalesce
from django.urls import reverse

from annotations.models import BiasTag, Claim
from articles.anchoring.fates import Reason
from articles.models import Anchor, AnchorState, CurrentAnchor, Quote
from articles.operations.spans import SAID_SO
from articles.permissions import articles_with_text_for

if TYPE_CHECKING:
    from articles.permissions import Person

# How many are listed from the current one on; the list goes on from the last of them.
LISTED = 12
# Where marks without a place stand in the order of a text: after all that have one.
AT_THE_END = 2**31 - 1


@dataclass(frozen=True, slots=True)
class DoubtfulMark:
    """A mark that waits for somebody to say where it stands.

    :ivar key: its place in the queue: the revision, where it stands in its text, its span.
    :ivar words: those of the proposed place; the last known ones where there is none.
    """

    key: tuple[int, int, int]
    layer: str
    uid: UUID
    article: UUID
    headline: str
    words: str
    is_lost: bool


@dataclass(frozen=True, slots=True)
class RepairQueue:
    """Where somebody is in the queue.

    :ivar rows: the current mark and those that follow, at most :data:`LISTED` of these.
    :ivar number, total: which of how many in one article; 0 where the queue is that of the desk, which nobody counts.
    :ivar is_elsewhere: a mark was asked for that does not wait, and the one after it is current instead.
    """

    rows: Sequence[DoubtfulMark]
    previous: DoubtfulMark | None
    number: int = 0
    total: int = 0
    is_elsewhere: bool = False

    @property
    def current(self) -> DoubtfulMark | None:
        return self.rows[0] if self.rows else None

    @property
    def following(self) -> DoubtfulMark | None:
        return self.rows[1] if len(self.rows) > 1 else None

    @property
    def listed(self) -> Sequence[DoubtfulMark]:
        return self.rows[1 : LISTED + 1]

    @property
    def further(self) -> DoubtfulMark | None:
        """The first one that is not listed."""
        return self.rows[LISTED + 1] if len(self.rows) > LISTED + 1 else None


def marks_to_repair(person: Person) -> QuerySet[CurrentAnchor]:
    """The anchors, on newest texts a person may read, of live marks that need a look or have lost their place.

    Where somebody said that a mark has no place, it does not wait again until a text proposes one.
    """
    # A study stays on its pinned texts, so nobody looks after its marks on newer ones.
    owned: tuple[Any, ...] = (
        Quote.objects.live(),
        Claim.objects.live().filter(project__is_default=True),
        BiasTag.objects.live().filter(project__is_default=True),
    )
    live = [Exists(marks.filter(span=OuterRef("span"))) for marks in owned]
    spoken = (
        Anchor.objects.filter(span=OuterRef("span"))
        .exclude(state=AnchorState.ORPHANED, reason=Reason.GONE)
        .order_by("-revision__number", "-sequence")
    )
    return CurrentAnchor.objects.alias(spoken=Subquery(spoken.values("reason")[:1])).filter(
        live[0] | live[1] | live[2],
        Q(anchor__state=AnchorState.NEEDS_REVIEW) | Q(~Q(spoken=SAID_SO), anchor__state=AnchorState.ORPHANED),
        # Every anchor of a head belongs to its article, so the heads are all there is to ask for.
        revision__in=articles_with_text_for(person).values("head"),
    )


def open_repairs(person: Person, *, article: UUID | None = None, mark: UUID | None = None) -> RepairQueue:
    """The queue from a mark on, or from its beginning: by the age of the texts, then in the order of each."""
    waiting = _in_order(marks_to_repair(person))
    if article is not None:
        waiting = waiting.filter(revision__article__uid=article)
    key = _key_of(mark) if mark is not None else None
    rows = _rows(waiting.filter(_from(key)) if key else waiting)
    if key and not rows:
        key, rows = None, _rows(waiting)
    previous = _rows(waiting.filter(_before(key)).reverse(), most=1) if key else []
    number, total = _counted(waiting, rows[0].key) if article is not None and rows else (0, 0)
    return RepairQueue(
        rows=rows,
        previous=previous[0] if previous else None,
        number=number,
        total=total,
        is_elsewhere=mark is not None and (not rows or rows[0].uid != mark),
    )


def next_after(person: Person, mark: UUID, *, article: UUID | None = None) -> UUID | None:
    """The mark to go on with once one is decided on: the one after it, else the first of the others."""
    queue = open_repairs(person, article=article, mark=mark)
    for row in queue.rows:
        if row.uid != mark:
            return row.uid
    first = open_repairs(person, article=article).current
    return first.uid if first and first.uid != mark else None


def repairs_address(*, article: UUID | None = None, mark: UUID | None = None) -> str:
    """The queue of the desk or of one article, at its beginning or at a mark."""
    asked = {name: str(uid) for name, uid in (("article", article), ("mark", mark)) if uid is not None}
    address = reverse("annotations:repairs")
    return f"{address}?{urlencode(asked)}" if asked else address


def uid_in(address: str, name: str) -> UUID | None:
    """The uid that an address of the queue gives as ``name``; None where it gives none, or something else."""
    try:
        return UUID(parse_qs(urlsplit(address).query)[name][0])
    except (KeyError, ValueError):
        return None


def _in_order(waiting: QuerySet[CurrentAnchor]) -> Any:
    return waiting.annotate(place=Coalesce("anchor__start", Value(AT_THE_END))).order_by("revision", "place", "span")


def _place() -> Tuple:
    return Tuple(F("revision"), F("place"), F("span"))


def _from(key: tuple[int, int, int]) -> Any:
    return TupleGreaterThanOrEqual(_place(), key)


def _before(key: tuple[int, int, int]) -> Any:
    return TupleLessThan(_place(), key)


def _key_of(mark: UUID) -> tuple[int, int, int] | None:
    """Where a mark stands in the order of the queue, whether or not it waits."""
    owned: tuple[Any, ...] = (Quote, Claim, BiasTag)
    quotes, claims, tags = (model.objects.filter(uid=mark, span__isnull=False).values("span") for model in owned)
    for row in quotes.union(claims, tags):
        on_head = CurrentAnchor.objects.filter(span=row["span"], revision=F("span__article__head"))
        key: tuple[int, int, int] | None = _in_order(on_head).values_list("revision", "place", "span").first()
        return key
    return None


def _rows(waiting: Any, *, most: int = LISTED + 2) -> list[DoubtfulMark]:
    """The current one, those that are listed, and one more to go on with."""
    found = waiting.values_list(
        "revision",
        "place",
        "span",
        "span__quote__uid",
        "span__claim__uid",
        "span__bias_tag__uid",
        "revision__article__uid",
        "revision__headline",
        "anchor__exact",
        "anchor__state",
    )
    return [
        DoubtfulMark(
            key=(revision, place, span),
            layer="quote" if quote else "claim" if claim else "bias",
            uid=quote or claim or tag,
            article=article,
            headline=headline,
            words=words,
            is_lost=state == AnchorState.ORPHANED,
        )
        for revision, place, span, quote, claim, tag, article, headline, words, state in found[:most]
    ]


def _counted(waiting: Any, key: tuple[int, int, int]) -> tuple[int, int]:
    counts = waiting.aggregate(before=Count("pk", filter=_before(key)), total=Count("pk"))
    return counts["before"] + 1, counts["total"]
