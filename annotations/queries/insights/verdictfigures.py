"""The mix of verdicts: what the desk has published of claims, by each scale and over time.

The verdict that stands today counts, once for each claim; what it corrected does not. Days are those on which a verdict
was published.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate

from annotations.models import DeskVerdict, Rating, Verdict
from annotations.permissions import visible_claims
from annotations.queries.checking.verdicts import TONES
from annotations.queries.desk.columns import Columns, draw_columns
from annotations.queries.insights.portions import Portion
from annotations.queries.insights.scope import Scope, articles_in

if TYPE_CHECKING:
    from articles.permissions import Person


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale with the portion of each of its steps, in its order."""

    slug: str
    name: str
    portions: Sequence[Portion]


@dataclass(frozen=True, slots=True)
class Mix:
    """All verdicts that stand, counted."""

    total: int
    scales: Sequence[Scale]
    columns: Columns | None
    tones: Mapping[str, str]


def verdicts_in(person: Person, scope: Scope, *, verdict: str = "", rating: str = "") -> QuerySet[Any]:
    """The verdicts that stand, of live claims of articles that the person may know of.

    :param verdict: what the evidence says; ``rating`` what readers are told, as ``scale:slug``.
    """
    anywhen = scope.within(since=None, until=None)
    claims = visible_claims(person).live().decided()
    if anywhen != Scope():
        claims = claims.filter(article__in=articles_in(person, anywhen))
    verdicts: Any = DeskVerdict.objects.filter(claim__in=claims, corrected_by=None).annotate(
        day=TruncDate("created_at")
    )
    if scope.since:
        verdicts = verdicts.filter(day__gte=scope.since)
    if scope.until:
        verdicts = verdicts.filter(day__lte=scope.until)
    if verdict in Verdict.values:
        verdicts = verdicts.filter(verdict=verdict)
    if rating:
        scale, _colon, slug = rating.partition(":")
        verdicts = verdicts.filter(rating__scale__slug=scale, rating__slug=slug)
    return verdicts  # type: ignore[no-any-return]


def count_verdicts(person: Person, scope: Scope) -> Mix:
    """The mix of verdicts in two queries."""
    rows = (
        verdicts_in(person, scope)
        .order_by()
        .values_list("day", "verdict", "rating")
        .annotate(count=Count("pk", distinct=True))
    )
    by_day: Counter[tuple[date, str]] = Counter()
    verdicts, ratings = Counter[str](), Counter[int]()
    for day, verdict, rating, count in rows:
        by_day[day, verdict] += count
        verdicts[verdict] += count
        ratings[rating] += count
    evidence = [Portion(f"{each}", str(each.label), verdicts[each], verdicts.total()) for each in Verdict]
    scales = [Scale("", "", evidence), *_scales(ratings)]
    return Mix(verdicts.total(), scales, draw_columns(by_day, list(Verdict)), TONES)


def _scales(counts: Counter[int]) -> list[Scale]:
    """The scales in which something was said, each with all of its steps that are in use or were used."""
    used = Rating.objects.select_related("scale").order_by("scale", "order", "pk")
    steps: dict[str, list[Rating]] = {}
    for rating in used:
        if counts[rating.pk] or rating.retired_at is None:
            steps.setdefault(rating.scale.slug, []).append(rating)
    found = []
    for slug, ratings in steps.items():
        total = sum(counts[rating.pk] for rating in ratings)
        if total:
            portions = [Portion(f"{slug}:{one.slug}", one.name, counts[one.pk], total) for one in ratings]
            found.append(Scale(slug, ratings[0].scale.name, portions))
    return found
