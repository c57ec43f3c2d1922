"""What readers labelled, text by text, and what was settled about it: the ground of adjudication and of datasets.

Operations and queries both read it from here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from annotations.models import (
    AdjudicatedLabel,
    BiasCategory,
    BiasExample,
    BiasTag,
    Claim,
    Codebook,
    Project,
    Reading,
    Round,
    Settlement,
)
from annotations.settling import Label
from articles.models import CurrentAnchor


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text that was read, with all that its readers labelled.

    :ivar readings: the submitted ones, in the order in which they were begun, which numbers the readers.
    :ivar tags: by key, with their category loaded.
    """

    revision: Any
    readings: Sequence[Reading]
    labels: Sequence[Label]
    tags: Mapping[int, Any]


def submitted_readings(project: Project) -> QuerySet[Reading]:
    """The readings that count: submitted, of a text that was not withdrawn, and no gold."""
    withdrawn = Q(revision__in=_withdrawn(project))
    return Reading.objects.filter(project=project, submitted_at__isnull=False, is_gold=False).exclude(withdrawn)


def _withdrawn(project: Project) -> QuerySet[Any]:
    texts = Project.objects.filter(pk=project.pk, rounds__texts__withdrawn_at__isnull=False)
    return texts.values("rounds__texts__pinned__revision")


def read_texts(readings: QuerySet[Reading]) -> list[ReadText]:
    """The texts of these readings with the labels of their readers; three queries for any number of texts.

    Labels are live, made or decided one by one by the person who read, and stand on words of the revision read.
    """
    rows = list(
        readings.select_related("revision__article", "codebook", "guidelines", "round", "created_by").order_by(
            "revision", "pk"
        )
    )
    by_revision: dict[int, list[Reading]] = defaultdict(list)
    for reading in rows:
        by_revision[reading.revision_id].append(reading)
    tags = _tags_by_place(readings)
    return [_read_text(found, tags) for found in by_revision.values()]


def _tags_by_place(readings: QuerySet[Reading]) -> Mapping[tuple[int, int], list[Any]]:
    """The tags of readings, by text and reader; those on the whole article first."""
    tags = _placed(BiasTag.objects.live().by_people(), readings)
    tags = tags.select_related("category__codebook").prefetch_related("secondary__category")
    return _by_place(tags.order_by(F("start").asc(nulls_first=True), "pk"))


def claims_of(readings: QuerySet[Reading]) -> Mapping[tuple[int, int], list[Any]]:
    """The live claims that readers found or decided on one by one, by text and reader, in the order of the text."""
    claims = _placed(Claim.objects.live().by_people(), readings).select_related("speaker__merged_into")
    return _by_place(claims.order_by("start", "pk"))


def _placed(marks: Any, readings: QuerySet[Reading]) -> Any:
    """Marks with the ``reader`` and the ``revision`` that they belong to, and where they stand in it."""
    pairs = readings.order_by().values("project", "revision__article", "created_by")
    mine = pairs.filter(
        project=OuterRef("project"), revision__article=OuterRef("article"), created_by=OuterRef("reader")
    )
    # What a machine proposed is the mark of whoever decided on it.
    marks = marks.annotate(reader=Coalesce("decided_by", "created_by"))
    marks = marks.annotate(revision=Subquery(mine.values("revision")[:1]))
    standing = CurrentAnchor.objects.filter(span=OuterRef("span"), revision=OuterRef("revision"))
    return marks.filter(revision__isnull=False).annotate(
        start=Subquery(standing.values("anchor__start")[:1]), end=Subquery(standing.values("anchor__end")[:1])
    )


def _by_place(marks: Iterable[Any]) -> Mapping[tuple[int, int], list[Any]]:
    """Without those that have no place in the text that was read any more."""
    found: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for mark in marks:
        if mark.span_id is None or mark.start is not None:
            found[mark.revision, mark.reader].append(mark)
    return found


def _read_text(readings: Sequence[Reading], tags: Mapping[tuple[int, int], list[Any]]) -> ReadText:
    labels, by_key = [], {}
    for number, reading in enumerate(readings, start=1):
        for tag in tags.get((reading.revision_id, reading.created_by_id), ()):
            labels.append(label_of(tag, number))
            by_key[tag.pk] = tag
    return ReadText(readings[0].revision, readings, labels, by_key)


def label_of(tag: Any, reader: int) -> Label:
    """A tag as the pure room knows it; annotated with ``start`` and ``end``."""
    return Label(
        key=tag.pk,
        reader=reader,
        level=tag.level,
        start=tag.start,
        end=tag.end,
        category=tag.category.slug,
        severity=tag.severity,
        polarity=tag.polarity,
        target=tag.target,
        voice=tag.voice,
        neutral_alternative=tag.neutral_alternative,
        secondary=tuple(each.category.slug for each in sorted(tag.secondary.all(), key=lambda each: each.position)),
    )


def texts_of_round(round: Round) -> list[ReadText]:
    """The texts of a round that somebody read to the end, in their order."""
    texts = {text.revision.pk: text for text in read_texts(submitted_readings(round.project).filter(round=round))}
    places = round.texts.order_by("position").values_list("pinned__revision", flat=True)
    return [texts[revision] for revision in places if revision in texts]


def text_of_round(round: Round, revision: int) -> ReadText | None:
    """One text of a round, by the key of its revision; None where nobody read it to the end."""
    readings = submitted_readings(round.project).filter(round=round, revision=revision)
    return next(iter(read_texts(readings)), None)


# By round and revision, then by the keys of the labels that a settlement rests on.
Settled = Mapping[tuple[int, int], Mapping[frozenset[int], Settlement]]


def settled_in(rounds: Iterable[Round]) -> Settled:
    """The settlements that nothing replaced; four queries. One with a label that changed since is left out."""
    labels = AdjudicatedLabel.objects.select_related("category__codebook").order_by("start", "pk")
    rows = Settlement.objects.filter(round__in=rounds, replaced_by=None).select_related("created_by")
    rows = rows.prefetch_related("rests_on__tag", Prefetch("labels", queryset=labels)).order_by("pk")
    found: dict[tuple[int, int], dict[frozenset[int], Settlement]] = defaultdict(dict)
    for row in rows:
        grounds = row.rests_on.all()
        if all(each.tag_version == each.tag.version for each in grounds):
            found[row.round_id, row.revision_id][frozenset(each.tag_id for each in grounds)] = row
    return found


def examples_to_publish(codebook: Codebook) -> list[BiasCategory]:
    """The categories of a version with the examples that anybody may read: written down, not taken from an article."""
    written = BiasExample.objects.filter(tag=None).order_by("pk")
    return list(codebook.categories.order_by("order").prefetch_related(Prefetch("examples", queryset=written)))
