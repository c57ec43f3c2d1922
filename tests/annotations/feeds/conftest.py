"""The small web of the fetching tests, for feeds that live on it."""

from tests.articles.fetching.conftest import certificate, web

__all__ = ["certificate", "web"]
