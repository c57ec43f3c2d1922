"""Where figures of agreement stand in their plots. Pure geometry; colours are the style sheet's."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotations.queries.studies.figures import ShownFigure

LEFT, RIGHT = 170.0, 580.0
ROW = 22.0
TOP = 16.0
# Krippendorff's floor for tentative conclusions.
TENTATIVE = 0.667
CELL_WIDTH, CELL_HEIGHT = 58.0, 30.0
CELL_LEFT, CELL_TOP = 150.0, 60.0
# So that the letters of a small table are no larger than those of a large one.
LEAST_WIDTH = 600.0
SHADES = 4
DARK_FROM = 3
LONGEST_NAME = 22
LONGEST_WORD = 10


@dataclass(frozen=True, slots=True)
class Whisker:
    """A figure on its row: where it is, and where its interval begins and ends, if it has one."""

    shown: ShownFigure
    label: str
    y: float
    x: float
    low_x: float | None
    high_x: float | None
    is_first: bool

    @property
    def baseline(self) -> float:
        return self.y + 4


@dataclass(frozen=True, slots=True)
class Whiskers:
    ticks: tuple[tuple[float, str], ...]
    rows: tuple[Whisker, ...]
    limit_x: float
    base: float
    height: float


def draw_whiskers(figures: Sequence[ShownFigure]) -> Whiskers | None:
    """Values with intervals under one another, on a scale from the lowest end, or 0, to 1."""
    drawn = [shown for shown in figures if shown.figure.value is not None]
    if not drawn:
        return None
    ends = [shown.figure.low if shown.figure.low is not None else shown.figure.value for shown in drawn]
    lowest = min(0.0, *(end for end in ends if end is not None))
    # To the next fifth below.
    first = math.floor(lowest * 5) / 5

    def x(value: float) -> float:
        return round(LEFT + (value - first) / (1 - first) * (RIGHT - LEFT), 1)

    rows = tuple(
        Whisker(
            shown,
            _short(shown.name, LONGEST_NAME),
            TOP + ROW * place,
            x(shown.figure.value or 0),
            x(shown.figure.low) if shown.figure.low is not None else None,
            x(shown.figure.high) if shown.figure.high is not None else None,
            place == 0,
        )
        for place, shown in enumerate(drawn)
    )
    base = TOP + ROW * len(rows)
    steps = round((1 - first) * 5)
    ticks = tuple((x(first + step / 5), f"{first + step / 5:.1f}") for step in range(steps + 1))
    return Whiskers(ticks, rows, x(TENTATIVE), base, base + 20)


@dataclass(frozen=True, slots=True)
class Cell:
    """How many sentences the first gave the row's category and the second the column's."""

    x: float
    y: float
    number: int
    shade: int
    row: str
    column: str
    href: str

    @property
    def middle(self) -> float:
        return self.x + CELL_WIDTH / 2

    @property
    def baseline(self) -> float:
        return self.y + CELL_HEIGHT / 2 + 4

    @property
    def is_dark(self) -> bool:
        return self.shade >= DARK_FROM


@dataclass(frozen=True, slots=True)
class Heading:
    place: float
    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cells:
    """A table of two people's choices, drawn; ``rows`` holds the same for the table behind it."""

    first: str
    second: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Heading, tuple[Cell, ...]], ...]
    width: float
    height: float
    total: int
    cell_width: float = CELL_WIDTH
    cell_height: float = CELL_HEIGHT
    left: float = CELL_LEFT
    top: float = CELL_TOP


def draw_cells(
    counts: Mapping[tuple[str, str], int],
    categories: Sequence[tuple[str, str]],
    *,
    first: str,
    second: str,
    address: Callable[[str, str], str],
) -> Cells | None:
    """A square of cells, darker the more sentences there are; None where nothing was read by both.

    Of sentences in which neither found anything there are so many that they get no shade of their own.
    """
    if not counts:
        return None
    most = max((number for (one, other), number in counts.items() if one or other), default=0)
    headings = tuple(
        Heading(CELL_LEFT + CELL_WIDTH * (place + 0.5), name, _lines(name))
        for place, (_, name) in enumerate(categories)
    )
    rows = []
    for row, (one, row_name) in enumerate(categories):
        y = CELL_TOP + CELL_HEIGHT * row
        cells = tuple(
            Cell(
                CELL_LEFT + CELL_WIDTH * column,
                y,
                number := counts.get((one, other), 0),
                _shade(number, most) if one or other else 0,
                row_name,
                column_name,
                address(one, other) if number else "",
            )
            for column, (other, column_name) in enumerate(categories)
        )
        rows.append((Heading(y + CELL_HEIGHT / 2 + 4, row_name, (_short(row_name, LONGEST_NAME),)), cells))
    size = len(categories)
    return Cells(
        first,
        second,
        headings,
        tuple(rows),
        max(CELL_LEFT + CELL_WIDTH * size + 8, LEAST_WIDTH),
        CELL_TOP + CELL_HEIGHT * size + 8,
        sum(counts.values()),
    )


def _shade(number: int, most: int) -> int:
    """0 for none, then four steps up to the most there is."""
    return -(-number * SHADES // most) if number else 0


def _short(name: str, longest: int) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1]}…"


def _lines(name: str) -> tuple[str, ...]:
    """At most two lines of the first words, cut where they are too long for a column."""
    return tuple(_short(word, LONGEST_WORD) for word in name.split()[:2])
