"""The pages of the desk's figures: what is counted, drawn, and where each figure leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.urls import reverse

from annotations.queries.desk.quoted import Narrowed
from annotations.queries.insights.acceptance import LAYERS, RuleOfLayer, accepted_over_time, count_acceptance
from annotations.queries.insights.biasfigures import By, Counted, Unit, count_by, count_over_time, tags_in_unread_texts
from annotations.queries.insights.portionplots import Course, PortionRows, draw_course, draw_portions
from annotations.queries.insights.portions import Point, Portion
from annotations.queries.insights.quotefigures import MOST_TEXTS, Forms, Voices, count_forms, count_voices
from annotations.queries.insights.scope import Scope
from annotations.queries.insights.verdictfigures import Mix, count_verdicts

if TYPE_CHECKING:
    from articles.permissions import Person

# Beyond so many groups the plot says how many it leaves to the table for spreadsheets.
MOST_GROUPS = 40


@dataclass(frozen=True, slots=True)
class BiasPage:
    """:ivar unread: tags in texts of which nobody began a reading; ``groups`` all of them, the first are drawn."""

    total: Counted
    unread: int
    groups: Sequence[Portion]
    drawn: PortionRows | None
    course: Course | None

    @property
    def left_out(self) -> int:
        return max(len(self.groups) - MOST_GROUPS, 0)


def bias_page(person: Person, scope: Scope, by: By, unit: Unit) -> BiasPage:
    """How often bias is tagged in what was read; three queries."""
    texts = reverse("annotations:insight-texts")
    over_time = count_over_time(person, scope, unit)
    points = [Point(point.first, _leading(point.portion, texts, scope)) for point, _counted in over_time]
    groups = [
        replace(
            each, href=texts + scope.within(**{by.value: each.value}).query(tagged="1" if by == By.CATEGORY else "")
        )
        for each in count_by(person, scope, by, unit)
    ]
    return BiasPage(
        sum((counted for _point, counted in over_time), Counted()),
        tags_in_unread_texts(person, scope),
        groups,
        draw_portions(groups[:MOST_GROUPS]),
        draw_course(points, is_by_day=any(len(point.portion.value) > 7 for point in points)),
    )


def _leading(portion: Portion, address: str, scope: Scope) -> Portion:
    """A portion of a day or month, with the address of what is behind it."""
    days = Narrowed(period=portion.value).days
    assert days is not None
    since, until = max(days[0], scope.since or days[0]), min(days[1], scope.until or days[1])
    return replace(portion, href=address + scope.within(since=since, until=until).query())


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """A voice with its portions, each leading to the quotes behind it."""

    name: str
    quotes: int
    words_each: float
    articles: int
    direct: Portion
    first: Portion
    last: Portion
    href: str


@dataclass(frozen=True, slots=True)
class QuotePage:
    """:ivar quoted: all quotes; ``rows`` the voices that are shown."""

    quoted: Forms
    voices: Voices
    rows: Sequence[VoiceRow]
    direct: PortionRows | None
    most_texts: int = MOST_TEXTS


def quote_page(person: Person, scope: Scope) -> QuotePage:
    """Who is quoted, how long and how; four queries."""
    voices = count_voices(person, scope)
    listed = reverse("annotations:insight-quote-list")
    rows = [
        VoiceRow(
            voice.name,
            voice.quotes,
            voice.words_each,
            voice.articles,
            replace(voice.direct, href=listed + scope.query(speaker=voice.direct.value, kind="direct")),
            voice.first,
            voice.last,
            listed + scope.query(speaker=voice.direct.value),
        )
        for voice in voices.voices
    ]
    return QuotePage(count_forms(person, scope), voices, rows, draw_portions([row.direct for row in rows]))


@dataclass(frozen=True, slots=True)
class DrawnScale:
    slug: str
    name: str
    portions: Sequence[Portion]
    drawn: PortionRows | None


@dataclass(frozen=True, slots=True)
class VerdictPage:
    mix: Mix
    scales: Sequence[DrawnScale]


def verdict_page(person: Person, scope: Scope) -> VerdictPage:
    """The mix of verdicts by each scale; two queries."""
    listed = reverse("annotations:insight-verdict-list")
    mix, scales = count_verdicts(person, scope), []
    for scale in mix.scales:
        portions = [
            replace(each, href=listed + scope.query(**{"rating" if scale.slug else "verdict": each.value}))
            for each in scale.portions
        ]
        scales.append(DrawnScale(scale.slug, scale.name, portions, draw_portions(portions)))
    return VerdictPage(mix, scales)


@dataclass(frozen=True, slots=True)
class LayerOfRules:
    """The rules that propose one kind of mark."""

    slug: str
    name: str
    rules: Sequence[RuleOfLayer]
    drawn: PortionRows | None


@dataclass(frozen=True, slots=True)
class SuggestionPage:
    layers: Sequence[LayerOfRules]
    course: Course | None


def suggestion_page(person: Person, scope: Scope) -> SuggestionPage:
    """What became of suggestions, by kind of mark and rule; five queries."""
    listed = reverse("annotations:insight-suggestion-list")
    rules = [
        replace(each, href=listed + scope.query(layer=each.layer, proposer=each.record.proposer, rule=each.record.rule))
        for each in count_acceptance(person, scope)
    ]
    layers = []
    for slug, name in LAYERS.items():
        own = [each for each in rules if each.layer == slug]
        if own:
            drawn = draw_portions([each.portion for each in own if each.record.decided])
            layers.append(LayerOfRules(slug, str(name), own, drawn))
    points = [Point(first, portion) for first, portion in accepted_over_time(person, scope)]
    return SuggestionPage(layers, draw_course(points, is_by_day=False))
