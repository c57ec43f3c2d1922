"""Wires and feeds: whole files against records that were checked by hand, and which reader takes which file."""

import json
from pathlib import Path

import pytest

from articles.ingest.readers import READERS, read, reader_of
from articles.ingest.record import IncomingArticle, ReadingRefused

WIRES = Path(__file__).parent / "wires"
FILES = sorted(path for path in WIRES.iterdir() if path.suffix in (".json", ".xml"))
HARBOUR = "urn:newsml:nordwire.example:20260311:harbour-vote"


def read_wire(name: str) -> list[IncomingArticle]:
    return read((WIRES / name).read_bytes(), name=name)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_comes_in_exactly(file: Path) -> None:
    expected = file.with_suffix(".ndjson").read_text(encoding="utf-8").splitlines()

    articles = read(file.read_bytes(), name=file.name)

    assert [article.to_json() for article in articles] == [json.loads(line) for line in expected]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
@pytest.mark.parametrize("name", ["", "story.txt", "page.html"])
def test_the_bytes_decide_who_reads_a_file(file: Path, name: str) -> None:
    format_name = file.stem.split("-")[0]

    reader = reader_of(file.read_bytes(), name=name)

    expected = {"newsml": "newsml-g2", "ninjs": "ninjs", "feed": "json-feed" if file.suffix == ".json" else "feed"}
    assert reader.name == expected[format_name]


def test_every_reader_has_another_name() -> None:
    assert len({reader.name for reader in READERS}) == len(READERS)


def test_versions_of_an_item_are_one_item_in_whatever_order_they_arrive() -> None:
    names = ["ninjs-2.1-canceled.json", "ninjs-3.1-correction.json", "ninjs-3.1-first.json"]

    articles = [article for name in names for article in read_wire(name)]

    assert {(article.provider, article.guid) for article in articles} == {("nordwire.example", HARBOUR)}
    assert [article.version for article in articles] == [3, 2, 1]


def test_a_cancellation_that_says_nothing_else_meets_its_item() -> None:
    [canceled] = read_wire("newsml-canceled.xml")

    story = next(article for article in read_wire("newsml-message.xml") if article.guid == canceled.guid)

    assert (canceled.provider, canceled.pub_status, canceled.errors) == (story.provider, "canceled", ())
    assert canceled.version is not None
    assert story.version is not None
    assert canceled.version > story.version


def test_a_removed_line_of_one_piece_comes_back() -> None:
    body = b'{"version": "https://jsonfeed.org/version/1", "title": "T", "items": [{"id": "1", "title": "Talks begin",'
    body += b'"content_html": "<p>The talks began on Monday.</p><p>Share this article</p>"}]}'

    [without], [restored] = read(body), read(body, keep=[0])

    assert [line.text for line in without.removed] == ["Share this article"]
    assert [block.text for block in restored.blocks] == ["The talks began on Monday.", "Share this article"]


def test_lines_of_several_pieces_are_not_restored_together() -> None:
    body = (WIRES / "feed-rss.xml").read_bytes()

    with pytest.raises(ReadingRefused, match="holds 3 pieces"):
        read(body, keep=[0])
