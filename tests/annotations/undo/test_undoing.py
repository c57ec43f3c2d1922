"""Undo and redo by each person: the inverse is an act of its own, and nobody's later work is written over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from annotations.models import Claim, Evidence, FactCheck, Finding
from annotations.operations.checking.claims import change_claim
from annotations.operations.checking.evidence import change_stance, detach_evidence
from annotations.operations.checking.factchecks import publish_verdict, review_check, send_to_review
from annotations.operations.studies.readings import record_finding
from annotations.operations.workbench.bias import change_tag
from annotations.operations.workbench.revising import revise
from annotations.operations.workbench.undo import ChangedSince, NothingToRedo, NothingToUndo, redo, undo, undo_act
from articles.anchoring.text import sentences
from articles.models import Act, Article, CurrentAnchor, Origin, Quote, Step, Verb
from articles.operations.deciding import accept_quotes_above, accept_suggestion, reject_suggestion
from articles.operations.placing import place_mark, unplace_mark
from articles.operations.quotes import change_quote, record_quote, retract_quote
from articles.operations.spans import Words
from articles.operations.suggesting import suggest_quotes
from newsdesk.models import User
from tests.factories import (
    make_article,
    make_check,
    make_claim,
    make_evidence,
    make_quote,
    make_reading,
    make_source,
    make_speaker,
    make_tag,
    words_of,
)
from tests.factories.texts import rewritten

TWO_VOICES = """Council closes the harbour bridge

“We had no choice in this matter,” mayor Ines Duarte said on Tuesday.

