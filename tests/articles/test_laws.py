"""What the database itself refuses, whoever writes: operations are bypassed on purpose."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from pytest_django import DjangoDbBlocker

from articles.models import (
    Act,
    Admission,
    Anchor,
    Article,
    Capture,
    CurrentAnchor,
    Declaration,
    Draft,
    Feed,
    FeedEntry,
    FetchRequest,
    Fingerprint,
    Hold,
    Intake,
    LexemeCount,
    OutletRequest,
    Passage,
    Polling,
    ProposedSpeaker,
    Publication,
    Quote,
    QuotedWords,
    ReaderAddress,
    Revision,
    Snapshot,
    Source,
    SourceAdmission,
    Span,
    Speaker,
    WireAnswer,
    WireIdentity,
    WireItem,
)
from newsdesk.models import User
from tests.factories import AT, make_article, make_quote
from tests.factories.laws import (
    check_constraints,
    copy,
    history_tables,
    plain_sql,
    refused,
    run,
    tables_with_trigger,
)
from tests.factories.whole import WholeDesk, make_whole_desk


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[WholeDesk]:
    """One desk for all tests of this module: each breaks a law, so none of them changes it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_whole_desk()
        transaction.set_rollback(True)


STOPPED = {"ground": "stopped", "wire_item_id": None, "placed_as": "editor", "reason": "A letter of their lawyer."}
PULLED = {**STOPPED, "ground": "pulled", "placed_as": "reviewer"}
LIFTED = {"lifted_by_id": 1, "lifted_at": AT}
CHECKS: list[tuple[str, type[models.Model], dict[str, Any]]] = [
    ("act_verb_is_known", Act, {"verb": "dream"}),
    ("act_that_reverses_names_which", Act, {"step": "undo"}),
    ("act_versions_in_order", Act, {"version_before": 2, "version_after": 1}),
    ("act_position_is_in_a_group", Act, {"position": 1}),
    ("article_state_is_known", Article, {"state": "lost"}),
    ("article_rights_are_known", Article, {"rights": "borrowed"}),
    ("article_date_basis_is_known", Article, {"date_basis": "guessed"}),
    ("article_date_has_a_basis", Article, {"published_at": AT, "date_basis": "unknown"}),
    ("article_restriction_has_a_reason", Article, {"access": "restricted", "access_reason": ""}),
    ("article_removed_lines_are_opened_by_name", Article, {"removed_seen_at": AT}),
    ("article_that_came_unattended_was_looked_at", Article, {"came_unattended": True, "state": "approved"}),
    ("revision_number_from_one", Revision, {"number": 0}),
    ("revision_headline_is_not_empty", Revision, {"headline": " \n"}),
    ("revision_text_starts_with_headline", Revision, {"headline": "Another headline"}),
    ("revision_text_matches_its_hash", Revision, {"text_sha256": "0" * 64}),
    ("capture_matches_its_hash", Capture, {"content": b"other bytes"}),
    ("intake_became_an_article_or_says_why_not", Intake, {"refusal": "Too long."}),
    ("anchor_offsets_in_order", Anchor, {"start": 9, "end": 9}),
    ("anchor_without_a_place_has_no_offsets", Anchor, {"state": "orphaned"}),
    ("anchor_has_words", Anchor, {"exact": ""}),
    ("speaker_is_not_merged_into_itself", Speaker, {"pk": 10**9, "merged_into_id": 10**9}),
    ("speaker_has_a_name", Speaker, {"name": "  "}),
    ("speaker_kind_is_known", Speaker, {"kind": "ghost"}),
    ("articles_quote_machine_has_a_name", Quote, {"origin": "suggested", "proposer": ""}),
    ("articles_quote_decision_has_a_person", Quote, {"origin": "accepted", "proposer": "rules"}),
    ("articles_quote_retraction_has_a_person", Quote, {"retracted_at": AT}),
    ("articles_quote_confidence_is_a_share", Quote, {"confidence": 1.5}),
    ("quote_kind_is_known", Quote, {"kind": "sung"}),
    ("quote_wording_is_known", Quote, {"wording": "hummed"}),
    ("source_has_a_title", Source, {"title": " "}),
    ("source_rights_are_known", Source, {"rights": "borrowed"}),
    ("source_restriction_has_a_reason", Source, {"access": "restricted", "access_reason": ""}),
    ("snapshot_has_text", Snapshot, {"text": " "}),
    ("snapshot_basis_is_known", Snapshot, {"basis": "hearsay"}),
    ("snapshot_text_matches_its_hash", Snapshot, {"text_sha256": "0" * 64}),
    ("feed_has_a_name", Feed, {"name": " ", "url": "https://other.example/"}),
    ("feed_interval_is_polite", Feed, {"interval_minutes": 4, "url": "https://other.example/"}),
    ("feed_entry_became_an_article_or_says_why_not", FeedEntry, {"guid": "2", "article": None}),
    ("polling_failures_have_a_reason", Polling, {"failures": 1}),
    ("fetch_request_state_is_known", FetchRequest, {"state": "lost", "ended_at": AT}),
    ("fetch_request_purpose_is_known", FetchRequest, {"purpose": "fun"}),
    ("fetch_request_fetched_what", FetchRequest, {"state": "fetched", "ended_at": AT}),
    ("fetch_request_refused_why", FetchRequest, {"state": "refused", "ended_at": AT}),
    ("fetch_request_ended_when", FetchRequest, {"state": "canceled"}),
    ("fetch_request_source_has_its_purpose", FetchRequest, {"source_id": 1}),
    ("passage_offsets_in_order", Passage, {"start": 5, "end": 5}),
    ("fingerprint_hash_is_hexadecimal", Fingerprint, {"folded_sha256": "G" * 64}),
    (
        "proposed_speaker_has_a_name_or_a_reason",
        ProposedSpeaker,
        {"name": "Ines Duarte", "why_unnamed": "Nobody is named."},
    ),
    ("publication_number_from_one", Publication, {"number": 0}),
    ("quoted_words_are_of_a_quote_or_a_passage", QuotedWords, {"quote_id": None, "passage_id": None}),
    ("wire_identity_has_a_guid", WireIdentity, {"guid": ""}),
    ("wire_status_is_known", WireItem, {"pub_status": "rumoured"}),
    ("wire_outcome_is_known", WireItem, {"outcome": "lost"}),
    ("wire_version_from_zero", WireItem, {"version": -1}),
    ("wire_text_became_a_revision", WireItem, {"revision_id": None}),
    ("wire_text_that_waits_is_kept", WireItem, {"outcome": "waiting", "record": {}}),
    ("wire_refusal_says_why", WireItem, {"outcome": "refused", "refusal": ""}),
    ("wire_answer_names_the_text_taken", WireAnswer, {"answer": "taken", "revision_id": None}),
    ("declaration_kind_is_known", Declaration, {"kind": "rumour"}),
    ("declaration_says_what_was_wrong", Declaration, {"text": " \n"}),
    ("outlet_request_says_what_is_wrong", OutletRequest, {"text": " "}),
    ("outlet_request_names_the_outlet", OutletRequest, {"asked_of": " "}),
    ("outlet_answer_is_known", OutletRequest, {"answer": "maybe", "answered_by_id": 1, "answered_date": AT.date()}),
    ("outlet_answer_has_a_date_and_a_person", OutletRequest, {"answer": "refused"}),
    (
        "outlet_answer_follows_the_request",
        OutletRequest,
        {"answer": "refused", "answered_by_id": 1, "answered_date": date(2000, 1, 1)},
    ),
    ("hold_ground_is_known", Hold, {"ground": "boredom"}),
    ("hold_of_a_provider_names_its_message", Hold, {"reason": "Because."}),
    ("hold_of_the_desk_has_a_reason", Hold, {**STOPPED, "reason": " "}),
    ("hold_of_the_desk_is_placed_in_a_role", Hold, {**STOPPED, "placed_as": "reviewer"}),
    ("hold_is_lifted_by_the_role_that_placed_it", Hold, {**STOPPED, **LIFTED, "lifted_as": "counsel"}),
    ("hold_is_agreed_on_by_name", Hold, {**STOPPED, "agreed_by_id": 1, "agreed_at": AT}),
    ("hold_that_was_pulled_is_put_back_by_two", Hold, {**PULLED, **LIFTED, "lifted_as": "reviewer"}),
    (
        "hold_that_was_pulled_is_put_back_by_two",
        Hold,
        {**PULLED, **LIFTED, "lifted_as": "reviewer", "agreed_by_id": 1, "agreed_at": AT},
    ),
    ("hold_is_acknowledged_by_name", Hold, {"acknowledged_at": AT}),
    ("hold_is_lifted_by_name", Hold, {"lifted_at": AT}),
]


