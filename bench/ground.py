"""What benches stand on: a running desk, who uses it, and the corpus, each made when it is first asked for."""

import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path

import django
from django.db import connections

from bench.client import Client
from bench.corpus import Corpus, GeneratedArticle
from bench.desk import Desk, stopped_afterwards
from bench.floors import Floor
from bench.loading import Loaded, Loader, settle
from bench.names import Crowd, Somebody
from bench.sources import Library

ARTICLES = 2_000
MANY_ARTICLES = 200_000
MANY_SPEAKERS = 100_000


class Ground:
    """One desk for a whole run. Use :func:`prepared`, which ends everything afterwards."""

    def __init__(self, home: Path, ending: ExitStack) -> None:
        self.home = home
        self._ending = ending
        self._corpus = Corpus()
        self._idle_desk = ending.enter_context(stopped_afterwards(Desk(home)))

    @cached_property
    def first_start(self) -> float:
        """Seconds from an empty home to an answer."""
        say("starting the desk in an empty home")
        return self._idle_desk.start()

    @cached_property
    def desk(self) -> Desk:
        """The running desk."""
        _ = self.first_start
        return self._idle_desk

    @cached_property
    def floor(self) -> Floor:
        floor = Floor(self.desk.database_url)
        self._ending.callback(floor.close)
        say(
            f"PostgreSQL {floor.shown('server_version')}, fsync {floor.shown('fsync')}, "
            f"synchronous_commit {floor.shown('synchronous_commit')}"
        )
        return floor

    @cached_property
    def editor(self) -> Client:
        """The editor, signed in on the pages."""
        client = self.desk.editor()
        self._ending.callback(client.close)
        return client

    @cached_property
    def token(self) -> str:
        return self.desk.token_of(self.editor)

    @cached_property
    def api(self) -> Client:
        client = self.another_client()
        self._ending.callback(client.close)
        return client

    def another_client(self) -> Client:
        """A connection to the API of its own, with the editor's token."""
        return Client(self.desk.url, token=self.token)

    @cached_property
    def articles(self) -> list[Loaded]:
        """2,000 articles with 20 marks each."""
        with _told(f"loading {ARTICLES} articles with 20 marks each"):
            loaded = self._loader.load(self._generated)
            settle()
        return loaded

    @cached_property
    def long_article(self) -> Loaded:
        """An article of 10,000 words with 1,000 marks."""
        _ = self.articles  # so that every run has the same rows at the same time
        loaded = self._loader.load([self._corpus.long_article()])
        settle()
        return loaded[0]

    @cached_property
    def heavy_article(self) -> Loaded:
        """The same article with 4,000 more marks, on words that others lie on."""
        _ = self.long_article
        loaded = self._loader.load([self._corpus.heavy_article()])
        settle()
        return loaded[0]

    @cached_property
    def many_articles(self) -> int:
        """As many older articles without marks as make 200,000 together; returns how many were added."""
        count = MANY_ARTICLES - len(self.articles)
        with _told(f"loading {count} older articles"):
            self._loader.load_older(self._corpus.unmarked(count, like=self._generated))
            settle()
        return count

    def load(self, articles: Iterable[GeneratedArticle], what: str) -> None:
        """Load further articles; ``what`` is told to whoever waits."""
        with _told(f"loading {what}"):
            self._loader.load(articles)
            settle()

    @cached_property
    def library(self) -> Library:
        return Library()

    def make_models_known(self) -> None:
        """Let this process use the desk's own models and operations on the desk's database."""
        _ = self._loader

    def load_sources(self, sources: Iterable[Sequence[str]], what: str) -> Sequence[int]:
        """Store sources; what their passages say is not searchable yet. Returns the keys of the passages."""
        with _told(f"loading {what}"):
            return self._loader.load_sources(sources)

    @cached_property
    def many_speakers(self) -> list[Somebody]:
        """A crowd of 100,000, beside the speakers of the corpus with their quotes."""
        _ = self.articles
        crowd = list(Crowd().people(MANY_SPEAKERS))
        with _told(f"loading {MANY_SPEAKERS} speakers"):
            self._loader.load_speakers(crowd)
            settle()
        return crowd

    @cached_property
    def _generated(self) -> list[GeneratedArticle]:
        return list(self._corpus.articles(ARTICLES))

    @cached_property
    def _loader(self) -> Loader:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "newsdesk.settings",
            "NEWSDESK_HOME": str(self.home),
            "DATABASE_URL": self.desk.database_url,
        }
        django.setup()
        self._ending.callback(connections.close_all)
        return Loader(self._corpus)


@contextmanager
def prepared(home: Path) -> Iterator[Ground]:
    """The ground over a home; connections are closed and the desk is stopped whatever happens."""
    with ExitStack() as ending:
        yield Ground(home, ending)


def say(sentence: str) -> None:
    """Tell whoever waits what goes on; the table alone goes to the standard output."""
    sys.stderr.write(f"… {sentence}\n")


@contextmanager
def _told(sentence: str) -> Iterator[None]:
    say(sentence)
    began = time.perf_counter()
    yield
    say(f"{sentence}: {time.perf_counter() - began:.1f} s")
