"""What waits for somebody, and how its claim is called."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.functional import Promise

from annotations.models import Claim

# Of each kind, so that somebody who comes back from a holiday still gets a page; the oldest wait at the top of a kind.
MOST_OF_A_KIND = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for somebody.

    :ivar icon: a sign of the sprite.
    :ivar title: what it is, beginning with the label of its claim where it has one.
    :ivar why: what is asked, or what somebody said about it.
    :ivar words: an excerpt of copy that belongs to the title, shown as such.
    :ivar since: how long it has waited is counted from here; None where nobody noted it.
    :ivar due_at: when it should be done; None without a time.
    :ivar aside: where a form that takes it away is sent; empty where it goes by being done.
    :ivar is_seen: the person has opened it before.
    """

    icon: str
    title: str
    href: str
    since: datetime | None
    words: str = ""
    why: str | Promise = ""
    article: str = ""
    due_at: datetime | None = None
    aside: str = ""
    is_seen: bool = False

    def is_late(self, now: datetime) -> bool:
        return self.due_at is not None and self.due_at < now


def claim_labels(articles: Collection[int]) -> dict[int, str]:
    """``C1``, ``C2`` … of every claim of these articles, by key; retracted ones keep their number."""
    ranked = Claim.objects.filter(article__in=articles, project__is_default=True).annotate(
        rank=Window(RowNumber(), partition_by=F("article_id"), order_by=F("pk").asc())
    )
    return {key: f"C{rank}" for key, rank in ranked.values_list("pk", "rank")}


def claim_address(claim: Claim) -> str:
    return reverse("annotations:claim", args=[claim.uid])
