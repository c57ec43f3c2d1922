"""The benches, each a few figures about one thing people do."""

import itertools
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from bench import agreement as agreement_of_people
from bench import carrying, checkworthy, memory, quotation
from bench.evidence import evidence, evidence_among_many
from bench.exports import exports, exports_of_many
from bench.figures import PER_SECOND, Figure, median, percentile
from bench.ground import Ground, say
from bench.importing import bulk, bulk_of_many, ingest
from bench.integrity import integrity
from bench.live import live
from bench.loading import Loaded
from bench.lookups import speakers
from bench.marking import marking, marking_raw
from bench.pace import Times, side_by_side, together
from bench.workbench import workbench
from newsdesk.embedded import running
from newsdesk.embedded.__main__ import throwaway_home

Bench = Callable[[Ground], Iterator[Figure]]

REQUESTS = 60
MARKS_MADE = 100
CLIENTS = 4
SECONDS = 15.0
FLOOR_SECONDS = 5.0
WHO_ASKS = "/api/v1/me/"  # answered from what every request with a token looks up


def start(ground: Ground) -> Iterator[Figure]:
    """From an empty home, and again, until the sign-in page answers; floor: the database alone."""
    with throwaway_home() as home:
        floors = [_seconds_of_a_database(home), _seconds_of_a_database(home)]
    first = ground.first_start
    ground.desk.stop()
    yield Figure("start-first", first, "s", floors[0], "≤ 60")
    yield Figure("start-second", ground.desk.start(), "s", floors[1], "≤ 5")


def idle_memory(ground: Ground) -> Iterator[Figure]:
    """PSS of everything the desk runs after a few pages; floor: its database alone."""
    if not memory.is_known():
        say("memory: this system does not tell what a process takes")
        return
    for _ in range(REQUESTS):
        ground.editor.get("/articles/")
    everything = ground.desk.all_processes()
    database = set(everything) - set(ground.desk.own_processes())
    yield Figure("memory-idle", memory.proportional(everything), "MiB", memory.proportional(database), "≤ 350")


def article_list(ground: Ground) -> Iterator[Figure]:
    """The first page of 50 among 2,000 articles, signed in."""
    _ = ground.articles
    yield from _list_figures(ground, "list-2000")


def article_list_of_many(ground: Ground) -> Iterator[Figure]:
    """The same page among 200,000 articles."""
    _ = ground.many_articles
    yield from _list_figures(ground, "list-200000")


def _list_figures(ground: Ground, name: str) -> Iterator[Figure]:
    times = side_by_side(lambda: ground.editor.get("/articles/"), ground.floor.read_list, count=REQUESTS)
    yield Figure(f"{name}-p50", median(times.desk), "ms", median(times.floor), "≤ 25")
    yield Figure(f"{name}-p95", percentile(times.desk, 0.95), "ms", percentile(times.floor, 0.95))


def open_article(ground: Ground) -> Iterator[Figure]:
    """An article with 20 marks: its page, and from the API its text and its marks in two requests."""
    bare = side_by_side(lambda: ground.api.get(WHO_ASKS), ground.floor.select_one, count=REQUESTS)
    yield Figure("request-bare", median(bare.desk), "ms", median(bare.floor))
    yield from _open_figures(ground, ground.articles[:REQUESTS], "open-20", "≤ 10")


def open_long_article(ground: Ground) -> Iterator[Figure]:
    """The article of 10,000 words with 1,000 marks, likewise."""
    yield from _open_figures(ground, [ground.long_article], "open-1000", "≤ 30")


def _open_figures(ground: Ground, articles: list[Loaded], name: str, aim: str) -> Iterator[Figure]:
    page = _open_in_turn(ground, articles, lambda article: ground.editor.get(f"/articles/{article.uid}/"))
    yield Figure(f"{name}-page", median(page.desk), "ms", median(page.floor), aim)

    def both(article: Loaded) -> None:
        ground.api.get(f"/api/v1/articles/{article.uid}/")
        ground.api.get(f"/api/v1/articles/{article.uid}/marks/")

    api = _open_in_turn(ground, articles, both)
    yield Figure(f"{name}-api", median(api.desk), "ms", median(api.floor), aim)


