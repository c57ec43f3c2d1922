"""Every error that writing articles, marks, speakers and sources can answer with, raised once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from articles.anchoring.selectors import ExactMismatch, OffsetsOutside
from articles.anchoring.text import TextRefused
from articles.models import Anchor, Capture, Intake, Passage, Quote, Snapshot, Source, Span, Speaker, Stale
from articles.naming.keys import whole_keys
from articles.operations.articles import change_article, move_article
from articles.operations.captures import keep_capture
from articles.operations.quotes import AlreadyRetracted, change_quote, record_quote, retract_quote
from articles.operations.sources import SourceTextMissing, capture_snapshot, change_source, store_source
from articles.operations.spans import StaleRevision, TextMismatch, Words, mark_spans
from articles.operations.speakers import MergeImpossible, change_speaker, merge_speakers
from newsdesk.models import User
from tests.factories import AT, TEXT, make_article, make_quote, make_source, make_speaker

STORY = "A headline\n\n“Here 😀 is the quote,” she said.\n"


def test_an_article_keeps_the_bytes_it_came_from_and_who_brought_it(alice: User) -> None:
    article = make_article(by=alice)

    intake = Intake.objects.select_related("capture").get()
    assert bytes(intake.capture.content) == TEXT.encode()
    assert (intake.article, intake.created_by, article.head.number) == (article, alice, 1)


def test_the_same_bytes_are_kept_once(alice: User) -> None:
    for _ in range(2):
        keep_capture(content=b"words", media_type="text/plain", by=alice, at=AT)

    assert Capture.objects.count() == 1


def test_a_quote_counts_code_points(alice: User) -> None:
    article = make_article(by=alice, text=STORY)

    quote = make_quote(article, "is the quote", by=alice)

    anchor = Anchor.objects.get(span=quote.span)
    assert article.head.text[anchor.start : anchor.end] == "is the quote"
    assert (anchor.start, anchor.end) == (20, 32)


@pytest.mark.parametrize(
    ("words", "base", "error"),
    [
        (Words(0, 9_999), 1, OffsetsOutside),
        (Words(5, 5), 1, OffsetsOutside),
        (Words(-1, 5), 1, OffsetsOutside),
        (Words(0, 7, exact="Parliam"), 1, ExactMismatch),
        (Words(0, 7, text_sha256="0" * 64), 1, TextMismatch),
        (Words(0, 7), 2, StaleRevision),
        (Words(0, 7), 0, StaleRevision),
    ],
)
def test_words_that_do_not_stand_there_are_refused_and_leave_nothing(
    alice: User, words: Words, base: int, error: type[Exception]
) -> None:
    article = make_article(by=alice)

    with pytest.raises(error), transaction.atomic():
        record_quote(article=article, base=base, words=words, kind="direct", by=alice, at=AT)

    assert not Quote.objects.exists()
    assert not Span.objects.exists()


def test_of_many_marks_one_wrong_one_refuses_all(alice: User) -> None:
    article = make_article(by=alice)

    with pytest.raises(OffsetsOutside), transaction.atomic():
        mark_spans(article=article, base=1, words=[Words(0, 7), Words(0, 9_999)], by=alice, at=AT)

    assert not Span.objects.exists()


def test_a_retracted_quote_stays_and_does_not_change_any_more(alice: User) -> None:
    quote = make_quote(make_article(by=alice), by=alice)

    retract_quote(quote=quote, seen=1, by=alice, at=AT, reason="Not a quote")

    with pytest.raises(AlreadyRetracted):
        change_quote(quote=quote, seen=2, by=alice, at=AT, cue="said")
    with pytest.raises(AlreadyRetracted):
        retract_quote(quote=quote, seen=2, by=alice, at=AT)
    assert Quote.objects.get().retraction_reason == "Not a quote"
    assert not Quote.objects.live().exists()


def test_a_quote_of_a_merged_name_is_of_the_speaker_that_stands(alice: User) -> None:
    kept, merged = make_speaker(by=alice), make_speaker(by=alice, name="I. Duarte")
    merge_speakers(kept=kept, merged=merged, seen_kept=1, seen_merged=1, by=alice, at=AT)

    quote = make_quote(make_article(by=alice), by=alice, speaker=Speaker.objects.get(pk=merged.pk))

    assert quote.speaker == kept


def test_a_merge_takes_names_along_and_whoever_was_merged_before(alice: User) -> None:
    first, second, third = (make_speaker(by=alice, name=name) for name in ("Ines Duarte", "I. Duarte", "Inês D."))
    merge_speakers(kept=second, merged=third, seen_kept=1, seen_merged=1, by=alice, at=AT)

    kept = merge_speakers(kept=first, merged=second, seen_kept=1, seen_merged=2, by=alice, at=AT)

    assert kept.aliases == ["I. Duarte", "Inês D."]
    assert {speaker.merged_into for speaker in Speaker.objects.exclude(pk=kept.pk)} == {kept}
    assert Speaker.objects.unmerged().named(*whole_keys("Ines D.")).get() == kept


def test_names_that_cannot_be_merged_are_left_alone(alice: User) -> None:
    kept, merged, other = (make_speaker(by=alice, name=name) for name in ("Ines Duarte", "I. Duarte", "Rui Costa"))
    merge_speakers(kept=kept, merged=merged, seen_kept=1, seen_merged=1, by=alice, at=AT)

    for one, two in ((kept, kept), (other, merged), (merged, other)):
        with pytest.raises(MergeImpossible):
            merge_speakers(kept=one, merged=two, seen_kept=one.version, seen_merged=two.version, by=alice, at=AT)


def test_a_merge_that_is_half_stale_leaves_nothing(alice: User) -> None:
    kept, merged = make_speaker(by=alice), make_speaker(by=alice, name="I. Duarte")

    with pytest.raises(Stale):
        merge_speakers(kept=kept, merged=merged, seen_kept=9, seen_merged=1, by=alice, at=AT)

    assert Speaker.objects.get(pk=merged.pk).merged_into is None


def test_a_renamed_speaker_is_found_by_the_new_name(alice: User) -> None:
    speaker = make_speaker(by=alice)

    change_speaker(speaker=speaker, seen=1, by=alice, at=AT, name="Ines Šimić")

    assert Speaker.objects.named("simik").get() == speaker
    assert not Speaker.objects.named(*whole_keys("Duarte")).exists()


@pytest.mark.parametrize(
    ("text", "error"), [(" \n\n ", SourceTextMissing), ("a\x00b", TextRefused), ("a\ud800b", TextRefused)]
)
def test_a_source_without_a_text_is_not_stored(alice: User, text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        store_source(title="Estimate", text=text, basis="capture", by=alice, at=AT)

    assert not Source.objects.exists()


def test_a_source_is_cut_into_passages_that_stand_in_its_text(alice: User) -> None:
    make_source(by=alice, text="\n\nFirst paragraph,\nstill the first.\n\n \nSecond 😀 one.\n")

    snapshot = Snapshot.objects.get()
    passages = list(Passage.objects.order_by("position"))
    assert [passage.text for passage in passages] == ["First paragraph,\nstill the first.", "Second 😀 one."]
    assert [snapshot.text[passage.start : passage.end] for passage in passages] == [each.text for each in passages]


def test_a_second_capture_leaves_the_first(alice: User) -> None:
    source = make_source(by=alice)

    capture_snapshot(source=source, text="The estimate rose to 14 million.", basis="capture", by=alice, at=AT)

    assert [snapshot.number for snapshot in source.snapshots.order_by("number")] == [1, 2]


CHANGES: list[tuple[str, Callable[[User], Any], Callable[..., Any]]] = [
    ("article", lambda by: make_article(by=by), change_article),
    ("quote", lambda by: make_quote(make_article(by=by), by=by), change_quote),
    ("speaker", lambda by: make_speaker(by=by), change_speaker),
    ("source", lambda by: make_source(by=by), change_source),
]


@pytest.mark.parametrize(("name", "make", "change"), CHANGES, ids=[name for name, _, _ in CHANGES])
def test_a_change_of_what_somebody_else_changed_is_stale(
    alice: User, name: str, make: Callable[[User], Any], change: Callable[..., Any]
) -> None:
    noun = make(alice)
    again = type(noun)._base_manager.get(pk=noun.pk)
    noun.change(seen=1)

    with pytest.raises(Stale) as refusal:
        change(**{name: again}, seen=1, by=alice, at=AT)

    assert (refusal.value.seen, refusal.value.noun.version) == (1, 2)


@pytest.mark.parametrize(("name", "make", "change"), CHANGES, ids=[name for name, _, _ in CHANGES])
def test_only_what_is_changeable_changes(
    alice: User, name: str, make: Callable[[User], Any], change: Callable[..., Any]
) -> None:
    with pytest.raises(TypeError, match="created_by"):
        change(**{name: make(alice)}, seen=1, by=alice, at=AT, created_by=alice)


def test_a_stale_step_to_another_state_is_refused(alice: User) -> None:
    article = make_article(by=alice)

    with pytest.raises(Stale):
        move_article(article=article, state="checking", seen=7, by=alice, at=AT)
