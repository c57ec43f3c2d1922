"""How often people accepted what each rule proposed, of quotes and of claims: counted over the decisions of a time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy

from annotations.permissions import visible_bias_tags, visible_claims
from annotations.queries.insights.portions import Portion
from annotations.queries.insights.scope import Scope, articles_in
from annotations.queries.workbench.suggestions import RuleRecord
from articles.models import Origin
from articles.permissions import visible_quotes

if TYPE_CHECKING:
    from articles.permissions import Person

QUOTES, CLAIMS, TAGS = "quotes", "claims", "bias_tags"
LAYERS: Mapping[str, object] = {
    QUOTES: gettext_lazy("Quotes"),
    CLAIMS: gettext_lazy("Claims"),
    TAGS: gettext_lazy("Bias tags"),
}
ORIGINS = (Origin.ACCEPTED, Origin.CORRECTED, Origin.REJECTED, Origin.ACCEPTED_IN_BULK, Origin.SUGGESTED)


@dataclass(frozen=True, slots=True)
class RuleOfLayer:
    """What became of the suggestions of one rule for one kind of mark."""

    layer: str
    record: RuleRecord
    href: str = ""

    @property
    def portion(self) -> Portion:
        """Accepted as they stood, of those that somebody looked at."""
        record = self.record
        return Portion(record.rule, record.rule or record.proposer, record.accepted, record.decided, self.href)


def suggestions_in(
    person: Person, scope: Scope, layer: str, *, proposer: str = "", rule: str | None = None, origin: str = ""
) -> Any:
    """What was suggested in the articles asked for and decided in the time asked for; what waits counts at any time."""
    visible: Any = {QUOTES: visible_quotes, CLAIMS: visible_claims, TAGS: visible_bias_tags}[layer](person)
    anywhen = scope.within(since=None, until=None)
    marks = visible if anywhen == Scope() else visible.filter(article__in=articles_in(person, anywhen))
    marks = marks.exclude(proposer="").exclude(origin=Origin.SUGGESTED, retracted_at__isnull=False)
    marks = marks.annotate(day=TruncDate("decided_at"))
    if scope.since:
        marks = marks.filter(Q(day=None) | Q(day__gte=scope.since))
    if scope.until:
        marks = marks.filter(Q(day=None) | Q(day__lte=scope.until))
    if proposer:
        marks = marks.filter(proposer=proposer)
    if rule is not None:
        marks = marks.filter(rule=rule)
    return marks.filter(origin=origin) if origin in ORIGINS else marks


def count_acceptance(person: Person, scope: Scope) -> list[RuleOfLayer]:
    """The record of every rule, by kind of mark and name; one query for each kind."""
    found = []
    for layer in LAYERS:
        counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        rows = suggestions_in(person, scope, layer).order_by().values_list("proposer", "rule", "origin")
        for proposer, rule, origin, count in rows.annotate(count=Count("pk", distinct=True)):
            counts[proposer, rule][origin] += count
        found += [
            RuleOfLayer(layer, RuleRecord(proposer, rule, each)) for (proposer, rule), each in sorted(counts.items())
        ]
    return found


def accepted_over_time(person: Person, scope: Scope) -> list[tuple[date, Portion]]:
    """Month by month, what was accepted as it stood of what somebody looked at, of all rules together."""
    months: dict[date, Counter[str]] = defaultdict(Counter)
    looked_at = [Origin.ACCEPTED, Origin.CORRECTED, Origin.REJECTED]
    for layer in (QUOTES, CLAIMS):
        rows = suggestions_in(person, scope, layer).filter(origin__in=looked_at).order_by()
        for day, origin, count in rows.values_list("day", "origin").annotate(count=Count("pk", distinct=True)):
            months[day.replace(day=1)][origin] += count
    return [
        (first, Portion(first.isoformat()[:7], "", counts[Origin.ACCEPTED], counts.total()))
        for first, counts in sorted(months.items())
    ]
