"""The repair queue: which marks wait in it, what a decision does, and what is said when somebody was quicker."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.models import Claim
from annotations.operations.workbench.revising import revise
from annotations.queries.workbench.repairing import WHY
from annotations.queries.workbench.repairs import open_repairs
from articles.anchoring.fates import Reason
from articles.anchoring.text import Block, BlockKind
from articles.models import Anchor, AnchorState, Article, CurrentAnchor, Quote
from articles.operations.placing import PlacedMeanwhile, place_mark, unplace_mark
from articles.operations.revising import Rewritten
from newsdesk.models import User
from tests.factories import AT, make_article, make_claim, make_quote, make_tag, words_of
from tests.factories.callers import call

pytestmark = pytest.mark.django_db

CHANGES = {
    "for two years": "for three long years",
    "the decision was reckless": "the decision was rather reckless",
    "The repair will cost 12 million euros, according to the council’s own estimate.": "Nobody knows the price.",
}


@pytest.fixture
def desk(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


@pytest.fixture
def closed(article: Article, alice: User) -> Claim:
    return make_claim(article, "close the harbour bridge for two years", by=alice)


def rewrite(article: Article, changes: dict[str, str], *, by: User) -> Article:
    text = article.head.text
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    headline, *texts = text.split("\n\n")
    rewritten = Rewritten(headline, [Block(BlockKind.PARAGRAPH, each) for each in texts])
    revise(article=article, base=article.head.number, rewritten=rewritten, by=by, at=AT)
    return Article.objects.select_related("head").get(pk=article.pk)


def anchor_of(mark: Any) -> Anchor:
    return CurrentAnchor.of(mark.span_id, Article.objects.get(pk=mark.article_id).head_id or 0)


def seen(mark: Any) -> dict[str, Any]:
    """What the page sends back of the mark that it shows."""
    head, anchor = Article.objects.select_related("head").get(pk=mark.article_id).head, anchor_of(mark)
    return {"base": head.number, "text_sha256": head.text_sha256, "seen": anchor.sequence}


def proposed(mark: Any) -> dict[str, Any]:
    anchor = anchor_of(mark)
    return {**seen(mark), "start": anchor.start, "end": anchor.end, "exact": anchor.exact}


LAYERS = {Quote: "quote", Claim: "claim"}


def decide(client: Client, mark: Any, **values: Any) -> Any:
    layer = LAYERS.get(type(mark), "bias")
    return client.post(f"/repairs/{mark.article.uid}/{layer}/{mark.uid}/", values)


def waiting(person: User) -> list[Any]:
    return [row.uid for row in open_repairs(person).rows]


def test_marks_that_need_a_look_wait_in_the_order_of_the_text_and_lost_ones_after_them(
    article: Article, alice: User, closed: Claim
) -> None:
    price, kept, tag = (
        make_claim(article, by=alice),
        make_quote(article, by=alice),
        make_tag(article, "the decision was reckless", by=alice),
    )
    assert waiting(alice) == []

    rewrite(article, CHANGES, by=alice)

    assert [anchor_of(mark).state for mark in (closed, tag, price)] == ["needs_review", "needs_review", "orphaned"]
    assert waiting(alice) == [closed.uid, tag.uid, price.uid]
    assert anchor_of(kept).state == AnchorState.ANCHORED


def test_texts_that_wait_longest_come_first(article: Article, alice: User, closed: Claim) -> None:
    other = make_article(by=alice, text="Another piece\n\nThe ferry was closed for two years, they said.")
    later = make_claim(other, "closed for two years", by=alice)

    rewrite(other, {"for two years": "for three long years"}, by=alice)
    rewrite(article, {"for two years": "for three long years"}, by=alice)

    assert waiting(alice) == [later.uid, closed.uid]
    assert [row.uid for row in open_repairs(alice, article=article.uid).rows] == [closed.uid]


def test_what_is_retracted_rejected_or_hidden_does_not_wait(
    article: Article, alice: User, bob: User, closed: Claim
) -> None:
    article = rewrite(article, CHANGES, by=alice)
    assert waiting(bob) == waiting(alice) == [closed.uid]

    article.change(seen=article.version, state="incoming")
    assert (waiting(bob), waiting(alice)) == ([], [closed.uid])
    closed.change(seen=closed.version, retracted_by=alice, retracted_at=AT)

    assert waiting(alice) == []


def test_a_mark_that_somebody_said_has_no_place_waits_again_only_when_a_text_proposes_one(
    article: Article, alice: User, closed: Claim
) -> None:
    article = rewrite(article, {"for two years": "for three long years"}, by=alice)
    unplace_mark(mark=closed, base=2, by=alice, at=AT)
    assert waiting(alice) == []

    article = rewrite(article, {"Some residents": "A few residents"}, by=alice)
    assert anchor_of(closed).state == AnchorState.ORPHANED
    assert waiting(alice) == []
    rewrite(article, {"to close the harbour bridge for": "to shut the harbour bridge for two years, not for"}, by=alice)

    assert (anchor_of(closed).state, waiting(alice)) == (AnchorState.NEEDS_REVIEW, [closed.uid])


def test_the_page_shows_old_words_new_words_and_what_changed(desk: Client, article: Article, closed: Claim) -> None:
    rewrite(article, {"for two years": "for three long years"}, by=closed.created_by)

    page = desk.get("/repairs/").content.decode()

    assert "<b>close the harbour bridge for two years</b>" in page
    assert "<mark>close the harbour bridge for three long years</mark>" in page
    assert "<del>two</del><ins>three long</ins>" in page
    assert "Last confirmed, in revision 1" in page
    assert str(WHY[Reason.EDITED]) in page


def test_lost_words_are_shown_with_where_they_stood(desk: Client, article: Article, alice: User) -> None:
    make_claim(article, by=alice)
    rewrite(article, CHANGES, by=alice)

    page = desk.get("/repairs/").content.decode()

    near = page.index("The words stood about here.")
    assert page.index("rather reckless") < near < page.index("Nobody knows the price.")
    assert "<mark>" not in page


def test_every_reason_of_a_doubt_is_said_in_plain_words() -> None:
    certain = {Reason.SAME, Reason.COSMETIC, Reason.MOVED}

    assert set(WHY) == set(Reason) - certain


def test_accepting_a_place_makes_it_certain_and_the_next_mark_follows(
    desk: Client, article: Article, alice: User, closed: Claim
) -> None:
    tag = make_tag(article, "the decision was reckless", by=alice)
    rewrite(article, CHANGES, by=alice)

    answer = decide(desk, closed, **proposed(closed), within="1")

    assert (answer.status_code, answer["Location"]) == (302, f"/repairs/?article={article.uid}&mark={tag.uid}")
    anchor = anchor_of(closed)
    assert (anchor.state, anchor.exact) == (AnchorState.ANCHORED, "close the harbour bridge for three long years")


def test_after_the_last_mark_of_the_queue_its_first_follows(
    desk: Client, article: Article, alice: User, closed: Claim
) -> None:
    tag = make_tag(article, "the decision was reckless", by=alice)
    rewrite(article, CHANGES, by=alice)

    answer = decide(desk, tag, **proposed(tag))

    assert answer["Location"] == f"/repairs/?mark={closed.uid}"


def test_a_mark_may_be_put_on_other_words_that_are_typed(desk: Client, article: Article, alice: User) -> None:
    price = make_claim(article, by=alice)
    article = rewrite(article, CHANGES, by=alice)

    answer = decide(desk, price, **seen(price), words="Nobody knows the price")

    assert answer["Location"] == "/repairs/"
    assert anchor_of(price).exact == "Nobody knows the price"
    assert "Nothing to repair" in desk.get("/repairs/").content.decode()


def test_words_that_do_not_stand_there_are_refused_in_place(desk: Client, article: Article, alice: User) -> None:
    price = make_claim(article, by=alice)
    rewrite(article, CHANGES, by=alice)

    answer = decide(desk, price, **seen(price), words="Somebody knows")

    assert answer.status_code == 422
    assert "These words do not stand in the text." in answer.content.decode()
    assert waiting(alice) == [price.uid]


def test_no_place_is_an_answer(desk: Client, article: Article, alice: User, closed: Claim) -> None:
    rewrite(article, CHANGES, by=alice)

    decide(desk, closed, **seen(closed), has_no_place="1")

    assert (anchor_of(closed).state, anchor_of(closed).reason) == (AnchorState.ORPHANED, "said so")
    assert waiting(alice) == []


def test_a_text_saved_anew_is_shown_as_it_stands_and_nothing_is_written(
    desk: Client, article: Article, alice: User, closed: Claim
) -> None:
    article = rewrite(article, {"for two years": "for three long years"}, by=alice)
    mine = proposed(closed)
    rewrite(article, {"three long years": "five bitter years"}, by=alice)

    answer = decide(desk, closed, **mine)

    assert answer.status_code == 409
    assert "saved anew" in answer.content.decode()
    assert "<mark>close the harbour bridge for five bitter years</mark>" in answer.content.decode()
    assert anchor_of(closed).state == AnchorState.NEEDS_REVIEW


@pytest.mark.parametrize("mine", [{}, {"has_no_place": "1"}], ids=["accepted", "said to have no place"])
def test_what_somebody_else_decided_in_between_stands(
    desk: Client, article: Article, alice: User, bob: User, closed: Claim, mine: dict[str, str]
) -> None:
    article = rewrite(article, {"for two years": "for three long years"}, by=alice)
    sent = {**proposed(closed), **mine}
    place_mark(mark=closed, base=2, words=words_of(article, "close the harbour bridge"), by=bob, at=AT)

    answer = decide(desk, closed, **sent)

    assert answer.status_code == 409
    assert "Bob Tanaka put C1 on “close the harbour bridge”" in answer.content.decode()
    assert anchor_of(closed).exact == "close the harbour bridge"


def test_a_mark_that_was_retracted_in_between_is_left(
    desk: Client, article: Article, alice: User, closed: Claim
) -> None:
    rewrite(article, CHANGES, by=alice)
    closed.change(seen=closed.version, retracted_by=alice, retracted_at=AT)

    answer = decide(desk, closed, **proposed(closed))

    assert answer.status_code == 409
    assert "retracted or rejected in between" in answer.content.decode()
    assert anchor_of(closed).state == AnchorState.NEEDS_REVIEW


def test_an_operation_refuses_an_anchor_that_is_not_the_one_that_was_seen(
    article: Article, alice: User, closed: Claim
) -> None:
    words = words_of(article, "close the harbour bridge")

    with pytest.raises(PlacedMeanwhile):
        place_mark(mark=closed, base=1, words=words, by=alice, at=AT, seen=7)

    assert anchor_of(closed).exact == "close the harbour bridge for two years"


def test_undo_leads_back_to_the_mark(desk: Client, article: Article, alice: User, closed: Claim) -> None:
    tag = make_tag(article, "the decision was reckless", by=alice)
    rewrite(article, CHANGES, by=alice)
    decide(desk, closed, **proposed(closed))

    answer = desk.post("/undo/", {"next": f"/repairs/?article={article.uid}&mark={tag.uid}"})

    assert answer["Location"] == f"/repairs/?article={article.uid}&mark={closed.uid}"
    assert anchor_of(closed).state == AnchorState.NEEDS_REVIEW


def test_only_who_may_say_where_marks_stand_opens_the_queue(
    client: Client, article: Article, alice: User, dana: User, closed: Claim
) -> None:
    rewrite(article, CHANGES, by=alice)
    client.force_login(dana)

    assert client.get("/repairs/").status_code == 403
    assert decide(client, closed, **proposed(closed)).status_code == 403
    assert anchor_of(closed).state == AnchorState.NEEDS_REVIEW


@pytest.mark.parametrize("marks", [1, 3])
def test_the_page_asks_as_much_for_many_marks_as_for_one(
    desk: Client, article: Article, alice: User, closed: Claim, marks: int
) -> None:
    for exact in ("the decision was reckless", "residents said the decision was reckless")[: marks - 1]:
        make_tag(article, exact, by=alice)
    rewrite(article, CHANGES, by=alice)
    assert len(waiting(alice)) == marks

    with CaptureQueriesContext(connection) as asked:
        desk.get(f"/repairs/?article={article.uid}&mark={closed.uid}")

    assert len(asked) == 12


def test_the_queue_is_read_on_where_the_list_ends(desk: Client, article: Article, alice: User) -> None:
    for _number in range(15):
        make_tag(article, by=alice)
    rewrite(article, {"Some residents said the decision was reckless.": "Not one of them liked it at all."}, by=alice)
    queue = open_repairs(alice)
    assert (len(queue.rows), len(queue.listed)) == (14, 12)

    assert queue.further is not None
    further = open_repairs(alice, mark=queue.further.uid)

    assert further.current == queue.further
    assert further.previous == queue.listed[-1]
    assert [len(further.rows), further.further] == [2, None]


def test_the_queue_of_an_article_says_how_far_one_is(article: Article, alice: User, closed: Claim) -> None:
    tag = make_tag(article, "the decision was reckless", by=alice)
    rewrite(article, CHANGES, by=alice)

    queue = open_repairs(alice, article=article.uid, mark=tag.uid)

    assert (queue.number, queue.total) == (2, 2)
    assert open_repairs(alice, mark=tag.uid).total == 0


@pytest.mark.parametrize("asked", ["?mark=nonsense", "?article=nonsense", "?mark=00000000-0000-0000-0000-000000000000"])
def test_an_address_that_names_nothing_opens_the_queue_at_its_beginning(
    desk: Client, article: Article, alice: User, closed: Claim, asked: str
) -> None:
    rewrite(article, CHANGES, by=alice)

    assert "<mark>close the harbour bridge" in desk.get(f"/repairs/{asked}").content.decode()


def test_marks_are_narrowed_over_rest_by_how_sure_their_place_is(article: Article, alice: User, closed: Claim) -> None:
    price, kept = make_claim(article, by=alice), make_claim(article, "The council voted", by=alice)
    rewrite(article, CHANGES, by=alice)
    caller = call(alice)

    def found(asked: str) -> set[str]:
        return {claim["uid"] for claim in caller.get(f"claims/?{asked}").json()["results"]}

    assert found("") == {str(closed.uid), str(price.uid), str(kept.uid)}
    assert found("anchor_state=needs_review") == {str(closed.uid)}
    assert found("anchor_state=needs_review&anchor_state=orphaned") == {str(closed.uid), str(price.uid)}
    assert caller.get("claims/?anchor_state=nowhere").status_code == 400


def test_the_desk_leads_to_the_queue_of_the_article(desk: Client, article: Article, alice: User, closed: Claim) -> None:
    rewrite(article, CHANGES, by=alice)

    address = f"/repairs/?article={article.uid}"

    assert f'href="{address}"' in desk.get("/").content.decode()
    assert f'href="{address}"' in desk.get(f"/articles/{article.uid}/").content.decode()
