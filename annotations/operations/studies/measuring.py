"""Measuring how far the people of a round agree: a job that tells how far it is and can be stopped."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _

from annotations.agreement.figures import Figure
from annotations.agreement.measuring import measure
from annotations.models import MeasuredFigure, MeasuredSentence, Measurement, MeasurementState, Project, Round
from annotations.operations.studies.gathering import Gathered, gather
from articles.operations.jobs import enqueue

MEASURE = "annotations.measure"
SAMPLES = 1000
SECONDS_BETWEEN_WORDS = 1.0
A_BATCH = 1000


class RoundOfAnother(Exception):
    """The round belongs to another project."""


class MeasurementEnded(Exception):
    """The measurement is done or was canceled."""


@transaction.atomic
def begin_measurement(
    *,
    project: Project,
    round: Round | None = None,
    by: AbstractUser,
    at: datetime,
    seed: int = 1,
    samples: int = SAMPLES,
) -> Measurement:
    """Have all coefficients of a round worked out by a job; whoever asks while one is under way gets that one.

    :raises RoundOfAnother: when the round is none of the project's.
    """
    if round is not None and round.project_id != project.pk:
        raise RoundOfAnother(_("This round belongs to another study."))
    # Whoever asks at the same moment waits here.
    Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    running = Measurement.objects.filter(project=project, round=round, state=MeasurementState.RUNNING).first()
    if running is not None:
        return running
    measurement = Measurement.objects.create(
        project=project,
        round=round,
        codebook_id=project.codebook_id,
        seed=seed,
        samples=samples,
        created_by_id=by.pk,
        created_at=at,
    )
    enqueue(MEASURE, uid=str(measurement.uid))
    return measurement


@transaction.atomic
def cancel_measurement(*, measurement: Measurement, by: AbstractUser, at: datetime) -> Measurement:
    """Measure no further; nothing of it is kept.

    :raises MeasurementEnded: when it is done or was canceled before.
    """
    held = Measurement.objects.select_for_update(of=("self",)).get(pk=measurement.pk)
    if held.has_ended:
        raise MeasurementEnded(_("This measurement has ended already."))
    held.state, held.ended_at = MeasurementState.CANCELED, at
    held.save(update_fields=["state", "ended_at"])
    return held


def run_measurement(*, uid: UUID, at: datetime) -> None:
    """Work out the figures and store all of them at once, or none when it was canceled meanwhile.

    Not to be called in a transaction: others see how far it is. Twice is harmless, for the figures hang on what is
    stored and the seed alone.
    """
    measurement = Measurement.objects.select_related("project", "round").filter(uid=uid).first()
    if measurement is None or measurement.has_ended:
        return
    telling = _Telling(measurement)
    gathered = gather(project=measurement.project, round=measurement.round)
    try:
        figures = measure(gathered.study, samples=measurement.samples, seed=measurement.seed, progress=telling)
        _store(measurement, gathered, figures, at=at)
    except MeasurementEnded:
        return


class _Telling:
    """Notes how far a measurement is, and stops it when it was canceled."""

    def __init__(self, measurement: Measurement) -> None:
        self._key = measurement.pk
        self._told = time.monotonic()

    def __call__(self, share: float) -> None:
        """:raises MeasurementEnded: when it was canceled."""
        if time.monotonic() - self._told < SECONDS_BETWEEN_WORDS:
            return
        self._told = time.monotonic()
        running = Measurement.objects.filter(pk=self._key, state=MeasurementState.RUNNING)
        if not running.update(share=share):
            raise MeasurementEnded


@transaction.atomic
def _store(measurement: Measurement, gathered: Gathered, figures: Sequence[Figure], *, at: datetime) -> None:
    held = Measurement.objects.select_for_update(of=("self",)).get(pk=measurement.pk)
    if held.has_ended:
        raise MeasurementEnded
    readers = _readers(gathered)
    MeasuredFigure.objects.bulk_create((_figure(held, figure) for figure in figures), batch_size=A_BATCH)
    MeasuredSentence.objects.bulk_create(
        (
            MeasuredSentence(
                measurement=held,
                revision_id=sentence.revision,
                start=sentence.start,
                end=sentence.end,
                number=sentence.number,
                labels={str(person): sentence.label_of(person) for person in readers[sentence.revision]},
                tags={str(person): sorted({tag.slug for tag in own}) for person, own in sentence.tags.items()},
            )
            for sentence in gathered.sentences
            if sentence.tags
        ),
        batch_size=A_BATCH,
    )
    held.state, held.ended_at, held.share = MeasurementState.DONE, max(at, held.created_at), 1
    held.texts, held.units = len(gathered.study.texts), len(gathered.sentences)
    held.people, held.left_out = list(gathered.people), dict(gathered.left_out)
    held.categories = [list(category) for category in gathered.categories]
    held.crosses = _crosses(gathered)
    held.save()


def _readers(gathered: Gathered) -> dict[int, list[int]]:
    """By key of a revision, the keys of those who read it."""
    return {int(text.name): [gathered.people[place] for place in text.readers] for text in gathered.study.texts}


def _figure(measurement: Measurement, figure: Figure) -> MeasuredFigure:
    first, second = figure.people or (None, None)
    return MeasuredFigure(
        measurement=measurement,
        coefficient=figure.coefficient.value,
        about=figure.about.value,
        subject=figure.subject,
        first_id=first and int(first),
        second_id=second and int(second),
        value=figure.value,
        low=figure.low,
        high=figure.high,
        reason=figure.reason.value if figure.reason else "",
        interval_reason=figure.interval_reason.value if figure.interval_reason else "",
        units=figure.units,
        skipped=dict(figure.skipped),
    )


def _crosses(gathered: Gathered) -> dict[str, list[list[object]]]:
    """For each pair, the sentences both read by what either chose."""
    readers = _readers(gathered)
    crosses = {}
    for one, other in gathered.study.pairs:
        first, second = gathered.people[one], gathered.people[other]
        counts = Counter(
            (sentence.label_of(first), sentence.label_of(second))
            for sentence in gathered.sentences
            if {first, second}.issubset(readers[sentence.revision])
        )
        crosses[f"{first},{second}"] = [[*labels, number] for labels, number in sorted(counts.items())]
    return crosses
