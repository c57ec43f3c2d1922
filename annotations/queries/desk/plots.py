"""Where things stand on a line of time. Pure geometry in the units of the drawing; colours are the style sheet's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LEFT, RIGHT, WIDTH = 40.0, 592.0, 600
LABEL_WIDTH = 130.0
ROW = 27
BEAD = 13.0
LABELLED, LEVEL = 28.0, 17.0
MOST_TICKS = 8
_DAY_STEPS = (1, 2, 7, 14, 31, 62, 92, 183)


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    day: date
    shows_year: bool


@dataclass(frozen=True, slots=True)
class Dot:
    """A sign on the line; ``level`` is how many others stand below it."""

    x: float
    y: float
    label: str
    tone: str
    title: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """What is drawn: a day, a short label, the tone of its sign, what it says aloud, where it leads."""

    day: date
    label: str
    tone: str
    title: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Sources on one line of time against the day of the claim."""

    ticks: tuple[Tick, ...]
    dots: tuple[Dot, ...]
    claim_x: float | None
    claim_anchor: str
    base: float
    height: float


@dataclass(frozen=True, slots=True)
class Lane:
    """One voice: its name, the height of its line, its signs."""

    name: str
    y: float
    is_current: bool
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Lanes:
    """Several voices under one another on the same time."""

    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...]
    height: float
    left: float = LABEL_WIDTH
    right: float = RIGHT


class _Scale:
    """Days to places, with a little air at both ends."""

    def __init__(self, days: Sequence[date], left: float, right: float) -> None:
        span = max((max(days) - min(days)).days, 6)
        air = max(round(span * 0.04), 1)
        self.first = min(days) - timedelta(days=air)
        self.days = span + 2 * air
        self._left, self._width = left, right - left

    def x(self, day: date) -> float:
        return round(self._left + (day - self.first).days / self.days * self._width, 1)

    def ticks(self) -> tuple[Tick, ...]:
        """At most :data:`MOST_TICKS` of them: years where there are several, else round steps of days."""
        years = [date(year, 1, 1) for year in range(self.first.year + 1, self.first.year + self.days // 365 + 2)]
        last = self.first + timedelta(days=self.days)
        years = [day for day in years if day <= last]
        if len(years) > 2:
            step = -(-len(years) // MOST_TICKS)
            return tuple(Tick(self.x(day), day, shows_year=True) for day in years[::step])
        step = next((step for step in _DAY_STEPS if self.days / step <= MOST_TICKS), _DAY_STEPS[-1])
        days = (self.first + timedelta(days=offset) for offset in range(0, self.days + 1, step))
        return tuple(Tick(self.x(day), day, shows_year=False) for day in days)


def draw_line(happenings: Sequence[Happening], claim_day: date | None) -> Line | None:
    """Put happenings on a line; those too near to each other are stacked. None where there is nothing to draw."""
    if not happenings:
        return None
    days = [happening.day for happening in happenings]
    scale = _Scale([*days, claim_day] if claim_day else days, LEFT, RIGHT)
    levels = _stacked([scale.x(happening.day) for happening in happenings], room=LABELLED)
    base = 36.0 + LEVEL * max(levels)
    dots = tuple(
        Dot(scale.x(each.day), base - 10 - LEVEL * level, each.label, each.tone, each.title, each.href)
        for each, level in zip(happenings, levels, strict=True)
    )
    claim_x = scale.x(claim_day) if claim_day else None
    anchor = "end" if claim_x and claim_x > WIDTH / 2 else "start"
    return Line(scale.ticks(), dots, claim_x, anchor, base, base + 22)


def draw_lanes(voices: Sequence[tuple[str, Sequence[Happening]]]) -> Lanes | None:
    """Put several voices under one another, the first of them current. None where nobody said anything on a day."""
    days = [happening.day for _, happenings in voices for happening in happenings]
    if not days:
        return None
    scale = _Scale(days, LABEL_WIDTH, RIGHT - 24)
    lanes = tuple(
        Lane(name, 36 + ROW * number, number == 0, _in_a_row(happenings, scale, 36 + ROW * number))
        for number, (name, happenings) in enumerate(voices)
    )
    return Lanes(scale.ticks(), lanes, 36 + ROW * len(lanes))


def _in_a_row(happenings: Sequence[Happening], scale: _Scale, y: float) -> tuple[Dot, ...]:
    """Signs of one day stand beside each other and none covers another."""
    dots: list[Dot] = []
    for each in sorted(happenings, key=lambda happening: happening.day):
        x = max(scale.x(each.day), dots[-1].x + BEAD if dots else 0)
        dots.append(Dot(x, y, each.label, each.tone, each.title, each.href))
    return tuple(dots)


def _stacked(places: Sequence[float], *, room: float) -> list[int]:
    """For each place the lowest level on which nothing stands nearer than ``room``."""
    taken: list[list[float]] = []
    levels = []
    for place in places:
        level = next(
            (number for number, row in enumerate(taken) if all(abs(place - other) >= room for other in row)), len(taken)
        )
        if level == len(taken):
            taken.append([])
        taken[level].append(place)
        levels.append(level)
    return levels
