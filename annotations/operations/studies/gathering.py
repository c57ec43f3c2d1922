"""What a round's people did, gathered from their submitted readings in the form that coefficients count."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from annotations.agreement.study import ClaimMade, Mark, Question, Row, Study, TextRead
from annotations.agreement.weights import Level
from annotations.models import (
    BiasCategory,
    BiasTag,
    Claim,
    Evidence,
    FactCheck,
    Project,
    Reading,
    Round,
)
from annotations.models import (
    Level as TagLevel,
)
from articles.anchoring.text import sentences
from articles.models import Origin, Revision
from articles.models.span import CurrentAnchor

# The question of which category stands for a sentence; the other questions are named after categories.
CATEGORY = ":category"
SEVERITY = ":severity"
NOTHING = ""
SEVERITIES = (0, 1, 2, 3)

GOLD = "gold"
OPEN = "not_submitted"
WITHDRAWN = "text_withdrawn"
# What nobody has decided, or somebody decided against, is no mark of anybody.
NOBODYS = (Origin.SUGGESTED, Origin.REJECTED)


@dataclass(frozen=True, slots=True)
class Tag:
    """A live tag of a reader on words of the text."""

    start: int
    end: int
    slug: str
    severity: int


@dataclass(slots=True)
class SentenceRead:
    """A sentence that two people or more read, with what each found in it, by key of a person."""

    revision: int
    number: int
    start: int
    end: int
    tags: dict[int, list[Tag]] = field(default_factory=dict)

    def label_of(self, person: int) -> str:
        """The category that stands for the sentence: that of the gravest tag, then of the longest, then the first."""
        found = self.tags.get(person)
        return (
            min(found, key=lambda tag: (-tag.severity, tag.start - tag.end, tag.start, tag.slug)).slug
            if found
            else NOTHING
        )


@dataclass(frozen=True, slots=True)
class Gathered:
    """A study, and what it was made of.

    :ivar people: keys, in the order of the study's people.
    """

    study: Study
    people: Sequence[int]
    categories: Sequence[tuple[str, str]]
    sentences: Sequence[SentenceRead]
    left_out: Mapping[str, int]


def gather(*, project: Project, round: Round | None) -> Gathered:
    """The submitted readings of a round, or of a project's texts outside rounds.

    A sentence is a unit where two people or more submitted a reading of its text, whatever they found in it. Words
    that stand on another revision, or nowhere any more, count on the revision that was read or not at all.
    """
    readings, left_out = _readings(project, round)
    by_revision: dict[int, set[int]] = defaultdict(set)
    for reading in readings:
        by_revision[reading.revision_id].add(reading.created_by_id)
    people = sorted({reading.created_by_id for reading in readings})
    tags, claims = _tags(project, by_revision), _claims(project, by_revision, people)
    categories = _categories(project, readings)
    questions = (
        Question(CATEGORY, (NOTHING, *(slug for slug, _ in categories))),
        Question(SEVERITY, SEVERITIES, Level.ORDINAL),
        *(Question(slug, (False, True)) for slug, _ in categories),
    )
    texts, found = [], []
    revisions = Revision.objects.filter(pk__in=by_revision).only("pk", "text").order_by("pk")
    for revision in revisions.iterator(chunk_size=100):
        readers = by_revision[revision.pk]
        read = _sentences(revision, readers, tags)
        found += [sentence for sentence in read if len(readers) > 1]
        texts.append(_text(revision, readers, read, people, questions, tags, claims))
    study = Study(
        tuple(map(str, people)),
        tuple(texts),
        questions,
        tuple(slug for slug, _ in categories),
        has_marks=True,
        has_claims=bool(claims),
    )
    return Gathered(study, people, categories, found, left_out)


def _readings(project: Project, of_round: Round | None) -> tuple[list[Reading], dict[str, int]]:
    left_out: Counter[str] = Counter()
    counted = []
    readings = Reading.objects.filter(project=project, round=of_round).select_related("codebook").order_by("pk")
    withdrawn = set()
    if of_round is not None:
        gone = of_round.texts.filter(withdrawn_at__isnull=False)
        withdrawn = set(gone.values_list("pinned__revision_id", flat=True))
    for reading in readings:
        if reading.is_gold:
            left_out[GOLD] += 1
        elif reading.submitted_at is None:
            left_out[OPEN] += 1
        elif reading.revision_id in withdrawn:
            left_out[WITHDRAWN] += 1
        else:
            counted.append(reading)
    return counted, dict(left_out)


def _categories(project: Project, readings: Sequence[Reading]) -> list[tuple[str, str]]:
    """Those of every version that was read with, each once, the newest name first."""
    codebooks = {project.codebook_id, *(reading.codebook_id for reading in readings)}
    rows = BiasCategory.objects.filter(codebook__in=codebooks).order_by("-codebook__number", "order")
    names: dict[str, str] = {}
    for slug, name in rows.values_list("slug", "name"):
        names.setdefault(slug, name)
    return list(names.items())


def _tags(project: Project, by_revision: Mapping[int, set[int]]) -> dict[tuple[int, int], list[Tag]]:
    """The live tags on words, by revision and person."""
    rows = (
        BiasTag.objects.filter(project=project, retracted_at=None, span__current_anchors__revision__in=by_revision)
        .exclude(origin__in=NOBODYS)
        .exclude(level=TagLevel.ARTICLE)
        .exclude(span__current_anchors__anchor__start=None)
        .values_list(
            "span__current_anchors__revision_id",
            "created_by_id",
            "span__current_anchors__anchor__start",
            "span__current_anchors__anchor__end",
            "category__slug",
            "severity",
        )
    )
    tags: dict[tuple[int, int], list[Tag]] = defaultdict(list)
    for revision, person, start, end, slug, severity in rows:
        if person in by_revision.get(revision, ()) and start is not None:
            tags[revision, person].append(Tag(start, end, slug, severity))
    return tags


def _claims(
    project: Project, by_revision: Mapping[int, set[int]], people: Sequence[int]
) -> dict[tuple[int, int], list[ClaimMade]]:
    """The live claims that people found, with what they tied to them, by revision and person."""
    claims = Claim.objects.filter(project=project, created_by__in=people, retracted_at=None).exclude(origin__in=NOBODYS)
    found = {claim.pk: claim for claim in claims.filter(span__current_anchors__revision__in=by_revision).distinct()}
    linked: dict[tuple[int, int], set[str]] = defaultdict(set)
    evidence = Evidence.objects.filter(claim__in=found, detached_at=None)
    for claim, person, snapshot in evidence.values_list("claim", "created_by", "snapshot"):
        linked[claim, person].add(str(snapshot))
    verdicts = {
        (claim, person): verdict
        for claim, person, verdict in FactCheck.objects.filter(claim__in=found)
        .exclude(verdict="")
        .order_by("pk")
        .values_list("claim", "checker", "verdict")
    }
    by_span = {claim.span_id: claim for claim in found.values()}
    made: dict[tuple[int, int], list[ClaimMade]] = defaultdict(list)
    anchors = CurrentAnchor.objects.filter(span__in=by_span, revision__in=by_revision).select_related("anchor")
    for current in anchors:
        claim = by_span[current.span_id]
        person, anchor = claim.created_by_id, current.anchor
        if person in by_revision[current.revision_id] and anchor.start is not None and anchor.end is not None:
            speaker = str(claim.speaker_id) if claim.speaker_id else None
            own = frozenset(linked[claim.pk, person])
            verdict = verdicts.get((claim.pk, person))
            made[current.revision_id, person].append(ClaimMade(anchor.start, anchor.end, speaker, own, verdict))
    return made


def _sentences(
    revision: Revision, readers: set[int], tags: Mapping[tuple[int, int], Sequence[Tag]]
) -> list[SentenceRead]:
    """The sentences of a text with the tags that touch each."""
    spans = sentences(revision.text)
    read = [SentenceRead(revision.pk, number, start, end) for number, (start, end) in enumerate(spans, start=1)]
    starts = [start for start, _ in spans]
    for person in readers:
        for tag in tags.get((revision.pk, person), ()):
            first = max(0, bisect_right(starts, tag.start) - 1)
            for sentence in read[first : bisect_right(starts, tag.end - 1)]:
                if tag.start < sentence.end and sentence.start < tag.end:
                    sentence.tags.setdefault(person, []).append(tag)
    return read


def _text(
    revision: Revision,
    readers: set[int],
    read: Sequence[SentenceRead],
    people: Sequence[int],
    questions: Sequence[Question],
    tags: Mapping[tuple[int, int], Sequence[Tag]],
    claims: Mapping[tuple[int, int], Sequence[ClaimMade]],
) -> TextRead:
    places = {slug: place for place, slug in enumerate(questions[0].values)}
    rows: dict[str, list[Row]] = {question.name: [] for question in questions}
    absent: tuple[int | None, ...] = tuple(0 if person in readers else None for person in people)
    for sentence in read:
        labels = {person: places[sentence.label_of(person)] for person in readers}
        rows[CATEGORY].append(tuple(labels.get(person) for person in people))
        worst = {person: max((tag.severity for tag in sentence.tags.get(person, ())), default=0) for person in readers}
        rows[SEVERITY].append(tuple(worst.get(person) for person in people))
        had = {person: {tag.slug for tag in own} for person, own in sentence.tags.items()}
        tagged = set().union(*had.values())
        for question in questions[2:]:
            if question.name in tagged:
                row = tuple(
                    int(question.name in had.get(person, ())) if person in readers else None for person in people
                )
                rows[question.name].append(row)
            else:
                rows[question.name].append(absent)
    numbers = {person: number for number, person in enumerate(people)}
    return TextRead(
        str(revision.pk),
        len(revision.text),
        tuple(sorted(numbers[person] for person in readers)),
        rows,
        {numbers[p]: [Mark(t.start, t.end, t.slug) for t in tags.get((revision.pk, p), ())] for p in readers},
        {numbers[person]: claims.get((revision.pk, person), ()) for person in readers},
    )
