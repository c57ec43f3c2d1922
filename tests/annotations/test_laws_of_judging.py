"""What the database itself refuses of judgements, whoever writes: operations are bypassed on purpose."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import models, transaction
from pytest_django import DjangoDbBlocker

from annotations.models import (
    AdjudicatedLabel,
    Assignment,
    Batch,
    BiasCategory,
    BiasExample,
    BiasTag,
    BlindRound,
    Claim,
    ClaimMatch,
    Codebook,
    Comment,
    CorrectionRequest,
    Dataset,
    DatasetText,
    DeskVerdict,
    Evidence,
    ExportFile,
    FactCheck,
    FollowUp,
    Guidelines,
    HandOver,
    KeptTag,
    LaterSource,
    MeasuredFigure,
    Measurement,
    Mention,
    MethodsPage,
    Participant,
    PinnedRevision,
    Presence,
    Project,
    Rating,
    ReaderContact,
    Reading,
    ReadingReopened,
    Reply,
    RestingOn,
    Review,
    Round,
    RoundText,
    SecondaryCategory,
    SentenceFinding,
    SentenceStarts,
    SettledTag,
    Settlement,
    TimeSpent,
    Translation,
)
from tests.factories import AT, make_article, make_claim, make_tag
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


CHECKS: list[tuple[str, type[models.Model], dict[str, Any]]] = [
    ("batch_state_is_known", Batch, {"state": "lost", "ended_at": AT}),
    ("batch_that_ended_says_when", Batch, {"state": "done"}),
    ("export_file_state_is_known", ExportFile, {"state": "lost", "ended_at": AT}),
    ("export_file_that_ended_says_when", ExportFile, {"state": "canceled"}),
    ("export_file_that_is_ready_says_what_it_holds", ExportFile, {"state": "done", "ended_at": AT}),
    ("follow_up_kind_is_known", FollowUp, {"kind": "wonders"}),
    ("follow_up_that_is_done_has_not_failed", FollowUp, {"done_at": AT, "failed_at": AT}),
    ("follow_up_tried_again_has_failed", FollowUp, {"again_at": AT}),
    ("category_levels_are_known", BiasCategory, {"levels": ["word"]}),
    ("adjudicated_label_on_words_has_offsets", AdjudicatedLabel, {"start": None}),
    ("adjudicated_label_level_is_known", AdjudicatedLabel, {"level": "word"}),
    ("adjudicated_label_severity_is_known", AdjudicatedLabel, {"severity": 4}),
    ("settlement_decided_is_known", Settlement, {"decided": "drawn"}),
    ("dataset_release_names_a_file", Dataset, {"release": "../1"}),
    ("dataset_matches_its_hash", Dataset, {"release": "2", "content": b"other"}),
    ("example_has_words", BiasExample, {"words": " "}),
    ("annotations_biastag_machine_has_a_name", BiasTag, {"origin": "suggested"}),
    ("annotations_biastag_decision_has_a_person", BiasTag, {"origin": "rejected", "proposer": "rules"}),
    ("annotations_biastag_retraction_has_a_person", BiasTag, {"retracted_at": AT}),
    ("annotations_biastag_confidence_is_a_share", BiasTag, {"confidence": -0.1}),
    ("tag_on_words_has_a_span", BiasTag, {"level": "article"}),
    ("tag_level_is_known", BiasTag, {"level": "word"}),
    ("tag_severity_is_known", BiasTag, {"severity": 4}),
    ("tag_polarity_is_known", BiasTag, {"polarity": 2, "target": "the mayor"}),
    ("tag_voice_is_known", BiasTag, {"voice": "choir"}),
    ("tag_polarity_has_a_target", BiasTag, {"polarity": -1, "target": ""}),
    ("annotations_claim_machine_has_a_name", Claim, {"proposer": "rules"}),
    ("annotations_claim_decision_has_a_person", Claim, {"origin": "corrected", "proposer": "rules"}),
    ("annotations_claim_retraction_has_a_person", Claim, {"retracted_at": AT}),
    ("annotations_claim_confidence_is_a_share", Claim, {"confidence": 2.0}),
    ("claim_has_a_restatement", Claim, {"canonical": "  "}),
    ("claim_by_a_speaker_names_the_speaker", Claim, {"claimant_kind": "speaker", "speaker_id": None}),
    ("claim_date_has_a_basis", Claim, {"claim_date": AT.date(), "date_basis": "unknown"}),
    ("claim_high_risk_has_a_reason", Claim, {"risk": "high", "risk_reason": ""}),
    ("claim_is_not_its_own_repeat", Claim, {"pk": 10**9, "same_as_id": 10**9}),
    ("claim_claimant_is_known", Claim, {"claimant_kind": "rumour"}),
    ("claim_type_is_known", Claim, {"claim_type": "hunch"}),
    ("claim_checkable_is_known", Claim, {"checkable": "maybe"}),
    ("claim_priority_is_known", Claim, {"priority": 4}),
    ("claim_risk_is_known", Claim, {"risk": "low"}),
    ("match_names_the_earlier_claim", ClaimMatch, {"claim_id": 1, "earlier_id": 1}),
    ("match_score_is_a_share", ClaimMatch, {"score": 1.5}),
    ("hand_over_has_a_note", HandOver, {"note": " \n"}),
    ("comment_has_text", Comment, {"text": "\n"}),
    ("comment_resolution_has_a_person", Comment, {"resolved_at": AT}),
    ("comment_is_about_one_mark", Comment, {"span_id": 1, "tag_id": 1}),
    (
        "comment_answers_are_resolved_with_their_thread",
        Comment,
        {"parent_id": 1, "resolved_at": AT, "resolved_by_id": 1},
    ),
    ("correction_request_has_text", CorrectionRequest, {"text": " "}),
    (
        "correction_request_state_is_known",
        CorrectionRequest,
        {"state": "lost", "decided_by_id": 1, "decided_at": AT, "decision_reason": "So."},
    ),
    ("correction_request_is_decided_by_name_with_a_reason", CorrectionRequest, {"state": "accepted"}),
    ("reader_contact_is_not_empty", ReaderContact, {"contact": " "}),
    ("evidence_offsets_in_order", Evidence, {"start": 4, "end": 4}),
    ("evidence_stance_is_known", Evidence, {"stance": "hints"}),
    ("evidence_has_an_excerpt", Evidence, {"excerpt": ""}),
    ("fact_check_state_is_known", FactCheck, {"state": "lost"}),
    ("fact_check_verdict_is_known", FactCheck, {"verdict": "plausible"}),
    ("fact_check_drafted_has_verdict_and_reason", FactCheck, {"state": "drafted", "reason": " "}),
    ("fact_check_qualifiers_are_known", FactCheck, {"qualifiers": ["funny"]}),
    ("rating_stands_for_known_verdicts", Rating, {"verdicts": []}),
    ("rating_has_words", Rating, {"name": " "}),
    ("blind_round_is_ended_by_name", BlindRound, {"ended_at": AT, "ended_by_id": None}),
    ("later_source_is_put_aside_by_name", LaterSource, {"aside_at": AT}),
    ("methods_page_has_text", MethodsPage, {"text": " "}),
    ("methods_page_says_what_changed", MethodsPage, {"number": 2}),
    ("reply_is_of_a_speaker_or_a_name", Reply, {"name": "Her press office"}),
    ("reply_was_asked_for_or_says_why_not", Reply, {"channel": "pigeon"}),
    ("reply_deadline_is_after_asking", Reply, {"deadline": AT - timedelta(days=9)}),
    ("reply_answer_has_a_day", Reply, {"answer": "No."}),
    ("reply_retraction_has_a_person", Reply, {"retracted_at": AT}),
    ("translation_has_text", Translation, {"text": " "}),
    ("translation_has_a_translator", Translation, {"translator": " "}),
    ("translation_has_a_language", Translation, {"language": ""}),
    ("review_that_returns_says_why", Review, {"decision": "return", "reason": ""}),
    ("desk_verdict_is_known", DeskVerdict, {"verdict": "plausible"}),
    ("desk_verdict_has_a_reason", DeskVerdict, {"reason": " "}),
    ("desk_verdict_after_the_first_is_a_correction", DeskVerdict, {"number": 2}),
    ("project_everyday_desk_is_open", Project, {"is_blind": True}),
    ("reading_that_is_gold_is_submitted", Reading, {"is_gold": True, "submitted_at": None}),
    ("guidelines_number_from_one", Guidelines, {"number": 0}),
    ("round_number_from_one", Round, {"number": 0}),
    ("round_kind_is_known", Round, {"kind": "rehearse"}),
    ("round_order_is_known", Round, {"text_order": "alphabet"}),
    ("round_pass_mark_is_a_share", Round, {"kind": "test", "pass_mark": 1.1}),
    ("round_pass_mark_is_for_training_and_tests", Round, {"kind": "main", "pass_mark": 0.8}),
    ("round_texts_have_annotators", Round, {"annotators_per_text": 0}),
    ("round_gives_time_to_submit", Round, {"hours_to_submit": 0}),
    ("round_closes_after_it_opened", Round, {"opened_at": None, "closed_at": AT}),
    ("round_text_is_withdrawn_by_name_with_a_reason", RoundText, {"withdrawn_at": AT}),
    ("reopening_has_a_reason", ReadingReopened, {"reason": " "}),
    ("measurement_state_is_known", Measurement, {"state": "lost"}),
    ("measurement_share_is_a_share", Measurement, {"share": 1.5}),
    ("measurement_that_ended_says_when", Measurement, {"ended_at": None}),
    ("figure_has_a_value_or_says_why_not", MeasuredFigure, {"reason": "no_marks"}),
    ("finding_offsets_in_order", SentenceFinding, {"start": 3, "end": 3}),
    ("read_text_has_sentences", SentenceStarts, {"starts": []}),
]


@pytest.mark.parametrize(("law", "model", "change"), CHECKS, ids=[law for law, _, _ in CHECKS])
def test_a_row_that_breaks_a_check_is_refused(
    desk: WholeDesk, law: str, model: type[models.Model], change: dict[str, Any]
) -> None:
    refused(law, copy(model, **change))


def test_every_check_was_broken_once(desk: WholeDesk) -> None:
    elsewhere = {"no_reviewer_wrote_the_draft", "hand_over_is_to_somebody_else"}

    assert {law for law, _, _ in CHECKS} | elsewhere == check_constraints("annotations")


@pytest.mark.parametrize(
    ("law", "model", "change"),
    [
        ("codebook_version_once", Codebook, {}),
        ("category_slug_once_per_codebook", BiasCategory, {"order": 99}),
        ("category_order_once_per_codebook", BiasCategory, {"slug": "another"}),
        ("dataset_release_once", Dataset, {}),
        ("dataset_text_once", DatasetText, {}),
        ("settlement_rests_on_a_label_once", SettledTag, {}),
        ("tag_kept_once_per_codebook", KeptTag, {}),
        ("secondary_position_once", SecondaryCategory, {"category_id": None}),
        ("secondary_category_once", SecondaryCategory, {"position": 9}),
        ("rating_slug_once_per_scale", Rating, {"order": 99}),
        ("rating_order_once_per_scale", Rating, {"slug": "another"}),
        ("evidence_attached_once", Evidence, {}),
        ("desk_verdict_number_once", DeskVerdict, {}),
        ("ground_once", RestingOn, {}),
        ("annotations_methodspage_number_key", MethodsPage, {}),
        ("blind_round_open_once", BlindRound, {"ended_at": None, "ended_by_id": None}),
        ("later_source_once_for_a_claim", LaterSource, {}),
        ("project_one_everyday_desk", Project, {"slug": "another"}),
        ("revision_pinned_once", PinnedRevision, {}),
        ("assignment_open_once", Assignment, {}),
        ("reading_one_per_person", Reading, {}),
        ("reading_one_gold_per_text", Reading, {"is_gold": True, "submitted_at": AT, "created_by_id": 10**9}),
        ("guidelines_number_once", Guidelines, {}),
        ("round_number_once", Round, {}),
        ("round_text_place_once", RoundText, {"pinned_id": 10**9}),
        ("annotations_roundtext_pinned_id_key", RoundText, {"position": 99}),
        ("participant_once", Participant, {}),
        ("annotations_timespent_reading_id_key", TimeSpent, {}),
        ("finding_sequence_once", SentenceFinding, {}),
        ("annotations_sentencestarts_revision_id_key", SentenceStarts, {}),
        ("mention_once_in_a_comment", Mention, {}),
        ("presence_once", Presence, {}),
        ("annotations_readercontact_request_id_key", ReaderContact, {}),
        ("annotations_claim_span_id_key", Claim, {}),
        ("annotations_biastag_span_id_key", BiasTag, {}),
    ],
)
def test_what_there_is_once_is_not_there_twice(
    desk: WholeDesk, law: str, model: type[models.Model], change: dict[str, Any]
) -> None:
    if change.get("category_id", 0) is None:
        change = {"category_id": BiasCategory.objects.get(slug="euphemism").pk}

    refused(law, copy(model, **change))


def test_a_verdict_is_corrected_once(desk: WholeDesk) -> None:
    correction = {"correction_of_id": desk.verdict.pk, "correction_note": "The sum was wrong."}

    def correct_twice() -> None:
        copy(DeskVerdict, number=2, **correction)()
        copy(DeskVerdict, number=3, **correction)()

    refused("correction_of_id_key", correct_twice)


def test_a_checker_has_one_open_check_of_a_claim(desk: WholeDesk) -> None:
    def open_twice() -> None:
        copy(FactCheck, state="gathering")()
        copy(FactCheck, state="gathering")()

    refused("fact_check_open_once_per_checker", open_twice)


def test_a_correction_request_is_about_a_revision_and_a_claim_of_its_article(desk: WholeDesk) -> None:
    def of_another_text() -> None:
        copy(CorrectionRequest, revision_id=make_article(by=desk.editor).head_id)()

    def of_another_claim() -> None:
        copy(CorrectionRequest, claim_id=make_claim(make_article(by=desk.editor), by=desk.editor).pk)()

    refused("correction_request_and_revision_share_an_article", of_another_text)
    refused("about a claim of its article", of_another_claim)


WRITTEN_ONCE = {
    "annotations_adjudicatedlabel",
    "annotations_dataset",
    "annotations_datasettext",
    "annotations_settledtag",
    "annotations_settlement",
    "annotations_batchpart",
    "annotations_biascategory",
    "annotations_biasexample",
    "annotations_claimmatch",
    "annotations_claimrun",
    "annotations_codebook",
    "annotations_deskverdict",
    "annotations_guidelines",
    "annotations_measuredfigure",
    "annotations_measuredsentence",
    "annotations_kepttag",
    "annotations_methodspage",
    "annotations_pinnedrevision",
    "annotations_proposedclaim",
    "annotations_readingreopened",
    "annotations_restingon",
    "annotations_sentencefinding",
    "annotations_sentencestarts",
    "annotations_translation",
}
COUNTED = {
    "annotations_assignment",
    "annotations_biastag",
    "annotations_claim",
    "annotations_comment",
    "annotations_correctionrequest",
    "annotations_evidence",
    "annotations_factcheck",
    "annotations_participant",
    "annotations_project",
    "annotations_reading",
    "annotations_reply",
    "annotations_round",
}
NEVER_DELETED = COUNTED | {
    "annotations_batch",
    "annotations_blindround",
    "annotations_exportfile",
    "annotations_followup",
    "annotations_handover",
    "annotations_latersource",
    "annotations_measurement",
    "annotations_mention",
    "annotations_rating",
    "annotations_roundtext",
    "annotations_review",
}


@pytest.mark.parametrize("table", sorted(WRITTEN_ONCE))
def test_what_is_written_once_never_changes(desk: WholeDesk, table: str) -> None:
    refused(f"Cannot update.* {table}", plain_sql(f"UPDATE {table} SET id = id"))


@pytest.mark.parametrize("table", sorted(WRITTEN_ONCE | NEVER_DELETED))
def test_nothing_is_deleted(desk: WholeDesk, table: str) -> None:
    refused(f"Cannot (update or )?delete.* {table}", plain_sql(f"DELETE FROM {table}"))


@pytest.mark.parametrize("table", sorted(COUNTED))
@pytest.mark.parametrize("step", [0, 2])
def test_a_version_rises_by_one(desk: WholeDesk, table: str, step: int) -> None:
    refused("must follow", plain_sql(f"UPDATE {table} SET version = version + %s", step))


@pytest.mark.parametrize("table", sorted(COUNTED))
def test_a_uid_never_changes(desk: WholeDesk, table: str) -> None:
    refused(
        "uid of a row never changes", plain_sql(f"UPDATE {table} SET version = version + 1, uid = %s", uuid.uuid4())
    )


def test_the_lists_of_guarded_tables_are_whole(desk: WholeDesk) -> None:
    assert tables_with_trigger("annotations", "append_only") - history_tables("annotations") == WRITTEN_ONCE
    assert tables_with_trigger("annotations", "never_deleted") == NEVER_DELETED
    assert tables_with_trigger("annotations", "counted_versions") == COUNTED


@pytest.mark.parametrize("owner", ["quote", "claim", "tag"])
@pytest.mark.parametrize("taken", ["quote", "claim", "tag"])
def test_a_span_has_one_owner(desk: WholeDesk, owner: str, taken: str) -> None:
    noun, span = getattr(desk, owner), getattr(desk, taken).span_id
    if owner == taken:
        refused("span_id_key", copy(type(noun)))
        return

    refused("a span belongs to one annotation", lambda: noun.change(seen=noun.version, span_id=span))


@pytest.mark.parametrize("owner", ["quote", "claim", "tag"])
@pytest.mark.parametrize("taken", ["quote", "claim", "tag"])
def test_a_new_annotation_takes_no_span_of_another_kind(desk: WholeDesk, owner: str, taken: str) -> None:
    span = getattr(desk, taken).span_id
    law = "span_id_key" if owner == taken else "a span belongs to one annotation"

    refused(law, copy(type(getattr(desk, owner)), span_id=span))


def test_a_claim_and_its_span_are_of_one_article(desk: WholeDesk) -> None:
    def cross() -> None:
        strange = make_claim(make_article(by=desk.editor), by=desk.editor)
        strange.change(seen=strange.version, article=desk.article)

    refused("claim_and_span_share_an_article", cross)


def test_a_tag_and_its_span_are_of_one_article(desk: WholeDesk) -> None:
    def cross() -> None:
        strange = make_tag(make_article(by=desk.editor), by=desk.editor)
        strange.change(seen=strange.version, article=desk.article)

    refused("bias_tag_and_span_share_an_article", cross)


def test_an_author_cannot_review(desk: WholeDesk) -> None:
    refused("no_reviewer_wrote_the_draft", copy(Review, created_by_id=desk.checker.pk))


def test_a_reviewer_cannot_become_an_author(desk: WholeDesk) -> None:
    authors = [*desk.check.authors, desk.reviewer.pk]
    statement = "UPDATE annotations_factcheck SET version = version + 1, authors = %s::bigint[]"

    refused("no_reviewer_wrote_the_draft", plain_sql(statement, authors))


def test_a_review_names_the_authors_of_its_check(desk: WholeDesk) -> None:
    refused("review_knows_the_authors", copy(Review, authors=[]))


def test_a_review_follows_when_an_author_is_added(desk: WholeDesk) -> None:
    with transaction.atomic():
        run("UPDATE annotations_factcheck SET version = version + 1, authors = authors || %s::bigint", desk.editor.pk)
        run("SET CONSTRAINTS ALL IMMEDIATE")

        assert Review.objects.get().authors == [desk.checker.pk, desk.editor.pk]
        transaction.set_rollback(True)


def test_authors_are_only_added(desk: WholeDesk) -> None:
    statement = "UPDATE annotations_factcheck SET version = version + 1, authors = '{}'"

    refused("stays its author", plain_sql(statement))


@pytest.mark.parametrize("column", ["decision = 'return', reason = 'No.'", "version_seen = 99", "reason = 'Because.'"])
def test_a_review_is_written_once(desk: WholeDesk, column: str) -> None:
    refused("a review is written once", plain_sql(f"UPDATE annotations_review SET {column}"))


def answering(desk: WholeDesk, **change: Any) -> Callable[[], object]:
    """An answer in the thread of the desk, with something wrong."""
    return copy(Comment, parent_id=desk.comment.pk, **change)


def test_an_answer_stands_in_the_article_of_its_thread(desk: WholeDesk) -> None:
    answering(desk)()  # bait: nothing is wrong with an answer as such

    refused("what its thread is about", lambda: answering(desk, article=make_article(by=desk.editor))())


def test_an_answer_is_about_the_words_of_its_thread(desk: WholeDesk) -> None:
    refused("what its thread is about", answering(desk, span_id=desk.claim.span_id))


def test_an_answer_answers_what_began_its_thread(desk: WholeDesk) -> None:
    def answer_an_answer() -> None:
        answering(desk)()
        copy(Comment, parent_id=Comment.objects.latest("pk").pk)()

    refused("what its thread is about", answer_an_answer)


def test_a_comment_and_its_span_are_of_one_article(desk: WholeDesk) -> None:
    def cross() -> None:
        strange = make_claim(make_article(by=desk.editor), by=desk.editor)
        copy(Comment, span_id=strange.span_id)()

    refused("comment_and_span_share_an_article", cross)


def test_a_comment_names_a_tag_only_where_it_has_no_words(desk: WholeDesk) -> None:
    refused("a tag on its whole article", copy(Comment, tag_id=desk.tag.pk))
