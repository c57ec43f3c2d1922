"""How far the people of a study agreed, as its page shows it: all from what was stored when it was measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote_plus, urlencode

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.agreement.figures import About, Coefficient
from annotations.models import MeasuredFigure, MeasuredSentence, Measurement, MeasurementState, Project, Round
from annotations.permissions import visible_measurements
from annotations.queries.studies.agreementplots import Cells, Whiskers, draw_cells, draw_whiskers
from annotations.queries.studies.figures import CATEGORY, LEFT_OUT, NAMES, NOTHING, SEVERITY, ShownFigure
from articles.permissions import visible_articles

SECTIONS: Sequence[tuple[object, Sequence[tuple[str, str]]]] = (
    (gettext_lazy("Category of the sentence"), [(About.SENTENCES, CATEGORY)]),
    (gettext_lazy("Severity of the sentence, an order"), [(About.SENTENCES, SEVERITY)]),
    (gettext_lazy("Marked words"), [(About.WORDS, ""), (About.MARKS, "")]),
    (gettext_lazy("Claims"), [(About.CLAIMS, "")]),
)


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    figures: Sequence[ShownFigure]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people and how far they agree on the category of sentences."""

    first: AbstractUser
    second: AbstractUser
    shown: ShownFigure | None
    is_chosen: bool

    @property
    def address(self) -> str:
        return f"?pair={self.first.pk},{self.second.pk}"


@dataclass(frozen=True)
class AgreementPage:
    """One measurement as its page shows it; ``running`` is one under way, which may be the first."""

    measurement: Measurement | None
    running: Measurement | None
    rounds: Sequence[Round]
    people: Mapping[int, AbstractUser]
    figures: Sequence[MeasuredFigure]
    chosen_pair: tuple[int, int] | None

    @cached_property
    def names_of_categories(self) -> dict[str, str]:
        return dict(self.measurement.categories) if self.measurement else {}

    @property
    def sections(self) -> list[Section]:
        """Everybody's coefficients, by what they are about."""
        found: dict[tuple[str, str], list[MeasuredFigure]] = {}
        for figure in self.figures:
            if figure.first_id is None:
                found.setdefault((figure.about, figure.subject), []).append(figure)
        order = list(Coefficient)
        sections = []
        for title, keys in SECTIONS:
            own = sorted(
                (one for key in keys for one in found.get(key, ())),
                key=lambda one: order.index(Coefficient(one.coefficient)),
            )
            if own:
                sections.append(Section(str(title), [ShownFigure(one, str(NAMES[one.coefficient])) for one in own]))
        return sections

    @cached_property
    def by_category(self) -> list[ShownFigure]:
        """Krippendorff's α of all categories and of each that somebody used, the highest first."""
        if self.measurement is None:
            return []
        sentences = f"{self.measurement.uid}/sentences/"
        own = {
            figure.subject: figure
            for figure in self.figures
            if figure.first_id is None and figure.about == About.SENTENCES and figure.coefficient == Coefficient.ALPHA
        }
        shown = [
            ShownFigure(own[slug], name, f"{sentences}?{urlencode({'category': slug})}")
            for slug, name in self.names_of_categories.items()
            if slug in own
        ]
        shown.sort(key=lambda one: (one.figure.value is None, -(one.figure.value or 0)))
        every = [ShownFigure(own[CATEGORY], _("All categories"), sentences)] if CATEGORY in own else []
        return [*every, *(one for one in shown if one.figure.value is not None)]

    @property
    def unused(self) -> list[str]:
        """Categories of which nothing can be said, by name."""
        shown = {one.figure.subject for one in self.by_category}
        return [name for slug, name in self.names_of_categories.items() if slug not in shown]

    @property
    def whiskers(self) -> Whiskers | None:
        return draw_whiskers(self.by_category)

    @property
    def pairs(self) -> list[Pair]:
        own = {
            (figure.first_id, figure.second_id): figure
            for figure in self.figures
            if figure.first_id and figure.subject == CATEGORY and figure.coefficient == Coefficient.ALPHA
        }
        return [
            Pair(
                self.people[first],
                self.people[second],
                ShownFigure(found, "") if (found := own.get((first, second))) else None,
                (first, second) == self.chosen_pair,
            )
            for first, second in self.pairs_of_keys
        ]

    @property
    def pairs_of_keys(self) -> list[tuple[int, int]]:
        keys = self.measurement.people if self.measurement else []
        return [(one, other) for place, one in enumerate(keys) for other in keys[place + 1 :]]

    @property
    def cells(self) -> Cells | None:
        """What the chosen pair chose for the same sentences."""
        if self.measurement is None or self.chosen_pair is None:
            return None
        first, second = self.chosen_pair
        counts = {(one, other): number for one, other, number in self.measurement.crosses.get(f"{first},{second}", ())}
        used = {slug for labels in counts for slug in labels}
        names = [(slug, name) for slug, name in self.names_of_categories.items() if slug in used]
        # Quoted once for each category, not for each of the square of them.
        of_pair = f"{self.measurement.uid}/sentences/?first={first}&second={second}"
        quoted = {slug: quote_plus(slug) for slug in {NOTHING, *used}}
        return draw_cells(
            counts,
            [(NOTHING, _("nothing")), *names] if NOTHING in used else names,
            first=str(self.people[first]),
            second=str(self.people[second]),
            address=lambda one, other: f"{of_pair}&chose={quoted[one]}&against={quoted[other]}" if one or other else "",
        )

    @property
    def left_out(self) -> str:
        """Readings that were not counted, in words."""
        found = self.measurement.left_out if self.measurement else {}
        return ", ".join(f"{number} {LEFT_OUT.get(reason, reason)}" for reason, number in found.items())


