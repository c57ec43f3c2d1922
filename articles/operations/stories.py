"""Putting the versions of different outlets together: two articles, one story."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import connection, transaction

from articles.models import Article, Story


class SameArticle(Exception):
    """An article is not another outlet's version of itself."""


@transaction.atomic
def join_story(*, article: Article, other: Article, by: AbstractUser, at: datetime) -> Story:
    """Say that two articles tell one story. Where both have one already, the stories become one.

    One such act at a time: two that move the same pieces could wait for each other.

    :raises SameArticle: when it is one article.
    """
    if article.pk == other.pk:
        raise SameArticle("This is one article. Choose another outlet's version of it.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('join stories', 0))")
    stories = {each.story_id for each in _locked([article.pk, other.pk]) if each.story_id is not None}
    story = Story.objects.get(pk=min(stories)) if stories else Story.objects.create(created_by_id=by.pk, created_at=at)
    members = Article.objects.filter(story__in=stories).values_list("pk", flat=True)
    for each in _locked({article.pk, other.pk, *members}):
        if each.story_id != story.pk:
            each.change(seen=each.version, story=story)
        for given in (article, other):
            if given.pk == each.pk:
                given.story, given.version = story, each.version
    return story


@transaction.atomic
def leave_story(*, article: Article, seen: int, by: AbstractUser, at: datetime) -> Article:
    """Say that an article does not belong to its story after all.

    :raises Stale: when somebody changed the article since version ``seen``.
    """
    return article.change(seen=seen, story=None)


def _locked(keys: Iterable[int]) -> list[Article]:
    return list(Article.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
