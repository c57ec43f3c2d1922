"""What a news page says about its article: for machines first, then as it is printed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from articles.anchoring.text import REFUSED_CHARACTER, BlockKind
from articles.ingest.html_blocks import HtmlLine
from articles.ingest.html_witnesses import linked_share, reads_as_prose
from articles.ingest.moments import moment_of
from articles.ingest.page_json_ld import LinkedFacts, linked_facts
from articles.ingest.page_printed import names_in, printed_byline, printed_outlet, printed_section
from articles.ingest.paragraphs import ends_sentence
from articles.ingest.printed_dates import printed_moment
from articles.ingest.words import word_keys

LONGEST_FACT = 500
LONGEST_HEADLINE = 300
# In words: a headline below a masthead, a masthead, a sentence that tells of a day. In lines: how far below.
SHORTEST_HEADLINE, LONGEST_MASTHEAD, SHORTEST_SENTENCE, MOST_LINES_BELOW = 3, 5, 12, 30
# What parts the headline from the outlet's name in the title of a page.
TITLE_SIGN = re.compile(
    r"\s+[|–—·•:»«/-]+\s+|\s*[|｜／＿]\s*|(?<=[\u3040-\u30ff\u3400-\u9fff])[-–—_](?=[\u3040-\u30ff\u3400-\u9fff])"
)
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
DAY_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_-]|\D)")

META_KEYS: Mapping[str, tuple[str, ...]] = {
    "headline": ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title"),
    "description": ("og:description", "description", "twitter:description", "dc.description"),
    "author": ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl", "citation_author"),
    "published": (
        "article:published_time", "og:article:published_time", "og:published_time", "published_time", "datepublished",
        "parsely-pub-date", "sailthru.date", "publication_date", "publish-date", "publishdate", "pubdate", "pub_date",
        "dc.date.issued", "dcterms.created", "dcterms.date", "dc.date", "date", "article.published",
        "article:published",
        "cxenseparse:recs:publishtime", "last-modified-first", "dateissued", "originalpublicationdate",
    ),
    "outlet": ("og:site_name", "application-name", "dc.publisher", "publisher", "apple-mobile-web-app-title"),
    "language": ("og:locale", "dc.language", "content-language", "language"),
    "url": ("og:url",),
    "section": ("article:section", "parsely-section", "section", "og:article:section", "cxenseparse:section"),
}  # fmt: skip


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
    linked, meta, items = linked_facts(root), _meta(root), _microdata(root)
    titles = [linked.headline, *_of(meta, "headline"), items.get("headline", ""), *_titles(root)]
    return [short for title in titles if (short := _short(title))]


def page_facts(root: HtmlElement, lines: Sequence[HtmlLine], titles: Sequence[str]) -> PageFacts:
    """Read the facts of a page whose visible lines and titles are given."""
    linked, meta, items = linked_facts(root), _meta(root), _microdata(root)
    number = _headline_line(lines, titles)
    below = _headline_below_masthead(lines, number) if set(titles) <= set(_titles(root)) else None
    masthead, number = ("", number) if below is None or number is None else (lines[number].block.text, below)
    headline = lines[number].block.text if number is not None else next(iter(titles), "")
    outlet = _first(
        linked.outlet,
        *_of(meta, "outlet"),
        items.get("publisher", ""),
        masthead,
        printed_outlet(_title_parts(root, headline), lines),
    )
    published_at, basis = _published(root, lines, number, [linked.published, *_of(meta, "published")], items, meta)
    return PageFacts(
        headline=" ".join(headline.split()),
        headline_line=number,
        description=_first(linked.description, *_of(meta, "description")),
        byline=_fuller_byline(_byline(linked, meta, items, outlet), printed_byline(root, lines, number, outlet)),
        published_at=published_at,
        date_basis=basis,
        outlet=outlet,
        language=_language(root, linked, meta, items),
        canonical_url=_canonical(root, linked, meta),
        section=_first(linked.section, *_of(meta, "section"), items.get("articlesection", ""))
        or linked.path
        or printed_section(root, lines, number),
        bodies=linked.bodies,
        is_free=linked.is_free,
    )


def base_url(root: HtmlElement) -> str:
    """The address that relative links of the page count from, as far as the page says it; else ``""``."""
    declared = next((element.get("href", "") for element in root.iter("base")), "")
    canonical = _canonical(root, LinkedFacts(), _meta(root))
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


def _meta(root: HtmlElement) -> dict[str, str]:
    """Contents of ``meta`` elements by their lower-case names, the first of each name."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        content = element.get("content", "")
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content.strip() and attribute in element.attrib:
                found.setdefault(str(element.get(attribute)).strip().lower(), content)
    return found


def _of(meta: Mapping[str, str], fact: str) -> Iterator[str]:
    return (meta[key] for key in META_KEYS[fact] if key in meta)


def _microdata(root: HtmlElement) -> dict[str, str]:
    """Values of ``itemprop`` and RDFa ``property`` attributes by their lower-case names, the first of each name."""
    found: dict[str, str] = {}
    for element in root.iter():
        names = element.get("itemprop") or element.get("property") if isinstance(element.tag, str) else None
        for name in (names or "")[:LONGEST_FACT].lower().split():
            if name not in found and element.tag != "meta":
                value = element.get("content") or element.get("datetime") or element.text_content()
                found[name.rpartition(":")[2]] = value
    return found


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
    return [part for part in parts if part and not printed_moment(part) and not set(word_keys(part)) & words]


