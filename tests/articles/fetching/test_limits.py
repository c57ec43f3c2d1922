"""What a hostile or broken site can cost: a few bytes more than the limit, and never more than the time."""

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from articles.fetching.addresses import IPAddress
from articles.fetching.refusals import Code, FetchRefused
from articles.fetching.timing import SystemClock
from articles.fetching.unpacking import MOST_MEMBERS, Gzipped
from tests.articles.fetching.web import PAPER, Page, Rude, Web

LIMIT = 100_000
Write = Callable[[bytes], object]


def refusal(web: Web, page: Page | Rude, **changes: Any) -> FetchRefused:
    web.add("paper.example/story", page)
    with pytest.raises(FetchRefused) as refused:
        web.fetch("http://paper.example/story", max_bytes=LIMIT, **changes)
    return refused.value


def dripping(head: bytes, drop: bytes, end: threading.Event) -> Rude:
    """Send a drop every few milliseconds until told to end."""

    def rude(write: Write) -> None:
        write(head)
        while not end.wait(0.02):
            write(drop)

    return rude


def endless(head: bytes, piece: bytes) -> Rude:
    """Send pieces for as long as anybody reads them."""

    def rude(write: Write) -> None:
        write(head)
        while True:
            write(piece)

    return rude


def test_a_page_of_exactly_the_limit_comes(web: Web) -> None:
    web.add("paper.example/story", Page(b"a" * LIMIT))

    assert len(web.fetch("http://paper.example/story", max_bytes=LIMIT).body) == LIMIT


def test_the_limit_is_ten_mebibytes_unless_a_desk_says_otherwise(web: Web) -> None:
    web.add("paper.example/story", Page(b"a" * (10 * 1024 * 1024 + 1)))

    with pytest.raises(FetchRefused, match="larger than 10 MiB"):
        web.fetch("http://paper.example/story")


def test_a_page_of_one_byte_more_is_refused(web: Web) -> None:
    refused = refusal(web, Page(b"a" * (LIMIT + 1)))

    assert refused.code is Code.TOO_LARGE
    assert not refused.temporary


@pytest.mark.parametrize(
    ("encoding", "bomb"),
    [
        ("gzip", gzip.compress(bytes(50_000_000))),
        ("gzip", gzip.compress(bytes(LIMIT)) + gzip.compress(b"a")),
        ("deflate", zlib.compress(bytes(50_000_000))),
        ("deflate", zlib.compress(bytes(50_000_000), wbits=-zlib.MAX_WBITS)),
    ],
)
def test_a_bomb_is_refused_when_it_has_unpacked_to_the_limit(web: Web, encoding: str, bomb: bytes) -> None:
    assert len(bomb) < LIMIT
    assert refusal(web, Page(bomb, headers={"Content-Encoding": encoding})).code is Code.TOO_LARGE


def test_a_bomb_is_never_unpacked_further_than_there_is_room() -> None:
    bomb = gzip.compress(bytes(50_000_000))

    assert len(Gzipped().unpack(bomb, room=1000)) == 1000
    assert len(Gzipped().unpack(gzip.compress(b"a" * 900) + bomb, room=1000)) == 1000


def test_a_million_empty_packs_are_refused(web: Web) -> None:
    packs = gzip.compress(b"") * (MOST_MEMBERS + 1)

    assert refusal(web, Page(packs, headers={"Content-Encoding": "gzip"})).code is Code.ENCODING


def test_packed_bytes_are_counted_too(web: Web) -> None:
    packed = gzip.compress(b"a") + bytes(LIMIT)

    assert refusal(web, Page(packed, headers={"Content-Encoding": "gzip"})).code is Code.TOO_LARGE


def test_a_body_without_end_is_refused(web: Web) -> None:
    assert refusal(web, endless(b"HTTP/1.1 200 OK\r\n\r\n", b"a" * 1000)).code is Code.TOO_LARGE


