"""What a fetch brings, and what it says about itself."""

import gzip
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.fetching.fetch import Fetched, Validators, _content_type
from articles.fetching.refusals import Code, FetchRefused
from tests.articles.fetching.web import Page, Web

STORY = "<p>Otters hold hands, says Éva.</p>".encode()


def fetched_page(web: Web, page: Page) -> Fetched:
    web.add("paper.example/story", page)
    return web.fetch("http://paper.example/story")


def test_a_page_comes_with_what_the_site_says_about_it(web: Web) -> None:
    headers = {
        "Content-Type": 'Text/HTML; charset="ISO-8859-1"',
        "ETag": '"v1"',
        "Last-Modified": "Tue, 13 May 2025 10:00:00 GMT",
        "Set-Cookie": "reader=1",
        "Content-Language": "en",
    }

    fetched = fetched_page(web, Page(STORY, headers=headers))

    assert fetched.body == STORY
    assert (fetched.status, fetched.final_url) == (200, "http://paper.example/story")
    assert (fetched.media_type, fetched.charset) == ("text/html", "iso-8859-1")
    assert (fetched.etag, fetched.last_modified) == ('"v1"', "Tue, 13 May 2025 10:00:00 GMT")
    assert fetched.headers["content-language"] == "en"
    assert "set-cookie" not in fetched.headers
    assert fetched.fetched_at == datetime(2025, 5, 13, 12, 0, tzinfo=UTC)


def test_a_page_that_says_nothing_about_itself_comes_all_the_same(web: Web) -> None:
    fetched = fetched_page(web, Page(STORY, headers={}))

    assert (fetched.media_type, fetched.charset, fetched.etag, fetched.last_modified) == ("", "", "", "")


@given(st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\x00")))
def test_any_content_type_is_read_without_error(written: str) -> None:
    media_type, charset = _content_type(written)

    assert media_type == media_type.lower()
    assert charset == charset.lower()


def test_the_desk_says_who_it_is_and_whom_to_write_to(web: Web) -> None:
    fetched_page(web, Page(STORY))

    headers = web.asked[0].headers
    assert headers["User-Agent"] == "Newsdesk (+desk@paper.example)"
    assert headers["Host"] == "paper.example"
    assert headers["Accept-Encoding"] == "gzip, deflate"
    assert set(headers) == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}


def test_a_port_of_its_own_is_named_to_the_host(web: Web) -> None:
    web.add("paper.example:8080/story", Page(STORY))

    web.fetch("http://paper.example:8080/story", ports=frozenset({8080}))

    assert web.asked[0].headers["Host"] == "paper.example:8080"
    assert web.dialled == [("93.184.216.34", 8080)]


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(STORY)),
        ("X-Gzip", gzip.compress(STORY)),
        ("gzip", gzip.compress(STORY[:9]) + gzip.compress(STORY[9:]) + b"\0" * 20),
        ("deflate", zlib.compress(STORY)),
        ("deflate", zlib.compress(STORY, wbits=-zlib.MAX_WBITS)),
        ("identity", STORY),
    ],
)
def test_a_packed_page_is_unpacked(web: Web, encoding: str, packed: bytes) -> None:
    assert fetched_page(web, Page(packed, headers={"Content-Encoding": encoding})).body == STORY


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "gzip, gzip", "deflate, gzip"])
def test_a_page_packed_as_nobody_asked_is_refused(web: Web, encoding: str) -> None:
    with pytest.raises(FetchRefused, match="did not ask for") as refused:
        fetched_page(web, Page(STORY, headers={"Content-Encoding": encoding}))

    assert refused.value.code is Code.ENCODING


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", STORY),
        ("gzip", gzip.compress(STORY)[:-9]),
        ("gzip", gzip.compress(STORY)[:-8] + b"\0" * 8),
        ("deflate", STORY),
        ("deflate", zlib.compress(STORY)[:-5]),
    ],
)
def test_a_damaged_pack_is_refused(web: Web, encoding: str, packed: bytes) -> None:
    with pytest.raises(FetchRefused, match="damaged") as refused:
        fetched_page(web, Page(packed, headers={"Content-Encoding": encoding}))

    assert refused.value.code is Code.ENCODING