@pytest.mark.parametrize(("law", "model", "change"), CHECKS, ids=[law for law, _, _ in CHECKS])
def test_a_row_that_breaks_a_check_is_refused(
    desk: WholeDesk, law: str, model: type[models.Model], change: dict[str, Any]
) -> None:
    refused(law, copy(model, **change))


def test_every_check_was_broken_once(desk: WholeDesk) -> None:
    assert {law for law, _, _ in CHECKS} == check_constraints("articles")


@pytest.mark.parametrize(
    ("law", "model", "change"),
    [
        ("revision_number_once", Revision, {}),
        ("draft_one_per_author", Draft, {}),
        ("admission_once", Admission, {}),
        ("anchor_sequence_once", Anchor, {}),
        ("snapshot_number_once", Snapshot, {}),
        ("passage_position_once", Passage, {}),
        ("lexeme_is_counted_once", LexemeCount, {}),
        ("source_admission_once", SourceAdmission, {}),
        ("feed_address_once", Feed, {}),
        ("feed_entry_once", FeedEntry, {}),
        ("articles_article_slug_key", Article, {"head_id": 10**9}),
        ("articles_article_head_id_key", Article, {"slug": "another-slug"}),
        ("articles_quote_span_id_key", Quote, {}),
        ("articles_fingerprint_revision_id_key", Fingerprint, {}),
        ("articles_quotedwords_quote_id_key", QuotedWords, {}),
        ("publication_number_once", Publication, {}),
        ("articles_readeraddress_slug_key", ReaderAddress, {}),
        ("wire_identity_once", WireIdentity, {}),
        ("articles_wireanswer_item_id_key", WireAnswer, {}),
        ("hold_once_for_a_wire_item", Hold, {}),
    ],
)
def test_what_there_is_once_is_not_there_twice(
    desk: WholeDesk, law: str, model: type[models.Model], change: dict[str, Any]
) -> None:
    refused(law, copy(model, **change))


