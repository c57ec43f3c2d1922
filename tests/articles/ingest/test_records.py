"""Records in as they went out; what is wrong in a line is named by its number, and the others go in."""

import json
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.ingest.readers import read
from articles.ingest.record import IncomingArticle, ReadingRefused
from articles.ingest.records import RecordsReader, read_lines
from tests.articles.ingest.hostility import is_read_or_refused
from tests.articles.ingest.records import articles

RECORD = {"headline": "Talks begin", "blocks": [{"kind": "paragraph", "text": "They met on Friday."}]}


def line_of(**changes: object) -> bytes:
    return json.dumps({**RECORD, **changes}).encode() + b"\n"


def read_record(**changes: object) -> IncomingArticle:
    [article] = read(line_of(**changes))
    return article


@given(st.lists(articles(), min_size=1, max_size=3))
def test_what_was_printed_is_read_as_the_same_record(pieces: list[IncomingArticle]) -> None:
    printed = "\n".join(json.dumps(piece.to_json(), ensure_ascii=False) for piece in pieces)

    assert RecordsReader().read(printed.encode("utf-8", "surrogatepass")) == pieces


def test_a_piece_that_could_not_be_read_stays_one_with_its_errors() -> None:
    piece = IncomingArticle(headline="", blocks=(), errors=("The item has no text.",))

    assert list(read_lines([json.dumps(piece.to_json()).encode()])) == [piece]


def test_a_notice_that_a_piece_is_withheld_needs_no_text() -> None:
    [article] = read_lines([b'{"guid": "urn:1", "pub_status": "canceled"}'])

    assert (article.guid, article.pub_status, article.errors) == ("urn:1", "canceled", ())


def test_a_line_that_cannot_be_read_is_named_and_the_others_go_in() -> None:
    found = read(line_of() + b"{broken\n\n" + line_of(headline="Talks end"))

    assert [article.headline for article in found] == ["Talks begin", "", "Talks end"]
    assert found[1].errors[0].startswith("Line 2: The line is not JSON")


@pytest.mark.parametrize(
    ("line", "part"),
    [
        (b"[]", "must be an object"),
        (b"{}", "no headline"),
        (b'{"headline": "Only"}', "no blocks"),
        (b'{"headline": 7, "blocks": []}', "headline must be a string"),
        (b'{"headline": "A\\nB", "blocks": [{"kind": "paragraph", "text": "x"}]}', "line break"),
        (line_of(headline="w" * 301), "301 characters"),
        (line_of(blocks={}), "blocks must be a list"),
        (line_of(blocks=["x"]), "blocks[0]: block must be an object"),
        (line_of(blocks=[{"kind": "poem", "text": "x"}]), "blocks[0]: kind must be one of"),
        (line_of(blocks=[{"kind": "paragraph", "text": "x \x00"}]), "blocks[0].text cannot be kept"),
        (line_of(blocks=[{"kind": "paragraph", "text": "x \u202e"}]), "right-to-left override"),
        (b'{"headline": "\\ud800"}', "lone surrogate"),
        (b'{"headline": "caf\xe9"}', "not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"version": ' + b"9" * 5000 + b"}", "number that is too long"),
        (b'{"version": NaN}', "NaN is no JSON"),
    ],
)
def test_a_record_without_a_text_is_refused_by_its_line(line: bytes, part: str) -> None:
    [article] = read_lines([line])

    assert (article.headline, article.blocks) == ("", ())
    assert article.errors[0].startswith("Line 1: ")
    assert part in article.errors[0]


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"heading": "x"}, "heading is no key of a record"),
        ({"byline": 7}, "byline must be a string"),
        ({"published_at": "yesterday"}, "published_at must be a moment"),
        ({"published_at": 5}, "published_at must be a moment"),
        ({"published_at": "2025-05-13T09:30"}, "read as UTC"),
        ({"date_basis": "guessed"}, "date_basis must be one of stated, inferred, unknown"),
        ({"version": -1}, "version must be a whole number"),
        ({"version": True}, "version must be a whole number"),
        ({"pub_status": "gone"}, "pub_status must be one of usable"),
        ({"annotations": {}}, "annotations must be a list"),
        ({"annotations": [7]}, "annotations[0] must be an object"),
        ({"annotations": [{"type": "quote", "start": 0, "end": 5}]}, "the words it stands on"),
        ({"annotations": [{"type": "quote", "start": "0", "end": 5, "exact": "Talks"}]}, "whole numbers"),
        ({"annotations": [{"type": "quote", "start": 9, "end": 99, "exact": "x"}]}, "offsets 9 to 99 in a text of 32"),
        ({"annotations": [{"type": "quote", "start": 1, "end": 6, "exact": "Talks"}]}, "says “Talks” where"),
        ({"removed": [{"text": "Share", "rule": "share-bar", "position": 2}]}, "position from 0 to 1"),
        ({"removed": ["Share"]}, "removed[0] must be an object"),
    ],
)
def test_what_is_wrong_beside_the_text_is_said_and_the_piece_goes_in(changes: dict[str, object], part: str) -> None:
    article = read_record(**changes)

    assert article.text == "Talks begin\n\nThey met on Friday."
    [sentence] = article.errors
    assert sentence.startswith("Line 1: ")
    assert part in sentence


def test_a_hundred_wrong_annotations_are_counted_and_not_recited() -> None:
    article = read_record(annotations=[7] * 100)

    assert article.errors[-1] == "Line 1: 80 more annotations are wrong in the same ways."


def test_annotations_keep_what_else_they_say() -> None:
    [annotation] = read_record(
        annotations=[{"type": "claim", "start": 13, "end": 21, "exact": "They met", "severity": 2}]
    ).annotations

    assert (annotation.exact, annotation.details) == ("They met", {"severity": 2})


def test_a_day_is_its_beginning_in_utc() -> None:
    published_at = read_record(published_at="2025-05-13").published_at

    assert published_at is not None
    assert published_at.isoformat() == "2025-05-13T00:00:00+00:00"


def test_one_object_over_several_lines_is_one_record() -> None:
    [article] = read(json.dumps(RECORD, indent=2).encode())

    assert article.headline == "Talks begin"


def test_removed_lines_of_a_single_record_are_restored() -> None:
    body = line_of(removed=[{"text": "Share", "rule": "share-bar", "position": 1}])

    [article] = read(body, keep=[0])

    assert [block.text for block in article.blocks] == ["They met on Friday.", "Share"]
    with pytest.raises(ReadingRefused, match="one by one"):
        read(body * 2, keep=[0])


def test_a_file_without_a_record_is_refused() -> None:
    with pytest.raises(ReadingRefused, match="no record"):
        RecordsReader().read(b"\n \n")


def test_memory_stays_flat_however_many_records_come() -> None:
    def peak(count: int) -> int:
        def lines() -> Iterator[bytes]:
            for _ in range(count):
                yield line_of(byline="x" * 10_000)

        tracemalloc.start()
        for _ in read_lines(lines()):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(1_000) < 2 * peak(10)


@given(st.binary(max_size=200), st.integers(0, 150), st.binary(max_size=5))
def test_damaged_records_are_read_or_refused(noise: bytes, cut: int, patch: bytes) -> None:
    body = line_of()

    for damaged in (noise, body[:cut], body[:cut] + patch + body[cut + 3 :], body + noise):
        assert is_read_or_refused(RecordsReader(), damaged)
