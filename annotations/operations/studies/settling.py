"""Adjudication: settling what readers labelled differently, in records of its own that name what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _

from annotations.labelling import ReadText, settled_in, text_of_round, texts_of_round
from annotations.models import AdjudicatedLabel, BiasCategory, Decided, Round, SettledTag, Settlement
from annotations.settling import Label, Question, merged, questions_of

LONGEST_REASON = 2000  # characters


class RoundNotClosed(Exception):
    """Its readers still work apart, so nobody compares what they found."""


class NoSuchQuestion(Exception):
    """The labels are not those that overlap here now: somebody changed one."""


class SettledMeanwhile(Exception):
    """The question has another newest settlement than whoever decides has seen."""


class NotAnOption(Exception):
    """What is to be taken is none of the labels, or a new label is missing or out of place."""


@transaction.atomic
def merge_agreed(*, round: Round, by: AbstractUser, at: datetime) -> list[Settlement]:
    """Settle every open question of a round on which its readers agree by :data:`~annotations.settling.RULE`.

    :raises RoundNotClosed: while it is not closed.
    """
    held = _held(round)
    settled, made = settled_in([held]), []
    for text in texts_of_round(held):
        known = settled.get((held.pk, text.revision.pk), {})
        for question in questions_of(text.labels):
            label = merged(question, len(text.readings)) if question.keys not in known else None
            if label is not None:
                made.append(_settle(held, text, question, Decided.AGREED, [label], by=by, at=at))
    return made


@transaction.atomic
def settle(
    *,
    round: Round,
    revision: int,
    rests_on: Iterable[int],
    decided: str,
    by: AbstractUser,
    at: datetime,
    take: str | int | None = None,
    new: Label | None = None,
    reason: str = "",
    replaces: Settlement | None = None,
) -> Settlement:
    """Decide on one question of a text. The labels stay as they are; an earlier settlement stays, replaced.

    :param revision: the key of the text.
    :param rests_on: the keys of all labels of the question.
    :param take: the letter of the option that is taken, or the key of one of its labels.
    :param new: the label that is made instead, where ``decided`` says so.
    :param replaces: the settlement that whoever decides has seen; None for none.
    :raises RoundNotClosed: while the round is not closed.
    :raises NoSuchQuestion: when these are not the labels of one question of the text.
    :raises SettledMeanwhile: when another settlement is the newest.
    :raises NotAnOption: when nothing has this letter, or the new label has no place in the text.
    """
    held = _held(round)
    text = text_of_round(held, revision)
    keys = frozenset(rests_on)
    question = next((each for each in questions_of(text.labels) if each.keys == keys), None) if text else None
    if text is None or question is None:
        raise NoSuchQuestion(_("Somebody changed a label here in between. Look at the question as it stands now."))
    newest = settled_in([held]).get((held.pk, revision), {}).get(keys)
    if (newest and newest.pk) != (replaces and replaces.pk):
        raise SettledMeanwhile(_("Somebody settled this in between. Look at what was decided."))
    labels = _chosen(question, text, decided, take, new)
    return _settle(held, text, question, decided, labels, by=by, at=at, reason=reason, replaces=newest)


def _held(round: Round) -> Round:
    """The round, of which two people settle questions one after the other."""
    held = Round.objects.select_for_update(of=("self",)).select_related("project").get(pk=round.pk)
    if held.closed_at is None:
        raise RoundNotClosed(
            _("Round %(number)s is not closed: its readers still work apart.") % {"number": held.number}
        )
    return held


def _chosen(question: Question, text: ReadText, decided: str, take: str | int | None, new: Label | None) -> list[Label]:
    options = question.options()
    if decided == Decided.NEITHER:
        return []
    if decided == Decided.BOTH:
        return [option.label for option in options]
    if decided == Decided.TAKEN:
        taken = [
            option.label
            for option in options
            if take == option.letter or take in {label.key for label in option.labels}
        ]
        if not taken:
            letters = ", ".join(option.letter for option in options)
            raise NotAnOption(_("Choose one of %(letters)s.") % {"letters": letters})
        return taken
    if decided == Decided.NEW and new is not None and _has_place(new, text):
        return [new]
    raise NotAnOption(_("Say which words the new label is on, and what it says of them."))


def _has_place(new: Label, text: ReadText) -> bool:
    if new.start is None or new.end is None:
        return new.level == "article"
    return new.level != "article" and 0 <= new.start < new.end <= len(text.revision.text)


def _settle(
    round: Round,
    text: ReadText,
    question: Question,
    decided: str,
    labels: Sequence[Label],
    *,
    by: AbstractUser,
    at: datetime,
    reason: str = "",
    replaces: Settlement | None = None,
) -> Settlement:
    settlement = Settlement.objects.create(
        round=round,
        revision=text.revision,
        decided=decided,
        reason=reason.strip(),
        replaces=replaces,
        created_by_id=by.pk,
        created_at=at,
    )
    SettledTag.objects.bulk_create(
        SettledTag(settlement=settlement, tag=text.tags[key], tag_version=text.tags[key].version)
        for key in sorted(question.keys)
    )
    entries = _entries(text, round)
    AdjudicatedLabel.objects.bulk_create(
        AdjudicatedLabel(
            settlement=settlement,
            level=label.level,
            start=label.start,
            end=label.end,
            category=_entry(label, text, entries),
            secondary=list(label.secondary),
            severity=label.severity,
            polarity=label.polarity,
            target=label.target,
            voice=label.voice,
            neutral_alternative=label.neutral_alternative,
            created_by_id=by.pk,
            created_at=at,
        )
        for label in labels
    )
    return settlement


def _entries(text: ReadText, round: Round) -> dict[str, BiasCategory]:
    """The categories of the version that the text was read under, by slug."""
    codebook = text.readings[0].codebook_id if text.readings else round.project.codebook_id
    return {entry.slug: entry for entry in BiasCategory.objects.filter(codebook=codebook)}


def _entry(label: Label, text: ReadText, entries: dict[str, BiasCategory]) -> BiasCategory:
    """The category of a label: that of the tag it comes from, else the one of the codebook.

    :raises NotAnOption: when the codebook has none of this slug.
    """
    tag = text.tags.get(label.key)
    entry = tag.category if tag is not None else entries.get(label.category)
    if entry is None:
        raise NotAnOption(_("Choose a category of the codebook that the text was read under."))
    return entry
