"""Where portions stand in their plots, each with its interval. Pure geometry; colours are the style sheet's."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from annotations.queries.insights.portions import Point, Portion

# Of portions under one another.
LEFT, RIGHT, WIDTH, ROW, TOP = 170.0, 500.0, 600.0, 24.0, 16.0
LONGEST_NAME = 24
# Of points beside one another in time.
FIRST_X, LAST_X, HIGHEST_Y, LOWEST_Y, HEIGHT = 52.0, 584.0, 14.0, 150.0, 176.0
LABEL = 48.0  # what a label under the axis takes
# The step between lines of the scale, in hundredths: the first that gives no more than six.
STEPS = (1, 2, 5, 10, 20)
MOST_STEPS = 5


@dataclass(frozen=True, slots=True)
class PortionRow:
    """A portion on its row; ``x`` is where it is, None where nothing was counted."""

    portion: Portion
    label: str
    y: float
    x: float | None
    low_x: float
    high_x: float

    @property
    def baseline(self) -> float:
        return self.y + 4


@dataclass(frozen=True, slots=True)
class PortionRows:
    """Portions under one another; ``ticks`` are places of the scale and the percents they stand for."""

    ticks: tuple[tuple[float, int], ...]
    rows: tuple[PortionRow, ...]
    base: float
    height: float


@dataclass(frozen=True, slots=True)
class CoursePoint:
    point: Point
    x: float
    y: float
    low_y: float
    high_y: float
    is_labelled: bool

    @property
    def first(self) -> date:
        return self.point.first

    @property
    def portion(self) -> Portion:
        return self.point.portion


@dataclass(frozen=True, slots=True)
class Course:
    """Portions beside one another in time; ``steps`` are heights of the scale and the percents they stand for.

    :ivar width: of what somebody can point at, for each.
    """

    steps: tuple[tuple[float, int], ...]
    points: tuple[CoursePoint, ...]
    width: float
    is_by_day: bool
    left: float = FIRST_X
    right: float = LAST_X
    base: float = LOWEST_Y
    height: float = HEIGHT


def draw_portions(portions: Sequence[Portion]) -> PortionRows | None:
    """Portions in the order given, on a scale from 0 to beyond the highest end of an interval. None without any."""
    if not portions:
        return None
    step, last = _scale([portion for portion in portions if portion.of])

    def x(share: float) -> float:
        return round(LEFT + min(share * 100 / last, 1) * (RIGHT - LEFT), 1)

    rows = tuple(
        PortionRow(
            portion,
            _short(portion.name),
            TOP + ROW * place,
            x(portion.share) if portion.share is not None else None,
            x(portion.low),
            x(portion.high),
        )
        for place, portion in enumerate(portions)
    )
    base = TOP + ROW * len(rows) - 4
    return PortionRows(
        tuple((x(percent / 100), percent) for percent in range(0, last + 1, step)), rows, base, base + 20
    )


def draw_course(points: Sequence[Point], *, is_by_day: bool) -> Course | None:
    """Points where their time is; those without anything counted are left out. None where nothing was."""
    drawn = [point for point in points if point.portion.of]
    if not drawn:
        return None
    step, last = _scale([point.portion for point in drawn])
    begin = drawn[0].first.toordinal()
    span = max(drawn[-1].first.toordinal() - begin, 1)
    room = (LAST_X - FIRST_X - LABEL) / span

    def y(share: float) -> float:
        return round(LOWEST_Y - min(share * 100 / last, 1) * (LOWEST_Y - HIGHEST_Y), 1)

    placed, labelled_until = [], -LABEL
    for point in drawn:
        x = round(FIRST_X + LABEL / 2 + (point.first.toordinal() - begin) * room, 1)
        is_labelled = x - labelled_until >= LABEL
        labelled_until = x if is_labelled else labelled_until
        portion = point.portion
        placed.append(CoursePoint(point, x, y(portion.share or 0), y(portion.low), y(portion.high), is_labelled))
    gaps = [after.x - before.x for before, after in pairwise(placed)]
    width = round(min([24.0, *gaps]), 1)
    steps = tuple((y(percent / 100), percent) for percent in range(0, last + 1, step))
    return Course(steps, tuple(placed), width, is_by_day)


def _scale(portions: Sequence[Portion]) -> tuple[int, int]:
    """The step of a scale and where it ends, in hundredths.

    The whole of every interval is on it, so that little counted looks as uncertain as it is.
    """
    highest = max(math.ceil(max((portion.high for portion in portions), default=0) * 100), 5)
    step = next((one for one in STEPS if highest <= one * MOST_STEPS), STEPS[-1])
    return step, min(math.ceil(highest / step) * step, 100)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