def _open_in_turn(ground: Ground, articles: list[Loaded], ask: Callable[[Loaded], object]) -> Times:
    for_desk, for_floor = itertools.cycle(articles), itertools.cycle(articles)
    return side_by_side(lambda: ask(next(for_desk)), lambda: ground.floor.open_article(next(for_floor)), count=REQUESTS)


def create_mark(ground: Ground) -> Iterator[Figure]:
    """One quote after the other over the API: in short articles, and in the one with 1,000 marks."""
    for name, articles, aim in (
        ("create-short", ground.articles[100:200], "≤ 10"),
        ("create-long", [ground.long_article], "as create-short"),
    ):
        times = side_by_side(marking(ground.api, articles), marking_raw(ground.floor, articles), count=MARKS_MADE)
        yield Figure(name, median(times.desk), "ms", median(times.floor), aim)


def create_together(ground: Ground) -> Iterator[Figure]:
    """Four clients create quotes for 15 seconds: each in articles of its own, then all in one."""
    apart = [ground.articles[200 + 100 * number : 300 + 100 * number] for number in range(CLIENTS)]
    yield from _together_figures(ground, "clients-apart", apart)
    yield from _together_figures(ground, "clients-in-one", [ground.articles[-1:]] * CLIENTS)
    yield Figure("clients-bare", _rate_of_bare_requests(ground), PER_SECOND)


def _rate_of_bare_requests(ground: Ground) -> float:
    """How many requests with a token are answered per second that look up nothing but whose token it is."""
    clients = [ground.another_client() for _ in range(CLIENTS)]
    try:
        rate, _ = together([partial(client.get, WHO_ASKS) for client in clients], seconds=FLOOR_SECONDS)
        return rate
    finally:
        for client in clients:
            client.close()


def _together_figures(ground: Ground, name: str, articles: list[list[Loaded]]) -> Iterator[Figure]:
    clients = [ground.another_client() for _ in articles]
    floors = [ground.floor.another() for _ in articles]
    try:
        rate, errors = together(
            [marking(client, theirs) for client, theirs in zip(clients, articles, strict=True)], seconds=SECONDS
        )
        floor, _ = together(
            [marking_raw(one, theirs) for one, theirs in zip(floors, articles, strict=True)], seconds=FLOOR_SECONDS
        )
    finally:
        for client in clients:
            client.close()
        for one in floors:
            one.close()
    yield Figure(name, rate, PER_SECOND, floor, "≥ 300")
    yield Figure(f"{name}-errors", errors, "", None, "0")


def quotes(ground: Ground) -> Iterator[Figure]:
    """Quotations and speakers found in articles that people marked, in per cent; articles per second."""
    del ground
    yield from quotation.figures()


def sentences_worth_checking(ground: Ground) -> Iterator[Figure]:
    """Sentences worth checking: precision, recall and average precision on our own labelled articles."""
    del ground
    yield from checkworthy.figures()


def agreement(ground: Ground) -> Iterator[Figure]:
    """All coefficients with intervals of 1,000 texts x 5 people x 40 marks; seconds of one core."""
    del ground
    yield from agreement_of_people.figures()


def carry(ground: Ground) -> Iterator[Figure]:
    """Marks carried across edits of known truth; milliseconds of a save with 1,000 marks on 10,000 words."""
    del ground
    yield from carrying.figures()


# In the order in which they run: whatever reads the marks of the corpus comes before what adds to them.
BENCHES: dict[str, Bench] = {
    "start": start,
    "memory": idle_memory,
    "list": article_list,
    "open": open_article,
    "exports": exports,
    "workbench": workbench,
    "open-long": open_long_article,
    "create": create_mark,
    "clients": create_together,
    "live": live,
    "ingest": ingest,
    "bulk": bulk,
    "list-many": article_list_of_many,
    "bulk-many": bulk_of_many,
    "quotes": quotes,
    "checkworthy": sentences_worth_checking,
    "agreement": agreement,
    "carry": carry,
    "speakers": speakers,
    "integrity": integrity,
    "evidence": evidence,
    "evidence-many": evidence_among_many,
    "exports-many": exports_of_many,
}


def _seconds_of_a_database(home: Path) -> float:
    """How long the embedded server of a home takes until it accepts connections; it is stopped again."""
    began = time.perf_counter()
    with running(home, say=lambda _sentence: None):
        return time.perf_counter() - began
