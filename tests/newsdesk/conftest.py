"""What the tests of the house borrow from others."""

from tests.articles.fetching.conftest import certificate, web

__all__ = ["certificate", "web"]
