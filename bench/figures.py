"""What was measured, beside its floor, as a table for people and a list for programs."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

COLUMNS = ("name", "value", "unit", "floor", "ratio", "aim")
PER_SECOND = "per s"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value in ``unit``; ``floor`` is what the database alone needs for the same, in the same unit."""

    name: str
    value: float
    unit: str
    floor: float | None = None
    aim: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times its floor it costs: of two rates, how many times faster the floor is. None without a floor.

        A floor of 2 ms and a value of 6 ms make 3; a floor of 900 per second and a value of 300 make 3 as well.
        """
        above, below = (self.floor, self.value) if self.unit == PER_SECOND else (self.value, self.floor)
        return above / below if above is not None and below else None

    def to_json(self) -> dict[str, str | float | None]:
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "floor": self.floor,
            "ratio": self.ratio,
        }


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that at least ``share`` of all are not above (nearest rank).

    Of 15, 20, 35, 40, 50 the 0.3 percentile is 20, the median 35, the 0.95 percentile 50.

    :raises ValueError: when there is none.
    """
    ordered = sorted(values)
    if not ordered:
        raise ValueError("a percentile of nothing")
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def median(values: Iterable[float]) -> float:
    return percentile(values, 0.5)


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines under each other, numbers to the right."""
    rows = [COLUMNS, *(_cells(figure) for figure in figures)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(COLUMNS))]
    return "\n".join(_line(row, widths) for row in rows)


def _cells(figure: Figure) -> tuple[str, ...]:
    ratio = f"{figure.ratio:.1f}" if figure.ratio is not None else "–"
    return (figure.name, _number(figure.value), figure.unit, _number(figure.floor), ratio, figure.aim)


def _number(value: float | None) -> str:
    """Three digits that matter, and no more than two after the point."""
    if value is None:
        return "–"
    return f"{value:.{2 if abs(value) < 10 else 1 if abs(value) < 100 else 0}f}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    to_the_right = {1, 3, 4}
    padded = [
        cell.rjust(width) if place in to_the_right else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(padded).rstrip()
