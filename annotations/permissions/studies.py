"""Who may know of studies, of what is marked in them and of what was found; and who reads apart from the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules
from django.db.models import Exists, OuterRef, Q, QuerySet

from annotations.models import (
    Assignment,
    BiasTag,
    Claim,
    Dataset,
    DatasetText,
    Guidelines,
    Measurement,
    Participant,
    Project,
    Reading,
    Round,
    RoundText,
    Settlement,
)
from articles.permissions import (
    SEES_ALL,
    WORKING,
    Role,
    articles_with_text_for,
    keep_apart,
    known_articles,
    roles_of,
    visible_articles,
)

if TYPE_CHECKING:
    from annotations.models.claim import ClaimQuerySet
    from articles.models.noun import MarkQuerySet
    from articles.permissions import Person

LEADS = frozenset({*SEES_ALL, Role.RESEARCHER})


def visible_projects(person: Person) -> QuerySet[Project]:
    """The everyday desk for all who work here; studies for those who lead them or are assigned to them."""
    roles = roles_of(person)
    if not roles & WORKING:
        return Project.objects.none()
    if roles & LEADS:
        return Project.objects.all()
    mine = Assignment.objects.filter(person_id=person.pk, ended_at=None).values("project")
    part = Participant.objects.filter(person_id=person.pk, left_at=None).values("project")
    return Project.objects.filter(Q(is_default=True) | Q(pk__in=mine) | Q(pk__in=part))


def visible_assignments(person: Person) -> QuerySet[Assignment]:
    """One's own, and for those who hand them out, everybody's."""
    assignments = Assignment.objects.filter(article__in=known_articles(person))
    if roles_of(person) & LEADS:
        return assignments
    return assignments.filter(person_id=person.pk)


def visible_readings(person: Person) -> QuerySet[Reading]:
    """One's own, and for those who lead projects, everybody's: what others found must not colour a reading."""
    if not roles_of(person) & WORKING:
        return Reading.objects.none()
    readings = Reading.objects.filter(
        project__in=visible_projects(person), revision__article__in=known_articles(person)
    )
    own = Q(created_by_id=person.pk)
    return readings.filter(own | ~reads_apart(person)) if roles_of(person) & LEADS else readings.filter(own)


def visible_rounds(person: Person) -> QuerySet[Round]:
    """The rounds of visible studies; what somebody else found in them is another matter."""
    return Round.objects.filter(project__in=visible_projects(person))


def visible_round_texts(person: Person) -> QuerySet[RoundText]:
    """The texts of visible rounds whose articles a person may know of; which are whose is told by assignments."""
    texts = RoundText.objects.filter(
        round__in=visible_rounds(person), pinned__revision__article__in=known_articles(person)
    )
    if roles_of(person) & LEADS:
        return texts
    mine = Assignment.objects.filter(round=OuterRef("round"), person_id=person.pk, ended_at=None)
    return texts.filter(Exists(mine.filter(article=OuterRef("pinned__revision__article"))))


def visible_guidelines(person: Person) -> QuerySet[Guidelines]:
    """Every version of what the annotators of visible studies are told."""
    return Guidelines.objects.filter(project__in=visible_projects(person))


def visible_participants(person: Person) -> QuerySet[Participant]:
    """Who takes part, for those who lead studies; for others, their own part."""
    if not roles_of(person) & WORKING:
        return Participant.objects.none()
    return Participant.objects.all() if roles_of(person) & LEADS else Participant.objects.filter(person_id=person.pk)


def visible_study_claims(person: Person) -> ClaimQuerySet:
    """The claims that were marked in studies, as far as a person is not kept apart from them."""
    return Claim.objects.filter(of_studies(person))


def visible_study_tags(person: Person) -> MarkQuerySet:
    """The tags that were given in studies, as far as a person is not kept apart from them."""
    return BiasTag.objects.filter(of_studies(person))


def of_studies(person: Person) -> Q:
    """Of marks: a person's own in studies; others' for those who lead and read nothing blind there themselves.

    Whoever takes part sees others' marks where the study is open, and in a blind one on the texts that they submitted
    themselves, once the round is closed.
    """
    if not roles_of(person) & WORKING:
        return Q(pk__in=[])
    submitted = Reading.objects.filter(
        project=OuterRef("project"),
        revision__article=OuterRef("article"),
        created_by_id=person.pk,
        submitted_at__isnull=False,
        round__closed_at__isnull=False,
    )
    if roles_of(person) & LEADS:
        others = ~reads_apart(person)
    else:
        is_open = Q(project__is_blind=False, project__in=visible_projects(person))
        others = (is_open | Q(Exists(submitted))) & ~reads_apart(person)
    in_studies = Q(project__is_default=False) & Q(Exists(known_articles(person).filter(pk=OuterRef("article"))))
    return in_studies & (Q(created_by_id=person.pk) | others)


def visible_measurements(person: Person) -> QuerySet[Measurement]:
    """How far people agreed: for those who lead studies; for whoever takes part, once the round is closed.

    Who reads for a blind round that is not closed sees nothing of it, whatever else they may do.
    """
    measurements = Measurement.objects.filter(project__in=visible_projects(person))
    is_closed = Q(round__closed_at__isnull=False)
    if not roles_of(person) & LEADS:
        return measurements.filter(is_closed)
    reads = Reading.objects.filter(project=OuterRef("project"), created_by_id=person.pk)
    is_to_read = Assignment.objects.filter(project=OuterRef("project"), person_id=person.pk, ended_at=None)
    same_round = Q(round=OuterRef("round")) | Q(round=None)
    takes_part = Q(Exists(reads.filter(same_round))) | Q(Exists(is_to_read.filter(same_round)))
    return measurements.filter(is_closed | Q(project__is_blind=False) | ~takes_part)


def visible_datasets(person: Person) -> QuerySet[Dataset]:
    """The releases of visible projects, for those who may know of every text in them and read none of them blind."""
    if not roles_of(person) & WORKING:
        return Dataset.objects.none()
    texts = DatasetText.objects.filter(dataset=OuterRef("pk"))
    hidden = texts.filter(
        ~Q(revision__article__in=articles_with_text_for(person)) | reads_blind(person, "revision__article")
    )
    return Dataset.objects.filter(~Exists(hidden), project__in=visible_projects(person))


def visible_settlements(person: Person) -> QuerySet[Settlement]:
    """What was decided on labels of closed rounds: for those who lead; for readers what is on texts they read to the
    end, where the lead shows it.
    """
    if not roles_of(person) & WORKING:
        return Settlement.objects.none()
    settlements = Settlement.objects.filter(
        round__in=visible_rounds(person), revision__article__in=visible_articles(person), round__closed_at__isnull=False
    )
    if rules.has_perm("annotations.adjudicate", person):
        return settlements.filter(~reads_blind(person, "revision__article"))
    read = Reading.objects.filter(
        round=OuterRef("round"), revision=OuterRef("revision"), created_by_id=person.pk, submitted_at__isnull=False
    )
    return settlements.filter(Exists(read), round__shows_decided=True)


def reads_apart(person: Person, **of: Any) -> Q:
    """Of rows with a project: the person reads texts of an open blind round there, so nobody else's work is shown.

    :param of: further conditions on the assignment and the reading; those of the project unless given.
    """
    mine = of or {"project": OuterRef("project")}
    waits = {"project__is_blind": True, "round__isnull": False, "round__closed_at": None}
    assigned = Assignment.objects.filter(person_id=person.pk, ended_at=None, **waits, **mine)
    begun = Reading.objects.filter(created_by_id=person.pk, is_gold=False, **waits, **_of_reading(mine))
    return Q(Exists(assigned)) | Q(Exists(begun))


def _of_reading(conditions: dict[str, Any]) -> dict[str, Any]:
    return {{"article": "revision__article"}.get(name, name): value for name, value in conditions.items()}


def _reads_it_apart(person: Person) -> Q:
    """Of articles: the person reads it for an open blind round, and the desk tells them nothing about it."""
    return reads_apart(person, article=OuterRef("pk"))


keep_apart(_reads_it_apart)


def reads_blind(person: Person, article: str = "article") -> Q:
    """Of rows that hang on an article: those of an article that the person reads for a blind study.

    What others say or do there does not reach them, also after their reading, until the round is closed; where the
    study has no rounds, as long as it is blind.
    """
    blind = {"project__is_blind": True, "round__closed_at": None}
    assigned = Assignment.objects.filter(article=OuterRef(article), person_id=person.pk, ended_at=None, **blind)
    reading = Reading.objects.filter(revision__article=OuterRef(article), created_by_id=person.pk, **blind)
    return Q(Exists(assigned)) | Q(Exists(reading))
