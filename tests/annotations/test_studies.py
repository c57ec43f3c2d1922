"""Studies: rounds and their texts, who reads what, readings, gold, and what is refused with a plain reason."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from annotations.gold import compare, feedback_on, has_passed, tags_of
from annotations.models import (
    Assignment,
    BiasTag,
    Claim,
    Guidelines,
    PinnedRevision,
    Project,
    ReadingReopened,
    TimeSpent,
)
from annotations.operations.studies.apart import OutsideReading
from annotations.operations.studies.handingout import (
    ConsentMissing,
    NotTakingPart,
    QuotaReached,
    assign_text,
    consent,
    hand_out,
    let_go,
    return_what_timed_out,
    take_back,
    take_consent_back,
    take_in,
)
from annotations.operations.studies.projects import RoundIsOpen, change_project, create_project
from annotations.operations.studies.readings import begin_reading, reopen_reading, submit_reading
from annotations.operations.studies.rounds import (
    GoldMissing,
    InRoundBefore,
    NotAStudy,
    NothingToRead,
    RoundOutOfOrder,
    TextWithdrawn,
    add_texts,
    close_round,
    draw_texts,
    open_round,
    plan_round,
    withdraw_text,
)
from annotations.operations.studies.timing import PAUSE, note_time
from annotations.operations.workbench.bias import change_tag, retract_tag
from annotations.operations.workbench.revising import revise
from annotations.operations.workbench.undo import ChangedSince, undo
from annotations.permissions import visible_study_claims
from articles.anchoring.text import Block
from articles.models import Article, CurrentAnchor
from articles.operations.revising import Rewritten
from newsdesk.models import User
from tests.factories import AT, make_article, make_tag
from tests.factories.studies import begin, claim_in, make_study, submit, tag_in


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


def rewrite(article: Article, old: str, new: str, *, by: User) -> None:
    blocks = [Block.from_json(block) for block in article.head.blocks]
    told = [Block(block.kind, block.text.replace(old, new)) for block in blocks]
    rewritten = Rewritten(article.head.headline, told)
    revise(article=article, base=article.head.number, rewritten=rewritten, by=by, at=AT)
    article.refresh_from_db()


def test_guidelines_are_kept_in_versions_and_a_reading_keeps_its_own(carol: User, emil: User, article: Article) -> None:
    study = make_study(article, lead=carol, readers=[emil], guidelines="Read twice.")
    reading = begin(study, emil)

    change_project(project=study.project, seen=study.project.version, guidelines="Read once.", by=carol, at=AT)

    assert list(Guidelines.objects.values_list("number", "text")) == [(1, "Read twice."), (2, "Read once.")]
    assert reading.guidelines is not None
    assert reading.guidelines.text == "Read twice."


def test_a_sample_is_drawn_again_from_its_seed(alice: User, carol: User) -> None:
    for _ in range(6):
        make_article(by=alice)
    drawn = []

    for slug in ("one", "two"):
        project = create_project(name=slug, slug=slug, by=carol, at=AT)
        planned = plan_round(project=project, by=carol, at=AT)
        texts = draw_texts(round=planned, articles=Article.objects.all(), size=3, seed=7, by=carol, at=AT)
        drawn.append([text.pinned.revision_id for text in texts])

    assert len(drawn[0]) == 3
    assert drawn[0] == drawn[1]


def test_a_corpus_without_a_new_text_says_so(carol: User, emil: User, article: Article) -> None:
    study = make_study(article, lead=carol, readers=[emil])

    with pytest.raises(NothingToRead):
        draw_texts(round=study.round, articles=Article.objects.all(), by=carol, at=AT)


def test_a_text_is_read_in_one_round(carol: User, emil: User, article: Article) -> None:
    study = make_study(article, lead=carol, readers=[emil])
    second = plan_round(project=study.project, by=carol, at=AT)

    with pytest.raises(InRoundBefore):
        add_texts(round=second, pinned=PinnedRevision.objects.all(), by=carol, at=AT)


def test_the_everyday_desk_has_no_rounds(carol: User) -> None:
    with pytest.raises(NotAStudy):
        plan_round(project=Project.objects.get(is_default=True), by=carol, at=AT)


def test_a_round_without_texts_does_not_open(carol: User) -> None:
    project = create_project(name="Empty", slug="empty", by=carol, at=AT)
    planned = plan_round(project=project, by=carol, at=AT)

    with pytest.raises(NothingToRead):
        open_round(round=planned, seen=1, by=carol, at=AT)


def test_blindness_stays_as_it_is_while_a_round_is_open(carol: User, emil: User, article: Article) -> None:
    study = make_study(article, lead=carol, readers=[emil])

    with pytest.raises(RoundIsOpen):
        change_project(project=study.project, seen=study.project.version, is_blind=False, by=carol, at=AT)


def test_texts_are_handed_out_evenly_within_quotas(alice: User, carol: User, emil: User, bob: User, ada: User) -> None:
    articles = [make_article(by=alice) for _ in range(4)]
    study = make_study(*articles, lead=carol, is_open=False, round_values={"annotators_per_text": 2})
    for reader, quota in ((emil, None), (bob, None), (ada, 1)):
        take_in(project=study.project, person=reader, quota=quota, by=carol, at=AT)

    given = hand_out(round=study.round, by=carol, at=AT)

    counts = {reader: Assignment.objects.filter(person=reader).count() for reader in (emil, bob, ada)}
    assert counts[ada] == 1
    assert abs(counts[emil] - counts[bob]) <= 1
    assert (len(given.assignments), given.short) == (8, {})


def test_too_few_people_are_told_not_doubled(carol: User, emil: User, article: Article) -> None:
    study = make_study(article, lead=carol, is_open=False, round_values={"annotators_per_text": 3})
    take_in(project=study.project, person=emil, by=carol, at=AT)

    given = hand_out(round=study.round, by=carol, at=AT)

    assert (len(given.assignments), given.short) == (1, {study.texts[0].pk: 2})


def test_handing_out_twice_gives_nobody_a_text_again(carol: User, emil: User, article: Article) -> None:
    study = make_study(article, lead=carol, is_open=False, round_values={"annotators_per_text": 1})
    take_in(project=study.project, person=emil, by=carol, at=AT)
    first = hand_out(round=study.round, by=carol, at=AT).assignments[0]
    take_back(assignment=first, seen=first.version, reason="On leave.", by=carol, at=AT)

    again = hand_out(round=study.round, by=carol, at=AT)

    assert (again.assignments, again.short) == ([], {study.texts[0].pk: 1})


def test_nobody_gets_more_than_their_quota(alice: User, carol: User, emil: User) -> None:
    study = make_study(make_article(by=alice), make_article(by=alice), lead=carol)
    take_in(project=study.project, person=emil, quota=1, by=carol, at=AT)
    assign_text(text=study.texts[0], person=emil, by=carol, at=AT)

    with pytest.raises(QuotaReached):
        assign_text(text=study.texts[1], person=emil, by=carol, at=AT)


def test_whoever_left_or_has_no_account_gets_nothing(carol: User, emil: User, article: Article) -> None:
    study = make_study(article, lead=carol, readers=[emil])
    part = study.project.participants.get()

    let_go(participant=part, seen=part.version, by=carol, at=AT)
    emil.is_active = False
    emil.save()

    assert Assignment.objects.get(person=emil).ended_reason == "They left the study."
    with pytest.raises(NotTakingPart):
        assign_text(text=study.texts[0], person=emil, by=carol, at=AT)
    with pytest.raises(NotTakingPart):
        take_in(project=study.project, person=emil, by=carol, at=AT)


def test_a_text_goes_back_when_its_time_is_over(carol: User, emil: User, article: Article) -> None:
    make_study(article, lead=carol, readers=[emil], round_values={"hours_to_submit": 2})
    soon, late = AT + timedelta(hours=1), AT + timedelta(hours=2)

    counts = [return_what_timed_out(at=soon), return_what_timed_out(at=late)]

    assert counts == [0, 1]
    assert "time was over" in Assignment.objects.get().ended_reason


def test_marks_of_a_study_stand_on_the_pinned_text_whatever_the_newsroom_does(
    alice: User, carol: User, emil: User, article: Article
) -> None:
    study = make_study(article, lead=carol, readers=[emil])
    before = tag_in(study, emil)
    rewrite(article, "We had no choice", "There was no way out", by=alice)

    after = tag_in(study, emil, "no choice", slug="spin")

    pinned = study.texts[0].pinned.revision_id
    assert [CurrentAnchor.of(tag.span_id or 0, pinned).exact for tag in (before, after)] == ["reckless", "no choice"]
    assert CurrentAnchor.of(after.span_id or 0, article.head_id).state == "orphaned"


def test_nothing_is_marked_for_a_study_outside_of_an_open_reading(
    alice: User, carol: User, emil: User, bob: User, article: Article
) -> None:
    study = make_study(article, lead=carol, readers=[emil])
    tag_in(study, emil)

    with pytest.raises(OutsideReading):
        make_tag(article, by=bob, project=study.project)

    assert BiasTag.objects.count() == 1


def test_a_round_that_is_not_open_is_not_read(carol: User, emil: User, article: Article) -> None:
    study = make_study(article, lead=carol, readers=[emil], is_open=False)

    with pytest.raises(OutsideReading):
        begin(study, emil)


def test_what_was_submitted_is_neither_changed_nor_undone(carol: User, emil: User, article: Article) -> None:
    study = make_study(article, lead=carol, readers=[emil])
    tag = tag_in(study, emil)
    submit(study, emil)

    with pytest.raises(OutsideReading):
        change_tag(tag=tag, seen=tag.version, severity=3, by=emil, at=AT)
    with pytest.raises(OutsideReading):
        retract_tag(tag=tag, seen=tag.version, by=emil, at=AT)
    with pytest.raises(ChangedSince):
        undo(by=emil, at=AT)

    tag.refresh_from_db()
    assert (tag.version, tag.retracted_at) == (1, None)


def test_an_open_reading_is_undone_like_everything_else(carol: User, emil: User, article: Article) -> None:
    study = make_study(article, lead=carol, readers=[emil])
    tag = tag_in(study, emil)

    undo(by=emil, at=AT)

    tag.refresh_from_db()
    assert tag.retracted_at is not None


def test_the_lead_touches_no_label_of_somebody_else(carol: User, emil: User, article: Article) -> None:
    study = make_study(article, lead=carol, readers=[emil])
    tag = tag_in(study, emil)

    with pytest.raises(OutsideReading):
        retract_tag(tag=tag, seen=tag.version, by=carol, at=AT)


def test_a_reading_is_reopened_with_a_reason_that_is_kept(carol: User, emil: User, article: Article) -> None:
    study = make_study(article, lead=carol, readers=[emil])
    reading = submit(study, emil)

    reopen_reading(reading=reading, seen=reading.version, reason="Page two was missing.", by=carol, at=AT)

    kept = ReadingReopened.objects.get()
    assert (kept.reason, kept.submitted_at, kept.created_by) == ("Page two was missing.", AT, carol)
    assert Assignment.objects.get().done_at is None
    assert tag_in(study, emil).pk


def test_a_closed_round_reopens_no_reading(carol: User, emil: User, article: Article) -> None:
    study = make_study(article, lead=carol, readers=[emil])
    reading = submit(study, emil)
    close_round(round=study.round, seen=study.round.version, by=carol, at=AT)
    reading.refresh_from_db()

    with pytest.raises(RoundOutOfOrder):
        reopen_reading(reading=reading, seen=reading.version, reason="Too late.", by=carol, at=AT)


def test_closing_a_round_takes_back_what_was_not_submitted(alice: User, carol: User, emil: User) -> None:
    study = make_study(make_article(by=alice), make_article(by=alice), lead=carol, readers=[emil])
    submit(study, emil)
    begun = begin(study, emil, 1)

    close_round(round=study.round, seen=study.round.version, by=carol, at=AT)

    assert Assignment.objects.filter(ended_at=None).count() == 1
    with pytest.raises(OutsideReading):
        submit_reading(reading=begun, seen=begun.version, by=emil, at=AT)


def test_a_withdrawn_text_is_not_begun_and_keeps_what_was_found(
    carol: User, emil: User, bob: User, article: Article
) -> None:
    study = make_study(article, lead=carol, readers=[emil, bob])
    tag_in(study, emil)

    withdraw_text(text=study.texts[0], reason="The outlet took it down.", by=carol, at=AT)

    assert BiasTag.objects.live().count() == 1
    study.texts[0].refresh_from_db()
    with pytest.raises(TextWithdrawn):
        begin_reading(revision=article.head, project=study.project, by=bob, at=AT)
    with pytest.raises(TextWithdrawn):
        withdraw_text(text=study.texts[0], reason="Again.", by=carol, at=AT)


def test_consent_is_asked_for_once_and_may_be_taken_back(carol: User, emil: User, article: Article) -> None:
    study = make_study(article, lead=carol, readers=[emil], consent_note="We keep your labels.", offers_time=True)
    with pytest.raises(ConsentMissing):
        begin(study, emil)
    part = study.project.participants.get()

    consent(participant=part, seen=part.version, keeps_time=True, by=emil, at=AT)
    reading = begin(study, emil)
    note_time(reading=reading, by=emil, at=AT)
    take_consent_back(participant=part, seen=part.version, by=emil, at=AT)

    assert (part.consented_at, TimeSpent.objects.count()) == (None, 0)
    with pytest.raises(NotTakingPart):
        consent(participant=part, seen=part.version, keeps_time=True, by=carol, at=AT)


def test_time_is_measured_for_those_who_agreed_and_a_pause_counts_little(
    carol: User, emil: User, bob: User, article: Article
) -> None:
    study = make_study(article, lead=carol, readers=[emil, bob], offers_time=True)
    part = study.project.participants.get(person=emil)
    consent(participant=part, seen=part.version, keeps_time=True, by=emil, at=AT)

    for reader in (emil, bob):
        for minutes in (0, 1, 61):
            note_time(reading=begin(study, reader), by=reader, at=AT + timedelta(minutes=minutes))

    spent = TimeSpent.objects.get()
    assert (spent.reading.created_by, spent.seconds) == (emil, 60 + PAUSE.total_seconds())


def test_a_pass_mark_needs_gold(carol: User, emil: User, article: Article) -> None:
    study = make_study(article, lead=carol, readers=[emil], is_open=False, kind="test", round_values={"pass_mark": 0.8})

    with pytest.raises(GoldMissing):
        open_round(round=study.round, seen=study.round.version, by=carol, at=AT)


def test_a_test_is_passed_beside_gold_and_whoever_fails_gets_no_text_by_lot(
    alice: User, carol: User, emil: User, bob: User, article: Article
) -> None:
    study = make_study(
        article, lead=carol, readers=[emil, bob], is_open=False, kind="test", round_values={"pass_mark": 0.8}
    )
    tag_in(study, carol)
    assert submit(study, carol).is_gold
    open_round(round=study.round, seen=study.round.version, by=carol, at=AT)
    tag_in(study, emil, "decision was reckless")
    tag_in(study, bob, "no choice", slug="spin")
    right, wrong = submit(study, emil), submit(study, bob)

    main = plan_round(project=study.project, annotators_per_text=2, by=carol, at=AT)
    make_article(by=alice)
    draw_texts(round=main, articles=Article.objects.all(), by=carol, at=AT)
    given = hand_out(round=main, by=carol, at=AT)

    told = feedback_on(wrong)
    assert told is not None
    assert ([tag.exact for tag in told.missed], [tag.exact for tag in told.added]) == (["reckless"], ["no choice"])
    assert (has_passed(study.round, emil.pk), has_passed(study.round, bob.pk)) == (True, False)
    assert [assignment.person_id for assignment in given.assignments] == [emil.pk]
    assert compare(tags_of(right), tags_of(right)).share == 1


def test_a_claim_of_a_study_is_numbered_apart_from_the_desks(carol: User, emil: User, article: Article) -> None:
    study = make_study(article, lead=carol, readers=[emil])

    claim = claim_in(study, emil)

    assert (claim.project, Claim.objects.count()) == (study.project, 1)


def test_machines_speak_to_a_reader_as_the_study_lets_them(
    alice: User, carol: User, emil: User, bob: User, article: Article
) -> None:
    counts = {}
    for slug, policy in (("silent", "none"), ("loud", "all"), ("picky", "listed")):
        rules: dict[str, Any] = {"suggestion_rules": ["no-such-rule"]} if policy == "listed" else {}
        study = make_study(article, lead=carol, readers=[emil, bob], slug=slug, suggestion_policy=policy, **rules)
        begin(study, emil)
        counts[policy] = Claim.objects.filter(project=study.project, origin="suggested").count()

    assert counts["all"] > 0
    assert (counts["none"], counts["listed"]) == (0, 0)
    assert not visible_study_claims(bob).exists()
