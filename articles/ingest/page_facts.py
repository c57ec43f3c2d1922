"""What a news page says about its article: for machines first, then as it is printed."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from articles.anchoring.text import REFUSED_CHARACTER
from articles.ingest.byline_names import people_in, person_told, unlike
from articles.ingest.html_blocks import HtmlLine
from articles.ingest.page_bylines import PrintedByline, marked_authors, printed_byline
from articles.ingest.page_dates import published
from articles.ingest.page_headlines import (
    headline_below_masthead,
    headline_line,
    line_set_as_headline,
    without_kicker,
)
from articles.ingest.page_json_ld import LinkedFacts, linked_facts
from articles.ingest.page_meta import all_of, author_on_card, first_of, marked_values, meta_contents
from articles.ingest.page_printed import by_witnesses, in_full, printed_outlet, printed_section
from articles.ingest.printed_dates import printed_moment
from articles.ingest.words import word_keys

LONGEST_FACT = 500
# What parts the headline from the outlet's name in the title of a page.
TITLE_SIGN = re.compile(
    r"\s+[|–—·•:»«/-]+\s+|\s*[|｜／＿]\s*|(?<=[\u3040-\u30ff\u3400-\u9fff])[-–—_](?=[\u3040-\u30ff\u3400-\u9fff])"
)
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The article's fields; what the page does not say is empty."""

    headline: str = ""
    headline_line: int | None = None
    description: str = ""
    byline: str = ""
    published_at: datetime | None = None
    date_basis: str = "unknown"
    outlet: str = ""
    language: str = ""
    canonical_url: str = ""
    section: str = ""
    bodies: tuple[str, ...] = field(default=(), repr=False)
    is_free: bool = True


def page_titles(root: HtmlElement) -> list[str]:
    """What the page gives as the article's headline, the surest first."""
    linked, meta, items = linked_facts(root), meta_contents(root), marked_values(root)
    titles = [linked.headline, *first_of(meta, "headline"), items.get("headline", ""), *_titles(root)]
    return [short for title in titles if (short := _short(title))]


def page_facts(root: HtmlElement, lines: Sequence[HtmlLine], titles: Sequence[str]) -> PageFacts:
    """Read the facts of a page whose visible lines and titles are given."""
    linked, meta, items = linked_facts(root), meta_contents(root), marked_values(root)
    number = headline_line(lines, titles)
    below = headline_below_masthead(lines, number) if set(titles) <= set(_titles(root)) else None
    masthead, number = ("", number) if below is None or number is None else (lines[number].block.text, below)
    number = line_set_as_headline(lines) if number is None else number
    headline = without_kicker(lines[number], titles) if number is not None else next(iter(titles), "")
    language, canonical = _language(root, linked, meta, items), _canonical(root, linked, meta)
    parts = by_witnesses(_title_parts(root, headline), root, lines, address=canonical)
    outlet = _first(
        linked.outlet,
        *first_of(meta, "outlet"),
        items.get("publisher", ""),
        masthead,
        printed_outlet(parts, lines),
    )
    outlet = in_full(outlet, parts, address=canonical)
    moments = [linked.published, *(text for texts in all_of(meta, "published") for text in texts)]
    published_at, basis = published(
        lines,
        number,
        told=[*moments, items.get("datepublished", ""), items.get("datecreated", ""), linked.page_published],
        address=canonical,
        language=language,
    )
    houses = [outlet, *linked.houses, *first_of(meta, "outlet")]
    told = _people_told(_authors_told(root, linked, meta), houses)
    byline = _byline(told, printed_byline(lines, number, houses))
    return PageFacts(
        headline=" ".join(headline.split()),
        headline_line=number,
        description=_first(linked.description, *first_of(meta, "description")),
        byline=byline,
        published_at=published_at,
        date_basis=basis,
        outlet=outlet,
        language=language,
        canonical_url=canonical,
        section=_first(linked.section, *first_of(meta, "section"), items.get("articlesection", ""))
        or linked.path
        or printed_section(root, lines, number, byline),
        bodies=linked.bodies,
        is_free=linked.is_free,
    )


