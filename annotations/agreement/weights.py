"""How far two answers are apart, and how much a near miss counts, as tables over the values of a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

Matrix = Sequence[Sequence[float]]


class Level(StrEnum):
    """What the differences of values mean (Stevens 1946): names only, an order, or an order in equal steps."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


def identity(values: Sequence[float]) -> Matrix:
    """1 for the same answer, 0 for any other: Cohen (1960), Gwet's AC1."""
    return [[float(row == column) for column in range(len(values))] for row in range(len(values))]


def linear(values: Sequence[float]) -> Matrix:
    """1 − |x − y| / (largest − smallest): Cicchetti and Allison (1971)."""
    return _falling(values, power=1)


def quadratic(values: Sequence[float]) -> Matrix:
    """1 − (x − y)² / (largest − smallest)²: Fleiss and Cohen (1973)."""
    return _falling(values, power=2)


def _falling(values: Sequence[float], *, power: int) -> Matrix:
    reach = (max(values) - min(values)) ** power or 1
    return [[1 - abs(one - other) ** power / reach for other in values] for one in values]


def nominal_distance(values: Sequence[float], totals: Sequence[float]) -> Matrix:
    """0 for the same answer, 1 for any other (Krippendorff 2011, section on metrics)."""
    return [[float(row != column) for column in range(len(values))] for row in range(len(values))]


def interval_distance(values: Sequence[float], totals: Sequence[float]) -> Matrix:
    """(x − y)² (Krippendorff 2011)."""
    return [[(one - other) ** 2 for other in values] for one in values]


def ordinal_distance(values: Sequence[float], totals: Sequence[float]) -> Matrix:
    """(n_c + … + n_k − (n_c + n_k) / 2)²: how many answers stand between two, half of each included.

    :param totals: n_c, how often each value was given in units with two answers or more.
    """
    middle, before = [], 0.0
    for count in totals:
        middle.append(before + count / 2)
        before += count
    return [[(one - other) ** 2 for other in middle] for one in middle]


DISTANCES: Mapping[Level, Callable[[Sequence[float], Sequence[float]], Matrix]] = {
    Level.NOMINAL: nominal_distance,
    Level.ORDINAL: ordinal_distance,
    Level.INTERVAL: interval_distance,
}
