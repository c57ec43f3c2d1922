"""Studies as lists and pages show them: how far everybody is, without a word of what they found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from annotations.gold import score_of
from annotations.models import Assignment, Participant, Project, Reading, Round, RoundText
from annotations.permissions import LEADS, visible_projects
from articles.permissions import Role, known_articles, roles_of

if TYPE_CHECKING:
    from articles.permissions import Person

READS = (Role.ANNOTATOR, Role.FACT_CHECKER, Role.EDITOR, Role.RESEARCHER, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class StudyRow:
    """A study in the list: its newest round, and how much of what somebody was given is submitted."""

    study: Project
    newest: Round | None
    given: int
    done: int


@dataclass(frozen=True, slots=True)
class PersonRow:
    """How far somebody is in a round.

    :ivar score: their mean share of gold, from 0 to 1, in training and test rounds; None before the first text.
    :ivar seconds: how long their readings took; None unless they agreed to have it measured.
    """

    participant: Participant
    given: int
    done: int
    score: float | None
    seconds: int | None

    @property
    def per_cent(self) -> int | None:
        return None if self.score is None else round(100 * self.score)


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text of a round: who was given it and who has submitted it. The names are for those who lead."""

    text: RoundText
    is_known: bool
    readers: Sequence[Assignment]
    has_gold: bool
    wanted: int | None

    @property
    def done(self) -> int:
        return sum(reader.done_at is not None for reader in self.readers)

    @property
    def headline(self) -> str:
        return self.text.pinned.revision.headline


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round with its progress."""

    round: Round
    people: Sequence[PersonRow]
    texts: Sequence[TextRow]

    @property
    def given(self) -> int:
        return sum(row.given for row in self.people)

    @property
    def done(self) -> int:
        return sum(row.done for row in self.people)


def leads_studies(person: Person) -> bool:
    """Whether somebody sees how others are getting on."""
    return bool(roles_of(person) & LEADS)


def list_studies(person: Any) -> list[StudyRow]:
    """The studies somebody leads or takes part in, the newest first; three queries."""
    studies = list(visible_projects(person).filter(is_default=False).select_related("codebook").order_by("-pk"))
    newest: dict[int, Round] = {}
    for each in Round.objects.filter(project__in=studies).order_by("number"):
        newest[each.project_id] = each
    given = Assignment.objects.filter(project__in=studies, round__isnull=False, ended_at=None)
    if not leads_studies(person):
        given = given.filter(person_id=person.pk)
    counted = given.values_list("project").annotate(
        every=Count("pk"), done=Count("pk", filter=Q(done_at__isnull=False))
    )
    counts = {study: (every, finished) for study, every, finished in counted.order_by()}
    return [StudyRow(study, newest.get(study.pk), *counts.get(study.pk, (0, 0))) for study in studies]


def rounds_of(study: Project, person: Any) -> list[RoundView]:
    """The rounds of a study, the newest first; to whoever does not lead it, their own part of them."""
    rounds = list(study.rounds.order_by("-number"))
    given: dict[int, list[Assignment]] = defaultdict(list)
    assignments = Assignment.objects.filter(round__in=rounds, ended_at=None).select_related("person", "article")
    if not leads_studies(person):
        assignments = assignments.filter(person_id=person.pk)
    for assignment in assignments.order_by("position", "pk"):
        given[assignment.round_id or 0].append(assignment)
    parts = {part.person_id: part for part in _parts(study, person)}
    texts = _texts(study, person)
    return [_round_view(each, given[each.pk], parts, texts[each.pk]) for each in rounds]


def _parts(study: Project, person: Any) -> QuerySet[Participant]:
    parts = study.participants.select_related("person").order_by("person__name", "pk")
    return parts if leads_studies(person) else parts.filter(person_id=person.pk)


def _texts(study: Project, person: Any) -> Mapping[int, list[tuple[RoundText, bool, bool]]]:
    """The texts of the study's rounds, each with whether the person may know of it and whether it has gold."""
    known = known_articles(person).filter(pk=OuterRef("pinned__revision__article"))
    gold = Reading.objects.filter(project=study, revision=OuterRef("pinned__revision"), is_gold=True)
    texts = (
        RoundText.objects.filter(round__project=study)
        .select_related("pinned__revision__article")
        .defer("pinned__revision__text", "pinned__revision__blocks", "pinned__revision__removed")
        .annotate(is_known=Exists(known), has_gold=Exists(gold))
    )
    found: dict[int, list[tuple[RoundText, bool, bool]]] = defaultdict(list)
    for text in texts.order_by("position"):
        found[text.round_id].append((text, text.is_known, text.has_gold))
    return found


def _round_view(
    each: Round,
    given: Sequence[Assignment],
    parts: Mapping[int, Participant],
    texts: Sequence[tuple[RoundText, bool, bool]],
) -> RoundView:
    readers: dict[int, list[Assignment]] = defaultdict(list)
    for assignment in given:
        readers[assignment.article_id].append(assignment)
    counts = Counter(assignment.person_id for assignment in given)
    done = Counter(assignment.person_id for assignment in given if assignment.done_at is not None)
    spent = _seconds(each)
    people = [
        PersonRow(part, counts[key], done[key], score_of(each, key) if each.kind != "main" else None, spent.get(key))
        for key, part in parts.items()
        if counts[key] or part.left_at is None
    ]
    rows = [
        TextRow(text, is_known, readers[text.pinned.revision.article_id], has_gold, each.annotators_per_text)
        for text, is_known, has_gold in texts
    ]
    return RoundView(each, people, rows)


def _seconds(each: Round) -> Mapping[int, int]:
    spent: dict[int, int] = Counter()
    timed = Reading.objects.filter(round=each, time_spent__isnull=False)
    for person, seconds in timed.values_list("created_by", "time_spent__seconds"):
        spent[person] += seconds
    return spent


def people_who_read() -> QuerySet[Any]:
    """Everybody with an open account and a role that reads for studies, by name."""
    roles = Group.objects.filter(user=OuterRef("pk"), name__in=READS)
    return get_user_model()._default_manager.filter(Exists(roles), is_active=True).order_by("name", "pk")


def own_readings(study: Project, person: Any) -> QuerySet[Reading]:
    """What somebody read in a study, the newest first."""
    readings = Reading.objects.filter(project=study, created_by_id=person.pk).select_related("revision__article")
    return readings.order_by("-pk")


def submitted_readings(round: Round) -> QuerySet[Reading]:
    """What may be reopened: the submitted readings of a round."""
    readings = Reading.objects.filter(round=round, submitted_at__isnull=False)
    return readings.select_related("created_by", "revision").order_by("revision__headline", "created_by__name")
