"""The fast way of writing all marks of an article says what the representations say."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import RequestFactory
from django.utils.timezone import override

from annotations.api.bias import BiasTagRepresentation, related_to_tags
from annotations.api.claims import related_to_claims, represent_claims
from annotations.api.standing import marks_standing
from annotations.permissions import visible_bias_tags, visible_claims
from articles.api.quotes import QuoteRepresentation, related_to_quotes
from articles.models import Article
from articles.permissions import visible_quotes
from newsdesk.models import User
from tests.factories import make_article, make_claim, make_quote, make_tag

pytestmark = pytest.mark.django_db


def represented(article: Article, person: User) -> dict[str, Any]:
    """The same, by an instance and a serializer for each mark."""
    context = {"request": RequestFactory().get("/")}
    quotes, claims, tags = (
        visible(person).filter(article=article).live().order_by("pk")
        for visible in (visible_quotes, visible_claims, visible_bias_tags)
    )
    return {
        "quotes": QuoteRepresentation(related_to_quotes(quotes), many=True, context=context).data,
        "claims": represent_claims(related_to_claims(claims, person), context),
        "bias_tags": BiasTagRepresentation(related_to_tags(tags), many=True, context=context).data,
    }


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kolkata"])
def test_every_mark_of_the_demonstration_is_written_as_it_is_represented(zone: str) -> None:
    call_command("demo", stdout=StringIO())
    article = Article.objects.select_related("head").get(is_demonstration=True)
    editor = User.objects.get(username="alice")

    with override(zone):
        written = marks_standing(article, editor)
        expected = represented(article, editor)

    assert [len(written[kind]) for kind in expected] == [15, 15, 28]
    for kind, marks in expected.items():
        assert written[kind] == [dict(mark) for mark in marks]
        assert [list(mark) for mark in written[kind]] == [list(mark) for mark in marks]


def test_a_reader_is_written_what_a_reader_may_see(alice: User, rana: User) -> None:
    article = make_article(by=alice, state="published")
    exact = article.head.text.split()[0]
    make_quote(article, exact, by=alice)
    make_claim(article, exact, by=alice)
    make_tag(article, exact, by=alice)

    for person in (alice, rana):
        written = marks_standing(article, person)
        assert written == represented(article, person)
    assert [len(marks) for marks in written.values()] == [1, 0, 0]
    assert [len(marks) for marks in marks_standing(article, alice).values()] == [1, 1, 1]
