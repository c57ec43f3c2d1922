"""Whatever bytes a page is made of, it gives an article or a refusal in words, and in good time."""

import random
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.anchoring.text import Block
from articles.ingest.html_page import HtmlPageReader
from articles.ingest.record import IncomingArticle, ReadingRefused

SEEDS = [path.read_bytes() for path in sorted((Path(__file__).parent / "pages" / "training").glob("*.html"))]
# In seconds of this process: the cap for a document, on a machine that does other things too.
SECONDS = 5.0
STORY = b"<!doctype html><title>A headline of words</title><h1>A headline of words</h1>"
SENTENCE = b"<p>It was said on Monday that the board would close the quay for good.</p>"

HOSTILE = {
    "nested 10,000 deep": STORY + b"<div>" * 10_000 + SENTENCE + b"</div>" * 10_000,
    "formats nested 10,000 deep": STORY + b"<b><i>" * 5_000 + SENTENCE,
    "lists nested 5,000 deep": STORY + b"<ul><li>x" * 5_000 + SENTENCE,
    "tables nested 1,000 deep": STORY + b"<table><tr><td>x<td>" * 1_000 + SENTENCE,
    "an attribute of 1 MB": STORY + b"<p class='" + b"a-" * 500_000 + b"'>" + SENTENCE,
    "an address of 1 MB": STORY + b"<p><a href='http://" + b"a" * 1_000_000 + b"'>x</a>" + SENTENCE,
    "a thousand attributes": STORY + b"<p " + b" ".join(b"a%d=x" % n for n in range(1_000)) + b">" + SENTENCE,
    "null bytes": STORY.replace(b"h", b"h\0") + SENTENCE.replace(b"s", b"s\0"),
    "a word of 1 MB": STORY + b"<p>" + b"w" * 1_000_000 + b"</p>" + SENTENCE,
    "8,000 paragraphs": STORY + SENTENCE * 8_000,
    "50,000 empty elements": STORY + b"<span></span>" * 50_000 + SENTENCE,
    "line breaks without end": STORY + b"<br>" * 100_000 + SENTENCE,
    "JSON that nests": STORY + b"<script type='application/ld+json'>" + b"[" * 100_000 + b"</script>" + SENTENCE,
    "a charset that is none": STORY + b"<meta charset='utf-7'>" + SENTENCE + b"+ADw-script+AD4-",
    "mixed character sets": "Größe ".encode("utf-16-le") + STORY + "Größe".encode("latin-1") + SENTENCE,
    "nothing": b"",
    "only a bracket": b"<",
    "comments that never end": STORY + b"<!--" * 50_000 + SENTENCE,
    "entities that name each other": b"<!DOCTYPE html [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]>" + STORY + b"&b;" * 9_999,
}


def read(body: bytes) -> IncomingArticle | ReadingRefused:
    try:
        [article] = HtmlPageReader().read(body)
    except ReadingRefused as refused:
        return refused
    return article


def assert_sound(outcome: IncomingArticle | ReadingRefused) -> None:
    """An article whose canonical text and blocks can be stored, or a refusal that says something."""
    if isinstance(outcome, ReadingRefused):
        assert outcome.reason
    else:
        assert outcome.text
        assert [Block.from_json(block.to_json()) for block in outcome.blocks] == list(outcome.blocks)
        assert all(line.text and line.rule and line.position <= len(outcome.blocks) for line in outcome.removed)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_read_or_refused_in_time(name: str) -> None:
    started = time.process_time()

    outcome = read(HOSTILE[name])

    assert_sound(outcome)
    assert time.process_time() - started < SECONDS


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SEEDS), st.floats(0, 1))
def test_a_page_that_was_cut_is_read_or_refused(page: bytes, share: float) -> None:
    assert_sound(read(page[: int(share * len(page))]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SEEDS), st.integers(0, 2**32), st.integers(1, 200))
def test_a_page_with_bytes_changed_is_read_or_refused(page: bytes, seed: int, changes: int) -> None:
    changed, chance = bytearray(page), random.Random(seed)
    for _ in range(changes):
        changed[chance.randrange(len(changed))] = chance.choice(
            b"<>\"'&;/\0\xff\xc3 =-!" + bytes([chance.randrange(256)])
        )

    assert_sound(read(bytes(changed)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SEEDS), st.integers(0, 2**32))
def test_a_page_with_parts_moved_is_read_or_refused(page: bytes, seed: int) -> None:
    chance = random.Random(seed)
    parts = page.split(b"<")
    for _ in range(40):
        one, other = chance.randrange(len(parts)), chance.randrange(len(parts))
        parts[one], parts[other] = parts[other], parts[one]

    assert_sound(read(b"<".join(parts)))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    assert_sound(read(body))
    assert_sound(read(STORY + SENTENCE + body))
