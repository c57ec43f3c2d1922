"""Bring one page, feed or file from the open web."""

import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import Message

from articles.fetching.addresses import WebAddress, read_address
from articles.fetching.exchange import WITH_BODY, Answer, Errand, Question, public_tls
from articles.fetching.ledger import HostLedger
from articles.fetching.redirects import follow
from articles.fetching.refusals import Code, FetchRefused
from articles.fetching.resolving import Resolver, resolve
from articles.fetching.robots import delay_allowed
from articles.fetching.rules import FetchingRules
from articles.fetching.timing import Clock, Deadline, SystemClock
from articles.fetching.wire import Dial, dial

NOT_MODIFIED = 304
# What a stored capture says about how it came; the rest (cookies above all) is dropped.
KEPT_HEADERS = (
    "cache-control",
    "content-language",
    "content-location",
    "content-type",
    "date",
    "etag",
    "expires",
    "last-modified",
    "link",
    "x-robots-tag",
)
VALIDATOR = re.compile(r"[\x20-\x7e\x80-\xff]*")
GONE = frozenset({404, 410})
CLOSED = frozenset({401, 402, 403, 407, 451})


@dataclass(frozen=True, slots=True)
class Validators:
    """What a site gave with an earlier copy, so that it need not send the same again (RFC 9110, section 13).

    They belong to ``url`` and are shown to no other address; ``""`` shows them to every one asked.
    """

    etag: str = ""
    last_modified: str = ""
    url: str = ""

    def headers_for(self, address: WebAddress) -> dict[str, str]:
        """Give the conditions for a request to this address."""
        if self.url not in {"", str(address)}:
            return {}
        written = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in written.items() if value and VALIDATOR.fullmatch(value)}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came. ``status`` is 200, 203, or 304 with an empty body: nothing new since the validators.

    ``headers`` has lower-case names, of ``KEPT_HEADERS`` those that were sent; ``charset`` is the one the site
    named, unchecked; what a site did not say is ``""``. ``body`` is unpacked.
    """

    final_url: str
    status: int
    headers: Mapping[str, str]
    media_type: str
    charset: str
    body: bytes
    etag: str
    last_modified: str
    fetched_at: datetime

    @property
    def modified(self) -> bool:
        """Whether there is something to read."""
        return self.status != NOT_MODIFIED

    @property
    def validators(self) -> Validators:
        """What to show the next time."""
        return Validators(self.etag, self.last_modified, self.final_url)


def fetch(
    address: str,
    *,
    rules: FetchingRules,
    ledger: HostLedger,
    validators: Validators | None = None,
    resolver: Resolver = resolve,
    dial: Dial = dial,
    clock: Clock | None = None,
    tls: ssl.SSLContext | None = None,
) -> Fetched:
    """Fetch an address by the rules of the desk, all within ``rules.seconds``.

    Each step (the page, each redirect, each robots.txt) is checked alike: host and port against the rules, then every
    IP address of the name, which is looked up once; then one of those very addresses is connected. Proxies and
    certificates named in the environment are not used, and no cookie is kept.

    :raises FetchRefused: with a sentence for whoever gave the address.
    """
    clock = clock or SystemClock()
    errand = Errand(
        rules, ledger, resolver, dial, clock, tls=tls or public_tls(), deadline=Deadline(rules.seconds, clock)
    )
    shown = validators or Validators()

    def asking(step: WebAddress) -> Question:
        delay = delay_allowed(step, errand=errand) if rules.obey_robots else 0.0
        return Question(step, max_bytes=rules.max_bytes, pause=delay, headers=shown.headers_for(step))

    final, answer = follow(read_address(address), asking=asking, errand=errand)
    _refuse_failure(answer, final, conditional=bool(shown.headers_for(final)))
    return _fetched(answer, final, at=clock.now())


def _refuse_failure(answer: Answer, address: WebAddress, *, conditional: bool) -> None:
    if answer.status in WITH_BODY or (answer.status == NOT_MODIFIED and conditional):
        return
    raise FetchRefused(code=Code.STATUS, status=answer.status, reason=_why(answer.status, address.host))


def _why(status: int, host: str) -> str:
    if status in GONE:
        return f"{host} says that there is no such page ({status}). Check the address."
    if status in CLOSED:
        return f"{host} does not give this page to programs ({status}). Save the page and bring in the file."
    if status == 429:
        return f"{host} says that it is asked too often ({status}). Try again later."
    if status >= 500:
        return f"{host} has a fault of its own now ({status}). Try again later."
    return f"{host} answered with status {status} and no page. Save the page and bring in the file."


def _fetched(answer: Answer, address: WebAddress, *, at: datetime) -> Fetched:
    media_type, charset = _content_type(answer.headers.get("content-type", ""))
    return Fetched(
        final_url=str(address),
        status=answer.status,
        headers={name: answer.headers[name] for name in KEPT_HEADERS if name in answer.headers},
        media_type=media_type,
        charset=charset,
        body=answer.body,
        etag=answer.headers.get("etag", ""),
        last_modified=answer.headers.get("last-modified", ""),
        fetched_at=at,
    )


def _content_type(written: str) -> tuple[str, str]:
    """Read ``text/html; charset=utf-8`` into two lower-case words; one that is missing or malformed is ``""``."""
    message = Message()
    message["content-type"] = written
    media_type = message.get_content_type() if "/" in written.partition(";")[0] else ""
    return media_type, message.get_content_charset() or ""