def _headline_line(lines: Sequence[HtmlLine], titles: Sequence[str]) -> int | None:
    """The number of the line that prints the headline: the one the page's titles say, else its only main heading."""
    keys = [word_keys(title) for title in titles]
    best, best_rank = None, 0.0
    mains = [number for number, line in enumerate(lines) if _is_in_h1(line)]
    for number, line in enumerate(lines):
        if len(line.block.text) <= LONGEST_HEADLINE:
            rank = _headline_rank(word_keys(line.block.text), keys, line, is_main=number in mains[:10])
            if rank > best_rank:
                best, best_rank = number, rank
    if best is None and len(mains) == 1 and len(lines[mains[0]].block.text) <= LONGEST_HEADLINE:
        return mains[0]
    return best


def _headline_below_masthead(lines: Sequence[HtmlLine], masthead: int | None) -> int | None:
    """The number of the last heading above the story where the line the title names is the outlet's own.

    Such a page calls itself by its outlet's name: a row of links stands between that name and the heading.
    """
    if masthead is None:
        return None
    below = range(masthead + 1, min(len(lines), masthead + MOST_LINES_BELOW))
    words = {number: word_keys(lines[number].block.text) for number in below}
    first = next((number for number in below if reads_as_prose(lines[number], words[number])), len(lines))
    links = [number for number in below if number < first and linked_share(lines[number]) > 0.5]
    headings = [
        number
        for number in below
        if links and links[0] < number < first
        and len(words[number]) >= SHORTEST_HEADLINE and len(lines[number].block.text) <= LONGEST_HEADLINE
        and _is_set_as_heading(lines[number])
    ]  # fmt: skip
    return headings[-1] if headings and len(word_keys(lines[masthead].block.text)) <= LONGEST_MASTHEAD else None


def _is_set_as_heading(line: HtmlLine) -> bool:
    if line.block.kind is BlockKind.HEADING:
        return linked_share(line) < 0.5
    return any(mark.kind == "strong" and mark.end - mark.start == len(line.block.text) for mark in line.block.marks)


def _headline_rank(words: Sequence[str], titles: Sequence[Sequence[str]], line: HtmlLine, *, is_main: bool) -> float:
    shared = max((_likeness(words, title) for title in titles), default=0.0)
    if shared < (0.5 if is_main else 0.8) or len(words) < (1 if is_main else 3):
        return 0.0
    return shared + is_main + 0.5 * (line.block.kind is BlockKind.HEADING)


def _likeness(words: Sequence[str], title: Sequence[str]) -> float:
    one, other = set(words), set(title)
    return len(one & other) / max(len(one | other), 1)


def _is_in_h1(line: HtmlLine) -> bool:
    return any(element.tag == "h1" for element in (line.element, *_parents(line.element, 3)))


def _parents(element: HtmlElement, most: int) -> Iterator[HtmlElement]:
    for _, parent in zip(range(most), element.iterancestors(), strict=False):
        yield parent


def _byline(linked: LinkedFacts, meta: Mapping[str, str], items: Mapping[str, str], outlet: str) -> str:
    candidates = [", ".join(linked.authors), *_of(meta, "author"), items.get("author", "")]
    for candidate in map(_short, candidates):
        name = names_in(candidate)
        if name and "://" not in name and word_keys(name) != word_keys(outlet):
            return name
    return ""


def _fuller_byline(stated: str, printed: str) -> str:
    """The names as printed where the page tells machines only some of them; else as it tells machines."""
    is_fuller = set(word_keys(stated)) < set(word_keys(printed)) and printed.count(",") > stated.count(",")
    return printed if not stated or is_fuller else stated


def _published(
    root: HtmlElement,
    lines: Sequence[HtmlLine],
    headline: int | None,
    stated: Sequence[str],
    items: Mapping[str, str],
    meta: Mapping[str, str],
) -> tuple[datetime | None, str]:
    candidates = [*stated, items.get("datepublished", ""), items.get("datecreated", ""), *_times_near(lines, headline)]
    for candidate in candidates:
        moment = moment_of(candidate)
        if moment:
            return moment.at, "stated"
    place = headline or 0
    near = [*range(place, min(len(lines), place + 12)), *range(max(0, place - 30), place)[::-1]]
    texts = [lines[number].block.text for number in near]
    printed = next(filter(None, map(printed_moment, (text for text in texts if not _is_sentence(text)))), None)
    if printed:
        return printed, "stated"
    found = DAY_IN_ADDRESS.search(_canonical(root, LinkedFacts(), meta))
    moment = moment_of("-".join(found.groups())) if found else None
    return (moment.at, "inferred") if moment else (None, "unknown")


def _is_sentence(text: str) -> bool:
    """Whether the line is a sentence of a story: days in it are those it tells of."""
    return len(word_keys(text)) >= SHORTEST_SENTENCE and ends_sentence(text)


def _times_near(lines: Sequence[HtmlLine], headline: int | None) -> Iterator[str]:
    """Moments of ``time`` elements beside the headline, the nearest below it first."""
    place = headline or 0
    for number in [*range(place, min(len(lines), place + 12)), *range(max(0, place - 6), place)]:
        for element in lines[number].element.iter("time"):
            yield element.get("datetime", "")


def _language(root: HtmlElement, linked: LinkedFacts, meta: Mapping[str, str], items: Mapping[str, str]) -> str:
    declared = next((element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
                     for element in root.iter("html")), "")  # fmt: skip
    for candidate in (declared, linked.language, items.get("inlanguage", ""), *_of(meta, "language")):
        if LANGUAGE.fullmatch(candidate.strip()):
            return candidate.strip().replace("_", "-")
    return ""


def _canonical(root: HtmlElement, linked: LinkedFacts, meta: Mapping[str, str]) -> str:
    links = (element.get("href", "") for element in root.iter("link") if "canonical" in element.get("rel", "").lower())
    for candidate in (*links, *_of(meta, "url"), linked.url):
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
