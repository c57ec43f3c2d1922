"""Readings: that a person read a text under a codebook, and what they say of sentences that got no mark."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import (
    Assignment,
    Finding,
    Notice,
    PinnedRevision,
    Project,
    Reading,
    ReadingReopened,
    RoundKind,
    RoundText,
    SentenceFinding,
    SentenceStarts,
)
from annotations.operations.studies.apart import OutsideReading, refuse_shut
from annotations.operations.studies.handingout import refuse_without_consent
from annotations.operations.studies.rounds import RoundOutOfOrder, TextWithdrawn, wants_gold
from annotations.operations.studies.studysuggesting import suggest_in_reading
from articles.anchoring.text import sentences
from articles.models import Revision, Verb
from articles.operations.acts import ALONE, Difference, Noted, note_act
from articles.operations.spans import Words, find_words

# What stands as the last word on a sentence when somebody took back what they had said of it.
TAKEN_BACK = ""


class NotPinned(Exception):
    """A study reads the revisions pinned to it, and this is none of them."""


class ReadingOfAnother(Exception):
    """A reading is written by the person who reads."""


class AlreadySubmitted(Exception):
    """The reading was submitted, so nothing is added to it."""


class NotSubmitted(Exception):
    """The reading is still open, so there is nothing to reopen."""


class NotASentence(Exception):
    """The offsets are not those of a sentence of the revision.

    :ivar expected: start and end of the sentence in which the words begin.
    """

    def __init__(self, expected: tuple[int, int]) -> None:
        self.expected = list(expected)
        sentence = {"start": expected[0], "end": expected[1]}
        super().__init__(
            _("A finding is about a whole sentence. The one these words begin in is [%(start)d, %(end)d).") % sentence
        )


class NothingToTakeBack(Exception):
    """Nothing is said of the sentence."""


@transaction.atomic
def begin_reading(*, revision: Revision, project: Project, by: AbstractUser, at: datetime) -> Reading:
    """Begin to read a revision under the codebook of a project. Whoever has begun already goes on with theirs.

    A text of a round is read by those who were given it. In training and test rounds whoever leads the study may read
    it too: what they submit is gold.

    :raises NotPinned: when the project is a study and the revision is not pinned to it.
    :raises OutsideReading: when the text is in a round that is not open, or is not theirs to read.
    :raises TextWithdrawn: when it was taken out of the study.
    :raises ConsentMissing: when the study asks for consent that they have not given.
    """
    pinned = PinnedRevision.objects.filter(project=project, revision=revision)
    if not project.is_default and not pinned.exists():
        raise NotPinned(_("This study does not read this revision. Take one that is pinned to it, or have it pinned."))
    begun = Reading.objects.filter(project=project, revision=revision, created_by_id=by.pk).first()
    if begun is not None:
        return begun
    text = RoundText.objects.filter(pinned__in=pinned).select_related("round").first()
    if text is not None:
        _refuse_to_begin(text, revision, by)
    reading, is_new = Reading.objects.get_or_create(
        project=project,
        revision=revision,
        created_by_id=by.pk,
        defaults={
            "codebook_id": project.codebook_id,
            "round": text.round if text else None,
            "guidelines": project.guideline_versions.order_by("-number").first(),
            "created_at": at,
        },
    )
    if is_new and project.is_default:
        _keep_sentences(revision)
    if is_new and text is not None:
        suggest_in_reading(reading=reading, by=by, at=at)
    return reading


def _keep_sentences(revision: Revision) -> None:
    """Let the database count what is read of a text: the desk's figures rest on sentences that somebody read."""
    starts = [start for start, _end in sentences(revision.text)]
    SentenceStarts.objects.bulk_create([SentenceStarts(revision=revision, starts=starts)], ignore_conflicts=True)


def _refuse_to_begin(text: RoundText, revision: Revision, by: AbstractUser) -> None:
    """A text of a round is begun by whoever has it, while the round is open; gold, by whoever leads, also before."""
    if text.withdrawn_at is not None:
        raise TextWithdrawn(_("This text was withdrawn from the study."))
    has_it = Assignment.objects.filter(round=text.round_id, article=revision.article_id, person_id=by.pk, ended_at=None)
    if has_it.exists():
        if not text.round.is_open:
            raise OutsideReading(_("The round is not open. You can read when it is."))
        refuse_without_consent(text.round.project, by)
        return
    if text.round.kind == RoundKind.MAIN or not by.has_perm("annotations.lead_project"):
        raise OutsideReading(_("This text is not yours to read. Ask whoever leads the study."))


def record_finding(
    *,
    reading: Reading,
    words: Words,
    finding: Finding,
    by: AbstractUser,
    at: datetime,
    noted: Noted | None = ALONE,
) -> SentenceFinding:
    """Say of a sentence that nothing was found in it, or that it is an opinion. The last word counts.

    :raises ReadingOfAnother: when the reading is not theirs.
    :raises AlreadySubmitted: when it was submitted.
    :raises NotASentence: when the words are in the text but are no sentence of it. Raises as ``find_words``, too.
    """
    return _say(reading, words, finding.value, by=by, at=at, noted=noted)


def withdraw_finding(
    *, reading: Reading, words: Words, by: AbstractUser, at: datetime, noted: Noted | None = ALONE
) -> SentenceFinding:
    """Take back what was said of a sentence; what it was stays stored. Raises as :func:`record_finding`.

    :raises NothingToTakeBack: when nothing is said of the sentence.
    """
    return _say(reading, words, TAKEN_BACK, by=by, at=at, noted=noted)


