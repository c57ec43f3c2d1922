"""RSS, Atom and JSON Feed: each entry an article, links resolved, broken feeds read as far as they go."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from articles.ingest.entries import ONLY_A_SUMMARY
from articles.ingest.feeds import FeedReader
from articles.ingest.json_feed import JSONFeedReader
from articles.ingest.record import IncomingArticle, ReadingRefused

TITLE = "<title>Talks begin</title>"
TEXT = "<content:encoded>&lt;p&gt;The talks began on Monday.&lt;/p&gt;</content:encoded>"


def rss(*items: str, channel: str = "<link>https://www.paper.example/</link>", prologue: str = "") -> bytes:
    entries = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'{prologue}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">'
        f"<channel><title>Paper</title>{channel}{entries}</channel></rss>"
    ).encode()


def read_entry(*elements: str, **feed: str) -> IncomingArticle:
    [article] = FeedReader().read(rss("".join(elements), **feed))
    return article


def read_json(feed: dict[str, Any], *items: object) -> list[IncomingArticle]:
    whole = {"version": "https://jsonfeed.org/version/1.1", **feed, "items": list(items)}
    return JSONFeedReader().read(json.dumps(whole).encode())


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://paper.example/a?utm_source=rss#top", "https://paper.example/a?utm_source=rss#top"),
        ("/a/b", "https://www.paper.example/a/b"),
        ("//cdn.example/a", "https://cdn.example/a"),
        ("javascript:alert(1)", ""),
        ("mailto:desk@paper.example", ""),
        ("http://[broken", ""),
        ("", ""),
    ],
)
def test_the_address_of_an_entry_is_resolved_and_otherwise_left_alone(link: str, address: str) -> None:
    assert read_entry(TITLE, TEXT, f"<link>{link}</link>").canonical_url == address


@pytest.mark.parametrize(
    ("elements", "guid"),
    [
        ("<guid isPermaLink='false'>4711</guid><link>https://paper.example/a</link>", "4711"),
        ("<link>https://paper.example/a</link>", "https://paper.example/a"),
        ("", ""),
    ],
)
def test_an_entry_is_known_by_its_id_else_by_its_link(elements: str, guid: str) -> None:
    article = read_entry(TITLE, TEXT, elements)

    assert article.guid == guid
    assert (article.provider, article.version) == ("paper.example", None)
    assert bool(article.errors) == (guid == "")


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ("<dc:creator>Ann Smith</dc:creator>", "Ann Smith"),
        ("<dc:creator>Ann Smith</dc:creator><dc:creator>Ben Ito</dc:creator>", "Ann Smith, Ben Ito"),
        ("<author>desk@paper.example (Ann Smith)</author>", "Ann Smith"),
        ("<author>Ann Smith &lt;ann@paper.example&gt;</author>", "Ann Smith"),
        ("<author>ann@paper.example</author>", ""),
        ("<author>Ann Smith</author>", "Ann Smith"),
    ],
)
def test_authors_are_names_and_not_mail_addresses(author: str, byline: str) -> None:
    assert read_entry(TITLE, TEXT, author).byline == byline


def test_a_summary_alone_comes_in_and_is_said_to_be_one() -> None:
    article = read_entry(TITLE, "<description>Talks began.</description><guid>1</guid>")

    assert [block.text for block in article.blocks] == ["Talks began."]
    assert article.errors == (ONLY_A_SUMMARY,)


@pytest.mark.parametrize(
    ("summary", "standfirst"),
    [
        ("Both sides are hopeful.", "Both sides are hopeful."),
        ("The talks began on Monday.", ""),
        ("The talks began […]", ""),
        ("The talks began...", ""),
    ],
)
def test_a_summary_beside_the_text_is_its_standfirst_unless_it_repeats_it(summary: str, standfirst: str) -> None:
    article = read_entry(TITLE, TEXT, f"<description>{summary}</description>")

    assert article.standfirst == standfirst
    assert [block.text for block in article.blocks] == ["The talks began on Monday."]


def test_the_words_of_a_picture_are_not_taken_for_those_of_the_entry() -> None:
    picture = "<media:content url='a.jpg'><media:title>Hall</media:title><media:description>A.</media:description>"

    article = read_entry(TITLE, picture, "</media:content>", TEXT)

    assert (article.headline, article.standfirst) == ("Talks begin", "")


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("AT&amp;T &amp;amp; friends", "AT&T & friends"),
        ("&lt;b&gt;Bold&lt;/b&gt; words", "Bold words"),
        ("<![CDATA[Raw & <i>ready</i>]]>", "Raw & ready"),
        ("Is 3 &lt; 4?", "Is 3 < 4?"),
    ],
)
def test_titles_lose_their_markup_and_not_their_signs(title: str, headline: str) -> None:
    assert read_entry(f"<title>{title}</title>", TEXT).headline == headline


@pytest.mark.parametrize(
    ("dates", "basis"),
    [
        ("<pubDate>Tue, 13 Jan 2026 07:30:00 GMT</pubDate>", "stated"),
        ("<pubDate>2026-01-13T07:30:00</pubDate>", "inferred"),
        ("<dc:date>2026-01-13T07:30:00Z</dc:date>", "stated"),
        ("<pubDate>once upon a time</pubDate>", "unknown"),
    ],
)
def test_the_basis_of_a_date_is_stated(dates: str, basis: str) -> None:
    article = read_entry(TITLE, TEXT, dates)

    assert article.date_basis == basis
    assert (article.published_at is None) == (basis == "unknown")


def test_a_feed_that_is_not_well_formed_is_read_as_far_as_it_goes() -> None:
    body = rss(f"{TITLE}{TEXT}<guid>1</guid>").replace(b"</channel>", b"<item><title>AT&T <br> cut")

    articles = FeedReader().read(body)

    assert articles[0].headline == "Talks begin"
    assert "not well-formed" in articles[0].errors[0]


def test_rss_1_and_its_old_document_type_are_read() -> None:
    rdf = (
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        b"<channel><title>Paper</title><link>https://paper.example/</link></channel>"
        b"<item><title>Talks begin</title><link>https://paper.example/1</link><description>Soon.</description></item>"
        b"</rdf:RDF>"
    )
    old = b'<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://127.0.0.1:9/rss-0.91.dtd">'

    assert [article.headline for article in FeedReader().read(rdf)] == ["Talks begin"]
    assert [article.headline for article in FeedReader().read(old + rss(TITLE + TEXT))] == ["Talks begin"]


@pytest.mark.parametrize(
    "body",
    [
        rss(TITLE, prologue="<!DOCTYPE rss [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>"),
        rss(TITLE, prologue="<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>").replace(b"Talks", b"&x;"),
        rss(TITLE, prologue="<!DOCTYPE rss [<!ENTITY a 'aaaa'>]>")[:-9],
    ],
)
def test_entities_are_refused_by_name(body: bytes) -> None:
    with pytest.raises(ReadingRefused, match="declares entities"):
        FeedReader().read(body)


@pytest.mark.parametrize("body", [b"", rss(), b"<rss/>", b"/etc/passwd", b"https://paper.example/feed"])
def test_a_feed_without_entries_is_refused(body: bytes) -> None:
    with pytest.raises(ReadingRefused, match="no entries"):
        FeedReader().read(body)


def test_a_json_item_as_plain_text_keeps_its_paragraphs() -> None:
    [article] = read_json(
        {"feed_url": "https://paper.example/feed"}, {"id": "1", "title": "T", "content_text": "A.\n\nB."}
    )

    assert [block.text for block in article.blocks] == ["A.", "B."]
    assert (article.provider, article.errors) == ("paper.example", ())


def test_the_author_of_version_1_is_read_and_the_feeds_stands_in() -> None:
    by_ann = {"id": "1", "title": "T", "content_text": "A.", "author": {"name": "Ann Smith"}}
    by_nobody = {"id": "2", "title": "T", "content_text": "A."}

    articles = read_json({"author": {"name": "The desk"}}, by_ann, by_nobody)

    assert [article.byline for article in articles] == ["Ann Smith", "The desk"]


@pytest.mark.parametrize(
    "item", [{}, 7, None, [], {"id": {}, "title": [], "content_html": 3, "tags": "x", "authors": 1}]
)
def test_a_json_item_of_wrong_shape_is_named_and_the_others_come_in(item: object) -> None:
    articles = read_json({}, item, {"id": "1", "title": "Talks begin", "content_text": "A."})

    assert [article.headline for article in articles] == ["", "Talks begin"]
    assert articles[0].errors


@pytest.mark.parametrize("items", [[], {}, None, "x"])
def test_a_json_feed_without_items_is_refused(items: object) -> None:
    body = json.dumps({"version": "https://jsonfeed.org/version/1", "items": items}).encode()

    with pytest.raises(ReadingRefused, match="no items"):
        JSONFeedReader().read(body)


def test_a_json_feed_that_is_cut_off_is_refused() -> None:
    with pytest.raises(ReadingRefused, match="cannot be read from character 0"):
        JSONFeedReader().read(b'{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1"')


def entry(number: int) -> str:
    return f"<title>Talks begin {number}</title><guid>{number}</guid>{TEXT}"


@pytest.mark.parametrize(
    "read",
    [
        lambda seconds: FeedReader(seconds).read(rss(*map(entry, range(3)))),
        lambda seconds: JSONFeedReader(seconds).read(
            json.dumps({"version": "https://jsonfeed.org/version/1.1",
                        "items": [{"id": str(number), "title": f"Talks begin {number}", "content_text": "They begin."}
                                  for number in range(3)]}).encode()),
    ],
)  # fmt: skip
def test_of_a_feed_that_takes_too_long_the_first_entries_come_in_and_the_rest_is_counted(
    read: Callable[[float], list[IncomingArticle]],
) -> None:
    articles = read(0)

    assert [article.headline for article in articles] == ["Talks begin 0", ""]
    assert articles[-1].errors == (
        "The feed has 3 entries, more than are read at once. It was read up to number 1: bring the others in "
        "as a file of their own.",
    )
    assert [article.headline for article in read(60)] == ["Talks begin 0", "Talks begin 1", "Talks begin 2"]
