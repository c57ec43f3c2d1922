"""Readers are told: what a change of a published piece is, what was wrong, and what outlets were asked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from articles.anchoring.text import Block
from articles.models import Article, ArticleState, ChangeKind, Declaration, OutletRequest, Revision, Rights, Stale
from articles.operations.articles import move_article
from articles.operations.declaring import (
    AlreadyAnswered,
    DatesOutOfOrder,
    Declared,
    NotOut,
    OurOwnCopy,
    Undeclared,
    ask_outlet,
    declare,
    note_answer,
)
from articles.operations.revising import Rewritten, revise_article
from newsdesk.models import User
from tests.factories import AT, make_article
from tests.factories.contention import at_once
from tests.factories.laws import copy, plain_sql, refused

DAY = AT.date()


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice, state="published")


def rewritten(article: Article, old: str = "two years", new: str = "three years") -> Rewritten:
    blocks = [Block.from_json(block) for block in article.head.blocks]
    return Rewritten(article.head.headline, [Block(block.kind, block.text.replace(old, new)) for block in blocks])


def revise(article: Article, declared: Declared | None, *, by: User) -> Revision:
    base = article.head.number
    return revise_article(article=article, base=base, rewritten=rewritten(article), declared=declared, by=by, at=AT)


# kind: where the piece stands afterwards, and whether readers are told
KINDS: dict[str, tuple[str, bool]] = {
    "minor": ("published", False),
    "update": ("published", False),
    "clarification": ("published", True),
    "correction": ("corrected", True),
    "retraction": ("withdrawn", True),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_text_of_a_published_piece_says_what_it_is(article: Article, alice: User, kind: str) -> None:
    revision = revise(article, Declared(kind, "It is three years."), by=alice)

    said = Declaration.objects.get()
    assert (said.revision, said.kind, said.text) == (revision, kind, "It is three years.")
    assert (Article.objects.get().state, said.is_public) == KINDS[kind]


def test_the_kinds_are_those_of_the_table() -> None:
    assert set(KINDS) == set(ChangeKind.values)


@pytest.mark.parametrize("kind", [None, "", "rumour", "clarification", "correction", "retraction"])
def test_a_change_that_nobody_declares_or_explains_is_not_saved(
    article: Article, alice: User, kind: str | None
) -> None:
    with pytest.raises(Undeclared):
        revise(article, None if kind is None else Declared(kind, " \n"), by=alice)

    assert (Revision.objects.count(), Declaration.objects.count()) == (1, 0)


def test_a_piece_that_readers_do_not_have_is_revised_without_a_declaration(alice: User) -> None:
    article = make_article(by=alice)

    revise(article, Declared("correction", "Ignored."), by=alice)

    assert (article.state, Declaration.objects.count()) == ("editing", 0)


def test_a_later_correction_leaves_the_earlier_one_where_it_is(article: Article, alice: User) -> None:
    revise(article, Declared("correction", "It is three years."), by=alice)

    declare(article=article, kind="correction", text="And two months.", seen=article.version, by=alice, at=AT)

    assert [said.text for said in Declaration.objects.all()] == ["It is three years.", "And two months."]
    assert Article.objects.get().state == "corrected"


@pytest.mark.parametrize("kind", ["clarification", "correction", "retraction"])
def test_a_notice_without_a_new_text_moves_the_piece_as_one_with_it_would(
    article: Article, alice: User, kind: str
) -> None:
    declare(article=article, kind=kind, text="It is three years.", seen=article.version, by=alice, at=AT)

    assert Article.objects.get().state == KINDS[kind][0]
    assert Declaration.objects.get().revision == article.head


@pytest.mark.parametrize(("kind", "text"), [("minor", "x"), ("update", "x"), ("", "x"), ("correction", " ")])
def test_a_notice_is_of_a_kind_that_readers_are_told_and_says_what_was_wrong(
    article: Article, alice: User, kind: str, text: str
) -> None:
    with pytest.raises(Undeclared):
        declare(article=article, kind=kind, text=text, seen=article.version, by=alice, at=AT)


@pytest.mark.parametrize("state", ["incoming", "editing", "checking", "approved", "withdrawn"])
def test_nothing_is_told_about_a_piece_that_readers_do_not_have(alice: User, state: str) -> None:
    article = make_article(by=alice, state=state)

    with pytest.raises(NotOut):
        declare(article=article, kind="correction", text="x", seen=article.version, by=alice, at=AT)


def test_who_did_not_see_the_present_version_tells_nobody_anything(article: Article, alice: User) -> None:
    with pytest.raises(Stale):
        declare(article=article, kind="correction", text="x", seen=article.version - 1, by=alice, at=AT)

    assert not Declaration.objects.exists()


@pytest.mark.parametrize("state", [ArticleState.CORRECTED, ArticleState.WITHDRAWN])
def test_what_readers_have_is_not_moved_on_in_silence(article: Article, alice: User, state: str) -> None:
    with pytest.raises(Undeclared):
        move_article(article=article, state=state, seen=article.version, by=alice, at=AT)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_tell_readers_at_once_one_is_refused(alice: User) -> None:
    article = make_article(by=alice, state="published")

    def tell() -> None:
        declare(article=Article.objects.get(pk=article.pk), kind="retraction", text="x", seen=1, by=alice, at=AT)

    results = at_once(tell, tell)

    assert results in (["Stale", "saved"], ["NotOut", "saved"])
    assert Declaration.objects.count() == 1


# The laws, past every operation.


def test_the_database_refuses_an_undeclared_text_of_a_published_piece(article: Article) -> None:
    refused("is declared", copy(Revision, number=2))


def test_the_database_takes_an_undeclared_text_of_any_other_piece(alice: User) -> None:
    make_article(by=alice)

    with transaction.atomic():
        copy(Revision, number=2)()
        transaction.set_rollback(True)


def test_the_database_refuses_a_declaration_about_what_readers_do_not_have(alice: User) -> None:
    article = make_article(by=alice)
    made: dict[str, Any] = {"created_by": alice, "created_at": AT}

    refused(
        "that readers have",
        lambda: Declaration.objects.create(article=article, revision=article.head, kind="minor", **made),
    )


def test_a_declaration_is_of_a_revision_of_its_article(article: Article, alice: User) -> None:
    other = make_article(by=alice)
    made: dict[str, Any] = {"created_by": alice, "created_at": AT}

    refused(
        "declaration_is_of_a_revision_of_its_article",
        lambda: Declaration.objects.create(article=article, revision=other.head, kind="minor", **made),
    )


@pytest.mark.parametrize("state", ["incoming", "editing", "checking", "approved", "withdrawn"])
def test_the_database_takes_nothing_back_without_a_retraction(article: Article, state: str) -> None:
    refused("by a retraction", plain_sql("UPDATE articles_article SET version = version + 1, state = %s", state))


def test_the_database_calls_nothing_corrected_without_a_correction(article: Article) -> None:
    refused("by a correction", plain_sql("UPDATE articles_article SET version = version + 1, state = 'corrected'"))


def test_a_declaration_never_changes(article: Article, alice: User) -> None:
    declare(article=article, kind="correction", text="x", seen=article.version, by=alice, at=AT)

    refused("Cannot", plain_sql("UPDATE articles_declaration SET text = 'y'"))
    refused("Cannot", plain_sql("DELETE FROM articles_declaration"))


# Copy that is not ours.


def ask(article: Article, *, by: User, asked_date: date = DAY) -> OutletRequest:
    return ask_outlet(
        article=article, asked_of="Harbour Courier", text="Three years.", asked_date=asked_date, by=by, at=AT
    )


def test_an_outlet_is_asked_and_its_answer_is_noted_once(article: Article, alice: User, bob: User) -> None:
    asked = ask(article, by=bob)

    note_answer(request=asked, seen=1, answer="refused", answer_text="No.", answered_date=DAY, by=alice, at=AT)

    stored = OutletRequest.objects.get()
    assert (stored.answer, stored.answer_text, stored.answered_date) == ("refused", "No.", DAY)
    assert (stored.created_by, stored.answered_by, stored.version) == (bob, alice, 2)
    with pytest.raises(AlreadyAnswered):
        note_answer(request=asked, seen=2, answer="corrected", answered_date=DAY, by=alice, at=AT)


def test_nobody_else_is_asked_to_correct_the_desks_own_piece(alice: User) -> None:
    article = make_article(by=alice, state="published", rights=Rights.OWN)

    with pytest.raises(OurOwnCopy):
        ask(article, by=alice)


def test_the_dates_of_a_request_are_in_order(article: Article, alice: User) -> None:
    tomorrow, yesterday = DAY + timedelta(days=1), DAY - timedelta(days=1)
    with pytest.raises(DatesOutOfOrder):
        ask(article, by=alice, asked_date=tomorrow)
    asked = ask(article, by=alice)

    for day in (yesterday, tomorrow):
        with pytest.raises(DatesOutOfOrder):
            note_answer(request=asked, seen=1, answer="none", answered_date=day, by=alice, at=AT)


def test_a_request_stands_as_it_was_sent(article: Article, alice: User) -> None:
    ask(article, by=alice)

    refused("as it was sent", plain_sql("UPDATE articles_outletrequest SET version = version + 1, text = 'y'"))


def test_whoever_did_not_see_the_present_version_notes_no_answer(article: Article, alice: User) -> None:
    asked = ask(article, by=alice)
    OutletRequest.objects.get().change(seen=1, answer="none", answered_date=DAY, answered_by=alice)

    with pytest.raises(Stale):
        note_answer(request=asked, seen=1, answer="corrected", answered_date=DAY, by=alice, at=AT)
