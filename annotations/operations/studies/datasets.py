"""Releasing a dataset: what a project's readers found, frozen for everybody."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from annotations.exports.dataset import packed
from annotations.exports.release import Release, Row
from annotations.labelling import ReadText, claims_of, examples_to_publish, read_texts, settled_in, submitted_readings
from annotations.models import Dataset, DatasetText, Participant, Project, Reading, Round, SentenceFinding, Settlement
from annotations.settling import RULE, questions_of
from articles.models import Access, Article, ArticleState, Hold
from articles.permissions import goes_out_in_full

KEY_BYTES = 32


class ReleaseTaken(Exception):
    """The project has another dataset under this release."""


class RoundStillOpen(Exception):
    """People still read apart, and a release would show what others found."""


class NothingRead(Exception):
    """Nobody has submitted a reading of a text that may be in a release."""


@transaction.atomic
def release_dataset(
    *,
    project: Project,
    release: str,
    title: str,
    licence: str,
    authors: Sequence[str],
    by: AbstractUser,
    at: datetime,
    description: str = "",
) -> Dataset:
    """Freeze what a project's readers found: readings, their labels, and what was decided on them.

    The words of a text are in it where its rights let readers have them; of every other text its checksum, length and
    address. Texts for named people, held, incoming or under embargo are left out, as are readings of people who took
    their consent back.

    :param authors: who is to be cited; nobody else is named.
    :raises ReleaseTaken: when the project has this release.
    :raises RoundStillOpen: while a round is open, or, in a blind study without rounds, a reading.
    :raises NothingRead: when there is nothing to release.
    """
    held = Project.objects.select_for_update(of=("self",)).select_related("codebook").get(pk=project.pk)
    if Dataset.objects.filter(project=held, release=release).exists():
        message = _("“%(project)s” has a release %(release)s, and a release never changes. Choose another number.")
        raise ReleaseTaken(message % {"project": held.name, "release": release})
    _refuse_open(held)
    readings = _publishable(held)
    texts = read_texts(readings)
    if not texts:
        raise NothingRead(_("Nobody has submitted a reading of a text that may be published, so there is nothing yet."))
    texts.sort(key=lambda text: str(text.revision.text_sha256))
    facts = _Pseudonymous(held, texts, claims_of(readings))
    made = Release(
        slug=held.slug,
        release=release,
        title=title,
        description=description,
        authors=list(authors),
        licence=licence,
        day=at.date(),
        **facts.rows(),
    )
    content = packed(made)
    dataset = Dataset.objects.create(
        project=held,
        release=release,
        title=title,
        licence=licence,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        counts=dict(made.counts),
        created_by_id=by.pk,
        created_at=at,
    )
    DatasetText.objects.bulk_create(
        DatasetText(dataset=dataset, revision=text.revision, is_in_full=facts.is_in_full(text)) for text in texts
    )
    return dataset


def _refuse_open(project: Project) -> None:
    rounds = Round.objects.filter(project=project, opened_at__isnull=False, closed_at=None)
    number = rounds.values_list("number", flat=True).first()
    if number is not None:
        raise RoundStillOpen(_("Round %(number)s is open. Close it, and release then.") % {"number": number})
    if project.is_blind and Reading.objects.filter(project=project, round=None, submitted_at=None).exists():
        raise RoundStillOpen(_("Somebody still reads for this blind study. Release when every reading is submitted."))


def _publishable(project: Project) -> QuerySet[Reading]:
    """The readings that may be in a release, for whoever has it: no reader of a dataset is anybody in particular."""
    held = Hold.objects.standing().of_articles().filter(article=OuterRef("pk"))
    articles = Article.objects.filter(access=Access.DESK).exclude(state=ArticleState.INCOMING).exclude(Exists(held))
    articles = articles.exclude(embargo_until__gt=Now())
    readings = submitted_readings(project).filter(revision__article__in=articles)
    if not project.consent_note:
        return readings
    agreed = Participant.objects.filter(project=project, person=OuterRef("created_by"), consented_at__isnull=False)
    return readings.filter(Q(Exists(agreed)))


class _Pseudonymous:
    """The rows of a release, with the names that are made for it alone."""

    def __init__(
        self, project: Project, texts: Sequence[ReadText], claims: Mapping[tuple[int, int], Sequence[Any]]
    ) -> None:
        self.key = secrets.token_bytes(KEY_BYTES)
        self.project = project
        self.texts = texts
        self.claims = claims
        self.released = {claim.pk: claim for found in claims.values() for claim in found}
        self.names = {text.revision.pk: f"text-{number:04}" for number, text in enumerate(texts, start=1)}
        self.settled = settled_in(Round.objects.filter(project=project))

    def name_of(self, kind: str, uid: Any) -> str:
        """A name that nobody can make again without the key, which is not kept."""
        return f"{kind}-{hmac.new(self.key, f'{kind}:{uid}'.encode(), hashlib.sha256).hexdigest()[:12]}"

    def is_in_full(self, text: ReadText) -> bool:
        return goes_out_in_full(text.revision.article)

    def rows(self) -> dict[str, Any]:
        labels = [row for text in self.texts for row in self._labels_of(text)]
        adjudicated = [row for text in self.texts for row in self._settled_of(text)]
        claims = [row for text in self.texts for row in self._claims_of(text)]
        readings = self._readings()
        words = {self.names[text.revision.pk]: text.revision.text for text in self.texts if self.is_in_full(text)}
        return {
            "texts": [self._text(text) for text in self.texts],
            "words": words,
            "codebooks": self._codebooks(),
            "guidelines": self._guidelines(),
            "readings": readings,
            "labels": labels,
            "claims": claims,
            "adjudicated": adjudicated,
            "rule": RULE if adjudicated else "",
            "counts": {
                "texts": len(self.texts),
                "in_full": len(words),
                "annotators": len({row["annotator"] for row in readings}),
                "readings": len(readings),
                "labels": len(labels),
                "claims": len(claims),
                "questions": len(adjudicated),
                "adjudicated": sum(len(row["labels"]) for row in adjudicated),
            },
        }

    def _text(self, text: ReadText) -> Row:
        revision, article = text.revision, text.revision.article
        name = self.names[revision.pk]
        return {
            "id": name,
            "sha256": revision.text_sha256,
            "characters": len(revision.text),
            "file": f"texts/{name}.txt" if self.is_in_full(text) else None,
            "url": article.canonical_url or None,
            "outlet": article.outlet or None,
            "language": article.language or None,
            "published": article.published_at.date().isoformat() if article.published_at else None,
            "rights": article.rights,
            "terms": article.rights_terms or None,
        }

    def _readings(self) -> list[Row]:
        readings = [reading for text in self.texts for reading in text.readings]
        findings = _last_findings(readings)
        rows = [
            {
                "text": self.names[reading.revision_id],
                "annotator": self.name_of("annotator", reading.created_by.uid),
                "round": self._round_of(reading),
                "codebook": str(reading.codebook),
                "guidelines": reading.guidelines.number if reading.guidelines else None,
                "findings": findings.get(reading.pk, []),
            }
            for reading in readings
        ]
        return sorted(rows, key=lambda row: (row["text"], row["annotator"]))

    def _round_of(self, reading: Reading) -> int | None:
        return reading.round.number if reading.round else None

    def _labels_of(self, text: ReadText) -> list[Row]:
        rows = []
        for label in text.labels:
            tag, reading = text.tags[label.key], text.readings[label.reader - 1]
            rows.append(
                {
                    "id": self.name_of("label", tag.uid),
                    "text": self.names[text.revision.pk],
                    "annotator": self.name_of("annotator", reading.created_by.uid),
                    "round": self._round_of(reading),
                    "codebook": str(tag.category.codebook),
                    "origin": tag.origin,
                    **_said(label),
                }
            )
        return sorted(rows, key=_in_text_order)

    def _claims_of(self, text: ReadText) -> list[Row]:
        """Who spoke and which claims are the same are told by names of this release alone."""
        is_in_full = self.is_in_full(text)
        rows = []
        for reading in text.readings:
            for claim in self.claims.get((text.revision.pk, reading.created_by_id), ()):
                speaker = claim.speaker and (claim.speaker.merged_into or claim.speaker)
                same = self.released.get(claim.same_as_id)
                rows.append(
                    {
                        "id": self.name_of("claim", claim.uid),
                        "text": self.names[text.revision.pk],
                        "annotator": self.name_of("annotator", reading.created_by.uid),
                        "round": self._round_of(reading),
                        "origin": claim.origin,
                        "start": claim.start,
                        "end": claim.end,
                        # A restatement says what the words say, so it goes out where they do.
                        "restatement": claim.canonical if is_in_full else None,
                        "type": claim.claim_type,
                        "checkable": claim.checkable,
                        "claimant": claim.claimant_kind,
                        "speaker": self.name_of("speaker", speaker.uid) if speaker else None,
                        "same_as": self.name_of("claim", same.uid) if same else None,
                    }
                )
        return sorted(rows, key=lambda row: (row["start"], row["end"], row["annotator"], row["id"]))

    def _settled_of(self, text: ReadText) -> list[Row]:
        rows = []
        for round_id in dict.fromkeys(reading.round_id for reading in text.readings if reading.round_id):
            settled = self.settled.get((round_id, text.revision.pk), {})
            for question in questions_of(text.labels):
                found = settled.get(question.keys)
                if found is not None:
                    rows.append(self._settlement(found, text))
        return rows

    def _settlement(self, found: Settlement, text: ReadText) -> Row:
        labels = [
            {"codebook": str(label.category.codebook), **_said(label, category=label.category.slug)}
            for label in found.labels.all()
        ]
        rests_on = [self.name_of("label", text.tags[each.tag_id].uid) for each in found.rests_on.all()]
        return {
            "id": self.name_of("settlement", found.uid),
            "text": self.names[text.revision.pk],
            "round": next(
                each.round.number for each in text.readings if each.round_id == found.round_id and each.round
            ),
            "decided": found.decided,
            "rests_on": sorted(rests_on),
            "labels": labels,
        }

    def _codebooks(self) -> list[Row]:
        used = {reading.codebook for text in self.texts for reading in text.readings}
        used |= {tag.category.codebook for text in self.texts for tag in text.tags.values()}
        return [
            {
                "name": codebook.name,
                "version": codebook.number,
                "what_changed": codebook.change_note or None,
                "categories": [_category(each) for each in examples_to_publish(codebook)],
            }
            for codebook in sorted(used, key=lambda each: (each.name, each.number))
        ]

    def _guidelines(self) -> Mapping[int, str]:
        versions = [reading.guidelines for text in self.texts for reading in text.readings if reading.guidelines]
        found = {each.number: each.text for each in sorted(versions, key=lambda each: each.number)}
        return found or ({1: self.project.guidelines} if self.project.guidelines.strip() else {})


def _said(label: Any, **other: Any) -> dict[str, Any]:
    """What a label says, whoever gave it."""
    said = {
        "level": label.level,
        "start": label.start,
        "end": label.end,
        "category": label.category,
        "secondary": list(label.secondary),
        "severity": label.severity,
        "polarity": label.polarity,
        "target": label.target or None,
        "voice": label.voice,
        "neutral_alternative": label.neutral_alternative or None,
    }
    return {**said, **other}


def _in_text_order(row: Row) -> tuple[Any, ...]:
    place = (-1, -1) if row["start"] is None else (row["start"], row["end"])
    return (*place, row["annotator"], row["category"], row["id"])


def _category(category: Any) -> Row:
    return {
        "slug": category.slug,
        "name": category.name,
        "family": category.family,
        "definition": category.definition,
        "levels": list(category.levels),
        "maps_to": category.maps_to or None,
        "examples": [{"words": each.words, "is_positive": each.is_positive} for each in category.examples.all()],
    }


def _last_findings(readings: Iterable[Reading]) -> Mapping[int, list[Row]]:
    """What was said last of each sentence, where it was not taken back, by the key of the reading."""
    said = SentenceFinding.objects.filter(reading__in=[each.pk for each in readings])
    last = said.order_by("reading", "start", "-sequence").distinct("reading", "start")
    found: dict[int, list[Row]] = {}
    for each in last:
        if each.finding:
            found.setdefault(each.reading_id, []).append(
                {"start": each.start, "end": each.end, "finding": each.finding}
            )
    return found
