"""The real product, run for a bench: web server, worker and a durable database in a home of its own."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from signal import SIGINT, SIGKILL, SIGTERM

from bench import memory
from bench.client import Client, Unexpected
from newsdesk import processes
from newsdesk.embedded import database_url

PROJECT = Path(__file__).resolve().parent.parent
# What would lead the desk to another database, address or home than the bench's own.
FOREIGN = ("DATABASE_URL", "NEWSDESK_URL", "NEWSDESK_BIND", "NEWSDESK_HOSTS", "NEWSDESK_PROXIES", "NEWSDESK_DEBUG")
NO_LIMIT = "0"  # a token asks here as often as it can
SIGN_IN_PAGE = "/accounts/login/"
START_SECONDS = 120.0
STOPPING = [(SIGINT, 40.0), (SIGTERM, 10.0), (SIGKILL, 5.0)]


class DeskRefused(Exception):
    """The desk did not start or ended early; the message holds the last it said."""


class Desk:
    """A desk on 127.0.0.1. ``home`` may be empty: the first start makes its database."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.database_url = database_url(home)
        self.url = ""
        self._said = home / "bench-said"
        self._program: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start it and return the seconds until its sign-in page has answered.

        :raises DeskRefused: when it ends instead, or takes more than two minutes.
        """
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        environment = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        environment |= {"NEWSDESK_HOME": str(self.home), "PORT": str(port), "NEWSDESK_API_RATE": NO_LIMIT}
        began = time.perf_counter()
        with self._said.open("ab") as output:
            # In a session of its own: Ctrl-C reaches the bench, and the bench stops the desk.
            self._program = processes.start(
                [sys.executable, str(PROJECT / "manage.py"), "desk"],
                on_orphaned=SIGTERM,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self._wait_for_sign_in(port, began + START_SECONDS)
        return time.perf_counter() - began

    def stop(self) -> None:
        """Stop it as Ctrl-C does, and with force if it does not."""
        if self._program is not None:
            processes.stop(self._program, STOPPING)
        self._program = None

    def all_processes(self) -> list[int]:
        """Everything the desk runs, its database included."""
        return list(self._family())

    def own_processes(self) -> list[int]:
        """Everything but the database."""
        return [number for number, name in self._family().items() if not name.startswith("postgres")]

    def editor(self) -> Client:
        """Somebody signed in as the editor of the demonstration, by a new one-time link."""
        return self.people("editor")[0]

    def people(self, *roles: str) -> list[Client]:
        """People of the demonstration, each signed in by a new one-time link; all who work there without ``roles``."""
        said = self._command("demo", "--links", "--url", self.url)
        ways_in = dict(re.findall(r"([\w-]+) .*(/in/[\w-]+/)", said))
        ways_in.pop("reader", None)
        wanted = roles or tuple(ways_in)
        if not wanted or set(wanted) - set(ways_in):
            raise DeskRefused(f"No way in was found in: {said}")
        return [self._signed_in(ways_in[role]) for role in wanted]

    def _signed_in(self, link: str) -> Client:
        client = Client(self.url)
        client.get(link)
        client.post_form(link, [], status=302)
        return client

    def token_of(self, editor: Client) -> str:
        """The key of a new token of theirs, made on the page for tokens."""
        client_of_api = [("name", "bench"), ("days", "30"), ("scopes", "read")]
        client_of_api += [("scopes", "annotate"), ("scopes", "edit"), ("scopes", "export")]
        editor.get("/account/tokens/")
        page = editor.post_form("/account/tokens/", client_of_api).content.decode()
        key = re.search(r"ndk_[\w-]{40,}", page)
        if key is None:
            raise Unexpected("The page for tokens shows no new key.")
        return key[0]

    def last_said(self) -> str:
        return "\n".join(self._said.read_text(errors="replace").splitlines()[-20:])

    def _command(self, *words: str) -> str:
        environment = os.environ | {"NEWSDESK_HOME": str(self.home), "DATABASE_URL": self.database_url}
        status, said = processes.run([sys.executable, str(PROJECT / "manage.py"), *words], env=environment)
        if status != 0:
            raise DeskRefused(f"manage.py {words[0]} failed: {said}")
        return said

    def _family(self) -> dict[int, str]:
        return memory.descendants(self._program.pid) if self._program is not None else {}

    def _wait_for_sign_in(self, port: int, deadline: float) -> None:
        while time.perf_counter() < deadline:
            if self._program is None or self._program.poll() is not None:
                raise DeskRefused(f"The desk ended as it started:\n{self.last_said()}")
            if _answers(port, deadline - time.perf_counter()):
                return
            time.sleep(0.01)
        raise DeskRefused(f"The desk did not answer within {START_SECONDS:.0f} s:\n{self.last_said()}")


@contextmanager
def stopped_afterwards(desk: Desk) -> Iterator[Desk]:
    """The desk, stopped whatever happens in the block."""
    try:
        yield desk
    finally:
        desk.stop()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def _answers(port: int, seconds: float) -> bool:
    """Ask for the sign-in page once; the desk listens before it is ready, so the answer may take a while."""
    connection = HTTPConnection("127.0.0.1", port, timeout=max(seconds, 0.1))
    try:
        connection.request("GET", SIGN_IN_PAGE)
        response = connection.getresponse()
        response.read()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return response.status == 200
