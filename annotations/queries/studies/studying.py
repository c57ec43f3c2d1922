"""A text of a study as its reader sees it: the pinned words, their own marks, and nothing of anybody else's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from annotations.gold import Compared, feedback_on
from annotations.models import Assignment, Finding, Guidelines, Participant, Project, Reading, RoundText
from annotations.models import SentenceFinding as Said
from annotations.permissions import visible_projects
from annotations.queries.workbench.inspector import Inspected
from annotations.queries.workbench.marks import ShownMark, ShownMarks, marks_of_reading
from annotations.queries.workbench.page import Workbench
from articles.models import Article, Hold
from articles.permissions import SEES_ALL, known_articles, roles_of

if TYPE_CHECKING:
    from articles.permissions import Person


class TextGone(Exception):
    """A text of the study cannot be read just now; the message says why, and nothing of what it says."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is in a study: at a text, with their reading of it if they have begun one.

    :ivar article: with the pinned revision as its head, so that everything drawn from it is that text.
    :ivar assignment: that it was given to them; None for whoever makes gold of it, or had it before.
    """

    study: Project
    text: RoundText
    article: Article
    reading: Reading | None
    assignment: Assignment | None
    participant: Participant | None
    guidelines: Guidelines | None
    number: int
    total: int

    @property
    def is_open(self) -> bool:
        """Whether something may be marked here now."""
        if self.reading is None or self.reading.submitted_at is not None:
            return False
        if self.text.round.closed_at is not None:
            return False
        if self.assignment is None:
            return self.text.round.kind != "main"
        return self.text.round.is_open

    @property
    def feedback(self) -> Compared | None:
        """How their reading compares with gold, in training and test rounds once it was submitted."""
        return feedback_on(self.reading) if self.reading is not None else None

    @property
    def wants_consent(self) -> bool:
        """Whether they are to agree to something before they begin."""
        agreed = self.participant is not None and self.participant.consented_at is not None
        return self.assignment is not None and bool(self.study.consent_note) and not agreed


def place_in_study(person: Any, slug: str, uid: UUID) -> Place | None:
    """A text that a person reads in a study, or may make gold of; None where there is none for them.

    :raises TextGone: when it is theirs, and was withdrawn, held, or is kept from them by now.
    """
    study = visible_projects(person).filter(slug=slug, is_default=False).select_related("codebook").first()
    if study is None:
        return None
    texts = RoundText.objects.filter(round__project=study, pinned__revision__article__uid=uid)
    text = texts.select_related("round__project", "pinned__revision__article").first()
    if text is None:
        return None
    article = text.pinned.revision.article
    given = Assignment.objects.filter(round=text.round, article=article, person_id=person.pk)
    assignment = given.filter(ended_at=None).first()
    readings = Reading.objects.filter(project=study, revision=text.pinned.revision, created_by_id=person.pk)
    reading = readings.select_related("revision__article", "round", "guidelines", "project").first()
    makes_gold = text.round.kind != "main" and person.has_perm("annotations.lead_project")
    if assignment is None and reading is None and not makes_gold:
        return None
    _refuse_gone(person, text, article)
    article.head = text.pinned.revision
    article.horizon = 0  # type: ignore[attr-defined]
    mine = Assignment.objects.filter(round=text.round, person_id=person.pk, ended_at=None)
    newest = study.guideline_versions.order_by("-number").first()
    return Place(
        study=study,
        text=text,
        article=article,
        reading=reading,
        assignment=assignment,
        participant=Participant.objects.filter(project=study, person_id=person.pk).first(),
        guidelines=reading.guidelines if reading is not None and reading.guidelines_id else newest,
        number=mine.filter(done_at__isnull=False).count(),
        total=mine.count(),
    )


def _refuse_gone(person: Any, text: RoundText, article: Article) -> None:
    if text.withdrawn_at is not None:
        raise TextGone(_("This text was withdrawn from the study: %(reason)s") % {"reason": text.withdrawn_reason})
    if not known_articles(person).filter(pk=article.pk).exists():
        raise TextGone(_("The desk has kept this text to named people since. Ask whoever leads the study."))
    held = Hold.objects.standing().of_articles().filter(article=article)
    if held.exists() and not roles_of(person) & SEES_ALL:
        raise TextGone(_("The desk holds this text just now. Go on with another one."))


def open_study_bench(place: Place, person: Person, *, selected: str = "") -> Workbench:
    """The workbench of a text of a study, with what the reader marked and said themselves."""
    reading = place.reading
    marks = marks_of_reading(reading) if reading is not None else ShownMarks((), (), ())
    said = _last_words(reading) if reading is not None else []
    return Workbench(
        article=place.article,
        revision=place.text.pinned.revision,
        marks=marks,
        evidence={},
        opinions=[(each.start, each.end) for each in said if each.finding == Finding.OPINION],
        findings={each.start: each.finding for each in said},
        selected=marks.find(selected) if selected else None,
    )


def _last_words(reading: Reading) -> QuerySet[Said]:
    return Said.objects.filter(reading=reading).order_by("start", "-sequence").distinct("start")


def inspect_own(bench: Workbench, mark: ShownMark, noun: Any) -> Inspected:
    """A mark of one's own in a study, without what the desk knows of the like."""
    previous, following = bench.neighbours(mark)
    return Inspected(
        shown=mark,
        noun=noun,
        sentence=None if mark.start is None else bench.sentence_of(mark) + 1,
        previous=previous,
        following=following,
        same_words=bench.on_same_words(mark),
    )


def sentences_left(bench: Workbench) -> int:
    """How many sentences have neither a mark nor a word of the reader: nobody knows whether these were read."""
    read = {bench.sentence_of(mark) for mark in bench.placed if not mark.is_suggested}
    for mark in bench.placed:
        if not mark.is_suggested:
            read.update(bench.sentences_under(mark.start or 0, mark.end or 0))
    said = {index for index, (start, _end) in enumerate(bench.sentences) if bench.findings.get(start)}
    return len(bench.sentences) - len(read | said)


def next_text(person: Any, study: Project, *, after: Place | None = None) -> Assignment | None:
    """The text to go on with: the first of one's own that is open and waits, behind the present one, else the first."""
    withdrawn = RoundText.objects.filter(
        round=OuterRef("round"), pinned__revision__article=OuterRef("article"), withdrawn_at__isnull=False
    )
    held = Hold.objects.standing().of_articles().filter(article=OuterRef("article"))
    waiting = Assignment.objects.filter(
        ~Exists(withdrawn),
        project=study,
        person_id=person.pk,
        done_at=None,
        ended_at=None,
        round__opened_at__isnull=False,
        round__closed_at=None,
        article__in=known_articles(person),
    )
    if not roles_of(person) & SEES_ALL:
        waiting = waiting.exclude(Exists(held))
    ordered = waiting.select_related("article", "round").order_by("round__number", "position", "pk")
    if after is not None and after.assignment is not None:
        here = after.assignment
        later = ordered.filter(round=here.round_id, position__gte=here.position).exclude(pk=here.pk)
        ahead = later.exclude(position=here.position, pk__lt=here.pk).first()
        if ahead is not None:
            return ahead
        return ordered.exclude(pk=here.pk).first()
    return ordered.first()