def test_the_body_of_a_redirect_is_not_read(web: Web) -> None:
    web.add("paper.example/old", endless(b"HTTP/1.1 302 Found\r\nLocation: /new\r\n\r\n", b"a" * 1000))
    web.add("paper.example/new", Page(b"Otters"))

    assert web.fetch("http://paper.example/old", max_bytes=LIMIT).body == b"Otters"


def test_chunks_that_are_mostly_wrapping_are_refused(web: Web) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

    assert refusal(web, endless(head, b"1;" + b"x" * 1000 + b"\r\na\r\n")).code is Code.TOO_LARGE


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"HTTP/1.1 200 OK\r\n", b"X-More: " + b"a" * 1000 + b"\r\n"),
        (b"HTTP/1.1 200 OK\r\nX-Long: ", b"a" * 1000),
        (b"HTTP/1.1 ", b"2" * 1000),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
)
def test_headers_without_end_are_refused(web: Web, head: bytes, piece: bytes) -> None:
    assert refusal(web, endless(head, piece)).code is Code.TOO_LARGE


def test_trailers_without_end_are_refused(web: Web) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"

    assert refusal(web, endless(head, b"X-More: a\r\n")).code is Code.BROKEN


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n", b"a"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        (b"HTTP/1.1 302 Found\r\nLocation: /story\r\n", b"X: y\r\n"),
    ],
)
def test_a_site_that_drips_is_left_when_the_time_is_up(web: Web, head: bytes, drop: bytes) -> None:
    end = threading.Event()
    begun = time.monotonic()

    refused = refusal(web, dripping(head, drop, end), clock=SystemClock(), seconds=0.3)
    end.set()

    assert refused.code is Code.TIMEOUT
    assert refused.temporary
    assert time.monotonic() - begun < 5


def test_redirects_share_one_deadline(web: Web) -> None:
    def slow(write: Write) -> None:
        web.clock.seconds += 7
        write(b"HTTP/1.1 302 Found\r\nLocation: /story\r\nContent-Length: 0\r\n\r\n")

    assert refusal(web, slow, pause=0.0).code is Code.TIMEOUT
    assert len(web.asked) == 3


def test_waiting_for_a_turn_counts_into_the_deadline(web: Web) -> None:
    web.add("paper.example/story", Page(status=302, headers={"Location": "/story"}))

    with pytest.raises(FetchRefused) as refused:
        web.fetch("http://paper.example/story", pause=9.0)

    assert refused.value.code is Code.BUSY
    assert web.clock.slept == [9.0, 9.0]


def test_a_server_that_never_sets_up_tls_is_left_when_the_time_is_up(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setattr(web, "dial", lambda *_, **__: socket.create_connection(silent.getsockname()))
        web.names["paper.example"] = [[PAPER]]

        with pytest.raises(FetchRefused) as refused:
            web.fetch("https://paper.example/story", clock=SystemClock(), seconds=0.2)

    assert refused.value.code is Code.TIMEOUT


def test_a_name_server_that_does_not_answer_is_left_when_the_time_is_up(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hanging(name: str, *, within: float) -> list[IPAddress]:
        raise TimeoutError

    monkeypatch.setattr(web, "look_up", hanging)

    with pytest.raises(FetchRefused) as refused:
        web.fetch("http://paper.example/story")

    assert refused.value.code is Code.TIMEOUT


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nA header without colon\r\n\r\n",
        bytes(1000),
    ],
)
def test_an_answer_that_is_not_http_or_breaks_off_is_refused(web: Web, answer: bytes) -> None:
    assert refusal(web, lambda write: write(answer)).code is Code.BROKEN
    assert web.dialled == [(str(PAPER), 80)]


def test_an_offer_to_speak_another_protocol_is_refused(web: Web) -> None:
    switch = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n"

    assert refusal(web, lambda write: write(switch)).code is Code.BROKEN
