"""An entry of a feed, whatever the feed is written in, becomes an article."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from urllib.parse import urljoin, urlsplit

from articles.anchoring.text import Block
from articles.ingest.choices import LONGEST_HEADLINE
from articles.ingest.furniture import find_furniture
from articles.ingest.markup import html_blocks, html_line, plain_blocks
from articles.ingest.moments import moment_of
from articles.ingest.record import IncomingArticle, ReadingRefused, RemovedLine
from articles.ingest.wire_fields import language_of, one_line, says_again, unreadable

ONLY_A_SUMMARY = "Only a summary came with this entry; the whole text is at its address."
# What programs write at the end of a summary that breaks off.
BREAKS_OFF = re.compile(r"\s*(?:\[?(?:…|\.\.\.|&hellip;)\]?)?\s*$")
# Last lines that programs put below every entry.
FEED_FOOTER = re.compile(
    r"The post .{1,300} (?:appeared first on|first appeared on) .{1,200}"
    r"|Der Beitrag .{1,300} erschien zuerst auf .{1,200}"
    r"|L['’]article .{1,300} est apparu en premier sur .{1,200}"
    r"|La entrada .{1,300} se publicó primero en .{1,200}",
    re.DOTALL,
)
# For making articles of entries; the rest of what a document is given is for parsing it and for sending them on.
SECONDS = 3.5
ADDRESS = r"[^\s@<>()]+@[^\s@<>()]+"
NAMED_ADDRESS = re.compile(rf"(?:{ADDRESS}\s*\((?P<behind>[^()]+)\)|(?P<before>[^<>]*)<{ADDRESS}>|{ADDRESS})")


@dataclass(frozen=True, slots=True)
class Words:
    """A text of an entry, as HTML or plain; ``base_url`` is what its relative links start from."""

    text: str = ""
    is_html: bool = False
    base_url: str = ""

    def blocks(self, errors: list[str], base_url: str) -> list[Block]:
        if not self.text.strip():
            return []
        try:
            if not self.is_html:
                return plain_blocks(self.text, errors)
            return html_blocks(self.text, errors, base_url=self.base_url or base_url)
        except ReadingRefused as refused:
            errors.append(refused.reason)
            return []

    def line(self) -> str:
        try:
            return one_line(html_line(self.text) if self.is_html else self.text)
        except ReadingRefused:
            return ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of one entry, and of itself; ``published`` and ``updated`` as they are written."""

    guid: str
    link: str
    title: Words
    content: Words
    summary: Words
    authors: Sequence[str] = ()
    published: str = ""
    updated: str = ""
    languages: Sequence[str] = ()
    section: str = ""
    outlet: str = ""
    provider: str = ""
    credit: str = ""
    errors: list[str] = field(default_factory=list)


def articles_in_time(articles: Iterator[IncomingArticle], *, total: int, until: float) -> list[IncomingArticle]:
    """The articles of a feed's entries as they are made, at least one, until ``until`` on the monotonic clock.

    Where that is before the last of ``total``, a record without text says how many were read.
    """
    made: list[IncomingArticle] = []
    for article in articles:
        made.append(article)
        if monotonic() > until:
            break
    if len(made) < total:
        made.append(
            unreadable(
                f"The feed has {total:,} entries, more than are read at once. It was read up to number {len(made):,}: "
                "bring the others in as a file of their own."
            )
        )
    return made


def article_of(entry: Entry) -> IncomingArticle:
    """The record of the entry. A summary stands in for a text that did not come, and the errors say so."""
    errors = list(entry.errors)
    blocks, summary = _body(entry, errors)
    headline = _headline(entry, errors)
    blocks, removed = _without_furniture(headline, blocks)
    if not blocks:
        errors.append("The entry has no text.")
    if not entry.guid:
        errors.append("The entry has neither id nor link, so it is not recognised when it comes again.")
    published_at, date_basis = _published(entry)
    return IncomingArticle(
        headline=headline,
        blocks=tuple(blocks),
        removed=tuple(removed),
        standfirst="" if says_again(BREAKS_OFF.sub("", summary), blocks) else summary,
        byline=", ".join(dict.fromkeys(name for author in entry.authors if (name := _name(author)))),
        published_at=published_at,
        date_basis=date_basis,
        language=language_of(*entry.languages),
        outlet=entry.outlet,
        section=entry.section,
        canonical_url=entry.link,
        provider=entry.provider,
        guid=entry.guid,
        credit=entry.credit,
        errors=tuple(dict.fromkeys(errors)),
    )


def web_address(stated: str, base_url: str) -> str:
    """The address, resolved, if it is one of the web; parameters stay as they are."""
    try:
        resolved = urljoin(base_url, stated.strip())
        return one_line(resolved) if urlsplit(resolved).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _body(entry: Entry, errors: list[str]) -> tuple[list[Block], str]:
    """The blocks of the text, and the summary where it is another text."""
    blocks = entry.content.blocks(errors, entry.link)
    if blocks:
        return blocks, entry.summary.line()
    blocks = entry.summary.blocks(errors, entry.link)
    if blocks:
        errors.append(ONLY_A_SUMMARY)
    return blocks, ""


def _headline(entry: Entry, errors: list[str]) -> str:
    line = entry.title.line()
    if line and len(line) <= LONGEST_HEADLINE:
        return line
    said = f"The title has {len(line)} characters, more than {LONGEST_HEADLINE}" if line else "The entry has no title"
    errors.append(f"{said}. Give it a headline.")
    return ""


def _published(entry: Entry) -> tuple[datetime | None, str]:
    """The stated date of publication; the date of the last change only hints at it."""
    for stated, basis in ((entry.published, "stated"), (entry.updated, "inferred")):
        moment = moment_of(stated)
        if moment:
            return moment.at, basis if moment.zone_stated else "inferred"
    return None, "unknown"


def _name(author: str) -> str:
    """A name, also where mail addresses stand for people as RSS wants it: ``ann@paper.example (Ann Smith)``."""
    line = one_line(author)
    named = NAMED_ADDRESS.fullmatch(line)
    return (named["behind"] or named["before"] or "").strip() if named else line


def _without_furniture(headline: str, blocks: Sequence[Block]) -> tuple[list[Block], list[RemovedLine]]:
    """The blocks without those that furniture's rules know for whole lines of the page."""
    lines = [headline, ""]
    for block in blocks:
        lines += [block.text.replace("\n", " "), ""]
    rules = find_furniture(lines)
    kept: list[Block] = []
    removed: list[RemovedLine] = []
    for number, block in enumerate(blocks, start=1):
        is_footer = number == len(blocks) and FEED_FOOTER.fullmatch(block.text)
        rule = "feed-footer" if is_footer else rules.get(2 * number)
        if rule is None:
            kept.append(block)
        else:
            removed.append(RemovedLine(block.text, rule, len(kept)))
    return kept, removed
