"""Many articles at once are the same articles as one by one."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations.models import Batch, BiasTag, Claim
from annotations.operations.checking.claims import record_claim
from annotations.operations.desk.batchlines import record_lines
from annotations.operations.desk.bulk import Result, bring_in_many
from annotations.operations.desk.intake import bring_in
from annotations.operations.desk.wires import receive_wire_item
from annotations.operations.workbench.bias import tag_bias
from annotations.tasks import follow_up
from articles.ingest.records import read_lines
from articles.models import (
    Anchor,
    Article,
    Capture,
    CurrentAnchor,
    Fingerprint,
    Intake,
    Quote,
    Revision,
    Span,
    Speaker,
    WireIdentity,
    WireItem,
)
from articles.operations.captures import keep_capture
from articles.operations.quotes import record_quote
from newsdesk.models import User
from tests.factories import make_speaker, words_of
from tests.factories.records import CLAIM, QUOTE, TAG, annotated, ndjson, record

# What differs between any two rows: their own names and whatever points to other rows.
OWN = {"id", "uid", "slug", "revision_id", "capture_id", "article_id", "head_id", "span_id", "anchor_id", "identity_id"}


def _bring_in(*records: Any, by: User, at: datetime, judging: bool = True) -> list[Result]:
    lines = list(record_lines(io.BytesIO(ndjson(*records))))
    return bring_in_many(lines, batch=_batch(by=by, at=at, judging=judging), at=at)


def _batch(*, by: User, at: datetime, judging: bool = True) -> Batch:
    return Batch.objects.create(is_judging=judging, created_by=by, created_at=at)


def _rows(model: type[models.Model]) -> list[dict[str, Any]]:
    """All rows in the order they were made, without what differs between any two."""
    names = [field.attname for field in model._meta.concrete_fields if field.attname not in OWN]
    rows = model._base_manager.order_by("pk").values(*names)
    return [
        {name: bytes(value) if isinstance(value, memoryview) else value for name, value in row.items()} for row in rows
    ]


def _fingerprint_all() -> None:
    for job in ProcrastinateJob.objects.filter(task_name="annotations.follow_up"):
        follow_up(**job.args)


FULL = {
    "language": "en",
    "outlet": "The Harbour Post",
    "byline": "Mia Lund\tand others \\ staff",
    "dateline": "PORTO, May 13 –",
    "credit": "HP/News",
    "section": "City",
    "canonical_url": "https://harbour.example/bridge",
    "published_at": "2025-05-13T09:30:00+00:00",
    "date_basis": "stated",
    "embargoed_until": "2025-05-14T06:00:00+00:00",
    "editor_note": "Adds the mayor.",
    "usage_terms": "No archive.",
    "removed": [{"text": "Share this", "rule": "share-bar", "position": 1}],
    "errors": ['The byline was "guessed", {maybe}.'],
}


@pytest.mark.parametrize("said", [{}, FULL], ids=["bare", "full"])
def test_an_article_made_in_bulk_is_the_one_made_singly(alice: User, at: datetime, said: dict[str, Any]) -> None:
    content = ndjson(record(**said))

    [incoming] = read_lines([content])
    bring_in(
        incoming=incoming,
        content=content,
        media_type="application/x-ndjson",
        reader="records",
        by=alice,
        at=at,
        unattended=True,
    )
    _bring_in(record(**said), by=alice, at=at)
    _fingerprint_all()

    for model in (Article, Revision, Fingerprint, Intake):
        single, bulk = _rows(model)
        assert single == bulk, model
    assert Capture.objects.count() == 1  # the same bytes are kept once
    assert not apps.get_model("articles.ArticleEvent").objects.exists()


def test_marks_made_in_bulk_are_those_made_singly(alice: User, at: datetime) -> None:
    duarte = make_speaker(by=alice, at=at)
    _bring_in(annotated(QUOTE, CLAIM, TAG | {"secondary": ["loaded-language"]}), by=alice, at=at)

    _bring_in(record(), by=alice, at=at)
    single = Article.objects.latest("pk")
    quote = words_of(single, QUOTE["exact"])
    record_quote(article=single, base=1, words=quote, kind="direct", speaker=duarte, cue="said", by=alice, at=at)
    claim = words_of(single, CLAIM["exact"])
    record_claim(article=single, base=1, words=claim, canonical=CLAIM["exact"], claimant_kind="author", by=alice, at=at)
    tag = BiasTag.objects.get()
    words, secondary = words_of(single, TAG["exact"]), [tag.secondary.get().category]
    tag_bias(
        article=single, base=1, words=words, category=tag.category, severity=2, secondary=secondary, by=alice, at=at
    )

    for model in (Span, Anchor, Quote, Claim, BiasTag):
        rows = _rows(model)
        assert rows[: len(rows) // 2] == rows[len(rows) // 2 :], model
    assert CurrentAnchor.objects.count() == 6


def test_the_first_message_of_a_wire_is_logged_as_single_ones_are(alice: User, at: datetime) -> None:
    content = ndjson(record(provider="hp", guid="urn:1", version=3))
    [incoming] = read_lines([content])
    capture = keep_capture(content=content, media_type="application/x-ndjson", by=alice, at=at)

    _bring_in(record(provider="other", guid="urn:2", version=3), by=alice, at=at)
    receive_wire_item(incoming=incoming, capture=capture, reader="records", by=alice, at=at)

    bulk, single = _rows(WireIdentity)
    assert (bulk.pop("guid"), single.pop("guid")) == ("urn:2", "urn:1")
    assert (bulk.pop("provider"), single.pop("provider")) == ("other", "hp")
    assert bulk == single
    bulk_item, single_item = _rows(WireItem)
    assert bulk_item.pop("record") == single_item.pop("record") | {"provider": "other", "guid": "urn:2"}
    assert len({bulk_item.pop("record_sha256"), single_item.pop("record_sha256")}) == 2
    assert bulk_item == single_item


def test_what_a_wire_has_sent_before_is_known_and_a_newer_version_revises(alice: User, at: datetime) -> None:
    item = record(provider="hp", guid="urn:1", version=2)
    [first] = _bring_in(item, by=alice, at=at)

    same, newer, older = _bring_in(
        item,
        record("Council closes the harbour bridge", provider="hp", guid="urn:1", version=3),
        item | {"version": 1},
        by=alice,
        at=at,
    )

    assert [result.status for result in (first, same, newer, older)] == ["created", "known", "known", "known"]
    assert {result.uid for result in (same, newer, older)} == {first.uid}
    assert Article.objects.get().head.number == 2
    assert list(WireItem.objects.order_by("pk").values_list("outcome", flat=True)) == [
        "created",
        "ignored_same",
        "revised",
        "ignored_older",
    ]


def test_two_messages_of_one_conversation_in_one_part_make_one_article(alice: User, at: datetime) -> None:
    results = _bring_in(
        record(provider="hp", guid="urn:1", version=1), record(provider="hp", guid="urn:1", version=1), by=alice, at=at
    )

    assert [result.status for result in results] == ["created", "known"]
    assert results[0].uid == results[1].uid


def test_a_line_that_cannot_be_read_is_refused_and_the_others_go_in(alice: User, at: datetime) -> None:
    lines = record_lines(
        io.BytesIO(ndjson(record()) + b"{broken\n\n" + ndjson({"headline": "x", "blocks": []}, record()))
    )

    results = bring_in_many(list(lines), batch=_batch(by=alice, at=at), at=at)

    assert [(result.line, result.status) for result in results] == [
        (1, "created"),
        (2, "refused"),
        (4, "refused"),
        (5, "created"),
    ]
    assert "not JSON" in results[1].errors[0][1]


def test_a_line_that_breaks_a_law_is_refused_by_its_name_and_the_others_go_in(alice: User, at: datetime) -> None:
    good, bad = record(), record(version=10**30, guid="urn:9", provider="hp")

    results = _bring_in(good, bad, good, by=alice, at=at)

    assert [result.status for result in results] == ["created", "refused", "created"]
    assert "law" in results[1].errors[0][1]


def test_whoever_may_not_judge_brings_in_no_judgements(alice: User, at: datetime) -> None:
    results = _bring_in(annotated(QUOTE), record(), by=alice, at=at, judging=False)

    assert [result.status for result in results] == ["refused", "created"]
    assert not Quote.objects.exists()


def test_what_a_machine_proposed_stays_a_suggestion_and_adds_no_speaker(alice: User, at: datetime) -> None:
    _bring_in(annotated(QUOTE | {"origin": "accepted", "proposer": "finder", "confidence": 0.9}), by=alice, at=at)

    quote = Quote.objects.get()
    assert (quote.origin, quote.proposer, quote.confidence, quote.decided_by) == ("suggested", "finder", 0.9, None)
    assert (quote.speaker, quote.mention) == (None, "Ines Duarte")
    assert not Speaker.objects.exists()


def test_a_person_who_is_quoted_becomes_a_speaker_once(alice: User, at: datetime) -> None:
    _bring_in(annotated(QUOTE), annotated(QUOTE | {"speaker": "ines duarte"}), by=alice, at=at)
    _bring_in(annotated(QUOTE), by=alice, at=at)

    speaker = Speaker.objects.get()
    assert list(Quote.objects.values_list("speaker", flat=True)) == [speaker.pk] * 3


def test_a_name_that_two_speakers_have_is_kept_as_printed(alice: User, at: datetime) -> None:
    make_speaker(by=alice), make_speaker(by=alice)

    _bring_in(annotated(QUOTE), by=alice, at=at)

    assert (Quote.objects.get().speaker, Quote.objects.get().mention) == (None, "Ines Duarte")


@pytest.mark.parametrize(
    ("annotation", "why"),
    [
        (QUOTE | {"kind": "shouted"}, "kind must be one of"),
        (QUOTE | {"cue": "x" * 201}, "cue may have 200 characters"),
        (QUOTE | {"cue": 5}, "cue must be a string"),
        (QUOTE | {"cue": "a\u202eb"}, "cue cannot be kept"),
        (QUOTE | {"origin": "rejected", "proposer": "finder"}, "It was rejected"),
        (QUOTE | {"origin": "suggested"}, "Give proposer"),
        (QUOTE | {"origin": "human", "proposer": "finder"}, "no proposer"),
        (QUOTE | {"proposer": "finder", "confidence": 2}, "confidence must be"),
        (CLAIM | {"claimant": "speaker"}, "names its speaker"),
        (CLAIM | {"claim_date": "soon"}, "must be a day"),
        (CLAIM | {"claim_date": "2025-05-01", "date_basis": "unknown"}, "date_basis is not unknown"),
        (TAG | {"category": "rudeness"}, "no category rudeness"),
        (TAG | {"severity": 9}, "severity must be one of"),
        (TAG | {"polarity": 1}, "Name the target"),
        (TAG | {"secondary": ["spin"]}, "each category once"),
        (TAG | {"secondary": "spin"}, "list of strings"),
        ({"type": "verdict", "exact": "no choice"}, "no annotations of the type verdict"),
    ],
)
def test_a_judgement_that_makes_no_sense_is_left_out_and_said(
    alice: User, at: datetime, annotation: dict[str, Any], why: str
) -> None:
    [result] = _bring_in(annotated(annotation), by=alice, at=at)

    assert result.status == "created"
    assert [why in sentence for _field, sentence in result.errors] == [True]
    assert why in Intake.objects.get().errors[0]
    assert not Span.objects.exists()


def test_the_same_quote_twice_in_one_record_comes_in_once(alice: User, at: datetime) -> None:
    [result] = _bring_in(annotated(QUOTE, QUOTE), by=alice, at=at)

    assert Quote.objects.count() == 1
    assert "a quote of this speaker already" in result.errors[0][1]


def test_a_line_that_is_longer_than_any_record_is_refused_without_being_kept(
    alice: User, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotations.operations.desk.batchlines.LONGEST_LINE", 2_000)
    monkeypatch.setattr("articles.ingest.records.LONGEST_LINE", 2_000)
    lines = list(record_lines(io.BytesIO(ndjson(record("a" * 9_000), record()))))

    assert [len(line.piece.content) for line in lines] == [2_001, len(ndjson(record()))]
    assert [result.status for result in bring_in_many(lines, batch=_batch(by=alice, at=at), at=at)] == [
        "refused",
        "created",
    ]