def test_a_span_has_one_current_anchor_on_a_revision(desk: WholeDesk) -> None:
    def append_another() -> None:
        copy(Anchor, sequence=2)()
        newest = Anchor.objects.latest("pk")
        CurrentAnchor.objects.create(span=newest.span, revision=newest.revision, anchor=newest)

    refused("current_anchor_one_per_revision", append_another)


def test_two_nouns_never_share_a_uid(desk: WholeDesk) -> None:
    refused("uid", copy(Speaker, uid=desk.speaker.uid))


WRITTEN_ONCE = {
    "articles_act",
    "articles_anchor",
    "articles_capture",
    "articles_declaration",
    "articles_fingerprint",
    "articles_intake",
    "articles_passage",
    "articles_proposedspeaker",
    "articles_publication",
    "articles_quotationrun",
    "articles_readeraddress",
    "articles_revision",
    "articles_snapshot",
    "articles_span",
    "articles_story",
    "articles_wireanswer",
    "articles_wireitem",
}
NEVER_DELETED = {
    "articles_article",
    "articles_currentanchor",
    "articles_feed",
    "articles_fetchrequest",
    "articles_hold",
    "articles_outletrequest",
    "articles_quote",
    "articles_source",
    "articles_speaker",
    "articles_wireidentity",
}
COUNTED = {
    "articles_article",
    "articles_feed",
    "articles_fetchrequest",
    "articles_hold",
    "articles_outletrequest",
    "articles_quote",
    "articles_source",
    "articles_speaker",
}


