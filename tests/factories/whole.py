"""A desk with at least one row in every table, for tests that ask something of all of them."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group

from annotations.models import (
    AdjudicatedLabel,
    Assignment,
    Batch,
    BatchPart,
    BiasCategory,
    BiasExample,
    BiasTag,
    BlindRound,
    Claim,
    Comment,
    Dataset,
    DatasetText,
    DeskVerdict,
    Evidence,
    ExportFile,
    FactCheck,
    FollowUp,
    Guidelines,
    KeptTag,
    LaterSource,
    MeasuredFigure,
    MeasuredSentence,
    Measurement,
    MethodsPage,
    Participant,
    PinnedRevision,
    Project,
    Reading,
    ReadingReopened,
    Round,
    RoundText,
    SentenceFinding,
    SentenceStarts,
    SettledTag,
    Settlement,
    TimeSpent,
    Translation,
)
from annotations.operations.checking.factchecks import open_check, publish_verdict, review_check, send_to_review
from annotations.operations.checking.handing import hand_over
from annotations.operations.checking.matching import dismiss_match
from annotations.operations.checking.replies import ask_for_reply
from annotations.operations.desk.seeding import seed_desk
from annotations.operations.desk.suggesting import suggest_claims
from annotations.operations.readers.corrections import request_correction
from annotations.operations.studies.projects import assign
from annotations.operations.workbench.comments import comment
from annotations.operations.workbench.presence import be_present
from articles.models import (
    Article,
    FeedEntry,
    FetchRequest,
    Hold,
    HostTurn,
    LexemeCount,
    Quote,
    RobotsCopy,
    Source,
    SourceAdmission,
    Speaker,
    Story,
    WireAnswer,
    WireIdentity,
    WireItem,
)
from articles.operations.declaring import ask_outlet, declare
from articles.operations.drafting import keep_draft
from articles.operations.feeds import add_feed
from articles.operations.publishing import publish_revision
from articles.operations.suggesting import suggest_quotes
from articles.permissions import Role
from newsdesk.models import IdempotencyKey, User, WebHook, WebHookAttempt, WebHookDelivery
from newsdesk.operations import invite, make_token
from tests.factories import (
    AT,
    make_article,
    make_check,
    make_claim,
    make_evidence,
    make_quote,
    make_source,
    make_speaker,
    make_tag,
)


@dataclass(frozen=True)
class WholeDesk:
    """The nouns a test starts from; every other table hangs on one of them."""

    editor: User
    checker: User
    reviewer: User
    article: Article
    speaker: Speaker
    quote: Quote
    claim: Claim
    tag: BiasTag
    source: Source
    evidence: Evidence
    check: FactCheck
    verdict: DeskVerdict
    comment: Comment
    assignment: Assignment


def make_person(username: str, *roles: Role) -> User:
    """Somebody without a password: tests sign people in without one. Roles come with the seed."""
    if not Project.objects.exists():
        seed_desk(apps, at=AT)
    person = User.objects.create(username=username, name=username.title(), email=f"{username}@whole.example")
    person.groups.set(Group.objects.filter(name__in=roles))
    return person


def make_whole_desk() -> WholeDesk:
    editor = make_person("wholeeditor", Role.EDITOR)
    checker = make_person("wholechecker", Role.FACT_CHECKER)
    reviewer = make_person("wholereviewer", Role.REVIEWER)
    article = make_article(by=editor)
    speaker = make_speaker(by=editor)
    quote = make_quote(article, by=editor, speaker=speaker)
    suggest_quotes(article=article, by=editor, at=AT)
    claim = make_claim(article, by=checker)
    suggest_claims(article=article, by=editor, at=AT)
    other = make_claim(article, "mayor Ines Duarte said", by=editor)
    dismiss_match(claim=claim, other=other, by=editor, at=AT)
    tag = make_tag(article, by=editor, secondary=[BiasCategory.objects.get(slug="spin")])
    source = make_source(by=checker)
    evidence = make_evidence(claim, source, by=checker)
    check, verdict = _publish(claim, checker=checker, reviewer=reviewer, editor=editor)
    desk = WholeDesk(
        editor=editor,
        checker=checker,
        reviewer=reviewer,
        article=article,
        speaker=speaker,
        quote=quote,
        claim=claim,
        tag=tag,
        source=source,
        evidence=evidence,
        check=check,
        verdict=verdict,
        comment=comment(article=article, text="Who counted, @wholechecker?", by=editor, at=AT),
        assignment=assign(article=article, person=checker, task="Check the cost", by=editor, at=AT),
    )
    _fill_small_tables(desk)
    _fill_checking(desk)
    _fill_study(desk)
    _fill_settling(desk)
    _fill_wires(desk)
    _fill_notices(desk)
    _hand_over(desk)
    _fill_ways_in(desk)
    return desk


def _publish(claim: Claim, *, checker: User, reviewer: User, editor: User) -> tuple[FactCheck, DeskVerdict]:
    check = make_check(claim, checker=checker, one_source_reason="Only the council knows.")
    check = send_to_review(check=check, seen=check.version, by=checker, at=AT)
    review_check(check=check, seen=check.version, decision="approve", by=reviewer, at=AT)
    return check, publish_verdict(check=check, seen=check.version, by=editor, at=AT)


def _fill_small_tables(desk: WholeDesk) -> None:
    keep_draft(article=desk.article, base=1, headline="A draft", body="Words.", by=desk.editor, at=AT)
    _fill_fetching(desk)
    publish_revision(article=desk.article, revision=desk.article.head, by=desk.editor, at=AT)
    request_correction(
        article=desk.article, revision=desk.article.head, text="Two years?", contact="reader@post.example", at=AT
    )
    be_present(article=desk.article.pk, by=desk.checker, at=AT)
    batch = Batch.objects.create(name="archive.ndjson", created_by=desk.editor, created_at=AT)
    BatchPart.objects.create(batch=batch, number=0, results="")
    FollowUp.objects.create(batch=batch, kind="likes", articles=1, first=1, last=1)
    SourceAdmission.objects.create(source=desk.source, person=desk.checker, created_by=desk.editor, created_at=AT)
    ExportFile.objects.create(format="ndjson", expires_at=AT + timedelta(days=1), created_by=desk.editor, created_at=AT)
    LexemeCount.objects.create(configuration="english", lexeme="bridg", passages=2)
    BiasExample.objects.create(
        category=desk.tag.category, words="a reckless decision", created_by=desk.editor, created_at=AT
    )
    KeptTag.objects.create(tag=desk.tag, codebook=desk.tag.category.codebook, created_by=desk.editor, created_at=AT)


def _fill_checking(desk: WholeDesk) -> None:
    made = {"created_by": desk.checker, "created_at": AT}
    ask_for_reply(
        claim=desk.claim,
        speaker=desk.speaker,
        channel="mail",
        asked_at=AT - timedelta(days=2),
        deadline=AT - timedelta(days=1),
        by=desk.checker,
        at=AT,
    )
    BlindRound.objects.create(claim=make_claim(desk.article, "The council voted", by=desk.checker), **made)
    MethodsPage.objects.create(number=1, text="We ask first.", **made)
    Translation.objects.create(
        evidence=desk.evidence, language="de", text="Zwölf Millionen.", translator="Bob Tanaka", **made
    )
    LaterSource.objects.create(
        claim=desk.claim,
        snapshot=desk.source.snapshots.get(),
        start=0,
        end=3,
        words=["bridge"],
        created_at=AT,
    )


def _hand_over(desk: WholeDesk) -> None:
    check = open_check(claim=desk.claim, checker=desk.checker, by=desk.checker, at=AT)
    hand_over(check=check, seen=check.version, to=desk.editor, note="Ask the council.", by=desk.checker, at=AT)


def _fill_notices(desk: WholeDesk) -> None:
    """A piece that is out, with a notice to its readers and a request to its outlet."""
    article = make_article(by=desk.editor, state="published")
    seen = article.version
    declare(article=article, kind="correction", text="It is three years.", seen=seen, by=desk.editor, at=AT)
    asked: dict[str, Any] = {"asked_of": "Harbour Courier", "asked_date": AT.date(), "text": "It is three years."}
    ask_outlet(article=article, by=desk.editor, at=AT, **asked)


def _fill_fetching(desk: WholeDesk) -> None:
    feed = add_feed(name="Wire", url="https://wire.example/feed", by=desk.editor, at=AT)
    FeedEntry.objects.create(
        feed=feed, provider="wire.example", guid="1", article=desk.article, first_seen_at=AT, changed_at=AT
    )
    FetchRequest.objects.create(url="https://wire.example/", created_by=desk.editor, created_at=AT)
    HostTurn.objects.create(host="wire.example", free_from=AT)
    RobotsCopy.objects.create(origin="https://wire.example", fresh_until=AT)


def _fill_study(desk: WholeDesk) -> None:
    project = Project.objects.get(is_default=True)
    made: dict[str, Any] = {"created_by": desk.editor, "created_at": AT}
    pinned = PinnedRevision.objects.create(project=project, revision=desk.article.head)
    Guidelines.objects.create(project=project, number=1, text="Tag what the author says.", **made)
    opened = Round.objects.create(project=project, number=1, opened_at=AT, **made)
    RoundText.objects.create(round=opened, pinned=pinned, position=1, **made)
    Participant.objects.create(project=project, person=desk.checker, **made)
    reading = Reading.objects.create(
        project=project,
        revision=desk.article.head,
        codebook=project.codebook,
        submitted_at=AT,
        is_gold=True,
        **made,
    )
    ReadingReopened.objects.create(reading=reading, submitted_at=AT, reason="The last page was missing.", **made)
    TimeSpent.objects.create(reading=reading, seconds=90, heard_at=AT)
    measured: dict[str, Any] = {"codebook": project.codebook, "state": "done", "ended_at": AT, "share": 1}
    measurement = Measurement.objects.create(project=project, round=opened, **measured, **made)
    MeasuredFigure.objects.create(
        measurement=measurement, coefficient="alpha", about="sentences", subject=":category", value=0.5, units=3
    )
    MeasuredSentence.objects.create(
        measurement=measurement, revision=desk.article.head, start=0, end=10, number=1, labels={}, tags={}
    )
    SentenceFinding.objects.create(reading=reading, start=0, end=10, finding="nothing", **made)
    SentenceStarts.objects.create(revision=desk.article.head, starts=[0])


def _fill_settling(desk: WholeDesk) -> None:
    made = {"created_by": desk.editor, "created_at": AT}
    project = Project.objects.get(is_default=True)
    closed = Round.objects.create(project=project, number=2, opened_at=AT, closed_at=AT, **made)
    settled = Settlement.objects.create(
        round=closed, revision=desk.article.head, decided="taken", reason="It is.", **made
    )
    SettledTag.objects.create(settlement=settled, tag=desk.tag, tag_version=1)
    AdjudicatedLabel.objects.create(
        settlement=settled, level="span", start=0, end=7, category=desk.tag.category, severity=1, **made
    )
    dataset = Dataset.objects.create(
        project=project,
        release="1.0",
        title="Harbour",
        licence="CC-BY-4.0",
        content=b"bytes",
        sha256=hashlib.sha256(b"bytes").hexdigest(),
        size=5,
        **made,
    )
    DatasetText.objects.create(dataset=dataset, revision=desk.article.head, is_in_full=False)


def _fill_wires(desk: WholeDesk) -> None:
    """A wire that sent the piece, sent it again and took it back."""
    made = {"created_by": desk.editor, "created_at": AT}
    story = Story.objects.create(**made)
    desk.article.change(seen=desk.article.version, story=story)
    head, capture = desk.article.head, desk.article.head.capture
    identity = WireIdentity.objects.create(provider="Wire", guid="urn:wire:1", article=desk.article, **made)
    said = {"identity": identity, "article": desk.article, "capture": capture, "record_sha256": "0" * 64, **made}
    WireItem.objects.create(version=1, record={}, outcome="created", revision=head, **said)
    waiting = WireItem.objects.create(version=2, record={"blocks": []}, outcome="waiting", **said)
    WireAnswer.objects.create(item=waiting, answer="kept", **made)
    stop = WireItem.objects.create(version=3, pub_status="canceled", record={}, outcome="held", **said)
    Hold.objects.create(article=desk.article, ground="canceled", wire_item=stop, **made)


def _fill_ways_in(desk: WholeDesk) -> None:
    make_token(person=desk.editor, name="Notebook", scopes=["read"], days=30, at=AT)
    invite(person=desk.checker, by=desk.reviewer, at=AT, days=7)
    IdempotencyKey.objects.create(
        person=desk.editor, key=str(uuid.uuid4()), request_sha256="0" * 64, status=201, answer={}, created_at=AT
    )
    hook = WebHook.objects.create(
        address="https://hook.example/", events=["verdict.published"], created_by=desk.editor, created_at=AT
    )
    delivery = WebHookDelivery.objects.create(
        hook=hook, event="verdict.published", noun=desk.verdict.uid, happened_at=AT, created_at=AT
    )
    WebHookAttempt.objects.create(delivery=delivery, at=AT, status=503)
