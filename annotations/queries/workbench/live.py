"""What has changed on an open workbench since its page last asked, in one query as long as nothing has."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest, Now

from annotations.models import BiasTag, Claim, Comment, DeskVerdict, Evidence, FactCheck, Presence
from annotations.models.presence import KEPT_FRESH
from annotations.permissions import reads_blind, visible_comments
from annotations.queries.workbench.presence import Present, people_in, with_presence
from articles.models import CurrentAnchor, Quote
from articles.models.statement import written_once
from articles.models.transactions import Horizon, WrittenIn
from articles.permissions import Asker, roles_of, visible_articles

if TYPE_CHECKING:
    from articles.permissions import Person


@dataclass(frozen=True, slots=True)
class ChangedMark:
    """A mark that was made, changed, moved or judged.

    :ivar state: its origin, or ``retracted``.
    :ivar stamp: grows with every change, so that a page knows which ones it has drawn.
    """

    uid: UUID
    layer: str
    version: int
    state: str
    stamp: int


@dataclass(frozen=True, slots=True)
class Look:
    """One look at an article: cheap, and enough to say whether there is anything to tell.

    :ivar horizon: what to ask from the next time.
    :ivar is_blind: the person reads it for a blind study and is told nothing.
    :ivar is_heard_of: that the person has it open was written down a moment ago.
    """

    article: int
    head: int
    head_number: int
    horizon: int
    is_blind: bool
    is_heard_of: bool
    has_changed: bool
    present: Sequence[Present]

    @property
    def people(self) -> int:
        """A number that is another one when other people have it open."""
        return zlib.crc32("".join(str(each.uid) for each in self.present).encode())


def look_at(uid: UUID, person: Person, *, since: int) -> Look | None:
    """Look whether a visible article has changed since a horizon; None where there is none. One query."""
    for row in _looks(uid, person.pk or 0, since, roles=roles_of(person)):
        article, head, head_number, horizon, is_blind, is_heard_of, has_changed, present = row
        return Look(article, head, head_number, horizon, is_blind, is_heard_of, has_changed, people_in(present))
    return None


@written_once
def _looks(uid: UUID, person: int, since: int, *, roles: frozenset[str]) -> QuerySet[Any, Any]:
    asker = Asker(person, roles)
    mine = Presence.objects.filter(article=OuterRef("pk"), person_id=person, heard_at__gt=Now() - KEPT_FRESH)
    looked: QuerySet[Any, Any] = with_presence(visible_articles(asker), asker).annotate(
        horizon=Horizon(),
        is_blind=ExpressionWrapper(reads_blind(asker, "pk"), output_field=BooleanField()),
        is_heard_of=Exists(mine),
        has_changed=ExpressionWrapper(_has_changed(since), output_field=BooleanField()),
    )
    return looked.filter(uid=uid).values_list(
        "pk", "head_id", "head__number", "horizon", "is_blind", "is_heard_of", "has_changed", "present"
    )


def _has_changed(since: int) -> Q:
    """Of articles: something on them was written since."""
    of_article: list[tuple[Any, str]] = [
        (Quote, "article"),
        (Claim, "article"),
        (BiasTag, "article"),
        (Comment, "article"),
        (FactCheck, "claim__article"),
        (Evidence, "claim__article"),
        (DeskVerdict, "claim__article"),
    ]
    found = Q(Exists(_since(CurrentAnchor.objects.filter(revision=OuterRef("head")), since)))
    for model, article in of_article:
        found |= Q(Exists(_since(model.objects.filter(**{article: OuterRef("pk")}), since)))
    return found


def _since(rows: QuerySet[Any], since: int) -> QuerySet[Any]:
    written: QuerySet[Any] = rows.annotate(written=WrittenIn("pk")).filter(written__gte=since)
    return written


def changed_marks(look: Look, *, since: int) -> list[ChangedMark]:
    """The marks of the everyday desk on an article that changed since a horizon; three queries."""
    desk = {"article": look.article, "project__is_default": True}
    judged = [_newest(model, "claim") for model in (FactCheck, Evidence, DeskVerdict)]
    return [
        *_changed("quote", Quote.objects.filter(article=look.article), look, since),
        *_changed("claim", Claim.objects.filter(**desk), look, since, *judged),
        *_changed("bias", BiasTag.objects.filter(**desk), look, since),
    ]


def _newest(model: Any, owner: str) -> Subquery:
    """When the newest of the rows that hang on a mark was written."""
    rows = model.objects.filter(**{owner: OuterRef("pk")}).annotate(written=WrittenIn("pk"))
    return Subquery(rows.order_by("-written").values("written")[:1])


def _changed(layer: str, marks: QuerySet[Any], look: Look, since: int, *judged: Subquery) -> Iterator[ChangedMark]:
    places = CurrentAnchor.objects.filter(span=OuterRef("span"), revision=look.head).annotate(written=WrittenIn("pk"))
    stamp = Greatest(WrittenIn("pk"), Subquery(places.values("written")), *judged)
    changed = marks.annotate(stamp=stamp).filter(stamp__gte=since).order_by("pk")
    for uid, version, origin, retracted_at, at in changed.values_list(
        "uid", "version", "origin", "retracted_at", "stamp"
    ):
        yield ChangedMark(uid, layer, version, origin if retracted_at is None else "retracted", at)


def comments_changed(look: Look, person: Person, *, since: int) -> int:
    """The stamp of the newest change in what the person may read of an article; 0 where nothing has changed."""
    said = visible_comments(person).filter(article=look.article).annotate(written=WrittenIn("pk"))
    newest: int | None = said.filter(written__gte=since).aggregate(newest=Max("written"))["newest"]
    return newest or 0
