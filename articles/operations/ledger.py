"""The ledger of hosts that all workers share, in the database and by its clock."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from articles.fetching.ledger import HostLedger, RobotsAnswer
from articles.models import HostTurn, RobotsCopy

# In one statement: whoever comes second waits for the row and counts from the turn the first one took.
BOOK = """
    INSERT INTO articles_hostturn AS turn (host, free_from)
    VALUES (%(host)s, clock_timestamp() + %(pause)s * interval '1 second')
    ON CONFLICT (host) DO UPDATE
        SET free_from = greatest(turn.free_from, clock_timestamp()) + %(pause)s * interval '1 second'
        WHERE turn.free_from <= clock_timestamp() + %(at_most)s * interval '1 second'
    RETURNING greatest(0, extract(epoch FROM free_from - clock_timestamp()) - %(pause)s)
"""
FRESH_ROBOTS = """
    SELECT text, is_reachable FROM articles_robotscopy WHERE origin = %s AND fresh_until > clock_timestamp()
"""
REMEMBER_ROBOTS = """
    INSERT INTO articles_robotscopy (origin, text, is_reachable, fresh_until)
    VALUES (%(origin)s, %(text)s, %(is_reachable)s, clock_timestamp() + %(seconds)s * interval '1 second')
    ON CONFLICT (origin) DO UPDATE
        SET text = excluded.text, is_reachable = excluded.is_reachable, fresh_until = excluded.fresh_until
"""


class DatabaseLedger(HostLedger):
    """What is remembered about hosts, for every worker of the desk.

    Each method commits by itself, so it is used outside transactions: a turn booked in one would block all others
    who want the same host until it ends.
    """

    def book(self, host: str, *, pause: float, at_most: float) -> float | None:
        with connection.cursor() as cursor:
            cursor.execute(BOOK, {"host": host, "pause": pause, "at_most": at_most})
            booked = cursor.fetchone()
        return None if booked is None else float(booked[0])

    def robots(self, origin: str) -> RobotsAnswer | None:
        with connection.cursor() as cursor:
            cursor.execute(FRESH_ROBOTS, [origin])
            known = cursor.fetchone()
        return None if known is None else RobotsAnswer(text=known[0], reachable=known[1])

    def remember_robots(self, origin: str, answer: RobotsAnswer, *, seconds: float) -> None:
        said: dict[str, str | bool | float] = {
            "origin": origin,
            "text": answer.text,
            "is_reachable": answer.reachable,
            "seconds": seconds,
        }
        with connection.cursor() as cursor:
            cursor.execute(REMEMBER_ROBOTS, said)


def forget_hosts(*, before: datetime) -> None:
    """Drop turns and rules that were over at that moment."""
    HostTurn.objects.filter(free_from__lt=before).delete()
    RobotsCopy.objects.filter(fresh_until__lt=before).delete()
