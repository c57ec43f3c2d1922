"""Finding speakers by how a text names them, among very many."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model

from articles.naming.keys import whole_keys, word_keys
from articles.naming.ranking import Mention
from bench.figures import Figure, median, percentile
from bench.ground import Ground
from bench.pace import side_by_side

LOOKUPS = 100
ARTICLES = 20
MENTIONS = 20
BESIDE = 5


def speakers(ground: Ground) -> Iterator[Figure]:
    """Whom a name in a text means among 100,000 speakers: full names, bare surnames, an article with 20 mentions."""
    crowd = ground.many_speakers
    person = get_user_model()._default_manager.get(username="alice")
    full = [Mention(each.name.split()[-1], each.name, each.title, each.affiliation) for each in crowd[::97]]
    bare = [Mention(each.name.split()[-1]) for each in crowd[::89]]
    yield from _figures(ground, "speaker-full", person, [[mention] for mention in full], "≤ 10")
    yield from _figures(ground, "speaker-surname", person, [[mention] for mention in bare], "≤ 10")
    articles = [full[at : at + MENTIONS] for at in range(0, len(full) - MENTIONS, MENTIONS)]
    yield from _figures(ground, "speakers-20", person, articles, "≤ 200")
    yield from _in_company(ground, person)


def _in_company(ground: Ground, person: Any) -> Iterator[Figure]:
    """Surnames of people with hundreds of quotes, beside five others of them."""
    finding, circle = _finding(), import_module("articles.search.company")
    quoted = list(
        apps.get_model("articles.Speaker")._default_manager.filter(quotes__isnull=False).distinct().order_by("pk")
    )
    mentions = [[Mention(each.name.split()[-1])] for each in quoted]
    beside = quoted[-BESIDE:]  # the first ones are the demonstration's, with a few quotes
    setting = circle.Setting("The Harbour Post", "en")
    yield from _figures(
        ground,
        "speaker-beside",
        person,
        mentions,
        "≤ 10",
        lambda asked: finding.resolve_speakers(asked, person=person, setting=setting, beside=beside),
    )


def _figures(
    ground: Ground,
    name: str,
    person: Any,
    asked: Sequence[Sequence[Mention]],
    aim: str,
    resolve: Callable[[Sequence[Mention]], Any] | None = None,
) -> Iterator[Figure]:
    for_desk, for_floor = itertools.cycle(asked), itertools.cycle(asked)
    answer = resolve or (lambda mentions: _finding().resolve_speakers(mentions, person=person))
    times = side_by_side(
        lambda: answer(next(for_desk)),
        lambda: _read_raw(ground, next(for_floor)),
        count=LOOKUPS if len(asked[0]) == 1 else ARTICLES,
    )
    yield Figure(f"{name}-p50", median(times.desk), "ms", median(times.floor), aim)
    yield Figure(f"{name}-p95", percentile(times.desk, 0.95), "ms", percentile(times.floor, 0.95), aim)


def _read_raw(ground: Ground, mentions: Sequence[Mention]) -> None:
    for mention in mentions:
        ground.floor.find_speakers(
            word_keys(mention.name), whole_keys(mention.name), most=import_module("articles.search.bearers").MOST_READ
        )


def _finding() -> Any:
    """The search, whose models can be loaded only once the desk's settings are known."""
    return import_module("articles.search.speakers")
