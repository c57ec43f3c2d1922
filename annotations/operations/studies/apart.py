"""Marking within a study: in an open reading of one's own, on the text that the study pinned."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext as _

from annotations.models import Assignment, Project, Reading, RoundKind
from articles.models import Article, Span
from articles.operations.pinned import mark_pinned_span
from articles.operations.spans import StaleRevision, Words, mark_span


class OutsideReading(Exception):
    """Marks of a study are made, changed and taken back by their reader, while the reading is open."""


def span_within(project: Project, *, article: Article, base: int, words: Words, by: AbstractUser, at: datetime) -> Span:
    """A span for a mark of a project: on the newest text for the desk, on the pinned one within a study.

    :raises OutsideReading: when the project is a study and no reading of it is open. Raises as ``mark_span``, too.
    """
    if not runs_in_rounds(project):
        return mark_span(article=article, base=base, words=words, by=by, at=at)
    reading = open_reading(project, article=article, by=by)
    if base != reading.revision.number:
        raise StaleRevision(article, base=base, newest=reading.revision.number)
    return mark_pinned_span(article=article, revision=reading.revision, words=words, by=by, at=at)


def runs_in_rounds(project: Project) -> bool:
    """Whether marks of a project belong to readings: the desk's do not, nor those of a study without rounds."""
    return not project.is_default and project.rounds.exists()


def refuse_outside_reading(project: Project, *, article: Article, by: AbstractUser) -> None:
    """:raises OutsideReading: when a mark without words would be made outside of an open reading."""
    if runs_in_rounds(project):
        open_reading(project, article=article, by=by)


def refuse_to_touch(mark: Any, *, by: AbstractUser) -> None:
    """What was submitted to a study stays as it is, and nobody changes what somebody else marked there.

    :raises OutsideReading: when the mark belongs to a reading that is not open, or to somebody else's.
    """
    if not runs_in_rounds(mark.project):
        return
    if mark.created_by_id != by.pk:
        raise OutsideReading(_("Somebody else marked this for a study. What annotators mark stays as they made it."))
    open_reading(mark.project, article=mark.article, by=by)


def open_reading(project: Project, *, article: Article, by: AbstractUser) -> Reading:
    """A person's open reading of a text in a study, held until the transaction ends.

    :raises OutsideReading: when there is none, or nothing may be added to it; the message says why.
    """
    mine = Reading.objects.filter(project=project, revision__article=article, created_by_id=by.pk)
    reading = mine.select_for_update(of=("self",)).select_related("revision", "round").first()
    if reading is None:
        raise OutsideReading(_("Begin to read this text for the study first."))
    if reading.submitted_at is not None:
        raise OutsideReading(_("This reading is submitted. Ask whoever leads the study to reopen it."))
    refuse_shut(reading, by=by)
    return reading


def refuse_shut(reading: Reading, *, by: AbstractUser) -> None:
    """:raises OutsideReading: when the round of an open reading takes nothing from this person."""
    opened = reading.round
    if opened is None:
        return
    if opened.closed_at is not None:
        raise OutsideReading(_("The round is closed, so nothing is added to it."))
    held = Assignment.objects.filter(round=opened, article=reading.revision.article_id, person_id=by.pk)
    if not held.exists() and opened.kind != RoundKind.MAIN:
        return  # whoever leads the study makes gold before the round opens
    if opened.opened_at is None:
        raise OutsideReading(_("The round is not open yet."))
    if not held.filter(ended_at=None).exists():
        raise OutsideReading(_("This text was taken back from you. Ask whoever leads the study."))
