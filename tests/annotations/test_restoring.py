"""An earlier revision as the newest text again: marks come back, nothing in between is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from annotations.operations.workbench.revising import NoSuchRevision, restore_revision
from annotations.queries.workbench.fates import foresee_restoring
from articles.anchoring.text import Block
from articles.models import Anchor, Article, CurrentAnchor, Declaration, Revision
from articles.operations.declaring import Declared
from articles.operations.revising import NothingChanged, Rewritten, revise_article
from articles.operations.spans import StaleRevision, place_span
from newsdesk.models import User
from tests.factories import AT, make_article, make_claim, make_quote, make_tag, words_of
from tests.factories.callers import call
from tests.factories.contention import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


def rewrite(article: Article, *changes: tuple[str, str], by: User, declared: Declared | None = None) -> Revision:
    blocks = [Block.from_json(block) for block in article.head.blocks]
    for old, new in changes:
        blocks = [Block(block.kind, block.text.replace(old, new)) for block in blocks]
    blocks = [block for block in blocks if block.text.strip()]
    rewritten = Rewritten(article.head.headline, blocks)
    return revise_article(
        article=article, base=article.head.number, rewritten=rewritten, by=by, at=AT, declared=declared
    )


def restore(article: Article, number: int, *, by: User) -> Revision:
    return restore_revision(article=article, base=article.head.number, number=number, by=by, at=AT)


def anchor_of(noun: Any) -> Anchor:
    return CurrentAnchor.of(noun.span_id, Article.objects.get(pk=noun.article_id).head_id or 0)


def test_marks_come_back_to_where_they_stood(article: Article, alice: User) -> None:
    marks = [make_quote(article, by=alice), make_claim(article, by=alice), make_tag(article, by=alice)]
    before = [anchor_of(mark) for mark in marks]
    rewrite(article, ("“We had no choice,” mayor Ines Duarte said.", ""), ("12 million", "14 million"), by=alice)
    rewrite(article, ("The repair will cost 14 million euros, according to the council’s own estimate.", ""), by=alice)
    between = [anchor_of(mark).state for mark in marks]

    revision = restore(article, 1, by=alice)

    after = [anchor_of(mark) for mark in marks]
    first = Revision.objects.get(article=article, number=1)
    assert between == ["orphaned", "orphaned", "anchored"]
    assert (revision.number, revision.text, revision.blocks) == (4, first.text, first.blocks)
    assert revision.note == "restored revision 1"
    assert [(each.state, each.start, each.end, each.exact) for each in after] == [
        ("anchored", each.start, each.end, each.exact) for each in before
    ]


def test_a_mark_made_later_goes_along_and_one_placed_anew_goes_back(article: Article, alice: User) -> None:
    claim = make_claim(article, by=alice)
    rewrite(article, ("12 million", "14 million"), by=alice)
    later = make_tag(article, "reckless", by=alice)
    gone = make_tag(article, "14 million", by=alice)
    place_span(span=claim.span, base=2, words=words_of(article, "14 million euros"), by=alice, at=AT)

    restore(article, 1, by=alice)

    assert (anchor_of(claim).state, anchor_of(claim).exact) == ("anchored", "The repair will cost 12 million euros")
    assert (anchor_of(later).state, anchor_of(later).exact) == ("anchored", "reckless")
    assert anchor_of(gone).state != "anchored"


def test_what_was_in_doubt_there_is_in_doubt_again(article: Article, alice: User) -> None:
    claim = make_claim(article, by=alice)
    rewrite(article, ("12 million", "14 million"), by=alice)
    rewrite(article, ("14 million", "15 million"), by=alice)

    restore(article, 2, by=alice)

    assert (anchor_of(claim).state, anchor_of(claim).exact) == ("needs_review", "The repair will cost 14 million euros")


def test_what_restoring_does_is_foreseen(article: Article, alice: User) -> None:
    make_quote(article, by=alice)
    make_claim(article, by=alice)
    rewrite(article, ("12 million", "14 million"), by=alice)

    foreseen = foresee_restoring(article.head, Revision.objects.get(article=article, number=1), alice)

    assert foreseen.sentence == "1 kept, 1 comes back"


def test_it_is_refused_on_a_stale_base_where_nothing_differs_and_where_there_is_none(
    article: Article, alice: User
) -> None:
    rewrite(article, ("12 million", "14 million"), by=alice)

    with pytest.raises(StaleRevision):
        restore_revision(article=article, base=1, number=1, by=alice, at=AT)
    with pytest.raises(NothingChanged):
        restore(article, 2, by=alice)
    with pytest.raises(NoSuchRevision):
        restore(article, 9, by=alice)
    assert Revision.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_restore_on_one_base_exactly_one_wins(article: Article, alice: User, ada: User) -> None:
    make_quote(article, by=alice)
    rewrite(article, ("12 million", "14 million"), by=alice)

    def act(person: User) -> Any:
        mine = Article.objects.get(pk=article.pk)
        return lambda: restore_revision(article=mine, base=2, number=1, by=person, at=AT)

    assert at_once(act(alice), act(ada)) == ["StaleRevision", "saved"]
    assert (Revision.objects.count(), CurrentAnchor.objects.count()) == (3, 3)


def test_its_page_shows_what_happens_and_then_restores(client: Client, article: Article, alice: User) -> None:
    make_claim(article, by=alice)
    rewrite(article, ("12 million", "14 million"), by=alice)
    client.force_login(alice)
    address = f"/articles/{article.uid}/revisions/1/restore/"
    link = client.get(f"/articles/{article.uid}/revisions/1/").content.decode()
    shown = client.get(address).content.decode()

    stale = client.post(address, {"base": 1, "save": "1"})
    done = client.post(address, {"base": 2, "save": "1", "note": "Back to what was checked."})
    same = client.get(f"/articles/{article.uid}/revisions/3/restore/").content.decode()

    assert address in link
    assert "0 kept, 1 comes back" in shown
    assert "<del>14</del><ins>12</ins>" in shown
    assert (stale.status_code, 'name="base" value="2"' in stale.content.decode()) == (409, True)
    assert done["Location"] == f"/articles/{article.uid}/"
    assert Revision.objects.get(number=3).note == "Back to what was checked."
    assert "There is nothing to restore." in same


def test_whoever_restores_a_text_of_what_is_out_says_what_the_change_is(client: Client, alice: User) -> None:
    article = make_article(by=alice, state="published")
    rewrite(article, ("12 million", "14 million"), by=alice, declared=Declared("update"))
    client.force_login(alice)
    address = f"/articles/{article.uid}/revisions/1/restore/"

    refused = client.post(address, {"base": 2, "save": "1"})
    told = {"change_kind": "correction", "declared_text": "It is 12 million, as we said at first."}
    saved = client.post(address, {"base": 2, "save": "1", **told})

    assert (refused.status_code, sorted(refused.context["form"].errors)) == (400, ["change_kind", "note"])
    assert (saved.status_code, Revision.objects.count()) == (302, 3)
    assert Declaration.objects.get(revision__number=3).kind == "correction"


def test_only_those_who_revise_restore(client: Client, article: Article, alice: User, emil: User) -> None:
    rewrite(article, ("12 million", "14 million"), by=alice)
    client.force_login(emil)

    assert client.post(f"/articles/{article.uid}/revisions/1/restore/", {"base": 2}).status_code == 403


def test_it_is_done_over_rest(article: Article, alice: User) -> None:
    rewrite(article, ("12 million", "14 million"), by=alice)
    caller = call(alice)
    address = f"/api/v1/articles/{article.uid}/restore-revision/"

    unsaid = caller.post(address, {"number": 1})
    stale = caller.post(address, {"number": 1, "base_revision": 1})
    unknown = caller.post(address, {"number": 9, "base_revision": 2})
    done = caller.post(address, {"number": 1, "base_revision": 2})

    assert [answer.status_code for answer in (unsaid, stale, unknown, done)] == [428, 409, 422, 200]
    assert done.json()["revision"] == 3
