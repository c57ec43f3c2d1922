"""The list of articles: filtered, newest first, read page by page, never counted as a whole."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractUser
from django.db.models import Count, F, Func, IntegerField, Q, QuerySet

from annotations.models import Assignment, Severity
from annotations.models.claim import ClaimQuerySet
from annotations.permissions import visible_bias_tags, visible_claims
from annotations.queries.paging import PAGE_SIZE, Page, first_page, read_page
from articles.models import Article, ArticleState, Revision
from articles.models.noun import MarkQuerySet
from articles.models.statement import written_once
from articles.models.words import prefix_query
from articles.permissions import Asker, roles_of, visible_articles

if TYPE_CHECKING:
    from articles.permissions import Person

NEWEST_FIRST = ("-received_at", "-id")
# Headlines that are looked up one by one; more of them are met while walking down the list.
FEW = 1000

# What a row shows. The text and its blocks stay in the database.
SHOWN = (
    "uid",
    "version",
    "state",
    "language",
    "outlet",
    "received_at",
    "embargo_until",
    "access",
    "is_demonstration",
    "created_by__name",
    "created_by__username",
    "head__number",
    "head__headline",
)

# Filled ticks of the seven; a withdrawn piece has none.
STEPS = {
    state: number
    for number, state in enumerate(
        [
            ArticleState.WITHDRAWN,
            ArticleState.INCOMING,
            ArticleState.EDITING,
            ArticleState.CHECKING,
            ArticleState.APPROVED,
            ArticleState.PUBLISHED,
            ArticleState.CORRECTED,
        ]
    )
}
LAST_STEP = 7


@dataclass(frozen=True, slots=True)
class ArticleFilters:
    """What is asked of the list; empty means whatever it is. ``mine``: brought in by the person or given to them."""

    state: str = ""
    language: str = ""
    outlet: str = ""
    words: str = ""
    mine: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.state or self.language or self.outlet or self.words or self.mine)


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article of a list, with the marks on it that the person may know of."""

    article: Article
    claims: int = 0
    severities: tuple[int, int, int] = (0, 0, 0)

    @property
    def state_name(self) -> str:
        # get_state_display() builds a table of all states, translated, on every call.
        return str(ArticleState(self.article.state).label)

    @property
    def step(self) -> int:
        """How many of the seven ticks of the article's state are filled."""
        return step_of(self.article.state)


def step_of(state: str) -> int:
    """How many of the seven ticks an article's state fills."""
    return LAST_STEP if state == ArticleState.CORRECTED else STEPS[ArticleState(state)]


def list_articles(
    *, person: AbstractUser, filters: ArticleFilters, after: str = "", before: str = ""
) -> tuple[list[ArticleRow], Page[Article]]:
    """A page of the articles a person may know of, newest first, with the addresses of its neighbours.

    ``after`` and ``before`` are uids to read on from. The number of queries does not depend on the rows.
    """
    if filters.is_empty and not (after or before):
        page = first_page(_newest(person.pk, roles=roles_of(person)))
    else:
        page = read_page(_shown(matching_articles(person, filters)), order=NEWEST_FIRST, after=after, before=before)
    return rows_of(page.rows, person=person), page


@written_once
def _newest(person: int, *, roles: frozenset[str]) -> QuerySet[Article]:
    """What the list is opened with; to write this query takes longer than to answer it."""
    return _shown(visible_articles(Asker(person, roles))).order_by(*NEWEST_FIRST)[: PAGE_SIZE + 1]


def _shown(articles: QuerySet[Article]) -> QuerySet[Article]:
    return articles.select_related("head", "created_by").only(*SHOWN)


