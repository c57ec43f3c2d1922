"""What changed between two revisions of an article."""

from __future__ import annotations

import pytest
from django.test import Client

from annotations.operations.revising import revise
from articles.anchoring.text import Block, BlockKind
from articles.models import Article, ArticleState
from articles.operations.revising import Rewritten
from newsdesk.models import User
from tests.factories import AT, make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(alice: User) -> Article:
    article = make_article(by=alice)
    for number, (before, word) in enumerate((("two", "three"), ("three", "four")), start=1):
        headline, *texts = article.head.text.replace(f"{before} years", f"{word} years").split("\n\n")
        blocks = [Block(BlockKind.PARAGRAPH, text) for text in texts]
        note = f"now {word}"
        revise(article=article, base=number, rewritten=Rewritten(headline, blocks), by=alice, at=AT, note=note)
    return article


def page(client: Client, article: Article, first: int, last: int, status: int = 200) -> str:
    response = client.get(f"/articles/{article.uid}/diff/{first}..{last}/")
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