def agreement_page(project: Project, person: AbstractUser, *, round_number: int | None, pair: str) -> AgreementPage:
    """The newest measurement of a round that the person may see, and one that is under way.

    :param round_number: None for the last round that was measured.
    :param pair: two keys with a comma; any other words choose the first pair.
    """
    seen = visible_measurements(person).filter(project=project).select_related("round", "codebook", "created_by")
    if round_number is not None:
        seen = seen.filter(round__number=round_number)
    newest = list(seen.filter(state=MeasurementState.DONE).order_by("-created_at", "-pk")[:1])
    running = seen.filter(state=MeasurementState.RUNNING).order_by("-pk").first()
    measurement = newest[0] if newest else None
    rounds = list(project.rounds.order_by("number"))
    if measurement is None:
        return AgreementPage(None, running, rounds, {}, [], None)
    people = get_user_model().objects.in_bulk(measurement.people)
    subjects = [CATEGORY, SEVERITY, ""]
    figures = measurement.figures.filter(Q(first=None) | Q(subject__in=subjects))
    pairs = {
        f"{one},{other}": (one, other) for one in measurement.people for other in measurement.people if one < other
    }
    chosen = pairs.get(pair) or next(iter(pairs.values()), None)
    return AgreementPage(measurement, running, rounds, people, list(figures), chosen)


@dataclass(frozen=True, slots=True)
class DisputedSentence:
    """A sentence with what each person found in it."""

    sentence: MeasuredSentence
    text: str
    labels: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which sentences are asked for: those where a pair chose so, or where a category is disputed, or all disputed."""

    first: str = ""
    second: str = ""
    chose: str = ""
    against: str = ""
    category: str = ""

    def in_words(self, measurement: Measurement) -> str:
        """What they have in common: “Loaded language or spin”."""
        names = dict(measurement.categories)
        if self.first and self.second:
            chose, against = (names.get(slug, slug) or _("nothing") for slug in (self.chose, self.against))
            return chose if chose == against else _("%(one)s or %(other)s") % {"one": chose, "other": against}
        if self.category:
            return _("%(category)s: disputed") % {"category": names.get(self.category, self.category)}
        return _("Disputed sentences")


def disputed_sentences(measurement: Measurement, person: AbstractUser, asked: Asked) -> QuerySet[MeasuredSentence]:
    """The sentences of articles that the person may know of, in the order of the texts."""
    found = MeasuredSentence.objects.filter(
        measurement=measurement, revision__article__in=visible_articles(person)
    ).order_by("revision", "start")
    if asked.first and asked.second:
        return found.filter(labels__contains={asked.first: asked.chose, asked.second: asked.against})
    differs = "EXISTS (SELECT 1 FROM jsonb_each_text(labels) AS one(person, label) HAVING count(DISTINCT label) > 1)"
    if not asked.category:
        return found.extra(where=[differs])  # noqa: S610 - no words of anybody's in it
    # Some readers have it, and some have not.
    has = "(SELECT count(*) FROM jsonb_each(tags) AS own(person, slugs) WHERE slugs ? %s)"
    everybody = "(SELECT count(*) FROM jsonb_object_keys(labels))"
    return found.extra(  # noqa: S610 - parameters are passed as such
        where=[f"{has} > 0 AND {has} < {everybody}"], params=[asked.category, asked.category]
    )


def show_sentences(sentences: Sequence[MeasuredSentence], measurement: Measurement) -> list[DisputedSentence]:
    """Sentences with their words, and the names of who chose what."""
    people = get_user_model().objects.in_bulk(measurement.people)
    names = dict(measurement.categories)
    return [
        DisputedSentence(
            sentence,
            sentence.revision.text[sentence.start : sentence.end],
            [
                (
                    str(people[int(key)]),
                    ", ".join(names.get(slug, slug) for slug in _tags(sentence, key)) or _("nothing"),
                )
                for key in sorted(sentence.labels, key=int)
            ],
        )
        for sentence in sentences
    ]


def _tags(sentence: MeasuredSentence, key: str) -> list[str]:
    """The category that stands for the sentence first, then the others."""
    label, tags = sentence.labels[key], sentence.tags.get(key, [])
    return sorted(tags, key=lambda slug: (slug != label, slug))
