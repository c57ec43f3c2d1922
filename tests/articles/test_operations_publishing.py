"""What went out is noted once for each revision that readers were given."""

from __future__ import annotations

from typing import Any

import pytest

from articles.anchoring.text import Block, BlockKind
from articles.models import Article, ArticleState, ReaderAddress
from articles.operations.declaring import Declared, declare
from articles.operations.publishing import change_address, publish_revision
from articles.operations.revising import Rewritten, revise_article
from newsdesk.models import User
from tests.factories import AT, make_article
from tests.factories.published import publish


def rewrite(article: Article, words: str, *, by: User) -> None:
    rewritten = Rewritten("Council votes", [Block(BlockKind.PARAGRAPH, words)])
    minor = Declared("minor")
    revise_article(article=article, base=article.head.number, rewritten=rewritten, declared=minor, by=by, at=AT)


def numbers_out(article: Article) -> list[Any]:
    return list(article.publications.order_by("number").values_list("number", "revision__number"))


def test_nothing_is_noted_before_a_piece_goes_out_and_every_text_after(alice: User) -> None:
    article = make_article(by=alice)
    rewrite(article, "A second draft.", by=alice)
    before = numbers_out(article)

    publish(article, by=alice)
    rewrite(article, "A later text.", by=alice)

    assert before == []
    assert numbers_out(article) == [(1, 2), (2, 3)]


def test_letting_out_what_is_out_notes_nothing(alice: User) -> None:
    article = publish(make_article(by=alice), by=alice)

    declare(article=article, kind="correction", text="It is ten.", seen=article.version, by=alice, at=AT)
    again = publish_revision(article=article, revision=article.head, by=alice, at=AT)

    assert again.number == 1
    assert numbers_out(article) == [(1, 1)]


def test_a_withdrawn_piece_that_is_rewritten_is_not_let_out_by_that(alice: User) -> None:
    article = publish(make_article(by=alice), by=alice)
    declare(article=article, kind="retraction", text="It is wrong.", seen=article.version, by=alice, at=AT)

    rewrite(article, "Rewritten in peace.", by=alice)

    assert numbers_out(article) == [(1, 1)]


def test_a_piece_that_would_take_the_address_another_once_had_gets_a_longer_one(alice: User) -> None:
    first = publish(make_article(by=alice), by=alice)
    former = first.slug
    change_address(article=first, slug="elsewhere", seen=first.version, by=alice, at=AT)
    second = make_article(by=alice)
    second.change(seen=second.version, slug=former)

    publish(second, by=alice)

    assert second.slug.startswith(former)
    assert second.slug != former
    assert ReaderAddress.objects.get(slug=former).article == first
    assert ReaderAddress.objects.get(slug=second.slug).article == second


@pytest.mark.parametrize("state", [ArticleState.EDITING, ArticleState.PUBLISHED])
def test_a_piece_that_begins_as_published_is_out(alice: User, state: str) -> None:
    article = make_article(by=alice, state=state)

    assert numbers_out(article) == ([(1, 1)] if state == ArticleState.PUBLISHED else [])
