"""Exports that run at the same time take turns at the database, so that whoever works meanwhile keeps a core of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

LOCK = "exports take turns"
# A client that reads slowly keeps its turn for long. Nobody waits longer than this for it.
PATIENCE_SECONDS = 1.0
LOOK_SECONDS = 0.02


@contextmanager
def turn() -> Iterator[None]:
    """Wait until no other export asks, or patience ends; others wait meanwhile. Nothing may be written within.

    The lock is of a savepoint, and goes with it however the block ends.
    """
    with transaction.atomic():
        ends = time.monotonic() + PATIENCE_SECONDS
        while not _is_ours() and time.monotonic() < ends:
            time.sleep(LOOK_SECONDS)
        yield
        transaction.set_rollback(True)


def _is_ours() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [LOCK])
        return bool(cursor.fetchone()[0])
