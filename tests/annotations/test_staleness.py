"""A verdict is stale when what it saw has changed: why, with the difference, and back in the queue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from annotations.models import Claim, FactCheck, LaterSource
from annotations.operations.checking.claims import change_claim
from annotations.operations.checking.factchecks import publish_verdict, review_check, send_to_review, write_check
from annotations.operations.checking.latersources import note_later_sources, put_later_source_aside
from annotations.operations.workbench.revising import revise
from annotations.queries.checking.verdicts import Staleness, verdicts_of
from annotations.queries.desk.waitingchecks import stale_verdicts
from articles.anchoring.text import Block
from articles.models import Access, Source
from articles.operations.revising import Rewritten
from articles.operations.sources import capture_snapshot
from newsdesk.models import User
from tests.factories import AT, TEXT, make_article, make_check, make_claim, make_evidence, make_source
from tests.factories.callers import call
from tests.factories.pages import page_of, signed_in

HOUR = timedelta(hours=1)
LATER = AT + HOUR
NEWS = "The auditors of Lisbon found that the harbour bridge will cost 19.5 million euros to repair."
CANONICAL = "The repair of the harbour bridge in Lisbon will cost 12 million euros."


class Judged:
    """A claim that Bob has drafted a verdict on, and the desk may have published."""

    def __init__(self, *, alice: User, bob: User, dana: User) -> None:
        self.alice, self.bob, self.dana = alice, bob, dana
        self.article = make_article(by=alice)
        self.claim = make_claim(self.article, by=bob, canonical=CANONICAL)
        self.source = make_source(by=bob)
        make_evidence(self.claim, self.source, by=bob)
        self.check: FactCheck = make_check(self.claim, checker=bob)

    def publish(self, *, at: Any = AT, **words: str) -> Any:
        check = FactCheck.objects.get(pk=self.check.pk)
        check = send_to_review(check=check, seen=check.version, by=self.bob, at=at)
        review_check(check=check, seen=check.version, decision="approve", by=self.dana, at=at)
        return publish_verdict(check=check, seen=check.version, by=self.alice, at=at, **words)

    def stale(self) -> tuple[Staleness, ...]:
        return verdicts_of([self.claim.pk])[self.claim.pk].stale


@pytest.fixture
def judged(alice: User, bob: User, dana: User) -> Judged:
    return Judged(alice=alice, bob=bob, dana=dana)


def change_words(judged: Judged) -> None:
    blocks = [Block.from_json(block) for block in judged.article.head.blocks]
    changed = [Block(block.kind, block.text.replace("12 million", "14 million")) for block in blocks]
    rewritten = Rewritten(judged.article.head.headline, changed)
    revise(article=judged.article, base=1, rewritten=rewritten, by=judged.alice, at=LATER)


def change_restatement(judged: Judged) -> None:
    other = "The repair of the harbour bridge in Porto will cost 12 million euros."
    change_claim(claim=judged.claim, seen=1, by=judged.alice, at=LATER, canonical=other)


def change_snapshot(judged: Judged) -> None:
    text = "The council estimates the cost of repairing the harbour bridge at 14 million euros."
    capture_snapshot(source=judged.source, text=text, basis="capture", by=judged.bob, at=LATER)


def change_match(judged: Judged) -> None:
    earlier = Claim.objects.get(repeats=judged.claim)
    check = FactCheck.objects.get(claim=earlier)
    check = send_to_review(check=check, seen=check.version, by=judged.bob, at=LATER)
    review_check(check=check, seen=check.version, decision="approve", by=judged.dana, at=LATER)
    publish_verdict(check=check, seen=check.version, by=judged.alice, at=LATER)


def store_later(judged: Judged, text: str = NEWS, **values: Any) -> Source:
    source = make_source(by=judged.bob, title="Audit", text=text, publisher="Auditors", at=LATER, **values)
    note_later_sources(snapshot=source.snapshots.get().uid)
    return source


def repeat_an_earlier_claim(judged: Judged) -> None:
    """Before the verdict is written, so that it saw the link."""
    earlier = make_claim(make_article(by=judged.alice), by=judged.bob)
    make_evidence(earlier, make_source(by=judged.bob), by=judged.bob, stance="refutes")
    make_check(earlier, checker=judged.bob, verdict="refuted", rating="false", reason="It was another bridge.")
    change_claim(claim=judged.claim, seen=1, by=judged.alice, at=AT, same_as=earlier)
    judged.check.refresh_from_db()
    judged.check = write_check(check=judged.check, seen=judged.check.version, by=judged.bob, at=AT, note="Linked.")


CHANGES: list[tuple[Staleness, Callable[[Judged], Any], list[str]]] = [
    (Staleness.WORDS, change_words, ["<del>12</del>", "<ins>14</ins>"]),
    (Staleness.RESTATEMENT, change_restatement, ["<del>Lisbon</del>", "<ins>Porto</ins>"]),
    (Staleness.SNAPSHOT, change_snapshot, ["<del>12</del>", "<ins>14</ins>"]),
    (Staleness.MATCH, change_match, ["<ins>False. It was another bridge.</ins>"]),
    (Staleness.LATER, store_later, ["will cost 19.5 million euros", "Words they share:", "It says nothing new"]),
]


@pytest.mark.parametrize("is_published", [False, True])
@pytest.mark.parametrize(("reason", "change", "shown"), CHANGES, ids=[each[0].value for each in CHANGES])
def test_what_changed_makes_the_verdict_stale_and_is_shown(
    judged: Judged, reason: Staleness, change: Callable[[Judged], Any], shown: list[str], is_published: bool
) -> None:
    if reason == Staleness.MATCH:
        repeat_an_earlier_claim(judged)
    if is_published:
        judged.publish()
    before = judged.stale(), [each.title for each in stale_verdicts(judged.bob)]

    change(judged)

    page = signed_in(judged.bob).get(page_of(judged.claim)).content.decode()
    assert before == ((), [])
    assert reason in judged.stale()
    assert str(reason.label) in page
    assert [text for text in shown if text not in page] == []
    [waiting] = [each for each in stale_verdicts(judged.bob) if str(judged.claim.uid) in each.href]
    assert str(reason.label) in str(waiting.why)


@pytest.mark.parametrize(("reason", "change", "shown"), CHANGES, ids=[each[0].value for each in CHANGES])
def test_a_draft_written_after_the_change_is_not_stale_for_it(
    judged: Judged, reason: Staleness, change: Callable[[Judged], Any], shown: list[str]
) -> None:
    if reason == Staleness.MATCH:
        repeat_an_earlier_claim(judged)
    change(judged)
    stale = judged.stale()
    if reason == Staleness.SNAPSHOT:
        return  # stale until the words of the newest text are attached in place of the old ones

    check = FactCheck.objects.get(claim=judged.claim)
    write_check(check=check, seen=check.version, by=judged.bob, at=LATER + HOUR, note="Seen.")

    assert reason in stale
    assert reason not in judged.stale()


def test_a_source_captured_anew_that_still_has_the_passage_leaves_the_verdict(judged: Judged) -> None:
    [text] = judged.source.snapshots.values_list("text", flat=True)

    capture_snapshot(source=judged.source, text=f"{text} It was asked.", basis="capture", by=judged.bob, at=LATER)

    assert judged.stale() == ()


def test_a_passage_that_came_back_is_not_missed(judged: Judged) -> None:
    [text] = judged.source.snapshots.values_list("text", flat=True)
    change_snapshot(judged)
    stale = judged.stale()

    capture_snapshot(source=judged.source, text=f"{text} Again.", basis="capture", by=judged.bob, at=LATER + HOUR)

    assert (stale, judged.stale()) == ((Staleness.SNAPSHOT,), ())


def test_a_corrected_verdict_on_the_earlier_claim_makes_this_one_stale(judged: Judged) -> None:
    repeat_an_earlier_claim(judged)
    change_match(judged)
    judged.check.refresh_from_db()
    write_check(check=judged.check, seen=judged.check.version, by=judged.bob, at=LATER, note="Seen.")
    calm = judged.stale()
    earlier = Claim.objects.get(pk=judged.claim.pk).same_as
    assert earlier is not None
    second = make_check(earlier, checker=judged.alice)
    second = send_to_review(check=second, seen=second.version, by=judged.alice, at=LATER)
    review_check(check=second, seen=second.version, decision="approve", by=judged.dana, at=LATER)

    publish_verdict(check=second, seen=second.version, by=judged.alice, at=LATER, correction_note="It was ours.")

    page = signed_in(judged.bob).get(page_of(judged.claim)).content.decode()
    assert (calm, judged.stale()) == ((), (Staleness.MATCH,))
    assert "<del>False</del>" in page
    assert "<ins>True</ins>" in page


# what was stored later


def test_a_text_about_something_else_makes_nothing_stale(judged: Judged) -> None:
    for text in (
        "The council met on Tuesday and closed the bridge for two years.",
        "Elections in Lisbon will be held in spring.",
        "12 million people watched.",
    ):
        store_later(judged, text)

    assert judged.stale() == ()
    assert not LaterSource.objects.exists()


def test_a_text_stored_before_the_verdict_was_known(judged: Judged, alice: User) -> None:
    source = make_source(by=alice, title="Audit", text=NEWS, at=AT - HOUR)

    assert note_later_sources(snapshot=source.snapshots.get().uid) == 0


def test_the_words_they_share_are_told_as_they_stand_in_the_later_one(judged: Judged) -> None:
    store_later(judged)

    assert LaterSource.objects.get().words == ["Lisbon", "harbour", "bridge", "cost", "euros", "repair"]


def test_looking_twice_notes_once(judged: Judged) -> None:
    source = store_later(judged)

    note_later_sources(snapshot=source.snapshots.get().uid)

    assert LaterSource.objects.count() == 1


def test_a_newer_text_of_a_cited_source_is_no_later_source(judged: Judged) -> None:
    snapshot = capture_snapshot(source=judged.source, text=NEWS, basis="capture", by=judged.bob, at=LATER)

    note_later_sources(snapshot=snapshot.uid)

    assert judged.stale() == (Staleness.SNAPSHOT,)


def test_what_is_put_aside_makes_nothing_stale(judged: Judged) -> None:
    store_later(judged)
    stale = judged.stale()

    put_later_source_aside(later=LaterSource.objects.get(), by=judged.bob, at=LATER)

    assert (stale, judged.stale()) == ((Staleness.LATER,), ())


def test_a_restricted_source_is_told_of_to_nobody(judged: Judged, alice: User) -> None:
    source = store_later(judged)
    stale = judged.stale()

    source.change(seen=source.version, access=Access.RESTRICTED, access_reason="A source at risk")

    page = signed_in(judged.bob).get(page_of(judged.claim)).content.decode()
    assert (stale, judged.stale()) == ((Staleness.LATER,), ())
    assert "19.5 million" not in page


def test_later_sources_are_put_aside_on_the_page_and_over_the_api(judged: Judged, rana: User, dana: User) -> None:
    store_later(judged)
    later = LaterSource.objects.get()
    refused = signed_in(dana).post(f"/later-sources/{later.uid}/aside/").status_code

    listed = call(judged.bob).get(f"later-sources/?claim={judged.claim.uid}&aside=false").json()["results"]
    answer = call(judged.bob).post(f"later-sources/{later.uid}/aside/")
    again = signed_in(judged.bob).post(f"/later-sources/{later.uid}/aside/").status_code

    assert refused == 403
    assert [each["uid"] for each in listed] == [str(later.uid)]
    assert answer.json()["aside_by"]["name"] == "Bob Tanaka"
    assert again == 302
    assert call(rana).get("later-sources/").json()["results"] == []


@pytest.mark.parametrize("how_many", [1, 4])
def test_staleness_is_asked_in_as_many_questions_for_many_claims(
    judged: Judged, how_many: int, django_assert_num_queries: Any
) -> None:
    claims = [judged.claim.pk]
    for number in range(how_many - 1):
        claim = make_claim(make_article(by=judged.alice, text=f"{TEXT}\nPart {number}.\n"), by=judged.bob)
        make_check(claim, checker=judged.bob)
        claims.append(claim.pk)

    with django_assert_num_queries(3):  # how checkable; the checks; what they saw and how that stands
        verdicts_of(claims)
