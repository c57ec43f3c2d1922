"""What is remembered about hosts between fetches: when each may be asked again, and what its robots.txt said."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

MOST_HOSTS = 10_000


@dataclass(frozen=True, slots=True)
class RobotsAnswer:
    """What a site said when asked for its robots.txt: the rules, ``""`` when it has none; unreachable when the site
    failed, so that nobody knows what it allows."""

    text: str
    reachable: bool = True


class HostLedger(Protocol):
    """Shared by all who fetch, so every method is one atomic step."""

    def book(self, host: str, *, pause: float, at_most: float) -> float | None:
        """Book the next turn at a host and give the seconds to wait for it.

        The turn after it comes ``pause`` seconds later. When the wait would be longer than ``at_most`` seconds
        nothing is booked, and the answer is None.
        """

    def robots(self, origin: str) -> RobotsAnswer | None:
        """Give what was remembered for ``scheme://host[:port]`` and is still fresh."""

    def remember_robots(self, origin: str, answer: RobotsAnswer, *, seconds: float) -> None:
        """Keep an answer for so many seconds."""


class MemoryLedger:
    """A ledger for one process. ``monotonic`` gives seconds that never go back."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._free_from: dict[str, float] = {}
        self._robots: dict[str, tuple[float, RobotsAnswer]] = {}

    def book(self, host: str, *, pause: float, at_most: float) -> float | None:
        with self._lock:
            now = self._monotonic()
            turn = max(now, self._free_from.get(host, now))
            if turn - now > at_most:
                return None
            self._free_from[host] = turn + pause
            self._forget(now)
            return turn - now

    def robots(self, origin: str) -> RobotsAnswer | None:
        with self._lock:
            until, answer = self._robots.get(origin, (0.0, None))
            return answer if answer and self._monotonic() < until else None

    def remember_robots(self, origin: str, answer: RobotsAnswer, *, seconds: float) -> None:
        with self._lock:
            now = self._monotonic()
            self._robots[origin] = (now + seconds, answer)
            self._forget(now)

    def _forget(self, now: float) -> None:
        """Drop what has passed once there is much of it, and the oldest when that is not enough."""
        if len(self._free_from) > MOST_HOSTS:
            self._free_from = {host: free for host, free in self._free_from.items() if free > now}
        if len(self._robots) > MOST_HOSTS:
            self._robots = {origin: kept for origin, kept in self._robots.items() if kept[0] > now}
        while len(self._robots) > MOST_HOSTS:
            del self._robots[next(iter(self._robots))]
