"""What wires and feeds say about an item, brought to the words of the record.

Whatever decides whether a text may be shown fails closed: a status or an embargo that cannot be read withholds the
item, and a sentence among the errors says so.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from articles.anchoring.text import Block, fold
from articles.ingest.charsets import storable
from articles.ingest.choices import restore
from articles.ingest.moments import moment_of
from articles.ingest.record import IncomingArticle, ReadingRefused

# RFC 5646, section 2.1: a language of two to eight letters (or a private or old tag), then subtags.
LANGUAGE = re.compile(r"(?:[a-z]{2,8}|[ix])(?:-[a-z0-9]{1,8})*", re.IGNORECASE)
LONGEST_LANGUAGE = 35
LONGEST_LINE = 2_000
LONGEST_NOTE = 20_000
# Of a whole file; in bytes.
MAX_BYTES = 10 * 1024 * 1024
HIGHEST_VERSION = 2**63 - 1

STATUSES = {
    "usable": "usable",
    "withheld": "withheld",
    "canceled": "canceled",
    "cancelled": "canceled",
    "killed": "canceled",
}
HOSTED_URN = re.compile(r"urn:(?:newsml|newsitem|x-newsml):([^:/]+):.*", re.IGNORECASE)
TAG_URI = re.compile(r"tag:([^,:]+)[,:].*", re.IGNORECASE)


@dataclass(slots=True)
class Standing:
    """Whether an item may be shown, and from when on; ``errors`` says what of it could not be read."""

    pub_status: str = ""
    embargoed_until: datetime | None = None
    errors: list[str] = field(default_factory=list)

    def take_status(self, stated: str) -> None:
        """Take a status as a wire writes it: a word, a code (``stat:usable``) or an address that ends in it."""
        word = last_part(stated).lower()
        if not word:
            return
        if word not in STATUSES:
            self.withhold(f"The desk does not know the status “{one_line(stated)}”, so the item is withheld.")
            return
        self.pub_status = STATUSES[word]

    def take_embargo(self, stated: str) -> None:
        """Take the end of an embargo; of two the later counts.

        One without zone ends when it ends everywhere; one without end withholds.
        """
        moment = moment_of(stated)
        if moment is None:
            said = f"until “{one_line(stated)}”, which is no date" if stated.strip() else "and says no end"
            self.withhold(f"The item is under embargo {said}, so it is withheld.")
            return
        self.embargoed_until = max(moment.latest, self.embargoed_until or moment.latest)
        if not moment.zone_stated:
            self.errors.append("The end of the embargo states no time zone; it is taken to end in the last one.")

    def withhold(self, reason: str) -> None:
        """Keep the item from being shown; a cancellation stays one."""
        self.errors.append(reason)
        if self.pub_status != "canceled":
            self.pub_status = "withheld"


def one_line(value: object) -> str:
    """A stated value as one line that may be stored; ``""`` for what is no text."""
    return " ".join(_said(value).split())[:LONGEST_LINE]


def note(value: object) -> str:
    """A stated value of several lines, each without the white space round it."""
    lines = [" ".join(line.split()) for line in _said(value).split("\n")]
    return "\n".join(lines).strip("\n")[:LONGEST_NOTE]


def _said(value: object) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        return ""
    return storable(value)[0]


def language_of(*stated: object) -> str:
    """The first of the stated values that is a BCP 47 language tag."""
    tags = (one_line(value).replace("_", "-") for value in stated)
    return next((tag for tag in tags if len(tag) <= LONGEST_LANGUAGE and LANGUAGE.fullmatch(tag)), "")


def last_part(code: str) -> str:
    """``hlrole:main`` and ``http://cv.iptc.org/newscodes/hlrole/main`` both say ``main``."""
    return re.split(r"[:/#]", code.strip().rstrip("/"))[-1]


def version_of(stated: str, errors: list[str]) -> int | None:
    """The provider's own count of versions; ``None`` when not said or not countable."""
    stated = stated.strip()
    if not stated:
        return None
    number = re.fullmatch(r"([0-9]{1,19})(?:\.0+)?", stated)
    if number is None or int(number[1]) > HIGHEST_VERSION:
        errors.append(f"The version “{one_line(stated)[:60]}” is no whole number, so it says nothing about the order.")
        return None
    return int(number[1])


def authority_of(identifier: str) -> str:
    """Who gave out an identifier: the host of an address, of a ``urn:newsml:`` or of a ``tag:``; else ``""``.

    It is the same for every version of an item, also for a cancellation that says nothing but the identifier.
    """
    named = HOSTED_URN.fullmatch(identifier) or TAG_URI.fullmatch(identifier)
    if named:
        return named[1].lower()
    try:
        host = urlsplit(identifier).hostname or ""
    except ValueError:
        return ""
    return one_line(host.removeprefix("www."))


def says_again(line: str, blocks: Collection[Block]) -> bool:
    """Whether the blocks begin with, or hold as one of them, what the line says; typography aside."""
    wanted = fold(line).strip().casefold()
    texts = [fold(block.text).strip().casefold() for block in blocks]
    return bool(wanted) and (wanted in texts or " ".join(texts[:3]).startswith(wanted))


def unreadable(reason: str, *, provider: str = "", guid: str = "") -> IncomingArticle:
    """The record of an item of which nothing could be read."""
    return IncomingArticle(headline="", blocks=(), provider=provider, guid=guid, errors=(reason,))


def refuse_size(body: bytes) -> None:
    """Refuse files longer than any delivery of a wire or feed.

    :raises ReadingRefused: naming the limit.
    """
    if len(body) > MAX_BYTES:
        raise ReadingRefused(
            field="text",
            reason=f"The file has {len(body) / 1024 / 1024:.1f} MiB and the limit is {MAX_BYTES // 1024 // 1024}. "
            "Bring it in as several files.",
        )


def restored(articles: list[IncomingArticle], keep: Collection[int]) -> list[IncomingArticle]:
    """Put removed lines back, which a file of one piece allows.

    :raises ReadingRefused: there is no such line, or the file holds several pieces.
    """
    if not keep:
        return articles
    if len(articles) != 1:
        raise ReadingRefused(
            field="keep",
            reason=f"The file holds {len(articles)} pieces. Bring them in, and restore the line in the piece itself.",
        )
    return [restore(articles[0], keep)]
