"""What is remembered about hosts."""

from concurrent.futures import ThreadPoolExecutor

from articles.fetching import ledger as ledgers
from articles.fetching.ledger import MemoryLedger, RobotsAnswer
from tests.articles.fetching.web import HandClock


def test_turns_at_a_host_lie_apart_by_the_pause() -> None:
    ledger = MemoryLedger(HandClock().monotonic)

    waits = [ledger.book("paper.example", pause=2.0, at_most=60) for _ in range(3)]

    assert waits == [0.0, 2.0, 4.0]
    assert ledger.book("other.example", pause=2.0, at_most=60) == 0.0


def test_time_that_passes_shortens_the_wait() -> None:
    clock = HandClock()
    ledger = MemoryLedger(clock.monotonic)
    ledger.book("paper.example", pause=2.0, at_most=60)
    clock.seconds += 1.5

    assert ledger.book("paper.example", pause=2.0, at_most=60) == 0.5


def test_turns_that_nobody_took_are_not_saved_up() -> None:
    clock = HandClock()
    ledger = MemoryLedger(clock.monotonic)
    ledger.book("paper.example", pause=2.0, at_most=60)
    clock.seconds += 100

    waits = [ledger.book("paper.example", pause=2.0, at_most=60) for _ in range(2)]

    assert waits == [0.0, 2.0]


def test_a_turn_too_far_away_is_not_booked() -> None:
    ledger = MemoryLedger(HandClock().monotonic)
    ledger.book("paper.example", pause=30.0, at_most=20)

    assert ledger.book("paper.example", pause=30.0, at_most=20) is None
    assert ledger.book("paper.example", pause=30.0, at_most=40) == 30.0


def test_many_at_once_get_turns_of_their_own() -> None:
    ledger = MemoryLedger(HandClock().monotonic)

    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: ledger.book("paper.example", pause=1.0, at_most=1000), range(200)))

    assert sorted(wait for wait in waits if wait is not None) == [float(turn) for turn in range(200)]


def test_robots_are_remembered_for_as_long_as_was_said() -> None:
    clock = HandClock()
    ledger = MemoryLedger(clock.monotonic)
    answer = RobotsAnswer("User-agent: *")
    ledger.remember_robots("http://paper.example", answer, seconds=60)

    assert ledger.robots("http://paper.example") == answer
    assert ledger.robots("https://paper.example") is None
    clock.seconds += 60
    assert ledger.robots("http://paper.example") is None


def test_a_ledger_does_not_grow_without_end() -> None:
    clock = HandClock()
    ledger = MemoryLedger(clock.monotonic)
    for number in range(ledgers.MOST_HOSTS + 10):
        ledger.book(f"{number}.example", pause=0.0, at_most=60)
        ledger.remember_robots(f"http://{number}.example", RobotsAnswer(""), seconds=60)

    assert len(ledger._free_from) <= ledgers.MOST_HOSTS
    assert len(ledger._robots) <= ledgers.MOST_HOSTS
