"""What the first page shows beside the queue and the work going on: claims worth checking, what came in, the week."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import Count, Exists, OuterRef, Q

from annotations.models import CheckState, Claim, DeskVerdict, FactCheck, Severity, Verdict
from annotations.permissions import visible_desk_verdicts
from annotations.queries.checking.verdicts import TONES
from annotations.queries.desk.articles import SHOWN, live_bias_tags, live_claims, removed_lines
from articles.models import ArticleState, Origin
from articles.permissions import visible_articles

MOST_WORTH_CHECKING = 5
MOST_INCOMING = 5
MOST_USED_TAGS = 5
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class VerdictCount:
    """How often a verdict was given."""

    verdict: Verdict
    count: int

    @property
    def tone(self) -> str:
        return TONES[self.verdict]


@dataclass(frozen=True, slots=True)
class TagUse:
    """How often a category was used, by severity 1, 2 and 3."""

    name: str
    severities: tuple[int, int, int]

    @property
    def total(self) -> int:
        return sum(self.severities)


@dataclass(frozen=True, slots=True)
class Week:
    """What the desk did in the last seven days: verdicts given, the tags used most, and how many tags in all."""

    verdicts: list[VerdictCount]
    tags: list[TagUse]
    tagged: int

    @property
    def given(self) -> int:
        return sum(verdict.count for verdict in self.verdicts)

    @property
    def is_empty(self) -> bool:
        return not self.given and not self.tagged

    @property
    def most_given(self) -> int:
        """The length of the longest bar of verdicts."""
        return max(verdict.count for verdict in self.verdicts)

    @property
    def most_used(self) -> int:
        """The length of the longest bar of tags."""
        return max((use.total for use in self.tags), default=0)


def claims_worth_checking(person: AbstractUser) -> list[Any]:
    """Checkable claims without any verdict, the most pressing first; each with ``pieces``, how often it recurs."""
    open_ones = without_verdict(live_claims(person).decided().checkable())
    pressing = open_ones.select_related("article__head", "speaker").only(
        "uid",
        "canonical",
        "priority",
        "risk",
        "claim_type",
        "claimant_kind",
        "speaker__name",
        "article__uid",
        "article__head__headline",
    )
    claims: list[Any] = list(pressing.order_by("-priority", "-created_at", "-pk")[:MOST_WORTH_CHECKING])
    repeats = _repeats(claims, person)
    for claim in claims:
        claim.pieces = 1 + repeats[claim.pk]
    return claims


def sentences_worth_checking(person: AbstractUser) -> list[Any]:
    """Suggested claims that nobody has decided on, those worth most first, of equal ones the newest; with reasons."""
    waiting = live_claims(person).filter(origin=Origin.SUGGESTED, confidence__isnull=False, project__is_default=True)
    shown = waiting.select_related("article__head", "proposal").only(
        "uid", "canonical", "confidence", "article__uid", "article__head__headline", "proposal__reasons"
    )
    return list(shown.order_by("-confidence", "-pk")[:MOST_WORTH_CHECKING])


def without_verdict(claims: Any) -> Any:
    """Those of ``claims`` that neither the desk nor a live check has given a verdict on."""
    checked = FactCheck.objects.filter(~Q(verdict=""), ~Q(state=CheckState.WITHDRAWN), claim=OuterRef("pk"))
    said = DeskVerdict.objects.filter(claim=OuterRef("pk"))
    return claims.filter(~Exists(checked), ~Exists(said))


def _repeats(claims: Iterable[Claim], person: AbstractUser) -> Counter[int]:
    same = live_claims(person).filter(same_as__in=[claim.pk for claim in claims])
    return Counter(dict(same.values_list("same_as").annotate(Count("pk", distinct=True)).order_by()))


def incoming_articles(person: AbstractUser) -> list[Any]:
    """What came in and nobody has taken up, newest first; each with ``lines_removed`` and ``worth_checking``."""
    incoming = visible_articles(person).filter(state=ArticleState.INCOMING).select_related("head", "created_by")
    shown = (
        incoming.only(*SHOWN).annotate(lines_removed=removed_lines()).order_by("-received_at", "-pk")[:MOST_INCOMING]
    )
    articles: list[Any] = list(shown)
    worth = dict(
        live_claims(person)
        .checkable()
        .filter(article__in=[article.pk for article in articles])
        .values_list("article_id")
        .annotate(Count("pk", distinct=True))
        .order_by()
    )
    for article in articles:
        article.worth_checking = worth.get(article.pk, 0)
    return articles


def week_of(person: AbstractUser, *, now: datetime) -> Week:
    """What a person may know of the last seven days."""
    verdicts = dict(
        visible_desk_verdicts(person)
        .filter(created_at__gt=now - WEEK)
        .values_list("verdict")
        .annotate(Count("pk", distinct=True))
        .order_by()
    )
    uses: dict[str, Counter[int]] = defaultdict(Counter)
    tags = live_bias_tags(person).by_people().filter(created_at__gt=now - WEEK)
    for name, severity, count in tags.values_list("category__name", "severity").annotate(Count("pk")).order_by():
        uses[name][severity] += count
    used = sorted((_tag_use(name, found) for name, found in uses.items()), key=lambda use: (-use.total, use.name))
    return Week(
        verdicts=[VerdictCount(verdict, verdicts.get(verdict, 0)) for verdict in Verdict],
        tags=used[:MOST_USED_TAGS],
        tagged=sum(use.total for use in used),
    )


def _tag_use(name: str, found: Counter[int]) -> TagUse:
    return TagUse(name, (found[Severity.MILD], found[Severity.SHIFTS], found[Severity.MISLEADS]))
