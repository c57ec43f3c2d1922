"""Marks made one after the other: over the API as the workbench does it, and by plain SQL."""

import itertools
import re
from collections.abc import Iterator, Sequence

from bench.client import Client
from bench.floors import Floor
from bench.loading import Loaded
from bench.pace import Act

QUOTES = "/api/v1/quotes/"

WORD = re.compile(r"\w{2,}")


def marking(client: Client, articles: Sequence[Loaded]) -> Act:
    """Creating the next quote over the API, naming the text and the words as the workbench does."""
    places = _places(articles)

    def act() -> None:
        article, start, end = next(places)
        client.post_json(
            QUOTES,
            {
                "article": article.uid,
                "base_revision": 1,
                "start": start,
                "end": end,
                "exact": article.text[start:end],
                "text_sha256": article.text_sha256,
                "kind": "direct",
            },
        )

    return act


def marking_raw(floor: Floor, articles: Sequence[Loaded]) -> Act:
    """The same words in one statement that commits."""
    places = _places(articles)
    return lambda: floor.create(*next(places))


def _places(articles: Sequence[Loaded]) -> Iterator[tuple[Loaded, int, int]]:
    """Words to mark, one per article in turn, each time further on in its text."""
    words = [(article, itertools.cycle(WORD.finditer(article.text))) for article in articles]
    for article, found in itertools.cycle(words):
        match = next(found)
        yield article, match.start(), match.end()
