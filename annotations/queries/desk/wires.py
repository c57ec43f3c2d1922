"""What a wire has done to an article, and what waits for a person because of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet

from annotations.queries.workbench.differences import Stretch, differences
from articles.ingest.record_json import article_from_json
from articles.models import Article, Hold, Outcome, WireAnswer, WireItem
from articles.operations.wires import newest_first
from articles.permissions import visible_holds

if TYPE_CHECKING:
    from articles.permissions import Person

MOST_ALERTS = 20


@dataclass(frozen=True, slots=True)
class BothSides:
    """A version of the wire that waits beside a text that was edited or approved here.

    :ivar difference: from our newest text to theirs.
    """

    item: WireItem
    ours: str
    theirs: str

    @property
    def difference(self) -> list[Stretch]:
        return differences(self.ours, self.theirs)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the workbench says of the way an article came.

    :ivar holds: what holds it now.
    :ivar waiting: the version of its wire that waits, with both sides.
    :ivar is_unseen: it came unattended, and nobody has opened its removed lines.
    """

    holds: Sequence[Hold]
    waiting: BothSides | None
    is_unseen: bool

    @property
    def unacknowledged(self) -> bool:
        return any(hold.acknowledged_at is None for hold in self.of_providers)

    @property
    def of_providers(self) -> list[Hold]:
        """The holds that came with a wire; those of the desk are lifted on their own page."""
        return [hold for hold in self.holds if hold.wire_item_id is not None]

    def __bool__(self) -> bool:
        return bool(self.holds or self.waiting or self.is_unseen)


def with_arrival(articles: QuerySet[Article]) -> QuerySet[Any]:
    """Articles that know whether something holds them or waits, so that :func:`arrival_of` seldom has to ask."""
    mine = OuterRef("pk")
    return articles.annotate(
        is_held=Exists(Hold.objects.standing().of_articles().filter(article=mine)),
        had_to_wait=Exists(WireItem.objects.filter(article=mine, outcome=Outcome.WAITING)),
    )


def arrival_of(article: Any) -> Arrival:
    """Of an article of :func:`with_arrival`: no query for one that nothing holds and nothing waits for."""
    return Arrival(
        holds=holds_on(article) if article.is_held else (),
        waiting=version_that_waits(article) if article.had_to_wait else None,
        is_unseen=article.came_unattended and article.removed_seen_at is None,
    )


def alerts_for(person: Person) -> Sequence[Hold]:
    """Holds that stand and that nobody has acknowledged, newest first; they stay until somebody does."""
    waiting = visible_holds(person).standing().of_providers().unacknowledged()
    shown = waiting.select_related("article__head", "wire_item__identity").defer(
        "article__head__text", "article__head__blocks", "article__head__removed"
    )
    return list(shown.order_by("-created_at", "-pk")[:MOST_ALERTS])


def holds_on(article: Article) -> Sequence[Hold]:
    """The holds that stand on a visible article, the first one first."""
    standing = Hold.objects.standing().of_articles().filter(article=article)
    return list(standing.select_related("wire_item__identity", "acknowledged_by", "created_by").order_by("pk"))


def version_that_waits(article: Article) -> BothSides | None:
    """The wire's newest version, if it waits for somebody to take it or to keep ours."""
    item = newest_first(WireItem.objects.filter(article=article)).select_related("identity").first()
    if item is None or item.outcome != Outcome.WAITING or WireAnswer.objects.filter(item=item).exists():
        return None
    return BothSides(item=item, ours=article.head.text, theirs=article_from_json(item.record).text)
