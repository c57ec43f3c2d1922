"""How often something happened in each day, month or year, drawn as columns. Pure geometry in units of the drawing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LEFT, RIGHT, TOP, BOTTOM, HEIGHT = 36.0, 592.0, 16.0, 136.0, 160.0
WIDEST = 40.0
GAP = 0.25  # of a column's place
LABEL = 44.0  # what a label under the axis takes
MOST_YEARS = 40
DAYS_IN_DAYS, DAYS_IN_MONTHS = 31, 3 * 366


class Period(StrEnum):
    """How long a column is."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a column: of which kind, how many, where it stands."""

    kind: str
    count: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """One period: its first day, how it is written in an address, its pieces from below, its label if there is room."""

    first: date
    address: str
    x: float
    width: float
    parts: tuple[Part, ...]
    is_labelled: bool

    @property
    def total(self) -> int:
        return sum(part.count for part in self.parts)

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    def count(self, kind: str) -> int:
        return next((part.count for part in self.parts if part.kind == kind), 0)


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns beside each other over an axis; ``steps`` are numbers with their height on the scale."""

    period: Period
    columns: tuple[Column, ...]
    steps: tuple[tuple[int, float], ...]
    left: float = LEFT
    right: float = RIGHT
    base: float = BOTTOM
    height: float = HEIGHT


def draw_columns(counted: Mapping[tuple[date, str], int], kinds: Sequence[str]) -> Columns | None:
    """Draw what happened on days, by kind, ``kinds`` from below. None where nothing did.

    Days for a month, months for three years, else years, of which the last :data:`MOST_YEARS`. Periods without anything
    keep their place, so that distances are true.
    """
    if not counted:
        return None
    days = [day for day, _kind in counted]
    period = _period(min(days), max(days))
    sums: Counter[tuple[date, str]] = Counter()
    for (day, kind), count in counted.items():
        sums[_beginning(day, period), kind] += count
    firsts = _all_between(_beginning(min(days), period), _beginning(max(days), period), period)
    highest = max(sum(sums[first, kind] for kind in kinds) for first in firsts)
    return Columns(period, tuple(_columns(firsts, sums, kinds, highest, period)), _steps(highest))


def address_of(first: date, period: Period) -> str:
    """A period as it stands in an address: ``2025``, ``2025-05`` or ``2025-05-13``."""
    return first.isoformat()[: {Period.YEAR: 4, Period.MONTH: 7, Period.DAY: 10}[period]]


def _period(first: date, last: date) -> Period:
    span = (last - first).days
    if span <= DAYS_IN_DAYS:
        return Period.DAY
    return Period.MONTH if span <= DAYS_IN_MONTHS else Period.YEAR


def _beginning(day: date, period: Period) -> date:
    if period == Period.DAY:
        return day
    return day.replace(day=1) if period == Period.MONTH else day.replace(month=1, day=1)


def _all_between(first: date, last: date, period: Period) -> list[date]:
    if period == Period.DAY:
        return [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]
    if period == Period.YEAR:
        return [date(year, 1, 1) for year in range(max(first.year, last.year - MOST_YEARS + 1), last.year + 1)]
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(month // 12, month % 12 + 1, 1) for month in months]


def _columns(
    firsts: Sequence[date], sums: Mapping[tuple[date, str], int], kinds: Sequence[str], highest: int, period: Period
) -> list[Column]:
    place = min((RIGHT - LEFT) / len(firsts), WIDEST)
    every = max(1, -(-int(LABEL) // int(place)))
    columns = []
    for number, first in enumerate(firsts):
        parts, y = [], BOTTOM
        for kind in kinds:
            count = sums.get((first, kind), 0)
            if count:
                height = round((BOTTOM - TOP) * count / highest, 1)
                y = round(y - height, 1)
                parts.append(Part(kind, count, y, height))
        x, width = round(LEFT + place * (number + GAP / 2), 1), round(place * (1 - GAP), 1)
        labelled = number % every == 0
        columns.append(Column(first, address_of(first, period), x, width, tuple(parts), labelled))
    return columns


def _steps(highest: int) -> tuple[tuple[int, float], ...]:
    """Nothing, about the half, and the highest."""
    numbers = sorted({0, highest // 2, highest})
    return tuple((number, round(BOTTOM - (BOTTOM - TOP) * number / highest, 1)) for number in numbers)
