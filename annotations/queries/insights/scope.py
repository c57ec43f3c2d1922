"""Of which articles the figures of the desk are, and what is asked of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from annotations.models import BiasCategory, Codebook
from annotations.permissions import visible_projects
from articles.permissions import visible_articles

if TYPE_CHECKING:
    from articles.permissions import Person

# What stands in an address for a group without a name.
UNKNOWN = "-"


@dataclass(frozen=True, slots=True)
class Scope:
    """By what the figures are narrowed; all where empty. Days are those on which articles came out, or came in.

    :ivar until: the last day that counts.
    :ivar language: of the article, with all its regions.
    :ivar category: the slug of a category of the desk's codebook.
    :ivar outlet: by its exact name, as section and byline; ``-`` for none.
    """

    since: date | None = None
    until: date | None = None
    outlet: str = ""
    language: str = ""
    category: str = ""
    section: str = ""
    author: str = ""

    def given(self) -> dict[str, str]:
        """What is asked for, as the parameters of an address."""
        said = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items() if value}

    def within(self, **narrower: Any) -> Scope:
        return replace(self, **narrower)

    def query(self, **further: str) -> str:
        """The same as the end of an address, with something added: ``?since=…&by=section``."""
        asked = {**self.given(), **{name: value for name, value in further.items() if value}}
        return f"?{urlencode(asked)}" if asked else "?"


def scope_of(understood: Mapping[str, Any]) -> Scope:
    """What a form or the API understood."""
    asked: dict[str, Any] = {each.name: understood.get(each.name) for each in fields(Scope)}
    return Scope(**{name: value for name, value in asked.items() if value})


def articles_in(person: Person, scope: Scope) -> QuerySet[Any]:
    """The articles that a person may know of and that are asked for, each with the ``day`` it came out, or in."""
    articles: Any = visible_articles(person).annotate(day=TruncDate(Coalesce("published_at", "received_at")))
    if scope.since:
        articles = articles.filter(day__gte=scope.since)
    if scope.until:
        articles = articles.filter(day__lte=scope.until)
    for field, value in (("outlet", scope.outlet), ("section", scope.section), ("byline", scope.author)):
        if value:
            articles = articles.filter(**{field: "" if value == UNKNOWN else value})
    if scope.language:
        regional = Q(language__istartswith=f"{scope.language}-")
        articles = articles.filter(Q(language__iexact=scope.language) | regional)
    return articles  # type: ignore[no-any-return]


def holds_demonstration(person: Person, scope: Scope) -> bool:
    """Whether the sample material of the desk is among what is counted."""
    return articles_in(person, scope).filter(is_demonstration=True).exists()


def codebook_of_desk(person: Person) -> Codebook | None:
    """The version in which the desk tags today."""
    everyday = visible_projects(person).filter(is_default=True).select_related("codebook").first()
    return everyday.codebook if everyday else None


def categories_of_desk(person: Person) -> list[BiasCategory]:
    """The categories in which the desk tags today, in the order of the codebook; two queries."""
    codebook = codebook_of_desk(person)
    return list(codebook.categories.order_by("order")) if codebook else []