@pytest.mark.parametrize(
    ("status", "words", "temporary"),
    [
        (404, "no such page", False),
        (410, "no such page", False),
        (403, "does not give this page to programs", False),
        (451, "does not give this page to programs", False),
        (429, "asked too often", True),
        (500, "a fault of its own", True),
        (503, "a fault of its own", True),
        (204, "status 204", False),
        (206, "status 206", False),
        (304, "status 304", False),
        (302, "status 302", False),
    ],
)
def test_an_answer_without_the_page_is_refused(web: Web, status: int, words: str, temporary: bool) -> None:
    with pytest.raises(FetchRefused, match=words) as refused:
        fetched_page(web, Page(status=status))

    assert (refused.value.code, refused.value.status) == (Code.STATUS, status)
    assert refused.value.temporary is temporary


def test_a_feed_that_did_not_change_is_not_sent_again(web: Web) -> None:
    web.add(
        "paper.example/feed", Page(STORY, headers={"ETag": '"v1"', "Last-Modified": "Tue, 13 May 2025 10:00:00 GMT"})
    )
    first = web.fetch("http://paper.example/feed")
    web.pages["paper.example/feed"] = Page(status=304, headers={"ETag": '"v1"'})

    again = web.fetch("http://paper.example/feed", validators=first.validators)

    assert first.modified
    assert not again.modified
    assert again.body == b""
    assert web.asked[1].headers["If-None-Match"] == '"v1"'
    assert web.asked[1].headers["If-Modified-Since"] == "Tue, 13 May 2025 10:00:00 GMT"


def test_validators_are_shown_only_to_the_address_they_came_from(web: Web) -> None:
    web.add("paper.example/feed", Page(status=301, headers={"Location": "http://other.example/feed"}))
    web.add("other.example/feed", Page(STORY))

    web.fetch("http://paper.example/feed", validators=Validators('"v1"', url="http://other.example/feed"))

    assert ["If-None-Match" in asked.headers for asked in web.asked] == [False, True]


def test_a_validator_that_would_write_a_header_of_its_own_is_not_shown(web: Web) -> None:
    web.add("paper.example/feed", Page(STORY))

    web.fetch("http://paper.example/feed", validators=Validators('"v1"\r\nCookie: a=b'))

    assert "If-None-Match" not in web.asked[0].headers
    assert "Cookie" not in web.asked[0].headers


def test_redirects_are_followed_to_where_the_story_is(web: Web) -> None:
    web.add("paper.example/old", Page(status=301, headers={"Location": "/new#top"}))
    web.add("paper.example/new", Page(status=307, headers={"Location": "https://other.example/story"}))
    web.add("other.example/story", Page(STORY))

    fetched = web.fetch("http://paper.example/old")

    assert fetched.final_url == "https://other.example/story"
    assert fetched.body == STORY


def test_no_cookie_and_no_referrer_goes_along_with_a_redirect(web: Web) -> None:
    web.add("paper.example/old", Page(status=302, headers={"Location": "/new", "Set-Cookie": "a=b"}))
    web.add("paper.example/new", Page(STORY))

    web.fetch("http://paper.example/old")

    assert set(web.asked[1].headers) & {"Cookie", "Referer", "Authorization"} == set()


def test_each_fetch_of_a_host_waits_for_its_turn(web: Web) -> None:
    web.add("paper.example/story", Page(STORY))
    web.add("other.example/story", Page(STORY))

    for address in ("http://paper.example/story", "http://other.example/story", "https://paper.example/story"):
        web.fetch(address, pause=3.0)

    assert web.clock.slept == [3.0]


def test_a_fetch_does_not_wait_longer_than_it_may_take(web: Web) -> None:
    web.add("paper.example/story", Page(STORY))
    web.fetch("http://paper.example/story", pause=60.0)

    with pytest.raises(FetchRefused, match="others are waiting") as refused:
        web.fetch("http://paper.example/story", pause=60.0)

    assert refused.value.code is Code.BUSY
    assert refused.value.temporary
    assert len(web.asked) == 1
