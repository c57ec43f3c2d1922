"""JSON Feed 1.0 and 1.1: each item is an article. Source: https://www.jsonfeed.org/version/1.1/."""

from collections.abc import Collection, Mapping
from time import monotonic

from articles.ingest.charsets import decode_document
from articles.ingest.entries import SECONDS, Entry, Words, article_of, articles_in_time, web_address
from articles.ingest.json_values import Broken, values
from articles.ingest.record import IncomingArticle, ReadingRefused
from articles.ingest.wire_fields import authority_of, one_line, refuse_size, restored, unreadable
from articles.ingest.wire_sniffing import is_json_feed


class JSONFeedReader:
    """Reads JSON Feed."""

    name = "json-feed"

    def __init__(self, seconds: float = SECONDS) -> None:
        """``seconds`` is how long items are read; what is left of a very long feed is counted and named."""
        self._seconds = seconds

    def recognises(self, body: bytes, name: str) -> bool:
        """Whether the object says that it is a JSON Feed."""
        return is_json_feed(body, name)

    def read(self, body: bytes, *, name: str = "", keep: Collection[int] = ()) -> list[IncomingArticle]:
        """Read every item; one that is no object, or without text or title, is a record that says so.

        :raises ReadingRefused: the file is too long, cut off, nested too deep, or has no items.
        """
        refuse_size(body)
        until = monotonic() + self._seconds
        decoded = decode_document(body)
        feed = next(values(decoded.text), None)
        if isinstance(feed, Broken):
            raise ReadingRefused(
                field="text", reason=f"The feed cannot be read from character {feed.offset} on: {feed.reason}"
            )
        items = feed.get("items") if isinstance(feed, dict) else None
        if not isinstance(feed, dict) or not isinstance(items, list) or not items:
            raise ReadingRefused(field="text", reason="The feed has no items.")
        articles = (_article(item, feed, decoded.errors) for item in items)
        return restored(articles_in_time(articles, total=len(items), until=until), keep)


def _article(item: object, feed: Mapping[str, object], errors: Collection[str]) -> IncomingArticle:
    if not isinstance(item, dict):
        return unreadable("The item is no JSON object.", provider=_provider(feed, ""))
    return article_of(_entry(item, feed, errors))


def _entry(item: Mapping[str, object], feed: Mapping[str, object], errors: Collection[str]) -> Entry:
    site = web_address(_said(feed, "home_page_url"), "")
    link = web_address(_said(item, "url") or _said(item, "external_url"), site)
    return Entry(
        guid=one_line(item.get("id")) or link,
        link=link,
        title=Words(_said(item, "title")),
        content=_content(item, link),
        summary=Words(_said(item, "summary")),
        authors=_authors(item) or _authors(feed),
        published=_said(item, "date_published"),
        updated=_said(item, "date_modified"),
        languages=(_said(item, "language"), _said(feed, "language")),
        section=next((tag for tag in _list(item, "tags") if isinstance(tag, str) and tag), ""),
        outlet=one_line(feed.get("title")),
        provider=_provider(feed, link),
        errors=list(errors),
    )


def _content(item: Mapping[str, object], link: str) -> Words:
    marked_up = _said(item, "content_html")
    return Words(marked_up, True, link) if marked_up.strip() else Words(_said(item, "content_text"))


def _provider(feed: Mapping[str, object], link: str) -> str:
    """The host of the site, else of the feed's own address, else of the item."""
    addresses = (_said(feed, "home_page_url"), _said(feed, "feed_url"), link)
    return next((host for address in addresses if (host := authority_of(address))), "")


def _authors(holder: Mapping[str, object]) -> list[str]:
    """Names of ``authors`` (version 1.1), else of ``author`` (version 1)."""
    people = [*_list(holder, "authors"), holder.get("author")]
    return [name for person in people if isinstance(person, dict) and (name := _said(person, "name"))]


def _said(holder: Mapping[str, object], name: str) -> str:
    value = holder.get(name)
    return value if isinstance(value, str) else ""


def _list(holder: Mapping[str, object], name: str) -> list[object]:
    value = holder.get(name)
    return value if isinstance(value, list) else []
