"""Articles, named in the body of nearly every request that writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from articles.api.fields import Reference
from articles.models import Article
from articles.models.statement import written_once
from articles.permissions import Asker, roles_of, visible_articles


class ArticleReference(Reference):
    """An article by its uid, among those the person may know of.

    :param among: another set to look in than what the desk tells the person of.
    """

    def __init__(self, among: Callable[[Any], QuerySet[Any]] = visible_articles, **options: Any) -> None:
        super().__init__(among, **options)

    def _find(self, value: Any) -> Article | None:
        if self.among is not visible_articles:
            found: Article | None = super()._find(value)
            return found
        person = self.context["request"].user
        return next(iter(_articles_at(self._uid(value), person.pk, roles=roles_of(person))), None)


@written_once
def _articles_at(uid: UUID, person: int, *, roles: frozenset[str]) -> QuerySet[Article]:
    return visible_articles(Asker(person, roles)).filter(uid=uid)
