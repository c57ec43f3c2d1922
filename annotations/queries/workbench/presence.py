"""Who has an article open just now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from annotations.models import Presence
from annotations.permissions import others_present, visible_presence
from annotations.queries.workbench.marks import initials_of

if TYPE_CHECKING:
    from articles.models import Article
    from articles.permissions import Person


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who has an article open."""

    uid: UUID
    name: str

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        return initials_of(self.name)


def with_presence(articles: QuerySet[Article], person: Person) -> QuerySet[Any]:
    """Visible articles with ``present``, who else has them open: what :func:`people_in` reads."""
    return articles.annotate(present=ArraySubquery(_briefly(others_present(person).filter(article=OuterRef("pk")))))


def _briefly(present: QuerySet[Presence]) -> QuerySet[Presence, Any]:
    return present.order_by("since", "pk").values(
        brief=JSONObject(uid=F("person__uid"), name=F("person__name"), username=F("person__username"))
    )


def people_in(present: Iterable[Mapping[str, str]]) -> list[Present]:
    """Whom an article of :func:`with_presence` names, whoever has it open longest first."""
    return [Present(UUID(each["uid"]), each["name"] or each["username"]) for each in present]


def present_on(articles: Collection[Article], person: Person) -> Mapping[int, list[Present]]:
    """Who else has each of some articles open, by its key; one query."""
    here = visible_presence(person).filter(article__in=[article.pk for article in articles])
    found: dict[int, list[Present]] = defaultdict(list)
    for row in here.select_related("person").order_by("since", "pk"):
        found[row.article_id].append(Present(row.person.uid, str(row.person)))
    return found
