"""A small public web whose hosts all live on one loopback server.

Names and addresses are looked up here, and connections to public addresses are led to the server; what the desk checks
in between is its own, unchanged.
"""

import socket
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Any

from articles.fetching.addresses import IPAddress
from articles.fetching.fetch import Fetched, Validators, fetch
from articles.fetching.ledger import MemoryLedger
from articles.fetching.rules import FetchingRules
from articles.fetching.sending import send

SECONDS_TO_BEGIN = 10
PAPER = ip_address("93.184.216.34")
OTHER = ip_address("93.184.216.35")
INSIDE = ip_address("10.0.0.7")
RULES = FetchingRules(contact="desk@paper.example")


@dataclass(frozen=True)
class Page:
    """What the server answers."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})


# Writes bytes of its own choosing, by the function it is given, in place of a whole answer.
Rude = Callable[[Callable[[bytes], object]], object]


@dataclass(frozen=True)
class Asked:
    """A request as it arrived; ``server_name`` is the name said while TLS was set up."""

    host: str
    target: str
    headers: Mapping[str, str]
    server_name: str | None = None
    content: bytes = b""


class HandClock:
    """A clock that stands still until somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 100.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return datetime(2025, 5, 13, 12, 0, tzinfo=UTC) + timedelta(seconds=self.seconds - 100)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


class QuietServer(ThreadingHTTPServer):
    """A server to which clients may hang up."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.is_serving = threading.Event()

    def service_actions(self) -> None:
        """Called once in every turn of the server's loop."""
        self.is_serving.set()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients hang up on what they do not want; that is what most tests are about."""


class Web:
    """Hosts, their pages, and what was asked of them."""

    def __init__(self, tls: ssl.SSLContext, trust: ssl.SSLContext) -> None:
        self.pages: dict[str, Page | Rude] = {}
        self.names: dict[str, list[Sequence[IPAddress]]] = {}
        self.asked: list[Asked] = []
        self.dialled: list[tuple[str, int]] = []
        self.looked_up: list[str] = []
        self.clock = HandClock()
        self.ledger = MemoryLedger(self.clock.monotonic)
        self.deaf: set[IPAddress] = set()
        self._trust = trust
        self._server_names: dict[int, str | None] = {}
        self._plain = self._serve()
        self._secure = self._serve()
        tls.sni_callback = self._note_server_name
        self._secure.socket = tls.wrap_socket(self._secure.socket, server_side=True, do_handshake_on_connect=False)

    def add(self, address: str, page: Page | Rude) -> None:
        """Put a page at ``host[:port]/path``, and its host on the first public address."""
        self.pages[address] = page
        self.names.setdefault(address.partition("/")[0].partition(":")[0], [[PAPER]])

    def fetch(
        self, address: str, *, validators: Validators | None = None, clock: Any = None, **changes: Any
    ) -> Fetched:
        """Fetch with the rules of the tests and the changes given; robots.txt is obeyed only if a test says so."""
        return fetch(
            address,
            rules=replace(RULES, **{"obey_robots": False, **changes}),
            ledger=self.ledger,
            validators=validators,
            resolver=self.look_up,
            dial=self.dial,
            clock=clock or self.clock,
            tls=self._trust,
        )

    def send(self, address: str, content: bytes, *, headers: Mapping[str, str]) -> int:
        """Post to an address with the rules of the tests."""
        return send(
            address,
            content,
            headers=headers,
            rules=RULES,
            ledger=self.ledger,
            resolver=self.look_up,
            dial=self.dial,
            clock=self.clock,
            tls=self._trust,
        )

    def look_up(self, name: str, *, within: float) -> Sequence[IPAddress]:
        """Answer with the next addresses of the name; the last ones stay."""
        self.looked_up.append(name)
        answers = self.names.get(name)
        if answers is None:
            raise OSError("no such name")
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def dial(self, ip: IPAddress, port: int, *, within: float) -> socket.socket:
        """Lead every connection to the server, as if it had this address."""
        self.dialled.append((str(ip), port))
        if ip in self.deaf:
            raise ConnectionRefusedError
        server = self._secure if port == 443 else self._plain
        return socket.create_connection(("127.0.0.1", server.server_port), timeout=within)

    def targets(self) -> list[str]:
        """What was asked, as ``host/path``, in order."""
        return [asked.host + asked.target for asked in self.asked]

    def close(self) -> None:
        """Stop serving."""
        for server in (self._plain, self._secure):
            server.shutdown()
            server.server_close()

    def _serve(self) -> QuietServer:
        server = QuietServer(("127.0.0.1", 0), self._answering())
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        # One that is shut down before its thread has begun would be served after it was closed.
        server.is_serving.wait(SECONDS_TO_BEGIN)
        return server

    def _note_server_name(self, connection: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
        self._server_names[id(connection)] = name

    def _answering(self) -> type[BaseHTTPRequestHandler]:
        web = self

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer(b"")

            def do_POST(self) -> None:
                self._answer(self.rfile.read(int(self.headers["Content-Length"])))

            def _answer(self, content: bytes) -> None:
                secured = self.connection if isinstance(self.connection, ssl.SSLSocket) else None
                name = web._server_names.get(id(secured)) if secured else None
                host = self.headers.get("Host", "")
                web.asked.append(Asked(host, self.path, dict(self.headers.items()), name, content))
                page = web.pages.get(host + self.path, Page(status=404))
                if isinstance(page, Page):
                    self._send(page)
                else:
                    page(self._write)
                self.close_connection = True

            def _send(self, page: Page) -> None:
                self.send_response(page.status)
                for header, value in page.headers.items():
                    self.send_header(header, value)
                self.send_header("Content-Length", str(len(page.body)))
                self.end_headers()
                self.wfile.write(page.body)

            def _write(self, written: bytes) -> None:
                self.wfile.write(written)
                self.wfile.flush()

            def log_message(self, *_: Any) -> None:
                """Tests look at ``asked``."""

        return Answering
