"""How many of how many, with the interval: what every figure of the desk is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from annotations.agreement.proportions import wilson
from annotations.exports.csv import spreadsheet_safe

# Below so many an interval covers most of the scale, and the page says so beside the figure.
FEW = 30


@dataclass(frozen=True, slots=True)
class Portion:
    """So many of so many.

    :ivar value: the group as it stands in an address; empty for what is not known.
    :ivar href: where the texts or marks behind it are listed; empty where they are not.
    """

    value: str
    name: str
    hits: int
    of: int
    href: str = ""

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where there is nothing to be a share of."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """95 %, by the score interval (Wilson, Journal of the American Statistical Association 22, 1927)."""
        return wilson(self.hits, self.of)

    @property
    def low(self) -> float:
        return self.interval[0]

    @property
    def high(self) -> float:
        return self.interval[1]

    @property
    def is_small(self) -> bool:
        return self.of < FEW


COLUMNS = ("group", "hits", "of", "share", "low", "high")


def portion_cells(portion: Portion) -> list[Any]:
    """A line of a table for spreadsheets, in the order of :data:`COLUMNS`."""
    low, high = portion.interval if portion.of else ("", "")
    share = portion.share if portion.of else ""
    return [spreadsheet_safe(portion.name), portion.hits, portion.of, share, low, high]


@dataclass(frozen=True, slots=True)
class Point:
    """A portion of one stretch of time."""

    first: date
    portion: Portion


def together(portions: Sequence[Portion], *, value: str = "", name: str = "") -> Portion:
    """Portions that share nothing, as one."""
    return Portion(value, name, sum(each.hits for each in portions), sum(each.of for each in portions))
