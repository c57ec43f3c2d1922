"""What goes out: marks of the whole desk as files over the API, and what whoever works meanwhile notices of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bench import memory
from bench.client import Client
from bench.corpus import MARKS, Corpus
from bench.figures import PER_SECOND, Figure, median, percentile
from bench.ground import ARTICLES, Ground, say
from bench.marking import marking
from bench.pace import milliseconds, side_by_side

AT_ONCE, MANY = ARTICLES * MARKS, 1_000_000
EXPORTS = 5
FIRST_BYTES = 15
MARKS_MADE = 200
BESIDE = 2
SEED_OF_MANY = 20_270_302


def address(format: str) -> str:
    return f"/api/v1/exports/{format}/"


def exports(ground: Ground) -> Iterator[Figure]:
    """All marks of 2,000 articles as files: seconds, first byte, memory, and marks made while two exports run."""
    _ = ground.articles, ground.api
    for name, format, aim in (
        ("ndjson", "ndjson", "ratio ≤ 2"),
        ("csv", "csv", ""),
        ("desk", "desk.ndjson", ""),
    ):
        times = side_by_side(
            lambda format=format: ground.api.drain(address(format)),  # type: ignore[misc]
            ground.floor.export,
            count=EXPORTS,
            warming=1,
        )
        yield Figure(f"exports-{AT_ONCE}-{name}", median(times.desk) / 1000, "s", median(times.floor) / 1000, aim)
    yield _first_byte(ground, AT_ONCE)
    yield from _growth(ground, AT_ONCE)
    yield from _beside(ground)


def exports_of_many(ground: Ground) -> Iterator[Figure]:
    """1,000,000 marks as NDJSON: first byte, memory, and whether the second half comes as quickly as the first."""
    _ = ground.articles, ground.api
    missing = (MANY - AT_ONCE) // MARKS
    ground.load(Corpus(SEED_OF_MANY).articles(missing), f"{missing} further articles with {MARKS} marks each")
    yield _first_byte(ground, MANY)
    floor = milliseconds(ground.floor.export) / 1000
    arrivals: list[tuple[float, int]] = []
    yield from _growth(ground, MANY, arrivals)
    yield Figure(f"exports-{MANY}-ndjson", arrivals[-1][0], "s", floor, "ratio ≤ 2")
    first, second = _halves(arrivals)
    yield Figure(f"exports-{MANY}-second-half", second, PER_SECOND, first, "flat")


def _first_byte(ground: Ground, size: int) -> Figure:
    """The median; each time over a connection of its own, which is closed as soon as the byte is there."""
    took = []
    for _ in range(FIRST_BYTES + 1):
        client = ground.another_client()
        took.append(milliseconds(lambda client=client: next(client.arriving(address("ndjson")))))  # type: ignore[misc]
        client.close()
    return Figure(f"exports-{size}-first-byte", median(took[1:]), "ms", None, "≤ 300")


def _growth(ground: Ground, size: int, arrivals: list[tuple[float, int]] | None = None) -> Iterator[Figure]:
    """What web server and worker grow by during an export; ``arrivals`` notes seconds and marks so far."""
    if not memory.is_known():
        say("memory: this system does not tell what a process takes")
        _note_arrivals(ground.api, arrivals)
        return
    web = ground.desk.own_processes()
    with memory.growth_of(lambda: memory.proportional(web)) as growth:
        _note_arrivals(ground.api, arrivals)
    yield Figure(f"exports-{size}-memory", growth.by, "MiB", None, "≤ 20")


def _note_arrivals(client: Client, arrivals: list[tuple[float, int]] | None) -> None:
    began, marks = time.perf_counter(), 0
    for chunk in client.arriving(address("ndjson")):
        marks += chunk.count(b"\n")
        if arrivals is not None:
            arrivals.append((time.perf_counter() - began, marks))


def _halves(arrivals: Sequence[tuple[float, int]]) -> tuple[float, float]:
    """Marks per second of the first half and of the second."""
    end, marks = arrivals[-1]
    middle, so_far = next(each for each in arrivals if each[1] >= marks / 2)
    return so_far / middle, (marks - so_far) / (end - middle)


def _beside(ground: Ground) -> Iterator[Figure]:
    """Quotes made one after the other over the API, alone and then while two clients take everything out."""
    act = marking(ground.api, ground.articles[1000:1100])
    for _ in range(10):
        act()
    alone = [milliseconds(act) for _ in range(MARKS_MADE)]
    with _taking_out([ground.another_client() for _ in range(BESIDE)]):
        beside = [milliseconds(act) for _ in range(MARKS_MADE)]
    for share, name in ((0.5, "p50"), (0.95, "p95")):
        aim = "ratio ≤ 1.5" if name == "p95" else ""
        yield Figure(f"exports-create-{name}", percentile(beside, share), "ms", percentile(alone, share), aim)


@contextmanager
def _taking_out(clients: Sequence[Client]) -> Iterator[None]:
    """Each client takes everything out, again and again, until the block ends."""
    ended = threading.Event()

    def repeat(client: Client) -> None:
        while not ended.is_set():
            for _chunk in client.arriving(address("ndjson")):
                if ended.is_set():
                    break
        client.close()

    threads = [threading.Thread(target=repeat, args=(client,), daemon=True) for client in clients]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()