def matching_articles(person: AbstractUser, filters: ArticleFilters) -> QuerySet[Article]:
    """The articles a person may know of that answer to all of ``filters``."""
    articles: QuerySet[Article] = visible_articles(person)
    if filters.state:
        articles = articles.filter(state=filters.state)
    if filters.language:
        articles = articles.filter(language=filters.language)
    if filters.outlet:
        articles = articles.filter(outlet__iexact=filters.outlet)
    if filters.words:
        articles = articles.filter(_with_words(filters.words))
    if filters.mine:
        articles = articles.filter(pk__in=_keys_of(person))
    return articles


def _with_words(words: str) -> Q:
    """The condition that a headline has all of ``words``.

    PostgreSQL cannot know whether many headlines match, and guesses wrong in both directions: so the index is asked
    for the first few. Rare words give keys to look up; common ones stand close together in the order of the list.
    """
    query = prefix_query(words)
    if query is None:
        return Q(pk__in=[])
    found = list(Revision.objects.filter(headline_words=query).order_by().values_list("pk", flat=True)[: FEW + 1])
    return Q(head__in=found) if len(found) <= FEW else Q(head__headline_words=query)


def _keys_of(person: AbstractUser) -> QuerySet[Any]:
    """Keys of what a person brought in or is assigned to."""
    theirs = Article.objects.filter(created_by_id=person.pk).values("pk")
    return theirs.union(
        Assignment.objects.filter(person_id=person.pk, done_at=None, ended_at=None).values("article_id")
    )


def live_claims(person: Person) -> ClaimQuerySet:
    """The claims that stand and that a person may know of."""
    return visible_claims(person).live()


def live_bias_tags(person: Person) -> MarkQuerySet:
    """The bias tags that stand and that a person may know of."""
    return visible_bias_tags(person).live()


def rows_of(articles: Collection[Article], *, person: AbstractUser) -> list[ArticleRow]:
    """The rows of these articles, with their marks counted in two queries."""
    keys = [article.pk for article in articles]
    claims = _claims_by_article(keys, person)
    severities = severities_by_article(keys, person)
    return [ArticleRow(article, claims[article.pk], severities[article.pk]) for article in articles]


def _claims_by_article(keys: Collection[int], person: AbstractUser) -> Counter[int]:
    return Counter(dict(_claim_counts(list(keys), person.pk, roles=roles_of(person))))


@written_once
def _claim_counts(articles: list[int], person: int, *, roles: frozenset[str]) -> QuerySet[Any, tuple[int, int]]:
    live = live_claims(Asker(person, roles)).decided().filter(article__pk__among=articles)
    counts: QuerySet[Any, Any] = live.values_list("article_id").annotate(Count("pk", distinct=True)).order_by()
    return counts


def severities_by_article(keys: Collection[int], person: AbstractUser) -> defaultdict[int, tuple[int, int, int]]:
    """How many live bias tags of severity 1, 2 and 3 each article has; zeros where there is none."""
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    for key, severity, count in _tag_counts(list(keys), person.pk, roles=roles_of(person)):
        counts[key][severity] = count
    return defaultdict(lambda: (0, 0, 0), {key: _in_order(found) for key, found in counts.items()})


@written_once
def _tag_counts(articles: list[int], person: int, *, roles: frozenset[str]) -> QuerySet[Any, tuple[int, int, int]]:
    live = live_bias_tags(Asker(person, roles)).filter(article__pk__among=articles)
    counts: QuerySet[Any, Any] = live.values_list("article_id", "severity").annotate(Count("pk")).order_by()
    return counts


def _in_order(found: Counter[int]) -> tuple[int, int, int]:
    return found[Severity.MILD], found[Severity.SHIFTS], found[Severity.MISLEADS]


def removed_lines() -> Func:
    """How many lines were removed from an article's newest text, as an expression over Article."""
    return Func(F("head__removed"), function="jsonb_array_length", output_field=IntegerField())


def outlets_of(rows: Iterable[ArticleRow]) -> list[str]:
    """The outlets among the rows shown, to choose from."""
    return sorted({row.article.outlet for row in rows if row.article.outlet})
