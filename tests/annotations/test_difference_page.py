"""What changed between two revisions of an article."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from annotations.operations.workbench.revising import revise
from annotations.queries.workbench.comparing import Comparison, compare
from articles.anchoring.text import Block, BlockKind
from articles.models import Article, ArticleState
from articles.operations.revising import Rewritten
from newsdesk.models import User
from tests.factories import AT, make_article, make_claim, make_quote, make_tag

pytestmark = pytest.mark.django_db

QUERIES = 16


@pytest.fixture
def article(alice: User) -> Article:
    article = make_article(by=alice)
    for number, (before, word) in enumerate((("two", "three"), ("three", "four")), start=1):
        headline, *texts = article.head.text.replace(f"{before} years", f"{word} years").split("\n\n")
        blocks = [Block(BlockKind.PARAGRAPH, text) for text in texts]
        note = f"now {word}"
        revise(article=article, base=number, rewritten=Rewritten(headline, blocks), by=alice, at=AT, note=note)
    return article


def page(client: Client, article: Article, first: int, last: int, status: int = 200, view: str = "one") -> str:
    response = client.get(f"/articles/{article.uid}/diff/{first}..{last}/", {"view": view})
    assert response.status_code == status
    return response.content.decode()


def test_the_words_that_changed_are_struck_out_and_put_in(client: Client, article: Article, alice: User) -> None:
    client.force_login(alice)

    shown = page(client, article, 1, 2)

    assert "<del>two</del><ins>three</ins>" in shown
    assert "now three" in shown
    assert f"/articles/{article.uid}/diff/2..3/" in shown


def test_revisions_may_be_compared_backwards_and_with_themselves(client: Client, article: Article, alice: User) -> None:
    client.force_login(alice)

    assert "<del>three</del><ins>two</ins>" in page(client, article, 2, 1)
    assert "Not a word differs" in page(client, article, 2, 2)


def test_a_revision_that_does_not_exist_is_a_404(client: Client, article: Article, alice: User) -> None:
    client.force_login(alice)

    page(client, article, 1, 4, status=404)
    page(client, article, 0, 1, status=404)


def test_earlier_texts_are_the_desks_own(client: Client, article: Article, alice: User, rana: User) -> None:
    article.refresh_from_db()
    article.change(seen=article.version, state=ArticleState.PUBLISHED, rights="own")
    client.force_login(rana)
    assert client.get(f"/articles/{article.uid}/").status_code == 200

    page(client, article, 1, 2, status=404)


def test_the_list_of_revisions_leads_to_what_each_changed(client: Client, article: Article, alice: User) -> None:
    client.force_login(alice)

    shown = client.get(f"/articles/{article.uid}/revisions/2/").content.decode()

    assert f"/articles/{article.uid}/diff/2..3/" in shown
    assert f"/articles/{article.uid}/diff/1..2/" in shown
    assert "/diff/0..1/" not in shown


def test_both_texts_stand_side_by_side_with_the_marks_that_stood_on_each(
    client: Client, alice: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    article = make_article(by=alice)
    make_claim(article, "close the harbour bridge for two years", by=alice)
    make_quote(article, by=alice)
    rewrite(article, ("two years", "three years"), by=alice)
    make_tag(article, "reckless", by=alice)
    client.force_login(alice)
    page(client, article, 1, 2, view="both")

    with django_assert_num_queries(QUERIES):
        shown = page(client, article, 1, 2, view="both")

    before, after = re.findall(r'<p dir="auto">(.*?)</p>', shown)
    assert re.search(r'<del><mark class="run" data-marks="C1"><span class="c [^"]*">two</span></mark></del>', before)
    assert re.search(r'<ins><mark class="run" data-marks="C1"><span class="c [^"]*">three</span></mark></ins>', after)
    assert "1 mark stands on the same words in both." in shown


def test_what_became_of_every_mark_between_two_revisions_is_listed(alice: User) -> None:
    article = make_article(by=alice)
    kept, doubtful = make_quote(article, by=alice), make_claim(article, by=alice)
    lost = make_claim(article, "Some residents said the decision was reckless", by=alice)
    first = article.head
    rewrite(article, ("12 million", "14 million"), ("Some residents said the decision was reckless.", ""), by=alice)
    made = make_tag(article, "council", by=alice)
    second = article.head
    rewrite(article, ("14 million", "12 million"), by=alice)

    def told(comparison: Comparison) -> dict[str, list[Any]]:
        return {fate: [each.mark.uid for each in marks] for fate, marks in comparison.marks.items() if marks}

    forth, back = compare(first, second, alice), compare(second, article.head, alice)
    backwards = compare(second, first, alice)
    assert told(forth) == {"kept": [kept.uid], "look": [doubtful.uid], "lost": [lost.uid], "made": [made.uid]}
    assert told(back) == {"kept": [kept.uid, made.uid], "back": [doubtful.uid], "lost": [lost.uid]}
    assert told(backwards) == {"kept": [kept.uid], "back": [lost.uid, doubtful.uid], "unmade": [made.uid]}


def test_any_two_revisions_can_be_chosen(client: Client, article: Article, alice: User, rana: User) -> None:
    client.force_login(alice)
    shown = page(client, article, 1, 2)

    chosen = client.get(f"/articles/{article.uid}/diff/", {"first": "3", "last": "1"})
    newest = client.get(f"/articles/{article.uid}/diff/", {"first": "x"})

    assert '<select id="compare-first" name="first">' in shown
    assert chosen["Location"] == f"/articles/{article.uid}/diff/3..1/"
    assert newest["Location"] == f"/articles/{article.uid}/diff/2..3/"
    client.force_login(rana)
    assert client.get(f"/articles/{article.uid}/diff/", {"first": "3", "last": "1"}).status_code == 404


def rewrite(article: Article, *changes: tuple[str, str], by: User) -> None:
    headline, *texts = article.head.text.split("\n\n")
    for old, new in changes:
        texts = [text.replace(old, new) for text in texts]
    blocks = [Block(BlockKind.PARAGRAPH, text) for text in texts]
    revise(article=article, base=article.head.number, rewritten=Rewritten(headline, blocks), by=by, at=AT)
