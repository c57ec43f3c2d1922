"""Exports at the same time take turns at the database; a slow one stops nobody."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection

from annotations.exports import NDJSON
from annotations.queries.exchange import exports, exportturns
from annotations.queries.exchange.exportfilters import ExportFilters
from annotations.queries.exchange.exports import stream
from annotations.queries.exchange.exportturns import LOCK, turn
from newsdesk.models import User
from tests.factories import make_article, make_tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def somebody_else() -> Iterator[Any]:
    """Another connection, on which an export of somebody else runs."""
    settings = connection.get_connection_params()
    settings.pop("cursor_factory", None)
    settings.pop("context", None)
    with psycopg.connect(**settings, autocommit=True) as other:
        yield other


def may_begin(other: Any) -> bool:
    with other.transaction():
        asked = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"
        return bool(other.execute(asked, [LOCK]).fetchone()[0])


def test_nobody_else_asks_while_it_is_somebodys_turn(somebody_else: Any) -> None:
    assert may_begin(somebody_else)

    with turn():
        assert not may_begin(somebody_else)

    assert may_begin(somebody_else)


def test_a_turn_ends_with_an_export_that_is_hung_up_on(somebody_else: Any) -> None:
    with pytest.raises(ConnectionError), turn():
        raise ConnectionError

    assert may_begin(somebody_else)


def test_a_slow_reader_keeps_others_waiting_for_a_moment_only(
    alice: User, somebody_else: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        make_tag(make_article(by=alice, slug=f"piece-{number}"), by=alice)
    monkeypatch.setattr(exports, "FIRST_ARTICLES", 1)
    monkeypatch.setattr(exportturns, "PATIENCE_SECONDS", 0.05)

    with somebody_else.transaction():
        somebody_else.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [LOCK])
        written = b"".join(stream(NDJSON, alice, ExportFilters()))

    assert written.count(b'"type":"bias_tag"') == 3
