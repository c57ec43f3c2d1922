from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Revision, Speaker
from articles.models.statement import ValueLost, written_once
from articles.naming.keys import word_keys
from articles.operations.articles import change_article
from newsdesk.models import User
from tests.factories import make_article, make_speaker

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
def _pieces(key: int) -> QuerySet[Article, Any]:
    later = Revision.objects.filter(article=OuterRef("pk"), number__gt=1)
    return Article.objects.filter(pk=key).select_related("head").annotate(was_revised=Exists(later))


@written_once
def _in_state(key: int) -> QuerySet[Article, Any]:
    return Article.objects.filter(pk=key, outlet="90 % of it").values_list("pk")


@written_once
def _with_keys(words: list[str], others: list[str], name: str = "") -> QuerySet[Speaker, Any]:
    found = Speaker.objects.filter(Q(keys__has_all=words) | Q(keys__has_any=others))
    return found.order_by("-name").values_list("name")


@written_once
def _outlet_of(uid: UUID, versions: list[int]) -> QuerySet[Article, Any]:
    return Article.objects.filter(uid=uid, head__number__in=[1, 2], pk__among=versions).values_list(
        "outlet", "language"
    )


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


def test_instances_come_with_what_stands_beside_them(alice: User) -> None:
    article = make_article(by=alice, outlet="The Harbour Post")

    with CaptureQueriesContext(connection) as asked:
        found = _pieces(article.pk)
        head = found[0].head

    assert (found, head, found[0].was_revised) == ([article], article.head, False)
    assert (found[0].outlet, head.text) == ("The Harbour Post", article.head.text)
    assert len(asked) == 1


def test_an_instance_can_be_changed_as_any_other(alice: User, at: datetime) -> None:
    article = make_article(by=alice)

    change_article(article=_pieces(article.pk)[0], seen=article.version, by=alice, at=at, outlet="Wire One")

    article.refresh_from_db()
    assert article.outlet == "Wire One"


def test_constants_of_the_wording_are_sent_as_they_are(alice: User) -> None:
    article = make_article(by=alice, outlet="90 % of it")

    assert _in_state(article.pk) == [(article.pk,)]


def test_what_is_asked_again_and_again_is_planned_once(alice: User) -> None:
    article = make_article(by=alice)

    for _ in range(4):
        _outlets(article.uid, "editing")

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%outlet%uuid%'")
        assert cursor.fetchone() == (1,)


def test_words_of_any_number_are_one_value(alice: User) -> None:
    for name in ("Ines Duarte", "Paul Duarte", "Rui Costa"):
        make_speaker(by=alice, name=name)

    assert _with_keys(word_keys("Ines Duarte"), []) == [("Ines Duarte",)]
    assert _with_keys(word_keys("Duarte"), word_keys("Costa")) == [("Rui Costa",), ("Paul Duarte",), ("Ines Duarte",)]
    assert _with_keys(["nobody"], []) == []


def test_several_askings_are_one_query_and_answered_in_their_order(alice: User) -> None:
    for name in ("Ines Duarte", "Paul Duarte", "Rui Costa"):
        make_speaker(by=alice, name=name)

    with CaptureQueriesContext(connection) as asked:
        answers = _with_keys.together(
            [(word_keys("Costa"), []), (["no “one” 90 %"], []), (word_keys("Duarte"), word_keys("Paul"))]
        )

    assert answers == [[("Rui Costa",)], [], [("Paul Duarte",), ("Ines Duarte",)]]
    assert len(asked) == 1


def test_every_type_of_value_can_be_asked_together(alice: User) -> None:
    articles = [make_article(by=alice, outlet=outlet) for outlet in ("Wire One", "90 % of it")]

    answers = _outlet_of.together([(article.uid, [article.pk]) for article in articles])

    assert [rows[0][0] for rows in answers] == ["Wire One", "90 % of it"]


def test_no_asking_is_no_query(alice: User) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert _with_keys.together([]) == []

    assert len(asked) == 0
