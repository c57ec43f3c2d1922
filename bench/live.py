"""Open workbenches that ask every moment what others have changed."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

from bench.client import Client, Unexpected
from bench.figures import PER_SECOND, Figure, median, percentile
from bench.ground import Ground
from bench.loading import Loaded
from bench.memory import PROC

PAGES = 200
# As pages ask on which several people are (static/js/workbench/live.js).
EVERY = 1.5
SECONDS = 20.0
# Rounds before those that count: what a page is told first is not what it asks all day, and each connection plans the
# question of each role a few times before PostgreSQL keeps the plan (12 ms against 1 ms).
WARMING = 5
TOGETHER = 5  # pages open on one article
MADE_EVERY = 0.5  # seconds between two marks that somebody makes on one of the articles


@dataclass
class OpenPage:
    """One workbench that stays open: it knows what it was told and asks what has changed since."""

    client: Client
    path: str
    cursor: int = 0
    head: int = 0
    people: int = 0
    times: list[float] = field(default_factory=list)
    told: dict[str, float] = field(default_factory=dict)  # when it was told of a mark, by its uid
    errors: int = 0

    def ask(self) -> None:
        began = time.perf_counter()
        answer = self.client.look(f"{self.path}?since={self.cursor}&head={self.head}&people={self.people}")
        self.times.append((time.perf_counter() - began) * 1000)
        if answer.status == 200:
            told = answer.json()
            self.cursor, self.head = told["cursor"], told.get("head", self.head)
            self.people = told.get("people", self.people)
            self.told |= {mark["uid"]: time.monotonic() for mark in told.get("marks", ())}

    def stay_open(self, first: float, until: float) -> None:
        """Ask from ``first`` on, on the clock, every 1.5 seconds."""
        due = first
        while due < until:
            time.sleep(max(0.0, due - time.monotonic()))
            try:
                self.ask()
            except (Unexpected, HTTPException, OSError):
                self.errors += 1
            due += EVERY


def live(ground: Ground) -> Iterator[Figure]:
    """200 open workbenches of six people, five to an article, ask every 1.5 s for 20 s while marks are made."""
    articles = ground.articles[: PAGES // TOGETHER]
    pages = _open_pages(ground, articles)
    for _ in range(WARMING):
        for page in pages:
            page.ask()
    for page in pages:
        page.times.clear()
    processes = ground.desk.all_processes()
    before = _processor_seconds(processes)
    began = time.monotonic()
    made = _stay_open(pages, ground, articles, began)
    took, spent = time.monotonic() - began, _processor_seconds(processes) - before
    times = [each for page in pages for each in page.times]
    yield Figure("live-200", len(times) / took, PER_SECOND, None, "≥ 130")
    yield Figure("live-200-p50", median(times), "ms", None, "≤ 25")
    yield Figure("live-200-p95", percentile(times, 0.95), "ms", None, "≤ 100")
    yield Figure("live-200-processor", spent / len(times) * 1000, "ms", None, "≤ 8")
    seen = _seconds_until_told(pages, made)
    yield Figure("live-200-seen-p50", median(seen), "s", None, "≤ 1")
    yield Figure("live-200-seen-p95", percentile(seen, 0.95), "s", None, "≤ 2")
    missed = len(made) * TOGETHER - len(seen)
    yield Figure("live-200-errors", missed + sum(page.errors for page in pages), "", None, "0")


def _seconds_until_told(pages: Sequence[OpenPage], made: Mapping[str, float]) -> list[float]:
    """How long after a mark was saved each page of its article was told of it."""
    return [page.told[uid] - at for page in pages for uid, at in made.items() if uid in page.told]


def _open_pages(ground: Ground, articles: Sequence[Loaded]) -> list[OpenPage]:
    people = ground.desk.people()
    return [
        OpenPage(people[number % len(people)].another(), f"/articles/{articles[number // TOGETHER].uid}/live/")
        for number in range(PAGES)
    ]


def _stay_open(pages: Sequence[OpenPage], ground: Ground, articles: Sequence[Loaded], began: float) -> dict[str, float]:
    """Keep all pages open for 20 seconds; returns when somebody had saved which mark meanwhile, the last ones early
    enough to be told."""
    threads = [
        threading.Thread(target=page.stay_open, args=(began + EVERY * number / PAGES, began + SECONDS))
        for number, page in enumerate(pages)
    ]
    for thread in threads:
        thread.start()
    made: dict[str, float] = {}
    try:
        while time.monotonic() < began + SECONDS - 2 * EVERY:
            uid = _mark(ground.api, articles[len(made) % len(articles)], 7 * len(made))
            made[uid] = time.monotonic()
            time.sleep(MADE_EVERY)
    finally:
        for thread in threads:
            thread.join()
        for page in pages:
            page.client.close()
    return made


def _mark(client: Client, article: Loaded, start: int) -> str:
    made = client.post_json(
        "/api/v1/bias-tags/",
        {
            "article": article.uid,
            "base_revision": 1,
            "start": start,
            "end": start + 5,
            "exact": article.text[start : start + 5],
            "text_sha256": article.text_sha256,
            "category": "loaded-language",
            "severity": 1,
        },
    )
    return str(made.json()["uid"])


def _processor_seconds(processes: Sequence[int]) -> float:
    """How long processes have been computing, in seconds; those that have ended count nothing."""
    ticks = 0
    for number in processes:
        try:
            after = Path(PROC / str(number) / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        ticks += int(after[11]) + int(after[12])
    return ticks / os.sysconf("SC_CLK_TCK")
