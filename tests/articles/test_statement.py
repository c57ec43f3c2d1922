from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Revision
from articles.models.statement import ValueLost, written_once
from newsdesk.models import User
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@written_once
def _outlets(uid: UUID, state: str) -> QuerySet[Article, Any]:
    return Article.objects.filter(uid=uid, state=state).values_list("outlet")


@written_once
def _removed(articles: list[int]) -> QuerySet[Revision, Any]:
    return Revision.objects.filter(article__pk__among=articles).order_by("pk").values_list("article_id", "removed")


@written_once
def _found(key: int, *, anything: bool) -> QuerySet[Article, Any]:
    articles = Article.objects.filter(pk=key)
    return (articles if anything else articles.none()).values_list("pk")


@written_once
def _blind(key: int) -> QuerySet[Article, Any]:
    return Article.objects.filter(pk=key + 1).values_list("pk")


def test_a_query_is_answered_for_each_value_it_is_asked_with(alice: User) -> None:
    first = make_article(by=alice, outlet="The Harbour Post")
    second = make_article(by=alice, outlet="Wire One")

    answers = [_outlets(first.uid, "editing"), _outlets(second.uid, "editing"), _outlets(second.uid, "approved")]

    assert answers == [[("The Harbour Post",)], [("Wire One",)], []]


def test_a_list_of_keys_of_any_length_is_one_value(alice: User) -> None:
    articles = [make_article(by=alice) for _ in range(3)]

    for count in range(4):
        keys = [article.pk for article in articles[:count]]
        assert [row[0] for row in _removed(keys)] == keys


def test_columns_come_as_python_knows_them(alice: User) -> None:
    article = make_article(by=alice)

    assert _removed([article.pk]) == [(article.pk, article.head.removed)]


def test_what_decides_the_wording_makes_another_query(alice: User) -> None:
    article = make_article(by=alice)

    assert _found(article.pk, anything=True) == [(article.pk,)]
    assert _found(article.pk, anything=False) == []


def test_one_answer_is_one_query(alice: User) -> None:
    article = make_article(by=alice)

    with CaptureQueriesContext(connection) as asked:
        _removed([article.pk])

    assert len(asked) == 1


def test_a_value_that_was_looked_at_is_refused() -> None:
    with pytest.raises(ValueLost, match="key"):
        _blind(1)
