"""Texts that are the same or were made from the same copy are found before one of them is saved twice."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.operations.workbench.revising import revise
from annotations.queries.desk.duplicates import find_duplicates
from articles.anchoring.text import Block, BlockKind
from articles.models import Article, Fingerprint, Revision
from articles.operations.revising import Rewritten
from newsdesk.models import User
from tests.factories import AT, make_article
from tests.factories.callers import call

pytestmark = pytest.mark.django_db
WORDS = [f"{first}{second}" for first in "bcdfgklmnprstvz" for second in ("ade", "ira", "olo", "une", "eka", "ima")]


def story(seed: int, paragraphs: int = 8) -> list[str]:
    """Paragraphs of forty words that no other seed has in this order."""
    chance = random.Random(seed)
    return [" ".join(chance.choices(WORDS, k=40)) + "." for _ in range(paragraphs)]


def stored(paragraphs: list[str], *, by: User, headline: str = "A headline of the day", **change: object) -> Article:
    return make_article(by=by, text="\n\n".join([headline, *paragraphs]) + "\n", **change)  # type: ignore[arg-type]


def test_every_text_has_its_fingerprint(alice: User) -> None:
    article = stored(story(1), by=alice)
    blocks = [Block(BlockKind.PARAGRAPH, "Another text.")]

    revise(article=article, base=1, rewritten=Rewritten("Another headline", blocks), by=alice, at=AT)

    assert Fingerprint.objects.count() == Revision.objects.count() == 2


def test_the_same_words_in_other_typography_are_an_exact_duplicate(alice: User) -> None:
    article = stored([*story(1), "“We had no choice”, she said – twice."], by=alice)

    found = find_duplicates(article.head.text.replace("“", '"').replace("”", '"').replace("–", "-"), person=alice)

    assert [(each.article, each.is_exact) for each in found] == [(article, True)]


def test_near_duplicates_are_ranked_by_resemblance_and_others_are_not_named(alice: User) -> None:
    told = story(1)
    half, whole, other = stored(told[:5], by=alice), stored([*told, "One more."], by=alice), stored(story(2), by=alice)

    found = find_duplicates("\n\n".join(["A headline of the day", *told]), person=alice)

    assert [each.article for each in found] == [whole, half]
    assert not any(each.is_exact for each in found)
    assert other not in [each.article for each in found]
    assert found[0].likeness.resemblance > 0.9 > found[1].likeness.resemblance


def test_an_old_revision_is_found_and_each_article_is_named_once(alice: User) -> None:
    told = story(1)
    article = stored(told, by=alice)
    blocks = [Block(BlockKind.PARAGRAPH, paragraph) for paragraph in told[:6]]
    first = article.head
    revise(article=article, base=1, rewritten=Rewritten(article.head.headline, blocks), by=alice, at=AT)

    found = find_duplicates(first.text, person=alice)

    assert [(each.revision, each.is_exact) for each in found] == [(first, True)]


def test_only_what_the_person_may_know_of_is_named(alice: User, bob: User) -> None:
    seen = stored(story(1), by=alice)
    stored(story(1), by=alice, state="incoming")
    embargoed = stored(story(1), by=alice)
    embargoed.change(seen=embargoed.version, embargo_until=timezone.now() + timedelta(days=1))

    assert len(find_duplicates(seen.head.text, person=alice)) == 3
    assert [each.article for each in find_duplicates(seen.head.text, person=bob)] == [seen]


def test_however_many_there_are_one_query_finds_them_through_its_indexes(alice: User) -> None:
    for seed in range(30):
        stored(story(seed), by=alice)
    asked = stored(story(1), by=alice)
    find_duplicates("x", person=alice)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = find_duplicates(asked.head.text, person=alice, besides=asked)

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        cursor.execute(f"EXPLAIN {queries[0]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert len(found) == 1
    assert len(queries) == 1
    assert "fingerprint_by_bands" in plan
    assert "fingerprint_by_folded_text" in plan


def test_a_text_without_words_is_like_nothing(alice: User) -> None:
    stored(story(1), by=alice)

    assert find_duplicates("…", person=alice) == []


def test_the_api_names_the_duplicates_of_an_article(alice: User, bob: User, rana: User) -> None:
    asked, same = stored(story(1), by=alice), stored(story(1), by=alice)

    answers = [call(person).get(f"articles/{asked.uid}/duplicates/") for person in (alice, bob, rana)]

    assert [answer.status_code for answer in answers] == [200, 200, 404]
    assert answers[0].json() == [
        {
            "article": str(same.uid),
            "headline": "A headline of the day",
            "outlet": "",
            "revision": 1,
            "is_exact": True,
            "resemblance": 1.0,
            "containment": 1.0,
        }
    ]