“The bridge would have held for ten more years,” said engineer Tom Reyes.
"""


def again(noun: Any) -> Any:
    """The row as it stands now."""
    return type(noun)._base_manager.get(pk=noun.pk)


def place(mark: Any) -> tuple[str, str]:
    """The words a mark stands on, and how sure that is."""
    anchor = CurrentAnchor.of(mark.span_id, Article.objects.get(pk=mark.article_id).head_id or 0)
    return anchor.exact, anchor.state


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


def test_undoing_a_new_mark_retracts_it_and_redoing_lets_it_stand(article: Article, alice: User, at: datetime) -> None:
    quote = make_quote(article, by=alice)

    undo(by=alice, at=at)
    undone = again(quote)
    redo(by=alice, at=at)

    assert (undone.retracted_by, undone.is_live) == (alice, False)
    assert again(quote).is_live


def test_every_step_is_appended_with_what_it_reverses(article: Article, alice: User, at: datetime) -> None:
    make_quote(article, by=alice)

    undo(by=alice, at=at)
    redo(by=alice, at=at)

    done, undone, redone = Act.objects.order_by("pk")
    assert (done.verb, done.step, done.undoes) == (Verb.RECORD, Step.DO, None)
    assert (undone.verb, undone.step, undone.undoes) == (Verb.RETRACT, Step.UNDO, done)
    assert (redone.verb, redone.step, redone.undoes) == (Verb.RESTORE, Step.REDO, undone)


def test_undoing_a_change_brings_back_what_stood_there(article: Article, alice: User, at: datetime) -> None:
    before, after = make_speaker(by=alice), make_speaker(by=alice, name="Tom Reyes")
    quote = make_quote(article, by=alice, speaker=before)
    change_quote(quote=quote, seen=1, by=alice, at=at, speaker=after, kind="indirect", note="As printed")

    undo(by=alice, at=at)
    undone = again(quote)
    redo(by=alice, at=at)

    assert (undone.speaker, undone.kind, undone.note) == (before, "direct", "")
    assert (again(quote).speaker, again(quote).kind, again(quote).note) == (after, "indirect", "As printed")


def test_undoing_a_retraction_lets_the_quote_stand_and_be_found(article: Article, alice: User, at: datetime) -> None:
    quote = make_quote(article, by=alice)
    retract_quote(quote=quote, seen=1, by=alice, at=at, reason="A doublet")
    found = [hasattr(again(quote), "quoted_words")]

    undo(by=alice, at=at)
    found.append(hasattr(again(quote), "quoted_words"))
    redo(by=alice, at=at)

    assert found == [False, True]
    assert again(quote).retraction_reason == "A doublet"


def test_undoing_a_resize_puts_the_mark_back_on_its_words(article: Article, alice: User, at: datetime) -> None:
    tag = make_tag(article, by=alice)
    place_mark(mark=tag, base=1, words=words_of(article, "the decision was reckless"), by=alice, at=at)

    undo(by=alice, at=at)
    undone = place(tag)
    redo(by=alice, at=at)

    assert undone == ("reckless", "anchored")
    assert place(tag) == ("the decision was reckless", "anchored")


def test_undoing_a_repair_leaves_the_mark_in_doubt_again(article: Article, alice: User, at: datetime) -> None:
    tag = make_tag(article, by=alice)
    revise(article=article, base=1, rewritten=rewritten(article, reckless="wreckless"), by=alice, at=at)
    doubted = place(tag)
    place_mark(mark=tag, base=2, words=words_of(article, "wreckless"), by=alice, at=at)
    repaired = place(tag)

    undo(by=alice, at=at)

    assert (doubted[1], repaired) == ("needs_review", ("wreckless", "anchored"))
    assert place(tag) == doubted


def test_undoing_that_a_mark_has_no_place_finds_it_in_a_newer_text(article: Article, alice: User, at: datetime) -> None:
    tag = make_tag(article, by=alice)
    unplace_mark(mark=tag, base=1, by=alice, at=at)
    text = rewritten(article, **{"two years": "three years"})
    revise(article=article, base=1, rewritten=text, by=alice, at=at)

    undo(by=alice, at=at)

    assert place(tag) == ("reckless", "anchored")


def test_a_place_whose_words_were_rewritten_is_not_guessed(article: Article, alice: User, at: datetime) -> None:
    tag = make_tag(article, by=alice)
    place_mark(mark=tag, base=1, words=words_of(article, "the decision was reckless"), by=alice, at=at)
    revise(article=article, base=1, rewritten=rewritten(article, reckless="not wise at all"), by=alice, at=at)
    stood = place(tag)

    with pytest.raises(ChangedSince) as refused:
        undo(by=alice, at=at)

    assert "rewritten since" in refused.value.conflicts[0].reason
    assert place(tag) == stood


@pytest.mark.parametrize(
    ("decide", "origin"), [(accept_suggestion, Origin.ACCEPTED), (reject_suggestion, Origin.REJECTED)]
)
def test_undoing_a_decision_lets_the_suggestion_wait_again(
    article: Article, alice: User, emil: User, at: datetime, decide: Any, origin: Origin
) -> None:
    quote = suggest_quotes(article=article, by=alice, at=at)[0]
    decide(mark=quote, seen=1, by=emil, at=at)

    undo(by=emil, at=at)
    undone = again(quote)
    redo(by=emil, at=at)

    assert (undone.origin, undone.decided_by, undone.decided_at) == (Origin.SUGGESTED, None, None)
    assert (again(quote).origin, again(quote).decided_by, again(quote).speaker) == (origin, emil, quote.speaker)


def test_undoing_a_correction_brings_back_the_suggestion_as_it_was(
    article: Article, alice: User, emil: User, at: datetime
) -> None:
    quote = suggest_quotes(article=article, by=alice, at=at)[0]
    kind = quote.kind
    change_quote(quote=quote, seen=1, by=emil, at=at, kind="mixed")

    undo(by=emil, at=at)
    undone = again(quote)
    redo(by=emil, at=at)

    assert (undone.origin, undone.kind) == (Origin.SUGGESTED, kind)
    assert (again(quote).origin, again(quote).kind, again(quote).decided_by) == (Origin.CORRECTED, "mixed", emil)


def test_putting_a_suggestion_on_other_words_is_undone_as_one(
    article: Article, alice: User, emil: User, at: datetime
) -> None:
    quote = suggest_quotes(article=article, by=alice, at=at)[0]
    stood = place(quote)
    place_mark(mark=quote, base=1, words=words_of(article, "We had no choice"), by=emil, at=at)

    undo(by=emil, at=at)
    undone = again(quote).origin, place(quote)
    redo(by=emil, at=at)

    assert undone == (Origin.SUGGESTED, stood)
    assert (again(quote).origin, place(quote)[0]) == (Origin.CORRECTED, "We had no choice")


def test_accepting_in_bulk_is_one_act_to_undo(alice: User, emil: User, at: datetime) -> None:
    article = make_article(by=alice, text=TWO_VOICES)
    suggest_quotes(article=article, by=alice, at=at)
    accept_quotes_above(article=article, confidence=0, by=emil, at=at)
    accepted = Quote.objects.filter(origin=Origin.ACCEPTED_IN_BULK).count()

    undo(by=emil, at=at)
    waiting = Quote.objects.filter(origin=Origin.SUGGESTED).count()
    redo(by=emil, at=at)

    assert (accepted, waiting) == (2, 2)
    assert Quote.objects.filter(origin=Origin.ACCEPTED_IN_BULK, decided_by=emil).count() == 2


def test_of_a_bulk_what_somebody_changed_is_left_when_asked(alice: User, emil: User, at: datetime) -> None:
    article = make_article(by=alice, text=TWO_VOICES)
    first, second = suggest_quotes(article=article, by=alice, at=at)
    accept_quotes_above(article=article, confidence=0, by=emil, at=at)
    change_quote(quote=again(first), seen=2, by=alice, at=at, note="Heard it myself")

    with pytest.raises(ChangedSince) as refused:
        undo(by=emil, at=at)
    nothing = again(second).origin
    came_to = undo(by=emil, at=at, leaving=True)

    assert (refused.value.others, nothing) == (1, Origin.ACCEPTED_IN_BULK)
    assert [conflict.noun.uid for conflict in came_to.left] == [first.uid]
    assert (again(first).origin, again(second).origin) == (Origin.ACCEPTED_IN_BULK, Origin.SUGGESTED)


def test_undoing_a_change_of_a_tag_brings_its_further_categories_back(
    article: Article, alice: User, at: datetime
) -> None:
    tag = make_tag(article, by=alice)
    further = list(tag.project.codebook.categories.filter(slug__in=["spin", "euphemism"]))
    change_tag(tag=tag, seen=1, by=alice, at=at, secondary=further, severity=3)

    undo(by=alice, at=at)
    undone = list(tag.secondary.all()), again(tag).severity
    redo(by=alice, at=at)

    assert undone == ([], 1)
    assert [each.category for each in tag.secondary.all()] == further


def test_undoing_a_change_of_a_claim_brings_back_its_date_and_what_it_repeats(
    article: Article, alice: User, at: datetime
) -> None:
    claim, earlier = make_claim(article, by=alice), make_claim(article, "two years", by=alice)
    change_claim(
        claim=claim, seen=1, by=alice, at=at, claim_date=at.date(), date_basis="stated", same_as=earlier, risk="high",
        risk_reason="Markets move on it",
    )  # fmt: skip

    undo(by=alice, at=at)
    undone = again(claim)
    redo(by=alice, at=at)

    assert (undone.claim_date, undone.date_basis, undone.same_as, undone.risk) == (None, "unknown", None, "normal")
    redone = again(claim)
    assert (redone.claim_date, redone.same_as, redone.risk_reason) == (at.date(), earlier, "Markets move on it")


def test_attaching_weighing_and_detaching_evidence_is_undone_step_by_step(
    article: Article, alice: User, bob: User, at: datetime
) -> None:
    evidence = make_evidence(make_claim(article, by=alice), make_source(by=bob), by=bob)
    change_stance(evidence=evidence, stance="refutes", seen=1, by=bob, at=at)
    detach_evidence(evidence=evidence, seen=2, by=bob, at=at)
    stood: list[tuple[str, bool]] = []

    for _ in range(3):
        undo(by=bob, at=at)
        stood.append((again(evidence).stance, again(evidence).detached_at is None))

    assert stood == [("refutes", True), ("supports", True), ("supports", False)]


def test_undoing_what_was_said_of_a_sentence_brings_back_what_was_said_before(
    article: Article, alice: User, at: datetime
) -> None:
    reading = make_reading(article, by=alice, findings=1)
    start, end = sentences(article.head.text)[0]
    record_finding(reading=reading, words=Words(start, end), finding=Finding.OPINION, by=alice, at=at)
    said: list[str] = []

    for act in (undo, undo, redo):
        act(by=alice, at=at)
        said.append(reading.findings.latest("sequence").finding)

    assert said == ["nothing", "", "nothing"]


def test_undo_goes_back_step_by_step_and_redo_forward(article: Article, alice: User, at: datetime) -> None:
    quote = make_quote(article, by=alice)
    for number in ("one", "two", "three"):
        change_quote(quote=quote, seen=quote.version, by=alice, at=at, note=number)
    notes: list[str] = []

    for act in (undo, undo, redo, undo, undo, redo, redo, redo):
        act(by=alice, at=at)
        notes.append(again(quote).note)

    assert notes == ["two", "one", "two", "one", "", "one", "two", "three"]


def test_what_is_done_after_undoing_cuts_off_redoing(article: Article, alice: User, at: datetime) -> None:
    make_quote(article, by=alice)
    undo(by=alice, at=at)

    make_tag(article, by=alice)

    with pytest.raises(NothingToRedo):
        redo(by=alice, at=at)


def test_undo_is_still_there_tomorrow(article: Article, alice: User, at: datetime) -> None:
    quote = make_quote(article, by=alice)

    undo(by=User.objects.get(pk=alice.pk), at=at + timedelta(days=1))

    assert again(quote).retracted_at == at + timedelta(days=1)


def test_people_undo_their_own_acts_only(article: Article, alice: User, bob: User, at: datetime) -> None:
    quote = make_quote(article, by=alice)
    tag = make_tag(article, by=bob)

    undo(by=bob, at=at)

    assert (again(quote).is_live, again(tag).is_live) == (True, False)
    with pytest.raises(NothingToUndo):
        undo(by=bob, at=at)


def test_what_somebody_changed_since_is_refused_with_both_sides(
    article: Article, alice: User, bob: User, at: datetime
) -> None:
    claim = make_claim(article, by=alice)
    change_claim(claim=claim, seen=1, by=alice, at=at, canonical="It costs 12 million.")
    change_claim(claim=claim, seen=2, by=bob, at=at, canonical="The repair costs 12 million.")

    with pytest.raises(ChangedSince) as refused:
        undo(by=alice, at=at)

    [conflict] = refused.value.conflicts
    assert (conflict.act.after, conflict.noun.canonical, conflict.newer and conflict.newer.person) == (
        {"canonical": "It costs 12 million."},
        "The repair costs 12 million.",
        bob,
    )
    assert again(claim).version == 3


def test_words_that_somebody_moved_since_are_refused(article: Article, alice: User, bob: User, at: datetime) -> None:
    tag = make_tag(article, by=alice)
    place_mark(mark=tag, base=1, words=words_of(article, "the decision was reckless"), by=bob, at=at)

    with pytest.raises(ChangedSince):
        undo(by=alice, at=at)

    assert again(tag).is_live


def test_a_change_that_no_act_tells_of_is_refused_by_its_version(article: Article, alice: User, at: datetime) -> None:
    quote = make_quote(article, by=alice)
    change_quote(quote=quote, seen=1, by=alice, at=at, noted=None, note="A split of speakers")

    with pytest.raises(ChangedSince) as refused:
        undo(by=alice, at=at)

    assert refused.value.conflicts[0].newer is None


def test_what_somebody_changed_and_undid_stands_in_nobodys_way(
    article: Article, alice: User, bob: User, at: datetime
) -> None:
    claim = make_claim(article, by=alice)
    change_claim(claim=claim, seen=1, by=bob, at=at, note="Really?")
    undo(by=bob, at=at)

    undo(by=alice, at=at)

    assert not again(claim).is_live


def test_saving_a_form_as_it_stood_is_nothing_to_undo(article: Article, alice: User, at: datetime) -> None:
    quote = make_quote(article, by=alice)
    change_quote(quote=quote, seen=1, by=alice, at=at, note="", kind="direct")

    undo(by=alice, at=at)

    assert not again(quote).is_live


def test_an_older_act_is_undone_by_itself(article: Article, alice: User, at: datetime) -> None:
    quote, tag = make_quote(article, by=alice), make_tag(article, by=alice)

    undo_act(act=Act.objects.get(noun=quote.uid), by=alice, at=at)

    assert (again(quote).is_live, again(tag).is_live) == (False, True)


def test_acts_are_undone_once_and_by_whoever_did_them(article: Article, alice: User, bob: User, at: datetime) -> None:
    make_quote(article, by=alice)
    act = Act.objects.get()

    with pytest.raises(NothingToUndo):
        undo_act(act=act, by=bob, at=at)
    undo_act(act=act, by=alice, at=at)
    with pytest.raises(NothingToUndo):
        undo_act(act=act, by=alice, at=at)


def test_an_act_in_the_way_is_passed_over_when_asked(article: Article, alice: User, bob: User, at: datetime) -> None:
    quote, claim = make_quote(article, by=alice), make_claim(article, by=alice)
    change_claim(claim=claim, seen=1, by=bob, at=at, note="Really?")

    undo(by=alice, at=at, before=Act.objects.get(noun=claim.uid, verb=Verb.RECORD))

    assert (again(quote).is_live, again(claim).is_live) == (False, True)


def test_a_quote_that_somebody_recorded_meanwhile_keeps_the_old_one_retracted(
    article: Article, alice: User, bob: User, at: datetime
) -> None:
    speaker = make_speaker(by=alice)
    make_quote(article, by=alice, speaker=speaker)
    undo(by=alice, at=at)
    make_quote(article, by=bob, speaker=speaker)

    with pytest.raises(ChangedSince) as refused:
        redo(by=alice, at=at)

    assert "already" in refused.value.conflicts[0].reason


def test_a_claim_that_somebody_found_evidence_on_is_not_taken_away(
    article: Article, alice: User, bob: User, at: datetime
) -> None:
    claim = make_claim(article, by=alice)
    evidence = make_evidence(claim, make_source(by=bob), by=bob)

    with pytest.raises(ChangedSince) as refused:
        undo(by=alice, at=at)

    assert [resting.noun for resting in refused.value.conflicts[0].resting] == [evidence]
    assert again(claim).is_live


def test_a_quote_that_somebody_made_a_claim_of_is_not_taken_away(
    article: Article, alice: User, bob: User, at: datetime
) -> None:
    quote = make_quote(article, by=alice)
    claim = make_claim(article, by=bob, quote=quote)

    with pytest.raises(ChangedSince) as refused:
        undo(by=alice, at=at)

    assert [resting.noun for resting in refused.value.conflicts[0].resting] == [claim]


def approved(article: Article, bob: User, dana: User, at: datetime) -> FactCheck:
    """A check that a second person approved a day after the evidence was attached."""
    claim = make_claim(article, by=bob)
    make_evidence(claim, make_source(by=bob), by=bob)
    check = make_check(claim, checker=bob)
    check = send_to_review(check=check, seen=check.version, by=bob, at=at)
    review_check(check=check, seen=check.version, decision="approve", by=dana, at=at + timedelta(days=1))
    return check


def test_reviews_and_publications_are_nobodys_acts_and_nothing_is_undone_under_them(
    article: Article, bob: User, dana: User, alice: User, at: datetime
) -> None:
    check = approved(article, bob, dana, at)
    acts = Act.objects.count()
    publish_verdict(check=check, seen=check.version, by=alice, at=at + timedelta(days=2))

    for person in (dana, alice):
        with pytest.raises(NothingToUndo):
            undo(by=person, at=at)
    with pytest.raises(ChangedSince) as refused:
        undo(by=bob, at=at + timedelta(days=3))

    assert Act.objects.count() == acts
    assert [str(each.what) for each in refused.value.conflicts[0].resting] == [
        "An approving review",
        "A published verdict",
    ]
    assert again(check).state == "published"


def test_without_a_decision_on_it_the_same_evidence_is_detached(article: Article, bob: User, at: datetime) -> None:
    claim = make_claim(article, by=bob)
    make_evidence(claim, make_source(by=bob), by=bob)
    check = make_check(claim, checker=bob)
    send_to_review(check=check, seen=check.version, by=bob, at=at)

    undo(by=bob, at=at)

    assert (Evidence.objects.get().detached_by, again(check).state) == (bob, "drafted")


def test_acts_in_an_article_one_may_no_longer_know_of_are_passed_over(
    article: Article, alice: User, emil: User, at: datetime
) -> None:
    other = make_article(by=alice)
    quote, kept = make_quote(other, by=emil), make_tag(article, by=emil)
    article.change(seen=article.version, access="restricted", access_reason="A source at risk")

    undo(by=emil, at=at)

    assert (again(quote).is_live, again(kept).is_live) == (False, True)


def test_recording_a_mark_costs_one_statement_more(
    article: Article, alice: User, at: datetime, django_assert_num_queries: Any
) -> None:
    words = words_of(article, "“We had no choice,”")
    act: dict[str, Any] = {"article": article, "base": 1, "words": words, "kind": "direct", "by": alice, "at": at}

    with django_assert_num_queries(6):
        record_quote(**act, noted=None)
    with django_assert_num_queries(7):
        record_quote(**act)


def test_what_came_in_bulk_is_nobodys_act(article: Article, alice: User, at: datetime) -> None:
    suggest_quotes(article=article, by=alice, at=at)

    assert Quote.objects.exists()
    assert not Act.objects.exists()


def test_undoing_all_leaves_what_others_did(article: Article, alice: User, bob: User, at: datetime) -> None:
    make_claim(article, by=bob)
    make_quote(article, by=alice)
    make_claim(article, "two years", by=alice)

    undo(by=alice, at=at)
    undo(by=alice, at=at)

    with pytest.raises(NothingToUndo):
        undo(by=alice, at=at)
    assert (Quote.objects.live().count(), list(Claim.objects.live())) == (0, list(Claim.objects.filter(created_by=bob)))
