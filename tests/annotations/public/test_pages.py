"""More than one page of pieces and of checks: each leads to the next, and none beyond the last."""

from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from annotations.queries.readers import readerindex
from annotations.views.readers import readerfeed
from newsdesk.models import User
from tests.factories import make_claim
from tests.factories.published import judge, make_published

LINK = "{http://www.w3.org/2005/Atom}link"


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readerindex, "PAGE_SIZE", 2)
    monkeypatch.setattr("annotations.views.readers.reader.PAGE_SIZE", 2)
    monkeypatch.setattr(readerfeed, "MOST", 2)


@pytest.fixture
def pieces(alice: User, short_pages: None) -> list[Any]:
    return [make_published(by=alice, slug=f"piece-{number}") for number in range(5)]


def index(query: str = "") -> str:
    return Client().get(f"/read/{query}").content.decode()


def test_older_pieces_stand_on_further_pages(pieces: list[Any]) -> None:
    pages = [index(), index("?page=2"), index("?page=3")]

    listed = [[piece.slug for piece in pieces if f"/read/{piece.slug}/" in page] for page in pages]
    assert listed == [["piece-3", "piece-4"], ["piece-1", "piece-2"], ["piece-0"]]
    assert ['rel="prev"' in page for page in pages] == [False, True, True]
    assert ['rel="next"' in page for page in pages] == [True, True, False]
    assert "3 to 4" in pages[1]
    assert 'href="/read/"' in pages[1]


@pytest.mark.parametrize("asked", ["0", "4", "-1", "two", "", "1" * 30, "٢"])
def test_what_is_no_page_is_not_found(pieces: list[Any], asked: str) -> None:
    for address in ("/read/", "/read/feed.atom"):
        assert Client().get(address, {"page": asked}).status_code == 404


def test_an_empty_list_is_a_page(db: None) -> None:
    assert Client().get("/read/").status_code == 200
    assert Client().get("/read/feed.atom").status_code == 200


def test_a_piece_that_moves_to_the_next_page_changes_both(
    pieces: list[Any], alice: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    etags = [Client().get("/read/", {"page": page})["ETag"] for page in (1, 2)]
    with django_assert_num_queries(4):
        kept = Client().get("/read/", {"page": 2}, headers={"if-none-match": etags[1]})

    make_published(by=alice, slug="newest")

    assert kept.status_code == 304
    for page, etag in enumerate(etags, start=1):
        assert Client().get("/read/", {"page": page}, headers={"if-none-match": etag}).status_code == 200


def test_each_page_of_the_feed_names_those_beside_it(
    short_pages: None, article: Any, alice: User, bob: User, dana: User
) -> None:
    for words in ("The repair will cost 12 million euros", "for two years", "We had no choice"):
        judge(make_claim(article, words, by=bob, canonical=words), checker=bob, reviewer=dana, editor=alice)

    feeds = [ElementTree.fromstring(Client().get(f"/read/feed.atom{query}").content) for query in ("", "?page=2")]

    beside = [{link.get("rel"): link.get("href", "")[-6:] for link in feed.findall(LINK)} for feed in feeds]
    assert [len(feed.findall("{http://www.w3.org/2005/Atom}entry")) for feed in feeds] == [2, 1]
    assert beside[0]["next"] == beside[1]["self"] == "page=2"
    assert "next" not in beside[1]
    assert beside[1]["previous"] == beside[1]["first"] == "d.atom"[-6:]
