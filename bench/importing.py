"""Benches of what comes in: the readers one by one, and articles by the thousand."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

from bench import memory
from bench.client import Client, Unexpected
from bench.corpus import Corpus
from bench.documents import documents, ndjson, short_records
from bench.figures import PER_SECOND, Figure
from bench.ground import ARTICLES, MANY_ARTICLES, Ground, say
from bench.rawcopy import RawCopy
from bench.reading import TRAFILATURA, measure

BULK = "/api/v1/articles/bulk/"
LOOK_SECONDS = 1.0
LONGEST_SECONDS = 3_600.0
MEBIBYTE = 1024 * 1024


def ingest(ground: Ground) -> Iterator[Figure]:
    """Each reader on a document of its format, in a process of its own: how many per second, and its memory."""
    made = documents()
    bare = measure(TRAFILATURA, made["html-page"])
    for name, body in made.items():
        reading = measure(name, body)
        yield Figure(f"read-{name}", reading.rate, PER_SECOND, bare.rate if name == "html-page" else None)
        if reading.memory:
            yield Figure(f"read-{name}-memory", reading.memory, "MiB", bare.memory if name == "html-page" else None)


def bulk(ground: Ground) -> Iterator[Figure]:
    """2,000 articles with 20 marks each in one request over the API; floor: COPY of the same rows."""
    corpus = Corpus()
    body = ndjson(list(corpus.articles(ARTICLES)), corpus.speakers)
    api = ground.api
    floor = RawCopy(ground.desk.database_url)
    try:
        began = time.perf_counter()
        answer = api.post_lines(BULK, body, length=len(body))
        took = time.perf_counter() - began
        _refuse_refusals(answer.content)
        yield Figure("bulk-2000", ARTICLES / took, PER_SECOND, ARTICLES / floor.repeat(), "≥ 1000")
    finally:
        floor.close()


def bulk_of_many(ground: Ground) -> Iterator[Figure]:
    """200,000 short articles in one request that is answered at once: until the worker has brought in the last."""
    api = ground.api
    length = sum(map(len, short_records(MANY_ARTICLES)))
    say(f"sending {MANY_ARTICLES} articles, {length / MEBIBYTE:.0f} MiB")
    desk = ground.desk.own_processes()
    began = time.perf_counter()
    with memory.growth_of(lambda: memory.proportional(desk) if memory.is_known() else 0.0) as growth:
        answer = api.post_lines(BULK, short_records(MANY_ARTICLES), length=length, status=202)
        spooled = time.perf_counter() - began
        _wait_for(api, answer.headers["Location"])
    yield Figure("bulk-200000-spooled", spooled, "s")
    yield Figure("bulk-200000", MANY_ARTICLES / (time.perf_counter() - began), PER_SECOND)
    if memory.is_known():
        yield Figure("bulk-200000-memory", growth.by, "MiB", None, "≤ 100")


def _refuse_refusals(results: bytes) -> None:
    """:raises Unexpected: a figure of articles that did not come in, or without their marks, would mean nothing."""
    for line in map(json.loads, results.splitlines()):
        if line["status"] != "created" or line["errors"]:
            raise Unexpected(f"An article of the corpus did not come in whole: {line}")


def _wait_for(api: Client, location: str) -> None:
    deadline = time.perf_counter() + LONGEST_SECONDS
    while time.perf_counter() < deadline:
        batch = api.get(location).json()
        if batch["state"] != "running":
            if batch["created"] != MANY_ARTICLES:
                raise Unexpected(f"Of {MANY_ARTICLES} articles came in: {batch}")
            return
        time.sleep(LOOK_SECONDS)
    raise Unexpected("The worker took longer than an hour.")