def base_url(root: HtmlElement) -> str:
    """The address that relative links of the page count from, as far as the page says it; else ``""``."""
    declared = next((element.get("href", "") for element in root.iter("base")), "")
    canonical = _canonical(root, LinkedFacts(), meta_contents(root))
    try:
        return urljoin(canonical, declared) if declared else canonical
    except ValueError:
        return canonical


def _short(text: str) -> str:
    """A fact on one line; one that is longer than facts are is none."""
    words = " ".join(REFUSED_CHARACTER.sub("", text).split())
    return words if len(words) <= LONGEST_FACT else ""


def _first(*candidates: str) -> str:
    return next((short for candidate in candidates if (short := _short(candidate))), "")


def _titles(root: HtmlElement) -> Iterator[str]:
    """The page's title, whole and without the name of the outlet."""
    for title in root.iter("title"):
        text = title.text or ""
        parts = [part for part in TITLE_SIGN.split(text) if part.strip()]
        yield from [max(parts, key=len), text] if parts else []
        return


def _title_parts(root: HtmlElement, headline: str) -> list[str]:
    """The parts of the page's title that are not the headline, the last first."""
    title = next((element.text or "" for element in root.iter("title")), "")
    words = set(word_keys(headline))
    parts = [part.strip() for part in TITLE_SIGN.split(title)[::-1]]
    return [part for part in parts if part and not printed_moment(part) and not _mostly_says(part, words)]


def _mostly_says(part: str, words: Set[str]) -> bool:
    said = set(word_keys(part))
    return 2 * len(said & words) >= max(len(said), 1)


def _authors_told(root: HtmlElement, linked: LinkedFacts, meta: Mapping[str, Sequence[str]]) -> Iterator[Sequence[str]]:
    """What the page tells machines of its authors, the surest first."""
    yield linked.authors
    yield from all_of(meta, "author")
    yield [author_on_card(meta)]
    yield marked_authors(root)


def _people_told(told: Iterable[Sequence[str]], houses: Sequence[str]) -> list[str]:
    for candidates in told:
        people = [name for text in candidates for name in people_in(text, houses=houses)]
        people = people or [name for text in candidates if (name := person_told(text, houses=houses))]
        if people:
            return unlike(people)
    return []


def _byline(told: Sequence[str], printed: PrintedByline) -> str:
    """The names told to machines, unless the printed ones are the same and more, or “by” is printed with others."""
    keys = {" ".join(word_keys(name)) for name in told}
    shown = {" ".join(word_keys(name)) for name in printed.people}
    is_other = not any(one.startswith(other) or other.startswith(one) for one in keys for other in shown)
    is_fuller = keys < shown or (printed.is_labelled and bool(shown) and is_other)
    is_account = bool(shown) and all(" " not in key and key.isascii() for key in keys)
    return ", ".join(printed.people if not told or is_fuller or is_account else told)


def _language(
    root: HtmlElement, linked: LinkedFacts, meta: Mapping[str, Sequence[str]], items: Mapping[str, str]
) -> str:
    declared = next((element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
                     for element in root.iter("html")), "")  # fmt: skip
    for candidate in (declared, linked.language, items.get("inlanguage", ""), *first_of(meta, "language")):
        if LANGUAGE.fullmatch(candidate.strip()):
            return candidate.strip().replace("_", "-")
    return ""


def _canonical(root: HtmlElement, linked: LinkedFacts, meta: Mapping[str, Sequence[str]]) -> str:
    links = (element.get("href", "") for element in root.iter("link") if "canonical" in element.get("rel", "").lower())
    for candidate in (*links, *first_of(meta, "url"), linked.url):
        address = str(candidate).strip()
        if _is_web_address(address):
            return address
    return ""


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and len(address) <= 2 * LONGEST_FACT
