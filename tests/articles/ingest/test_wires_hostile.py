"""Hostile wires and feeds: an article or a named refusal, within the time of a document, and never the network."""

import json
import random
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.anchoring.text import Block
from articles.ingest.feeds import FeedReader
from articles.ingest.json_feed import JSONFeedReader
from articles.ingest.json_values import MAX_DEPTH
from articles.ingest.newsml import NewsMLReader
from articles.ingest.ninjs import NinjsReader
from articles.ingest.readers import Reader
from articles.ingest.record import ReadingRefused
from articles.ingest.wire_fields import MAX_BYTES
from tests.articles.ingest.hostility import is_read_or_refused

WIRES = Path(__file__).parent / "wires"
READERS: tuple[Reader, ...] = (NinjsReader(), NewsMLReader(), FeedReader(), JSONFeedReader())
BODIES = [path.read_bytes() for path in sorted(WIRES.iterdir()) if path.suffix in (".json", ".xml")]
MARKUP_PIECES = [b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"<p>", b"</p>", b"<!ENTITY x 'y'>", b"<html>"]
REFERENCES = [b"&#0;", b"&#x202e;", b"&nbsp;", b"\\u0000", b"\\ud800", b"null", b"1e999"]
BYTES = [b'"', b"\x00", b"\xff", b"\xed\xa0\x80", b"{", b"["]
PIECES = st.sampled_from([*MARKUP_PIECES, *REFERENCES, *BYTES])
# In seconds.
LONGEST = 5.0
FUZZED = settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Any use of the network fails the test, also where a library would swallow the error."""
    reached: list[object] = []

    def refuse(*arguments: Any, **_: Any) -> None:
        reached.append(arguments)
        raise OSError("A reader reached for the network.")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    yield
    assert reached == []


def _storable_blocks(reader: Reader, body: bytes) -> bool:
    """Whether all blocks may be stored as they are."""
    try:
        articles = reader.read(body)
    except ReadingRefused:
        return True
    return all(Block.from_json(block.to_json()) == block for article in articles for block in article.blocks)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
@given(body=st.binary(max_size=300))
@FUZZED
def test_arbitrary_bytes_are_read_or_refused(reader: Reader, body: bytes) -> None:
    assert is_read_or_refused(reader, body)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
@given(body=st.sampled_from(BODIES), cut=st.floats(0, 1))
@FUZZED
def test_truncated_files_are_read_or_refused(reader: Reader, body: bytes, cut: float) -> None:
    assert is_read_or_refused(reader, body[: int(len(body) * cut)])


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
@given(body=st.sampled_from(BODIES), places=st.lists(st.tuples(st.floats(0, 1), PIECES, st.integers(0, 9)), max_size=6))
@FUZZED
def test_mutated_files_are_read_or_refused_and_every_block_can_be_stored(
    reader: Reader, body: bytes, places: list[tuple[float, bytes, int]]
) -> None:
    for place, piece, gone in places:
        offset = int(len(body) * place)
        body = body[:offset] + piece + body[offset + gone :]

    assert is_read_or_refused(reader, body)
    assert _storable_blocks(reader, body)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
@pytest.mark.parametrize("charset", ["utf-16", "utf-32", "shift_jis", "koi8-r", "cp037"])
def test_files_in_another_character_set_than_they_say_are_read_or_refused(reader: Reader, charset: str) -> None:
    for body in BODIES:
        assert is_read_or_refused(reader, body.decode().encode(charset, "replace"))


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
NAMES = ["uri", "type", "version", "pubStatus", "embargoed", "headlines", "bodies", "associations", "descriptions"]
FEED_NAMES = ["id", "url", "title", "content_html", "content_text", "summary", "authors", "tags", "date_published"]


@given(item=st.dictionaries(st.sampled_from(NAMES), JSON_VALUES))
@FUZZED
def test_ninjs_of_wrong_shapes_is_read_or_refused(item: dict[str, object]) -> None:
    assert is_read_or_refused(NinjsReader(), json.dumps({"uri": "https://wire.example/1", **item}).encode())


@given(item=st.dictionaries(st.sampled_from(FEED_NAMES), JSON_VALUES))
@FUZZED
def test_json_feeds_of_wrong_shapes_are_read_or_refused(item: dict[str, object]) -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [item]}

    assert is_read_or_refused(JSONFeedReader(), json.dumps(feed).encode())


NAR = b'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem guid="g"><contentSet><inlineXML>'
ENCODED = b'<rss version="2.0"><channel><item><title>T</title><description>'


def _bombs() -> dict[str, bytes]:
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    declared = b'<!DOCTYPE x [<!ENTITY l0 "lol">' + laughs + b"]>"
    rng = random.Random(7)
    soup = b"".join(rng.choice([b"<p>", b"<b", b"&", b"]]>", b"<![CDATA[", b"x y ", b"</p>"]) for _ in range(60_000))
    return {
        "a billion laughs in a wire": declared + NAR + b"&l9;",
        "a billion laughs in a feed": declared + ENCODED + b"&l9;",
        "entities in an attribute": declared + NAR.replace(b'"g"', b'"&l9;"'),
        "deep elements": NAR + b"<a>" * 200_000,
        "deep elements that end": NAR + b"<a>" * 100_000 + b"</a>" * 100_000,
        "a deep feed": ENCODED + b"<a>" * 100_000,
        "deep markup in a feed": ENCODED + b"&lt;div&gt;" * 50_000 + b"x</description></item></channel></rss>",
        "deep arrays": b'{"uri": "u", "bodies": ' + b"[" * 1_000_000,
        "deep objects": b'[{"associations": ' * 100_000,
        "deep associations": b'{"uri":"u","type":"composite","associations":[' * 90 + b"]}" * 90,
        "open brackets": b'<rss version="2.0"><channel>' + b"<" * 500_000,
        "open references": ENCODED + b"&" * 500_000,
        "open sections": ENCODED + b"<![CDATA[" * 50_000,
        "open comments": b"<!--" * 100_000 + b"<rss>",
        "open quotes": b'{"uri": "' + b'\\"' * 1_000_000,
        "soup": ENCODED + soup,
        "many attributes": b"<rss " + b" ".join(b'a%d="1"' % n for n in range(50_000)) + b"><channel>",
        "many entries": ENCODED[:30] + b"<item><title>T</title><description>x</description></item>" * 1_000,
        "many broken entries": b'<rss version="2.0"><channel>' + b"<item><title>T & <b>x</item>" * 20_000,
        "many items": b'{"uri": "u", "headlines": [{"value": "T"}]}\n' * 2_000,
        "many broken lines": b'{"uri": "u"\n' * 50_000,
        "a long number": b'{"uri": "u", "version": ' + b"9" * 100_000 + b"}",
        "long white space": b" " * 5_000_000 + b"<rss>",
        "a long address": ENCODED.replace(
            b"<title>", b"<link>https://x.example/" + b"a/../" * 50_000 + b"</link><title>"
        ),
    }


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
@pytest.mark.parametrize("bomb", _bombs().values(), ids=_bombs().keys())
def test_bombs_are_read_or_refused_in_time(reader: Reader, bomb: bytes) -> None:
    begun = time.monotonic()

    reader.recognises(bomb, "")
    assert is_read_or_refused(reader, bomb)

    assert time.monotonic() - begun < LONGEST


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_file_that_is_too_long_is_refused_with_its_length(reader: Reader) -> None:
    with pytest.raises(ReadingRefused, match=r"10\.0 MiB and the limit is 10"):
        reader.read(b" " * (MAX_BYTES + 1))


@pytest.mark.parametrize(("depth", "refused"), [(MAX_DEPTH - 1, False), (MAX_DEPTH + 1, True)])
def test_json_is_read_to_the_permitted_depth(depth: int, refused: bool) -> None:
    body = b'{"uri": "https://wire.example/1", "pubstatus": "canceled", "x": ' + b"[" * (depth - 1) + b"]" * (depth - 1)

    try:
        NinjsReader().read(body + b"}")
        was_refused = False
    except ReadingRefused as error:
        was_refused = "nested" in error.reason

    assert was_refused == refused
