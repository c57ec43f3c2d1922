"""What all workers remember about hosts, by the clock of the database. Pauses are so long that no run outlasts them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles.fetching.ledger import RobotsAnswer
from articles.models import HostTurn, RobotsCopy
from articles.operations.ledger import DatabaseLedger, forget_hosts
from tests.factories.contention import at_once

LEDGER = DatabaseLedger()
ALWAYS = 1e6


def waits_of(turns: int, *, pause: float) -> list[float]:
    """The waits for so many turns at one host, in whole pauses."""
    waits = [LEDGER.book("paper.example", pause=pause, at_most=ALWAYS) for _ in range(turns)]
    return [round((wait or 0.0) / pause, 1) for wait in waits]


@pytest.mark.django_db
def test_turns_at_a_host_lie_apart_by_the_pause() -> None:
    assert waits_of(3, pause=1000.0) == [0.0, 1.0, 2.0]
    assert LEDGER.book("other.example", pause=1000.0, at_most=ALWAYS) == 0.0


@pytest.mark.django_db
def test_turns_that_nobody_took_are_not_saved_up() -> None:
    HostTurn.objects.create(host="paper.example", free_from=timezone.now() - timedelta(days=1))

    assert waits_of(2, pause=1000.0) == [0.0, 1.0]


@pytest.mark.django_db
def test_a_turn_too_far_away_is_not_booked() -> None:
    LEDGER.book("paper.example", pause=1000.0, at_most=20)

    assert LEDGER.book("paper.example", pause=1000.0, at_most=20) is None
    assert round((LEDGER.book("paper.example", pause=1000.0, at_most=ALWAYS) or 0.0) / 1000, 1) == 1.0


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_get_turns_of_their_own() -> None:
    waits: list[float | None] = []

    def book() -> None:
        waits.append(LEDGER.book("paper.example", pause=1000.0, at_most=ALWAYS))

    at_once(*[book] * 6)

    assert sorted(round((wait or 0.0) / 1000, 1) for wait in waits) == [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]


@pytest.mark.django_db
def test_robots_are_remembered_for_as_long_as_was_said() -> None:
    LEDGER.remember_robots("http://paper.example", RobotsAnswer("User-agent: *"), seconds=1000)
    LEDGER.remember_robots("http://other.example", RobotsAnswer("", reachable=False), seconds=1000)
    LEDGER.remember_robots("http://past.example", RobotsAnswer("User-agent: *"), seconds=-1)

    assert LEDGER.robots("http://paper.example") == RobotsAnswer("User-agent: *")
    assert LEDGER.robots("http://other.example") == RobotsAnswer("", reachable=False)
    assert LEDGER.robots("http://past.example") is None
    assert LEDGER.robots("http://unknown.example") is None


@pytest.mark.django_db
def test_a_newer_robots_answer_takes_the_place_of_the_older() -> None:
    LEDGER.remember_robots("http://paper.example", RobotsAnswer("", reachable=False), seconds=1000)
    LEDGER.remember_robots("http://paper.example", RobotsAnswer("User-agent: *\nDisallow: /"), seconds=1000)

    assert LEDGER.robots("http://paper.example") == RobotsAnswer("User-agent: *\nDisallow: /")


@pytest.mark.django_db
def test_what_is_over_is_forgotten() -> None:
    LEDGER.book("past.example", pause=0.0, at_most=20)
    LEDGER.book("paper.example", pause=1000.0, at_most=20)
    LEDGER.remember_robots("http://past.example", RobotsAnswer(""), seconds=-1)
    LEDGER.remember_robots("http://paper.example", RobotsAnswer(""), seconds=1000)

    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        forget_hosts(before=cursor.fetchone()[0])

    assert list(HostTurn.objects.values_list("host", flat=True)) == ["paper.example"]
    assert list(RobotsCopy.objects.values_list("origin", flat=True)) == ["http://paper.example"]
