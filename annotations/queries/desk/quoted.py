"""How somebody is quoted: when, by whom, in which form and in whose words. Counted by the database over all quotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from annotations.queries.desk.columns import Columns, draw_columns
from articles.models import QuoteKind, Wording

if TYPE_CHECKING:
    from articles.models.quote import QuoteQuerySet

MOST_OUTLETS = 8
MOST_NAMES = 30
# From below: what was said in the speaker's words stands on the axis.
KINDS = (QuoteKind.DIRECT, QuoteKind.MIXED, QuoteKind.INDIRECT)
REPORTED = (QuoteKind.INDIRECT, QuoteKind.MIXED)


@dataclass(frozen=True, slots=True)
class Share:
    """How many quotes are of one sort; ``percent`` of all, rounded so that all sorts make a hundred."""

    value: str
    name: str
    count: int
    percent: int


@dataclass(frozen=True, slots=True)
class Quoted:
    """All quotes of a speaker that a person may see, counted.

    :ivar outlets: by name (empty where unknown) with their number, the most quoting first.
    :ivar more_outlets: how many are not among them.
    """

    total: int
    articles: int
    kinds: Sequence[Share]
    wordings: Sequence[Share]
    outlets: Sequence[Share]
    more_outlets: int
    columns: Columns | None


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which of the quotes are listed: of a day, month or year, and in which form; all where empty."""

    period: str = ""
    form: str = ""

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day of the period; None without one, or where it is none."""
        parts = self.period.split("-")
        try:
            numbers = [int(part) for part in parts]
            year, month, day = [*numbers, 1, 1][:3]
            first = date(year, month, day)
        except (ValueError, TypeError):
            return None
        if len(numbers) == 1:
            return first, date(year, 12, 31)
        return (first, first) if len(numbers) > 2 else (first, _last_of_month(first))


def _last_of_month(first: date) -> date:
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1) if first.year < 9999 else date.max
    return date.fromordinal(following.toordinal() - 1)


def dated(quotes: QuerySet[Any]) -> QuerySet[Any]:
    """Quotes with the day their article came out, or came in, in the zone of whoever looks, as ``day``."""
    with_days: QuerySet[Any] = quotes.annotate(day=TruncDate(Coalesce("article__published_at", "article__received_at")))
    return with_days


def narrow(quotes: QuoteQuerySet, narrowed: Narrowed) -> QuerySet[Any]:
    """The quotes of one period and form."""
    listed = dated(quotes)
    if narrowed.days is not None:
        listed = listed.filter(day__range=narrowed.days)
    forms = {"direct": [QuoteKind.DIRECT], "reported": REPORTED}
    if narrowed.form in forms:
        listed = listed.filter(kind__in=forms[narrowed.form])
    return listed


def count_quotes(quotes: QuoteQuerySet) -> Quoted:
    """Count quotes in two queries."""
    groups = dated(quotes).values_list("day", "article__outlet", "kind", "wording").order_by()
    by_day: Counter[tuple[date, str]] = Counter()
    outlets, kinds, wordings = Counter[str](), Counter[str](), Counter[str]()
    for day, outlet, kind, wording, count in groups.annotate(count=Count("pk")):
        by_day[day, kind] += count
        outlets[outlet] += count
        kinds[kind] += count
        wordings[wording] += count
    total = kinds.total()
    return Quoted(
        total=total,
        articles=quotes.order_by().aggregate(count=Count("article", distinct=True))["count"] if total else 0,
        kinds=_shares({kind: (kind.label, kinds[kind]) for kind in KINDS}),
        wordings=_shares({wording: (wording.label, wordings[wording]) for wording in Wording}),
        outlets=_shares({name: (name, count) for name, count in _most(outlets)}, of=total),
        more_outlets=max(len(outlets) - MOST_OUTLETS, 0),
        columns=draw_columns(by_day, KINDS),
    )


def count_names(quotes: QuoteQuerySet) -> list[tuple[str, int]]:
    """As whom somebody is printed, with how often, the most frequent first; at most :data:`MOST_NAMES`."""
    printed = quotes.exclude(mention="").order_by().values_list("mention").annotate(count=Count("pk"))
    return list(printed.order_by("-count", "mention")[:MOST_NAMES])


def _most(outlets: Counter[str]) -> list[tuple[str, int]]:
    return sorted(outlets.items(), key=lambda each: (-each[1], each[0]))[:MOST_OUTLETS]


def _shares(sorts: Mapping[Any, tuple[Any, int]], *, of: int = 0) -> list[Share]:
    """Sorts that occur, with whole percents by largest remainder, so that they add up to what all together have."""
    total = of or sum(count for _name, count in sorts.values())
    found = {value: each for value, each in sorts.items() if each[1]}
    exact = {value: 100 * count / total for value, (_name, count) in found.items()}
    left = round(sum(exact.values())) - sum(int(share) for share in exact.values())
    rounded_up = sorted(exact, key=lambda value: int(exact[value]) - exact[value])[:left]
    return [
        Share(str(value), str(name), count, int(exact[value]) + (value in rounded_up))
        for value, (name, count) in found.items()
    ]