@pytest.mark.parametrize("table", sorted(WRITTEN_ONCE))
def test_what_is_written_once_never_changes(desk: WholeDesk, table: str) -> None:
    refused(f"Cannot update.* {table}", plain_sql(f"UPDATE {table} SET id = id"))


@pytest.mark.parametrize("table", sorted(WRITTEN_ONCE | NEVER_DELETED))
def test_nothing_is_deleted(desk: WholeDesk, table: str) -> None:
    refused(f"Cannot (update or )?delete.* {table}", plain_sql(f"DELETE FROM {table}"))


@pytest.mark.parametrize("table", sorted(COUNTED))
@pytest.mark.parametrize("step", [0, 2, -1])
def test_a_version_rises_by_one(desk: WholeDesk, table: str, step: int) -> None:
    refused("must follow", plain_sql(f"UPDATE {table} SET version = version + %s", step))


@pytest.mark.parametrize("table", sorted(COUNTED))
def test_a_uid_never_changes(desk: WholeDesk, table: str) -> None:
    refused(
        "uid of a row never changes", plain_sql(f"UPDATE {table} SET version = version + 1, uid = %s", uuid.uuid4())
    )


def reversing(**change: Any) -> None:
    """An act that reverses the first one, with something wrong."""
    first = Act.objects.order_by("pk")[0]
    copy(Act, **({"step": "undo", "undoes_id": first.pk} | change))()


def test_an_act_is_reversed_once(desk: WholeDesk) -> None:
    def twice() -> None:
        reversing()
        reversing()

    refused("act_reversed_once", twice)


@pytest.mark.parametrize("change", [{"noun": uuid.uuid4()}, {"kind": "tale"}, {"step": "redo"}])
def test_an_act_reverses_one_on_the_same_thing_in_the_other_direction(desk: WholeDesk, change: dict[str, Any]) -> None:
    refused("reverses an act on another thing", lambda: reversing(**change))


def test_a_bulk_update_that_forgets_the_version_is_refused(desk: WholeDesk) -> None:
    refused("must follow", lambda: Article.objects.update(outlet="Elsewhere"))


def test_the_lists_of_guarded_tables_are_whole(desk: WholeDesk) -> None:
    events = history_tables("articles")

    assert tables_with_trigger("articles", "append_only") - events == WRITTEN_ONCE
    assert tables_with_trigger("articles", "never_deleted") == NEVER_DELETED
    assert tables_with_trigger("articles", "counted_versions") == COUNTED


@pytest.mark.parametrize("table", ["articles_articleevent", "articles_quoteevent"])
def test_history_is_neither_changed_nor_thinned_out(desk: WholeDesk, table: str) -> None:
    desk.article.change(seen=desk.article.version, outlet="The Harbour Post")
    desk.quote.change(seen=desk.quote.version, cue="said")

    refused("Cannot", plain_sql(f"UPDATE {table} SET pgh_label = 'invented'"))
    refused("Cannot", plain_sql(f"DELETE FROM {table}"))


def anchored(desk: WholeDesk, **change: Any) -> None:
    """A further anchor of the quote, with something wrong."""
    anchor = CurrentAnchor.of(desk.quote.span_id, desk.article.head_id)
    copy(Anchor, **({"span_id": anchor.span_id, "sequence": 7} | change))()


def test_an_anchor_stands_on_the_words_it_names(desk: WholeDesk) -> None:
    refused("does not stand on the words", lambda: anchored(desk, exact="We had a choice"))


