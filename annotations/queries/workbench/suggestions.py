"""What became of suggestions: this desk's record of each rule, and the articles in which suggestions wait."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet

from annotations.agreement.proportions import wilson
from annotations.models import Claim
from annotations.permissions import visible_bias_tags, visible_claims
from annotations.queries.desk.articles import SHOWN
from articles.models import Article, Mark, Origin
from articles.permissions import visible_articles, visible_quotes

if TYPE_CHECKING:
    from articles.permissions import Person

MOST_WAITING = 50


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """What people decided on the suggestions of one rule.

    Only what somebody looked at counts: what was accepted in bulk proves nothing. Corrected ones were not right as
    they stood.
    """

    proposer: str
    rule: str
    counts: Counter[str] = field(hash=False)

    @property
    def accepted(self) -> int:
        return self.counts[Origin.ACCEPTED]

    @property
    def corrected(self) -> int:
        return self.counts[Origin.CORRECTED]

    @property
    def rejected(self) -> int:
        return self.counts[Origin.REJECTED]

    @property
    def in_bulk(self) -> int:
        return self.counts[Origin.ACCEPTED_IN_BULK]

    @property
    def waiting(self) -> int:
        return self.counts[Origin.SUGGESTED]

    @property
    def decided(self) -> int:
        """How many somebody looked at and decided."""
        return self.accepted + self.corrected + self.rejected

    @property
    def precision(self) -> float | None:
        """The share of the decided ones that were accepted as they stood; None before the first decision."""
        return self.accepted / self.decided if self.decided else None

    @property
    def interval(self) -> tuple[float, float]:
        """Where the precision lies with 95 % confidence (Wilson 1927, the score interval)."""
        return wilson(self.accepted, self.decided)


def rule_records(person: Person) -> list[RuleRecord]:
    """The record of every rule in the articles a person may know of, the most used first; three queries."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for marks in (visible_quotes(person), visible_claims(person), visible_bias_tags(person)):
        for proposer, rule, origin, count in _decisions(marks):
            counts[proposer, rule][origin] += count
    records = [RuleRecord(proposer, rule, found) for (proposer, rule), found in counts.items()]
    return sorted(records, key=lambda record: (-record.counts.total(), record.proposer, record.rule))


def record_of(mark: Mark, person: Person) -> RuleRecord:
    """The record of the rule that proposed a quote or a claim; one query."""
    marks = visible_claims(person) if isinstance(mark, Claim) else visible_quotes(person)
    alike = marks.filter(proposer=mark.proposer, rule=mark.rule)
    counts: Counter[str] = Counter()
    for _proposer, _rule, origin, count in _decisions(alike):
        counts[origin] += count
    return RuleRecord(mark.proposer, mark.rule, counts)


def _decisions(marks: QuerySet[Any]) -> Sequence[tuple[str, str, str, int]]:
    proposed = marks.exclude(proposer="").exclude(origin=Origin.SUGGESTED, retracted_at__isnull=False)
    return list(proposed.values_list("proposer", "rule", "origin").annotate(Count("pk", distinct=True)).order_by())


def articles_with_suggestions(person: Person) -> list[Article]:
    """The articles in which most suggestions wait, each with ``waiting_quotes`` and ``waiting_claims``."""
    quotes, claims = _waiting(visible_quotes(person)), _waiting(visible_claims(person))
    waiting = dict((quotes + claims).most_common(MOST_WAITING))
    shown = visible_articles(person).filter(pk__in=waiting).select_related("head", "created_by").only(*SHOWN)
    articles: list[Any] = sorted(shown, key=lambda article: (-waiting[article.pk], -article.pk))
    for article in articles:
        article.waiting_quotes, article.waiting_claims = quotes[article.pk], claims[article.pk]
    return articles


def _waiting(marks: QuerySet[Any]) -> Counter[int]:
    """How many suggestions of a kind wait in the articles with most of them, by the key of the article."""
    counts = marks.filter(origin=Origin.SUGGESTED, retracted_at=None).values_list("article")
    most = counts.annotate(count=Count("pk", distinct=True)).order_by("-count", "-article")[:MOST_WAITING]
    return Counter(dict(most))
