"""How requests are sent and timed: one after the other beside their floor, or by several clients at once."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException

from bench.client import Unexpected

WARMING = 5  # requests before the first that counts
MOST_REQUESTS = 6_000  # of one client
MOST_ERRORS = 20  # of one client, which then gives up

Act = Callable[[], object]


@dataclass
class Times:
    """Milliseconds of the desk and of its floor, taken in turn so that a busy moment slows both."""

    desk: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)


@dataclass
class Tally:
    """What one client got done."""

    done: int = 0
    errors: int = 0


def milliseconds(act: Act) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def side_by_side(desk: Act, floor: Act, *, count: int, warming: int = WARMING) -> Times:
    """Do both acts ``count`` times in turn, after some that do not count."""
    for _ in range(warming):
        desk()
        floor()
    times = Times()
    for _ in range(count):
        times.desk.append(milliseconds(desk))
        times.floor.append(milliseconds(floor))
    return times


def together(acts: Sequence[Act], *, seconds: float) -> tuple[float, int]:
    """Repeat each act in a thread of its own; returns how many succeeded per second, and how many failed.

    Nobody does more than :data:`MOST_REQUESTS`. When this is interrupted the threads end after the act they are in.
    """
    stop = threading.Event()
    tallies = [Tally() for _ in acts]
    threads = [
        threading.Thread(target=_repeat, args=(act, tally, stop, time.monotonic() + seconds))
        for act, tally in zip(acts, tallies, strict=True)
    ]
    began = time.perf_counter()
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        stop.set()
    took = time.perf_counter() - began
    return sum(tally.done for tally in tallies) / took, sum(tally.errors for tally in tallies)


def _repeat(act: Act, tally: Tally, stop: threading.Event, deadline: float) -> None:
    while not stop.is_set() and time.monotonic() < deadline and tally.done < MOST_REQUESTS:
        try:
            act()
            tally.done += 1
        except (Unexpected, HTTPException, OSError):
            tally.errors += 1
            if tally.errors >= MOST_ERRORS:
                return