def test_an_anchor_past_the_end_of_the_text_is_refused(desk: WholeDesk) -> None:
    refused("does not stand on the words", lambda: anchored(desk, start=99_000, end=99_005, exact="words"))


def test_one_wrong_anchor_among_many_is_found(desk: WholeDesk) -> None:
    good = CurrentAnchor.of(desk.quote.span_id, desk.article.head_id)
    anchors = [Anchor(**_values(good, sequence=number)) for number in range(10, 40)]
    anchors[17].exact = anchors[17].exact.upper()

    refused("does not stand on the words", lambda: Anchor.objects.bulk_create(anchors))


def test_many_anchors_in_every_block_and_across_blocks_are_accepted(desk: WholeDesk) -> None:
    good = CurrentAnchor.of(desk.quote.span_id, desk.article.head_id)
    text = desk.article.head.text
    places = [(start, start + 30) for start in range(0, len(text) - 30, 5)]

    with transaction.atomic():
        Anchor.objects.bulk_create(
            Anchor(**_values(good, sequence=number, start=start, end=end, exact=text[start:end]))
            for number, (start, end) in enumerate(places, start=100)
        )
        transaction.set_rollback(True)


def _values(anchor: Anchor, **change: Any) -> dict[str, Any]:
    kept = ("span_id", "revision_id", "start", "end", "exact", "reason", "created_by_id", "created_at")
    return {**{name: getattr(anchor, name) for name in kept}, **change}


def test_an_anchor_joins_a_span_and_a_revision_of_one_article(desk: WholeDesk) -> None:
    def cross() -> None:
        other = make_article(by=desk.editor)
        anchored(desk, revision_id=other.head_id)

    refused("of two articles", cross)


def test_the_current_anchor_is_one_of_its_span(desk: WholeDesk) -> None:
    def swap() -> None:
        theirs = CurrentAnchor.of(desk.claim.span_id, desk.article.head_id)
        copy(Anchor, span_id=theirs.span_id, sequence=9, start=theirs.start, end=theirs.end, exact=theirs.exact)()
        stray = Anchor.objects.latest("pk")
        CurrentAnchor.objects.filter(span=desk.quote.span_id).update(anchor=stray)

    refused("current_anchor_is_of_its_span_and_revision", swap)


def test_a_head_belongs_to_its_article(desk: WholeDesk) -> None:
    def borrow() -> None:
        bare, other = make_article(by=desk.editor), make_article(by=desk.editor)
        copy(Revision, number=2, article=other)()
        stolen = Revision.objects.get(article=other, number=2)
        run("UPDATE articles_article SET version = version + 1, head_id = %s WHERE id = %s", stolen.pk, bare.pk)

    refused("article_head_is_its_own_revision", borrow)


def test_what_went_out_is_a_revision_of_the_article(desk: WholeDesk) -> None:
    def borrow() -> None:
        other = make_article(by=desk.editor)
        copy(Publication, number=2, revision_id=other.head_id)()

    refused("publication_and_revision_share_an_article", borrow)


def test_a_quote_and_its_span_are_of_one_article(desk: WholeDesk) -> None:
    def cross() -> None:
        other = make_article(by=desk.editor)
        strange = make_quote(other, by=desk.editor)
        run(
            "UPDATE articles_quote SET version = version + 1, article_id = %s WHERE id = %s",
            desk.article.pk,
            strange.pk,
        )

    refused("quote_and_span_share_an_article", cross)


def test_a_span_without_an_anchor_on_the_head_is_refused(desk: WholeDesk) -> None:
    def write() -> None:
        Span.objects.create(article=desk.article, created_by=desk.editor, created_at=AT)

    refused("has no anchor on the newest revision", write)


