"""The desk in one terminal: one journey through a real one, whose parts are killed as it runs."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from newsdesk.embedded import database_url
from newsdesk.embedded.__main__ import throwaway_home

PROJECT = Path(__file__).resolve().parents[2]
MANAGE = [sys.executable, str(PROJECT / "manage.py")]


class Desk:
    """A desk with a home of its own, started as somebody at a terminal would."""

    def __init__(self, home: Path) -> None:
        self.home = home
        without = ("DATABASE_URL", "NEWSDESK_URL", "NEWSDESK_BIND")
        self._environment = {name: value for name, value in os.environ.items() if name not in without}
        self._environment |= {"NEWSDESK_HOME": str(home), "PORT": "0"}
        self.said = home / "said"
        self.program = self._start()
        self.url = self._address()

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run another command of the project with the same home."""
        return subprocess.run(
            [*MANAGE, *words], env=self._environment, cwd=PROJECT, capture_output=True, text=True, timeout=120
        )

    def answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.url}/accounts/login/", timeout=10)
        except urllib.error.HTTPError as error:
            return error.code < 500
        except OSError:
            return False
        return True

    def part(self, name: str) -> int:
        """Return the process of ``database``, ``web server`` (it has children) or ``worker`` (it has none)."""
        if name == "database":
            return int((self.home / "postgres" / "postmaster.pid").read_text().split()[0])
        with_children = name == "web server"
        return next(
            child
            for child in children(self.program.pid)
            if child != self.part("database") and bool(children(child)) is with_children
        )

    def stop(self, number: signal.Signals) -> int:
        self.program.send_signal(number)
        return self.program.wait(60)

    def _start(self) -> subprocess.Popen[bytes]:
        with self.said.open("wb") as output:
            return subprocess.Popen(
                [*MANAGE, "desk"], env=self._environment, cwd="/", stdout=output, stderr=subprocess.STDOUT
            )

    def _address(self) -> str:
        def ready() -> bool:
            assert self.program.poll() is None, self.said.read_text()
            return "The desk is at" in self.said.read_text()

        assert until(ready, seconds=300), self.said.read_text()
        found = re.search(r"The desk is at (\S+)", self.said.read_text())
        assert found
        return found[1]


def children(parent: int) -> list[int]:
    """Return the living processes a process started, from ``/proc``."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, of = stat.read_text().rpartition(")")[2].split()[:2]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(of) == parent and state != "Z":
            found.append(int(stat.parent.name))
    return sorted(found)


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def until(condition: Callable[[], bool], seconds: float = 60) -> bool:
    """Ask again and again, at most for the given seconds."""
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.1)
    return condition()


def grandchildren(desk: Desk) -> list[int]:
    return [process for child in children(desk.program.pid) for process in (child, *children(child))]


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with throwaway_home() as home:
        desk = Desk(home)
        yield desk
        if desk.program.poll() is None:
            desk.stop(signal.SIGTERM)


if sys.platform == "linux":  # elsewhere a killed parent cannot take its children with it

    def test_the_address_it_prints_answers(desk: Desk) -> None:
        assert desk.answers()

    @pytest.mark.parametrize("name", ["web server", "worker", "database"])
    def test_a_killed_part_comes_back(desk: Desk, name: str) -> None:
        with psycopg.connect(database_url(desk.home), autocommit=True) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS kept AS SELECT 1 AS row")
        assert until(lambda: bool(children(desk.part("web server"))))
        before = desk.part(name)

        os.kill(before, signal.SIGKILL)

        assert until(lambda: f"The {name} ended unexpectedly" in desk.said.read_text())
        assert until(lambda: desk.answers() and not is_alive(before))
        assert until(lambda: database_holds_the_row(desk))

    def test_other_commands_share_its_database_and_leave_it_running(desk: Desk) -> None:
        ended = desk.command("migrate", "--check")

        assert ended.returncode == 0, ended.stderr
        assert desk.answers()

    def test_a_second_desk_in_the_same_home_is_refused(desk: Desk) -> None:
        ended = desk.command("desk")

        assert ended.returncode == 1
        assert "A desk runs already" in ended.stderr
        assert "NEWSDESK_HOME" in ended.stderr

    def test_a_killed_desk_takes_everything_with_it_and_the_next_one_loses_nothing(desk: Desk) -> None:
        parts = grandchildren(desk)

        desk.program.kill()
        desk.program.wait()
        again = Desk(desk.home)

        assert until(lambda: not any(map(is_alive, parts)))
        assert again.answers()
        assert database_holds_the_row(again)
        assert "Bringing the database up to date" not in again.said.read_text()
        assert again.stop(signal.SIGINT) == 0

    def test_ctrl_c_leaves_nothing_behind(desk: Desk) -> None:
        last = Desk(desk.home)
        parts = grandchildren(last)
        assert len(parts) > 4

        status = last.stop(signal.SIGINT)

        assert status == 0
        assert last.said.read_text().rstrip().endswith("Stopped.")
        assert until(lambda: not any(map(is_alive, parts)))
        assert not (desk.home / "postgres" / "postmaster.pid").exists()


def database_holds_the_row(desk: Desk) -> bool:
    try:
        with psycopg.connect(database_url(desk.home)) as connection:
            return connection.execute("SELECT row FROM kept").fetchone() == (1,)
    except psycopg.OperationalError:
        return False
