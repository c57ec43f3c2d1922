"""Readings of training and test rounds beside gold: what was found, what was missed, and whether it is enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from annotations.models import BiasTag, Level, Project, Reading, Round, RoundKind
from articles.models import CurrentAnchor

WHOLE = (-1, -1)
PLACE = ("anchor__start", "anchor__end", "anchor__exact")


@dataclass(frozen=True, slots=True)
class Tagged:
    """A tag where it stands on its revision, in code points; (-1, -1) is the whole text."""

    start: int
    end: int
    exact: str
    category: str
    name: str

    def meets(self, other: Tagged) -> bool:
        """Whether both tag the same thing: one category, and at least one character in common."""
        if self.category != other.category:
            return False
        if (self.start, self.end) == WHOLE or (other.start, other.end) == WHOLE:
            return (self.start, self.end) == (other.start, other.end)
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Compared:
    """One reading beside gold. Tags meet that share a category and a character; each counts once.

    :ivar found: tags of gold that the reader has too.
    :ivar missed: tags of gold that the reader has not.
    :ivar added: tags of the reader that gold has not.
    """

    found: Sequence[Tagged]
    missed: Sequence[Tagged]
    added: Sequence[Tagged]

    @property
    def share(self) -> float:
        """F1 of the tags: twice those found over all of both; 1 where neither has any (van Rijsbergen 1979)."""
        both = 2 * len(self.found) + len(self.missed) + len(self.added)
        return 2 * len(self.found) / both if both else 1.0


def tags_of(reading: Reading) -> list[Tagged]:
    """The tags that a reader decided on in a reading, in the order of the text."""
    tags = (
        BiasTag.objects.live()
        .decided()
        .filter(project=reading.project_id, article=reading.revision.article_id, created_by=reading.created_by_id)
    )
    rows = list(tags.values_list("span", "level", "category__slug", "category__name"))
    anchors = CurrentAnchor.objects.filter(revision=reading.revision_id, span__in=[row[0] for row in rows if row[0]])
    standing = anchors.filter(anchor__start__isnull=False)
    places: dict[int, tuple[Any, ...]] = {row[0]: row[1:] for row in standing.values_list("span", *PLACE)}
    found = [
        _tagged(places[span] if span and level != Level.ARTICLE else (*WHOLE, ""), slug, name)
        for span, level, slug, name in rows
        if level == Level.ARTICLE or span in places
    ]
    return sorted(found, key=lambda tag: (tag.start, tag.end, tag.category))


def _tagged(place: tuple[Any, ...], category: str, name: str) -> Tagged:
    start, end, exact = place
    return Tagged(start, end, exact, category, name)


def compare(ours: Sequence[Tagged], gold: Sequence[Tagged]) -> Compared:
    """Pair tags with those of gold, each once, in the order of the text."""
    left = list(ours)
    found, missed = [], []
    for wanted in gold:
        hit = next((tag for tag in left if tag.meets(wanted)), None)
        if hit is None:
            missed.append(wanted)
        else:
            left.remove(hit)
            found.append(wanted)
    return Compared(found, missed, left)


def gold_of(reading: Reading) -> Reading | None:
    """The gold that a reading of a training or test is compared with; None where there is none."""
    if reading.round is None or reading.round.kind == RoundKind.MAIN or reading.is_gold:
        return None
    gold = Reading.objects.filter(project=reading.project_id, revision=reading.revision_id, is_gold=True)
    return gold.select_related("revision").first()


def feedback_on(reading: Reading) -> Compared | None:
    """How a submitted reading compares with gold; None while it is open, and where there is no gold."""
    gold = gold_of(reading) if reading.submitted_at is not None else None
    return None if gold is None else compare(tags_of(reading), tags_of(gold))


def score_of(round: Round, person: int) -> float | None:
    """The mean share of a person over the texts of a round that they submitted; None before the first."""
    readings = Reading.objects.filter(round=round, created_by=person, submitted_at__isnull=False, is_gold=False)
    shares = [told.share for reading in readings.select_related("revision", "round") if (told := feedback_on(reading))]
    return sum(shares) / len(shares) if shares else None


def has_passed(round: Round, person: int) -> bool | None:
    """Whether somebody reached the pass mark of a round; None where there is none, or nothing to say yet."""
    score = score_of(round, person)
    return None if round.pass_mark is None or score is None else score >= round.pass_mark


def who_failed(project: Project) -> set[int]:
    """Those whose newest test that says something was below its pass mark."""
    last: dict[int, bool] = {}
    for test in project.rounds.filter(kind=RoundKind.TEST, pass_mark__isnull=False).order_by("number"):
        people = test.readings.filter(submitted_at__isnull=False, is_gold=False).values_list("created_by", flat=True)
        for person in set(people):
            passed = has_passed(test, person)
            if passed is not None:
                last[person] = passed
    return {person for person, passed in last.items() if not passed}
