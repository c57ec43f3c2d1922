"""Drift in a study: how agreement and the use of categories change from round to round, from what was measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.agreement.drift import (
    Against,
    Crosses,
    Share,
    crosses_of,
    people_in,
    stand_against,
    use_against,
    use_together,
)
from annotations.agreement.figures import About, Coefficient
from annotations.models import MeasuredFigure, Measurement, MeasurementState, Project
from annotations.permissions import visible_measurements
from annotations.queries.studies.agreementplots import Whiskers, draw_whiskers
from annotations.queries.studies.figures import CATEGORY, WHY, ShownFigure

if TYPE_CHECKING:
    from articles.permissions import Person


@dataclass(frozen=True, slots=True)
class MeasuredRound:
    """The newest measurement of one round, with everybody's α of categories."""

    measurement: Measurement
    crosses: Crosses
    alpha: MeasuredFigure | None

    @property
    def number(self) -> int | None:
        return self.measurement.round.number if self.measurement.round else None

    @property
    def name(self) -> str:
        return _("Round %(number)s") % {"number": self.number} if self.number else _("Outside rounds")


@dataclass(frozen=True, slots=True)
class PersonInRound:
    person: AbstractUser
    round: MeasuredRound
    against: Against

    @property
    def why(self) -> str:
        """Why κ is undefined; empty where it is not."""
        return str(WHY.get(self.against.reason or "", ""))


@dataclass(frozen=True, slots=True)
class UseInRound:
    """How often a category was chosen in a round: by everybody, or by one person beside the others.

    :ivar others: None where everybody is meant.
    :ivar href: the sentences of the round on which people differ about the category.
    """

    share: Share | None
    others: Share | None
    href: str

    @property
    def is_apart(self) -> bool:
        return self.share is not None and self.others is not None and self.share.lies_apart_from(self.others)


@dataclass(frozen=True, slots=True)
class CategoryOverRounds:
    slug: str
    name: str
    uses: Sequence[UseInRound]


@dataclass(frozen=True)
class Drift:
    """All rounds that were measured, in their order."""

    project: Project
    rounds: Sequence[MeasuredRound]
    people: Mapping[int, AbstractUser]
    chosen: AbstractUser | None

    @cached_property
    def alphas(self) -> list[ShownFigure]:
        address = reverse("annotations:agreement", args=[self.project.slug])
        return [
            ShownFigure(each.alpha, each.name, f"{address}?round={each.number}" if each.number else address)
            for each in self.rounds
            if each.alpha is not None
        ]

    @property
    def drawn_alphas(self) -> Whiskers | None:
        return draw_whiskers(self.alphas)

    @cached_property
    def standings(self) -> list[PersonInRound]:
        """Each person against the others, by name and round."""
        found = [
            PersonInRound(self.people[person], each, stand_against(person, each.crosses))
            for each in self.rounds
            for person in people_in(each.crosses)
            if person in self.people
        ]
        return sorted(found, key=lambda one: (str(one.person).casefold(), one.person.pk, one.round.number or 0))

    @property
    def drawn_standings(self) -> Whiskers | None:
        address = reverse("annotations:drift", args=[self.project.slug])
        return draw_whiskers(
            [
                ShownFigure(_as_figure(one.against.agreement), f"{one.person}, {one.round.name}", f"{address}?{asked}")
                for one in self.standings
                if one.against.agreement is not None
                for asked in [f"person={one.person.pk}#use"]
            ]
        )

    @cached_property
    def categories(self) -> list[CategoryOverRounds]:
        """Every category that somebody chose, in the order of the codebook, *nothing* first."""
        names = {"": _("nothing")}
        for each in self.rounds:
            names.update(dict(each.measurement.categories))
        found = [self._uses_in(each) for each in self.rounds]
        used = {slug for uses in found for slug in uses}
        return [
            CategoryOverRounds(
                slug,
                name,
                [
                    UseInRound(share, others, self._sentences(each, slug))
                    for each, uses in zip(self.rounds, found, strict=True)
                    for share, others in [uses.get(slug, (None, None))]
                ],
            )
            for slug, name in names.items()
            if slug in used
        ]

    def _uses_in(self, measured: MeasuredRound) -> Mapping[str, tuple[Share, Share | None]]:
        if self.chosen is None:
            return {slug: (share, None) for slug, share in use_together(measured.crosses).items()}
        return {use.label: (use.own, use.others) for use in use_against(self.chosen.pk, measured.crosses)}

    def _sentences(self, measured: MeasuredRound, slug: str) -> str:
        address = reverse("annotations:disputed-sentences", args=[self.project.slug, measured.measurement.uid])
        return f"{address}?category={slug}" if slug else address


def drift_of(project: Project, person: Person, *, chosen: str = "") -> Drift:
    """The drift of a study, as far as the person may see its rounds; three queries for any number of rounds.

    :param chosen: the key of somebody who is shown beside the others; everybody together for any other words.
    """
    seen = visible_measurements(person).filter(project=project, state=MeasurementState.DONE).select_related("round")
    newest = list(seen.order_by("round_id", "-created_at", "-pk").distinct("round_id"))
    newest.sort(key=lambda one: one.round.number if one.round else 0)
    alphas = {
        figure.measurement_id: figure
        for figure in MeasuredFigure.objects.filter(
            measurement__in=newest,
            about=About.SENTENCES,
            subject=CATEGORY,
            coefficient=Coefficient.ALPHA,
            first=None,
        )
    }
    people = get_user_model().objects.in_bulk({key for one in newest for key in one.people})
    rounds = [MeasuredRound(one, crosses_of(one.crosses), alphas.get(one.pk)) for one in newest]
    known = {str(key): somebody for key, somebody in people.items()}
    return Drift(project, rounds, people, known.get(chosen))


def _as_figure(share: Share) -> MeasuredFigure:
    """A share in the form in which figures are drawn; nothing is stored."""
    return MeasuredFigure(
        coefficient=Coefficient.PERCENT, value=share.value, low=share.low, high=share.high, units=share.units
    )