def test_of_many_spans_the_one_without_an_anchor_is_found(desk: WholeDesk) -> None:
    def write_two() -> None:
        [anchored, astray] = uuid.uuid4(), uuid.uuid4()
        run(
            "WITH spans AS ("
            "  INSERT INTO articles_span (uid, article_id, created_by_id, created_at)"
            "  SELECT new.uid, s.article_id, s.created_by_id, s.created_at"
            "  FROM articles_span s, unnest(%s::uuid[]) AS new (uid)"
            "  WHERE s.id = %s RETURNING id, uid"
            "), anchors AS ("
            '  INSERT INTO articles_anchor (uid, span_id, revision_id, sequence, start, "end", exact, prefix, suffix,'
            "    state, reason, created_by_id, created_at)"
            '  SELECT gen_random_uuid(), spans.id, revision_id, 1, start, "end", exact, prefix, suffix, state, reason,'
            "    created_by_id, created_at FROM spans, articles_anchor a WHERE a.span_id = %s AND spans.uid = %s"
            "  RETURNING id, span_id, revision_id"
            ") INSERT INTO articles_currentanchor (span_id, revision_id, anchor_id)"
            "  SELECT span_id, revision_id, id FROM anchors",
            *([anchored, astray], desk.quote.span_id, desk.quote.span_id, anchored),
        )

    refused("has no anchor on the newest revision", write_two)


def test_a_current_anchor_stays_on_its_revision(desk: WholeDesk) -> None:
    refused("Cannot update of", plain_sql("UPDATE articles_currentanchor SET revision_id = revision_id"))
    refused("Cannot update of", plain_sql("UPDATE articles_currentanchor SET span_id = span_id"))


@pytest.mark.django_db(transaction=True)
def test_a_head_moved_without_its_spans_is_refused_at_commit(alice: User) -> None:
    article = make_article(by=alice)
    make_quote(article, by=alice)

    def move() -> None:
        with transaction.atomic():
            copy(Revision, number=2)()
            article.change(seen=article.version, head=Revision.objects.get(number=2))

    with pytest.raises(IntegrityError, match="has no anchor on its newest revision"):
        move()

    assert Article.objects.get().head.number == 1


def test_the_identity_of_a_wire_item_is_filled_in_once(desk: WholeDesk) -> None:
    law = "filled in once"

    refused(law, plain_sql("UPDATE articles_wireidentity SET guid = 'urn:wire:2'"))
    refused(law, plain_sql("UPDATE articles_wireidentity SET provider = 'Another wire'"))
    refused(law, plain_sql("UPDATE articles_wireidentity SET article_id = NULL"))


def test_a_wire_may_name_itself_later(desk: WholeDesk) -> None:
    with transaction.atomic():
        copy(WireIdentity, provider="", guid="urn:wire:9", article_id=None)()
        run(
            "UPDATE articles_wireidentity SET provider = 'Wire', article_id = %s WHERE guid = 'urn:wire:9'",
            desk.article.pk,
        )
        transaction.set_rollback(True)


def test_a_hold_is_acknowledged_and_lifted_once(desk: WholeDesk) -> None:
    def twice(field: str) -> None:
        for person in (desk.editor, desk.checker):
            hold = Hold.objects.get()
            hold.change(seen=hold.version, **{f"{field}_by": person, f"{field}_at": AT})

    refused("acknowledged and lifted once", lambda: twice("acknowledged"))
    refused("acknowledged and lifted once", lambda: twice("lifted"))


def test_a_hold_stays_on_its_article(desk: WholeDesk) -> None:
    refused(
        "acknowledged and lifted once",
        plain_sql("UPDATE articles_hold SET version = version + 1, ground = 'withheld'"),
    )


def test_an_article_that_was_looked_at_may_go_on(desk: WholeDesk) -> None:
    with transaction.atomic():
        article = make_article(by=desk.editor, came_unattended=True)
        article.change(seen=article.version, removed_seen_by=desk.editor, removed_seen_at=AT)
        article.change(seen=article.version, state="approved")
        transaction.set_rollback(True)
