"""The documents that readers are measured on are read by the readers they are for, whole."""

import io

import pytest

from articles.ingest.readers import DeferredReader, Reader, reader_of
from articles.ingest.records import read_lines
from bench.corpus import Corpus
from bench.documents import ENTRIES, documents, short_records

DOCUMENTS = documents()
# Lines that a typesetter broke come back as paragraphs, and characters its font lacks do not.
ALTERED = {"pdf"}


def _reader(name: str) -> Reader:
    found = reader_of(DOCUMENTS[name])
    return found.load() if isinstance(found, DeferredReader) else found


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_document_is_read_by_the_reader_it_is_for(name: str) -> None:
    stories = list(Corpus().articles(ENTRIES))

    articles = _reader(name).read(DOCUMENTS[name])

    assert reader_of(DOCUMENTS[name]).name == name
    assert len(articles) == (ENTRIES if name in {"feed", "json-feed"} else 1)
    if name not in ALTERED:
        assert [article.text for article in articles] == [story.text for story in stories[: len(articles)]]


def test_the_records_carry_every_mark() -> None:
    [story] = Corpus().articles(1)

    [article] = _reader("records").read(DOCUMENTS["records"])

    assert [(each.start, each.end) for each in article.annotations] == [(mark.start, mark.end) for mark in story.marks]
    assert article.errors == ()


def test_so_many_short_records_come_as_were_asked_for() -> None:
    lines = io.BytesIO(b"".join(short_records(2_500)))

    articles = list(read_lines(lines))

    assert len(articles) == 2_500
    assert all(len(article.blocks) == 2 and not article.errors for article in articles)
