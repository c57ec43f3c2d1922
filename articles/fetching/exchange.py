"""One question to one host, and its answer."""

import functools
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import certifi
import httpcore

from articles.fetching.addresses import IPAddress, WebAddress
from articles.fetching.ledger import HostLedger
from articles.fetching.refusals import Code, FetchRefused
from articles.fetching.resolving import Resolver, public_addresses
from articles.fetching.rules import FetchingRules
from articles.fetching.timing import Clock, Deadline
from articles.fetching.unpacking import ACCEPTED, unpacker_for
from articles.fetching.wire import Dial, Wire

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.8"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# The answers that bring what was asked for (RFC 9110, section 15.3).
WITH_BODY = frozenset({200, 203})


@functools.cache
def public_tls() -> ssl.SSLContext:
    """The authorities the desk believes: those of certifi, whatever the environment says."""
    return ssl.create_default_context(cafile=certifi.where())


@dataclass(frozen=True, slots=True)
class Errand:
    """One fetch under way: the rules, the means, and the time it has."""

    rules: FetchingRules
    ledger: HostLedger
    resolver: Resolver
    dial: Dial
    clock: Clock
    tls: ssl.SSLContext
    deadline: Deadline
    # A name is looked up once in a fetch, so that its robots.txt and its pages come from one checked host.
    known: dict[str, Sequence[IPAddress]] = field(default_factory=dict)

    def addresses(self, address: WebAddress) -> Sequence[IPAddress]:
        """Give the checked IP addresses of the host.

        :raises FetchRefused: as :func:`articles.fetching.resolving.public_addresses`.
        """
        if address.host not in self.known:
            self.known[address.host] = public_addresses(address, resolver=self.resolver, deadline=self.deadline)
        return self.known[address.host]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a host. A body longer than ``max_bytes`` is refused, or cut there if ``cut``.

    With ``content`` that is posted, and only the status of the answer is read.
    """

    address: WebAddress
    max_bytes: int
    cut: bool = False
    pause: float = 0.0
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host said. Names of headers are lower case, the first of a name counts; the body is unpacked, and empty
    unless the status brings what was asked for."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def redirects(self) -> bool:
        return self.status in REDIRECTS and "location" in self.headers


def ask(question: Question, *, errand: Errand) -> Answer:
    """Look the name up, check every address, wait for the host's turn, connect to a checked address and read.

    :raises FetchRefused: any of it fails.
    """
    address = question.address
    addresses = errand.addresses(address)
    _wait_for_turn(question, errand)
    wire = Wire(addresses, dial=errand.dial, deadline=errand.deadline, header_bytes=errand.rules.max_header_bytes)
    origin = httpcore.Origin(address.scheme.encode(), address.host.encode(), address.port)
    with (
        _in_plain_words(address),
        httpcore.HTTPConnection(origin, ssl_context=errand.tls, network_backend=wire) as connection,
        connection.stream(
            "GET" if question.content is None else "POST",
            httpcore.URL(
                scheme=address.scheme.encode(),
                host=address.host.encode(),
                port=address.port,
                target=address.target.encode(),
            ),
            headers=_headers(question, errand.rules),
            content=question.content,
            extensions={"sni_hostname": address.host},
        ) as response,
    ):
        return _read(response, question, wire)


def _wait_for_turn(question: Question, errand: Errand) -> None:
    host, pause = question.address.host, max(errand.rules.pause, question.pause)
    wait = errand.ledger.book(host, pause=pause, at_most=errand.deadline.remaining())
    if wait is None:
        raise FetchRefused(
            code=Code.BUSY,
            reason=f"The desk asks {host} only once every {pause:g} seconds, and others are waiting. Try again in a "
            "few minutes.",
        )
    if wait > 0:
        errand.clock.sleep(wait)
        errand.deadline.remaining()


def _headers(question: Question, rules: FetchingRules) -> list[tuple[str, str]]:
    return [
        ("Host", question.address.authority),
        ("User-Agent", rules.user_agent),
        ("Accept", ACCEPT),
        ("Accept-Encoding", ACCEPTED),
        ("Connection", "close"),
        *question.headers.items(),
    ]


def _read(response: httpcore.Response, question: Question, wire: Wire) -> Answer:
    headers: dict[str, str] = {}
    for name, value in response.headers:
        headers.setdefault(name.decode("ascii").lower(), value.decode("latin-1"))
    answer = Answer(response.status, headers)
    if response.status not in WITH_BODY or question.content is not None:
        return answer
    # Twice the limit leaves room for the sizes of chunks; what they carry is counted by itself.
    wire.allowance.open_body(2 * question.max_bytes)
    return Answer(response.status, headers, _body(response, question, headers.get("content-encoding", "")))


def _body(response: httpcore.Response, question: Question, encoding: str) -> bytes:
    unpacker = unpacker_for(encoding)
    body, packed = bytearray(), 0
    for piece in response.iter_stream():
        packed += len(piece)
        body += unpacker.unpack(piece, room=question.max_bytes - len(body) + 1)
        if max(packed, len(body)) > question.max_bytes:
            if question.cut:
                return bytes(body[: question.max_bytes])
            raise _too_large(question.max_bytes)
    unpacker.finish()
    return bytes(body)


def _too_large(max_bytes: int) -> FetchRefused:
    return FetchRefused(
        code=Code.TOO_LARGE,
        reason=f"The page is larger than {max_bytes / 1024 / 1024:.3g} MiB, the most the desk takes. Save the story "
        "alone and bring in the file.",
    )


@contextmanager
def _in_plain_words(address: WebAddress) -> Iterator[None]:
    try:
        yield
    except httpcore.ProtocolError as error:
        raise FetchRefused(
            code=Code.BROKEN,
            reason=f"What {address.host} answered is not a web page, or broke off. Try again later, or save the page "
            "and bring in the file.",
        ) from error
    except httpcore.NetworkError as error:
        raise FetchRefused(
            code=Code.UNREACHABLE,
            reason=f"The connection to {address.host} was lost. Try again later.",
        ) from error