def say_again(
    *, finding_of: SentenceFinding, finding: str, seen: int, by: AbstractUser, at: datetime, noted: Noted | None = ALONE
) -> SentenceFinding:
    """Say of a sentence what had been said of it, which may be nothing. Raises as :func:`record_finding`.

    :param finding_of: anything that was said of the sentence.
    """
    words = Words(finding_of.start, finding_of.end)
    return _say(finding_of.reading, words, finding, by=by, at=at, noted=noted)


@transaction.atomic
def _say(
    reading: Reading, words: Words, finding: str, *, by: AbstractUser, at: datetime, noted: Noted | None
) -> SentenceFinding:
    """Append a word on a sentence. The reading is held: two words have an order, and none comes after the end."""
    held = Reading.objects.select_for_update(of=("self",)).select_related("revision").get(pk=reading.pk)
    _refuse_others(held, by)
    if held.submitted_at is not None:
        raise AlreadySubmitted(_("This reading is submitted. Ask whoever leads the project to reopen it."))
    refuse_shut(held, by=by)
    start, end = _sentence(held.revision, words)
    said_before = list(SentenceFinding.objects.filter(reading=held, start=start).order_by("sequence"))
    last = said_before[-1] if said_before else None
    if finding == TAKEN_BACK and (last is None or last.finding == TAKEN_BACK):
        raise NothingToTakeBack(_("Nothing is said of this sentence, so there is nothing to take back."))
    if last is not None and last.finding == finding:
        return last
    said = SentenceFinding.objects.create(
        reading=held,
        start=start,
        end=end,
        finding=finding,
        sequence=last.sequence + 1 if last else 1,
        created_by_id=by.pk,
        created_at=at,
    )
    note_act(
        # What was said of a sentence first stands for the sentence.
        (said_before or [said])[0],
        Verb.CHANGE,
        article=held.revision.article_id,
        was=said.sequence - 1,
        now=said.sequence,
        by=by,
        at=at,
        noted=noted,
        changed=Difference({"finding": last.finding if last else TAKEN_BACK}, {"finding": finding}),
    )
    return said


def _sentence(revision: Revision, words: Words) -> tuple[int, int]:
    place = find_words(revision, words)
    spans = sentences(revision.text)
    if (place.start, place.end) not in spans:
        raise NotASentence(max((span for span in spans if span[0] <= place.start), default=spans[0]))
    return place.start, place.end


def _refuse_others(reading: Reading, by: AbstractUser) -> None:
    if reading.created_by_id != by.pk:
        raise ReadingOfAnother(_("This is somebody else’s reading. Begin one of your own."))


@transaction.atomic
def submit_reading(*, reading: Reading, seen: int, by: AbstractUser, at: datetime) -> Reading:
    """Say that one has read it to the end; from now on it counts, and nothing is added to it.

    :raises ReadingOfAnother: when the reading is not theirs.
    :raises AlreadySubmitted: when it was submitted before.
    :raises OutsideReading: when its round is not open, or the text was taken back.
    :raises Stale: when it changed since version ``seen``.
    """
    _refuse_others(reading, by)
    if reading.submitted_at is not None:
        raise AlreadySubmitted(_("This reading was submitted before."))
    refuse_shut(reading, by=by)
    mine = Assignment.objects.filter(round=reading.round_id, article=reading.revision.article_id, person_id=by.pk)
    given = mine.filter(ended_at=None).first() if reading.round_id else None
    if given is not None and given.done_at is None:
        given.change(seen=given.version, done_at=at)
    is_gold = reading.round is not None and wants_gold(reading.round) and given is None
    if is_gold and Reading.objects.filter(project=reading.project, revision=reading.revision, is_gold=True).exists():
        raise AlreadySubmitted(_("Somebody else’s reading is the gold of this text already."))
    return reading.change(seen=seen, submitted_at=at, is_gold=is_gold)


@transaction.atomic
def reopen_reading(*, reading: Reading, seen: int, reason: str, by: AbstractUser, at: datetime) -> Reading:
    """Open a submitted reading again, and tell its reader why.

    When it had been submitted and the reason are kept for good.

    :raises NotSubmitted: when it is open.
    :raises RoundOutOfOrder: when its round is closed: its readers may have seen each other's marks since.
    :raises Stale: when it changed since version ``seen``.
    """
    if reading.submitted_at is None:
        raise NotSubmitted(_("This reading is open. Only a submitted one can be reopened."))
    if reading.round is not None and reading.round.closed_at is not None:
        raise RoundOutOfOrder(_("The round is closed, and its readers may see what others marked. It stays as it is."))
    was = reading.submitted_at
    reading.change(seen=seen, submitted_at=None, is_gold=False)
    ReadingReopened.objects.create(reading=reading, submitted_at=was, reason=reason, created_by_id=by.pk, created_at=at)
    if reading.round_id:
        given = Assignment.objects.filter(
            round=reading.round_id, article=reading.revision.article_id, person=reading.created_by_id, ended_at=None
        ).first()
        if given is not None and given.done_at is not None:
            given.change(seen=given.version, done_at=None, times_out_at=None)
    told = _("Your reading of “%(headline)s” is open again: %(reason)s")
    Notice.objects.create(
        uid=uuid.uuid4(),
        person_id=reading.created_by_id,
        kind="reopened",
        text=told % {"headline": reading.revision.headline, "reason": reason},
        created_at=at,
    )
    return reading
