"""Saving a new text: every mark goes along, of two savers one wins, and nothing is guessed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.anchoring.text import Block, HeadlineMissing
from articles.models import Anchor, AnchorState, Article, CurrentAnchor, Draft, Quote, Revision
from articles.operations.articles import StateOutOfOrder, change_article, move_article, open_article, restrict_article
from articles.operations.drafting import DraftMovedOn, discard_draft, keep_draft
from articles.operations.revising import NothingChanged, Rewritten, revise_article
from articles.operations.spans import StaleRevision, orphan_span, place_span
from newsdesk.models import User
from tests.factories import AT, make_article, make_claim, make_quote, make_tag, words_of
from tests.factories.contention import at_once


def rewritten(article: Article, *changes: tuple[str, str]) -> Rewritten:
    """The newest text with words replaced."""
    headline, blocks = article.head.headline, [Block.from_json(block) for block in article.head.blocks]
    for old, new in changes:
        headline = headline.replace(old, new)
        blocks = [Block(block.kind, block.text.replace(old, new)) for block in blocks]
    return Rewritten(headline=headline, blocks=blocks)


def revise(article: Article, *changes: tuple[str, str], by: User, at: datetime = AT) -> Revision:
    return revise_article(
        article=article, base=article.head.number, rewritten=rewritten(article, *changes), by=by, at=at
    )


def anchor_of(noun: Any) -> Anchor:
    """Where a mark stands on the newest text."""
    return CurrentAnchor.of(noun.span_id, Article.objects.get(pk=noun.article_id).head_id)


def test_a_revision_carries_every_mark(alice: User) -> None:
    article = make_article(by=alice)
    marks = [make_quote(article, by=alice), make_claim(article, by=alice), make_tag(article, by=alice)]

    revision = revise(article, ("on Tuesday", "late on Tuesday evening"), by=alice)

    anchors = [anchor_of(mark) for mark in marks]
    assert revision.number == article.head.number == 2
    assert [anchor.state for anchor in anchors] == ["anchored"] * 3
    assert [revision.text[anchor.start : anchor.end] for anchor in anchors] == [anchor.exact for anchor in anchors]
    assert [anchor.exact for anchor in anchors] == [
        "“We had no choice,”",
        "The repair will cost 12 million euros",
        "reckless",
    ]


def test_words_changed_and_changed_back_end_where_they_began(alice: User) -> None:
    article = make_article(by=alice)
    claim = make_claim(article, by=alice)
    before = anchor_of(claim)

    revise(article, ("12 million", "14 million"), by=alice)
    between = anchor_of(claim)
    revise(article, ("14 million", "12 million"), by=alice)

    after = anchor_of(claim)
    assert between.state == AnchorState.NEEDS_REVIEW
    assert (after.state, after.start, after.end, after.exact) == ("anchored", before.start, before.end, before.exact)


def test_a_mark_without_a_place_comes_back_with_its_words(alice: User) -> None:
    article = make_article(by=alice)
    tag = make_tag(article, "Some residents said the decision was reckless", by=alice)

    revise(article, ("Some residents said the decision was reckless.", ""), by=alice)
    gone = anchor_of(tag)
    sentence = "the council’s own estimate. Some residents said the decision was reckless."
    revise(article, ("the council’s own estimate.", sentence), by=alice)

    back = anchor_of(tag)
    assert (gone.state, gone.start, gone.exact) == ("orphaned", None, "Some residents said the decision was reckless")
    assert (back.state, back.exact) == ("anchored", "Some residents said the decision was reckless")


def test_small_drifts_do_not_add_up_unseen(alice: User) -> None:
    article = make_article(by=alice)
    claim = make_claim(article, by=alice)
    steps = [("will cost", "would cost"), ("12 million", "15 million"), ("The repair", "The demolition")]

    states = []
    for step in steps:
        revise(article, step, by=alice)
        states.append(anchor_of(claim).state)

    assert "anchored" not in states[1:]


def test_a_doubt_is_not_settled_by_an_edit_elsewhere(alice: User) -> None:
    article = make_article(by=alice)
    claim = make_claim(article, by=alice)
    revise(article, ("12 million", "14 million"), by=alice)

    revise(article, ("Tuesday", "Monday"), by=alice)

    anchor = anchor_of(claim)
    assert (anchor.state, anchor.exact) == ("needs_review", "The repair will cost 14 million euros")


def test_looking_at_a_doubtful_mark_settles_it(alice: User) -> None:
    article = make_article(by=alice)
    claim = make_claim(article, by=alice)
    revise(article, ("12 million", "14 million"), by=alice)

    words = words_of(article, "The repair will cost 14 million euros")
    anchor = place_span(span=claim.span, base=2, words=words, by=alice, at=AT)

    assert (anchor.state, anchor.sequence) == ("anchored", 2)
    assert anchor_of(claim) == anchor
    assert Anchor.objects.filter(span=claim.span).count() == 3


def test_a_mark_can_be_said_to_stand_nowhere(alice: User) -> None:
    quote = make_quote(make_article(by=alice), by=alice)

    orphan_span(span=quote.span, base=1, by=alice, at=AT)

    assert (anchor_of(quote).state, anchor_of(quote).exact) == ("orphaned", "“We had no choice,”")


def test_a_stale_base_is_refused_and_leaves_nothing(alice: User) -> None:
    article = make_article(by=alice)
    make_quote(article, by=alice)
    old = rewritten(article, ("Tuesday", "Monday"))
    revise(article, ("Tuesday", "Wednesday"), by=alice)

    with pytest.raises(StaleRevision) as refusal:
        revise_article(article=article, base=1, rewritten=old, by=alice, at=AT)

    assert (refusal.value.base, refusal.value.newest) == (1, 2)
    assert (Revision.objects.count(), Anchor.objects.count()) == (2, 2)


def test_the_same_text_is_not_saved_twice(alice: User) -> None:
    article = make_article(by=alice)

    with pytest.raises(NothingChanged):
        revise(article, by=alice)


def test_a_text_without_a_headline_is_refused(alice: User) -> None:
    article = make_article(by=alice)

    with pytest.raises(HeadlineMissing):
        revise(article, (article.head.headline, " "), by=alice)

    assert Revision.objects.count() == 1


def test_saving_drops_ones_own_draft_and_nobody_elses(alice: User, ada: User) -> None:
    article = make_article(by=alice)
    for person in (alice, ada):
        keep_draft(article=article, base=1, headline="Half", body="", by=person, at=AT)

    revise(article, ("Tuesday", "Monday"), by=alice)

    assert [draft.author for draft in Draft.objects.all()] == [ada]


def test_a_draft_is_replaced_and_thrown_away(alice: User) -> None:
    article = make_article(by=alice)

    keep_draft(article=article, base=1, headline="Half", body="", by=alice, at=AT)
    keep_draft(article=article, base=1, headline="Whole", body="", by=alice, at=AT)
    kept = [draft.headline for draft in Draft.objects.all()]
    discard_draft(article=article, by=alice)

    assert kept == ["Whole"]
    assert not Draft.objects.exists()


def test_a_draft_is_not_kept_over_one_that_its_writer_did_not_see(alice: User) -> None:
    article = make_article(by=alice)
    keep_draft(article=article, base=1, headline="Here", body="", by=alice, at=AT, over=None)
    later = AT + timedelta(minutes=1)

    with pytest.raises(DraftMovedOn) as other_window:
        keep_draft(article=article, base=1, headline="There", body="", by=alice, at=later, over=None)
    keep_draft(article=article, base=1, headline="Here too", body="", by=alice, at=later, over=AT)

    assert other_window.value.kept_at == AT
    assert [draft.headline for draft in Draft.objects.all()] == ["Here too"]


def test_a_draft_that_was_thrown_away_elsewhere_does_not_come_back_by_itself(alice: User) -> None:
    article = make_article(by=alice)
    keep_draft(article=article, base=1, headline="Here", body="", by=alice, at=AT)
    discard_draft(article=article, by=alice)

    with pytest.raises(DraftMovedOn) as thrown_away:
        keep_draft(article=article, base=1, headline="There", body="", by=alice, at=AT, over=AT)

    assert thrown_away.value.kept_at is None
    assert not Draft.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_on_one_base_exactly_one_wins(alice: User, ada: User) -> None:
    article = make_article(by=alice)
    make_quote(article, by=alice)
    texts = {person: rewritten(article, ("Tuesday", day)) for person, day in ((alice, "Monday"), (ada, "Friday"))}

    def save(person: User) -> Any:
        mine = Article.objects.get(pk=article.pk)
        return lambda: revise_article(article=mine, base=1, rewritten=texts[person], by=person, at=AT)

    outcomes = at_once(save(alice), save(ada))

    assert outcomes == ["StaleRevision", "saved"]
    assert [revision.number for revision in Revision.objects.order_by("number")] == [1, 2]
    assert (Anchor.objects.count(), CurrentAnchor.objects.count()) == (2, 2)
    assert Article.objects.get().head == Revision.objects.get(number=2)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_one_article_exactly_one_wins(alice: User, ada: User) -> None:
    article = make_article(by=alice)

    def change(person: User) -> Any:
        mine = Article.objects.get(pk=article.pk)
        return lambda: change_article(article=mine, seen=1, by=person, at=AT, byline=person.name)

    outcomes = at_once(change(alice), change(ada))

    assert outcomes == ["Stale", "saved"]
    assert Article.objects.get().version == 2


@pytest.mark.django_db(transaction=True)
def test_marking_while_somebody_saves_leaves_no_mark_behind(alice: User, ada: User) -> None:
    article = make_article(by=alice)
    mine, theirs = Article.objects.get(pk=article.pk), Article.objects.select_related("head").get(pk=article.pk)

    outcomes = at_once(
        lambda: revise(mine, ("Tuesday", "Monday"), by=alice),
        lambda: make_quote(theirs, by=ada),
    )

    assert outcomes in (["StaleRevision", "saved"], ["saved", "saved"])
    assert CurrentAnchor.objects.filter(revision=Article.objects.get().head_id).count() == Quote.objects.count()


WORDS = st.sampled_from(["harbour", "bridge", "council", "residents", "euros", "Tuesday", "reckless", "choice", "12"])
FRAGMENTS = st.text("ab é“😀", min_size=0, max_size=6)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(st.tuples(WORDS, FRAGMENTS), min_size=1, max_size=4))
def test_after_any_edit_every_mark_stands_once_on_the_words_it_names(alice: User, edits: list[tuple[str, str]]) -> None:
    with transaction.atomic():
        article = make_article(by=alice)
        marks: list[Any] = [make_quote(article, by=alice), make_claim(article, by=alice), make_tag(article, by=alice)]
        for edit in edits:
            if rewritten(article, edit).text != article.head.text:
                revise(article, edit, by=alice)

        current = list(CurrentAnchor.objects.on(article.head))
        assert sorted(each.span_id for each in current) == sorted(mark.span_id for mark in marks)
        for each in current:
            placed = each.anchor.start is not None
            assert placed is (each.anchor.state != "orphaned")
            assert not placed or article.head.text[each.anchor.start : each.anchor.end] == each.anchor.exact
        transaction.set_rollback(True)


def test_a_piece_goes_to_the_states_that_follow_and_to_no_other(alice: User) -> None:
    article = make_article(by=alice, state="editing")

    with pytest.raises(StateOutOfOrder) as refusal:
        move_article(article=article, state="published", seen=1, by=alice, at=AT)
    move_article(article=article, state="checking", seen=1, by=alice, at=AT)

    assert refusal.value.allowed == ("checking", "withdrawn")
    assert Article.objects.get().state == "checking"


def test_a_restriction_names_whoever_made_it_and_is_lifted_whole(alice: User, bob: User) -> None:
    article = make_article(by=alice)

    restrict_article(article=article, reason="At risk", people=[bob], seen=1, by=alice, at=AT)
    named = {admission.person for admission in article.admissions.all()}
    open_article(article=article, seen=2, by=alice, at=AT)

    assert named == {alice, bob}
    assert (article.access, article.access_reason, article.admissions.count()) == ("desk", "", 0)


def test_the_words_of_an_article_are_not_changed_as_one_of_its_fields(alice: User) -> None:
    with pytest.raises(TypeError, match="head"):
        change_article(article=make_article(by=alice), seen=1, by=alice, at=AT, head=1)
