"""A paper with a feed on the web of the tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from annotations.operations.desk.feeds import Poll, poll_feed
from articles.models import Feed
from tests.articles.fetching.web import Page, Web

ADDRESS = "http://paper.example/feed"


@dataclass
class Entry:
    """One entry: whole when it has a ``text``, else only a ``summary``."""

    guid: str
    title: str = "Otters hold hands"
    text: str = "They do so that they do not drift apart, says a biologist."
    summary: str = ""

    def to_xml(self) -> str:
        whole = f"<content:encoded><![CDATA[<p>{self.text}</p>]]></content:encoded>" if self.text else ""
        said = f"<description>{self.summary}</description>" if self.summary else ""
        title = f"<title>{self.title}</title>" if self.title else ""
        return f'<item>{title}<guid isPermaLink="false">{self.guid}</guid>{said}{whole}</item>'


@dataclass
class Paper:
    """A paper whose feed is polled; ``entries`` newest first, as feeds have them."""

    web: Web
    feed: Feed
    entries: list[Entry] = field(default_factory=list)
    headers: Mapping[str, str] = field(default_factory=dict)

    def poll(self, at: datetime) -> Poll:
        """Print the feed as it stands, and have it polled."""
        self.web.add("paper.example/feed", Page(self.to_xml().encode(), headers=self.headers))
        return self.poll_as_it_is(at)

    def poll_as_it_is(self, at: datetime) -> Poll:
        poll = poll_feed(uid=self.feed.uid, at=at, fetcher=self.web.fetch)
        self.feed.polling.refresh_from_db()
        return poll

    def to_xml(self) -> str:
        entries = "".join(entry.to_xml() for entry in self.entries)
        return (
            '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
            f"<title>The Paper</title><link>http://paper.example/</link>{entries}</channel></rss>"
        )
