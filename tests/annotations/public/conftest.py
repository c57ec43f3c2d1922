"""What is open to everybody: a piece with a check, and somebody who is nobody."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from newsdesk.models import User
from tests.factories.published import make_judged, make_published


@pytest.fixture(autouse=True)
def nobody_asked_before(db: None) -> None:
    """Throttles count in the cache that all workers share."""
    cache.clear()


@pytest.fixture
def stranger() -> Client:
    return Client()


@pytest.fixture
def article(alice: User) -> Any:
    return make_published(by=alice, canonical_url="https://courier.example/bridge", outlet="The Courier", language="en")


@pytest.fixture
def claim(article: Any, alice: User, bob: User, dana: User) -> Any:
    """A claim with a verdict that everybody may read."""
    return make_judged(article, checker=bob, reviewer=dana, editor=alice)
