"""What the API asks of the database, in literal numbers that do not grow with rows."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Notice
from annotations.operations.checking.replies import leave_unasked
from annotations.operations.workbench.comments import comment
from articles.models import Article
from newsdesk.models import User
from tests.factories import (
    AT,
    make_article,
    make_check,
    make_claim,
    make_evidence,
    make_quote,
    make_reading,
    make_source,
    make_tag,
)
from tests.factories.callers import call, place

PHRASES = ("The council voted", "reckless", "The repair will cost")
COUNTS = {
    "articles/": 2,
    "quotes/": 3,
    "claims/": 6,
    "bias-tags/": 4,
    "sources/": 2,
    "snapshots/": 2,
    "passages/": 2,
    "evidence/": 3,
    "fact-checks/": 2,
    "speakers/": 2,
    "categories/": 2,
    "codebooks/": 3,
    "verdict-scales/": 3,
    "projects/": 2,
    "assignments/": 2,
    "comments/": 3,
    "mentions/": 2,
    "notices/": 3,
    "readings/": 3,
    "reviews/": 2,
    "desk-verdicts/": 2,
    "replies/": 2,
}


def fill(article: Article, phrases: tuple[str, ...], alice: User, bob: User) -> None:
    for phrase in phrases:
        make_quote(article, phrase, by=alice)
        make_tag(article, phrase, by=alice)
        claim = make_claim(article, phrase, by=alice)
        make_evidence(claim, make_source(by=bob), by=bob)
        make_check(claim, checker=bob)
        leave_unasked(claim=claim, name="The builder", reason="It was wound up.", by=bob, at=AT)
        Notice.objects.create(uid=uuid4(), person=alice, kind="returned", claim=claim, text=phrase, created_at=AT)
        comment(article=article, text="@alice, look", by=bob, at=AT)
        make_reading(make_article(by=alice), by=alice, findings=2)


def count(person: User, path: str) -> int:
    caller = call(person)
    with CaptureQueriesContext(connection) as queries:
        assert caller.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("things", [1, 3])
def test_lists_ask_as_much_for_three_as_for_one(alice: User, bob: User, things: int) -> None:
    fill(make_article(by=alice), PHRASES[:things], alice, bob)

    assert {path: count(alice, path) for path in COUNTS} == COUNTS


@pytest.mark.parametrize("things", [1, 3])
def test_all_marks_of_an_article_are_asked_for_alike(alice: User, bob: User, things: int) -> None:
    article = make_article(by=alice)
    fill(article, PHRASES[:things], alice, bob)

    assert count(alice, f"articles/{article.uid}/marks/") == 7


def test_making_a_quote_is_few_statements(alice: User) -> None:
    article, caller = make_article(by=alice), call(alice)
    body = {**place(article, PHRASES[0]), "kind": "indirect"}

    with CaptureQueriesContext(connection) as queries:
        answer = caller.post("quotes/", body)

    assert answer.status_code == 201
    # token with roles, article; savepoint, the head, the span with its anchor, the quote, the act, release
    assert len(queries) == 8
