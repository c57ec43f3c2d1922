"""Time as a fetch knows it."""

import time
from datetime import UTC, datetime
from typing import Protocol

from articles.fetching.refusals import Code, FetchRefused


class Clock(Protocol):
    """The clock of a fetch; tests pass one that they turn by hand."""

    def monotonic(self) -> float:
        """Seconds since some moment, never going back."""

    def now(self) -> datetime:
        """The moment it is, in UTC."""

    def sleep(self, seconds: float) -> None:
        """Let so many seconds pass."""


class SystemClock:
    """The machine's own clock."""

    def monotonic(self) -> float:
        return time.monotonic()

    def now(self) -> datetime:
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class Deadline:
    """The moment by which a whole fetch must have ended: name, pause, connection, every redirect and the last byte."""

    def __init__(self, seconds: float, clock: Clock) -> None:
        self.seconds = seconds
        self._clock = clock
        self._end = clock.monotonic() + seconds

    def remaining(self) -> float:
        """Give the seconds that are left, more than 0.

        :raises FetchRefused: none are.
        """
        left = self._end - self._clock.monotonic()
        if left <= 0:
            raise self.passed()
        return left

    def passed(self) -> FetchRefused:
        """The refusal of a fetch that took too long."""
        return FetchRefused(
            code=Code.TIMEOUT,
            reason=f"The site did not answer in full within {self.seconds:g} seconds. Try again later, or save the "
            "page and bring in the file.",
        )
