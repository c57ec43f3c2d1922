"""What a site lets programs fetch (RFC 9309), asked for once an hour."""

import re
from dataclasses import replace

from protego import Protego

from articles.fetching.addresses import WebAddress
from articles.fetching.exchange import Answer, Errand, Question
from articles.fetching.ledger import RobotsAnswer
from articles.fetching.redirects import follow
from articles.fetching.refusals import Code, FetchRefused
from articles.fetching.rules import PRODUCT

KEPT_SECONDS = 3600.0
# A site that fails is asked again soon, but not by every job that waits for it.
KEPT_SECONDS_AFTER_FAILURE = 60.0
# RFC 9309, section 2.5 asks for 500 KiB at least; what comes after is passed over.
MAX_BYTES = 500 * 1024
# Longer ones are written against crawlers of whole sites; the desk asks for single pages.
LONGEST_DELAY = 30.0
GROUP = re.compile(r"\s*user[-\s]?agent\s*:?\s*(?P<token>[^#]*)", re.IGNORECASE)
SOMEBODY_ELSE = "User-agent: somebody-else"


def delay_allowed(address: WebAddress, *, errand: Errand) -> float:
    """Let an address pass that the site lets us fetch, and give the seconds it asks us to leave between requests.

    :raises FetchRefused: the site forbids it, or does not say for now.
    """
    answer = errand.ledger.robots(address.origin) or _asked(address, errand)
    if not answer.reachable:
        raise FetchRefused(
            code=Code.ROBOTS_UNREACHABLE,
            reason=f"{address.host} cannot say now what it lets programs fetch (its robots.txt fails). Try again "
            "later, or save the page and bring in the file.",
        )
    rules = Protego.parse(_concerning_us(answer.text))
    if not rules.can_fetch(str(address), PRODUCT):
        raise FetchRefused(
            code=Code.ROBOTS,
            reason=f"{address.host} asks programs not to fetch this page (robots.txt). Save the page and bring in the "
            "file, or ask the site.",
        )
    return min(rules.crawl_delay(PRODUCT) or 0.0, LONGEST_DELAY)


def _asked(address: WebAddress, errand: Errand) -> RobotsAnswer:
    try:
        _, answer = follow(
            replace(address, target="/robots.txt"),
            asking=lambda step: Question(step, max_bytes=MAX_BYTES, cut=True),
            errand=errand,
        )
    except FetchRefused as refused:
        raise FetchRefused(
            code=refused.code,
            reason=f"Before the page the desk asks for the site's robots.txt. {refused.reason}",
            status=refused.status,
        ) from refused
    remembered = _understood(answer)
    seconds = KEPT_SECONDS if remembered.reachable else KEPT_SECONDS_AFTER_FAILURE
    errand.ledger.remember_robots(address.origin, remembered, seconds=seconds)
    return remembered


def _understood(answer: Answer) -> RobotsAnswer:
    """Read an answer as RFC 9309, section 2.3.1 says: what is missing allows all, a failing site allows nothing."""
    if answer.status >= 500:
        return RobotsAnswer("", reachable=False)
    return RobotsAnswer(answer.body.decode("utf-8-sig", errors="replace").replace("\x00", ""))


def _concerning_us(text: str) -> str:
    """Leave only one name for all groups that are not about us.

    The parser gives each rule to each name of its group, so a file of a few hundred kilobytes could keep it busy for
    minutes.
    """
    kept: list[str] = []
    for line in text.splitlines():
        group = GROUP.match(line)
        line = _group_line(group["token"]) if group else line
        if not (line == SOMEBODY_ELSE and kept and kept[-1] == SOMEBODY_ELSE):
            kept.append(line)
    return "\n".join(kept)


def _group_line(token: str) -> str:
    name = token.strip().lower()
    bare = name if name == "*" else name.replace("*", "")
    return f"User-agent: {bare}" if bare and (bare == "*" or PRODUCT.lower().startswith(bare)) else SOMEBODY_ELSE
