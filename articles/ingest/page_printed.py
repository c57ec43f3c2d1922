"""Fields of an article as its page prints them, for pages that say little to machines."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from articles.ingest.html_blocks import HtmlLine
from articles.ingest.page_parts import rule_of_element
from articles.ingest.printed_dates import printed_day
from articles.ingest.words import word_keys, word_set

PATH_NAME = re.compile(
    r"breadcrumb|(?:^|[\W_])crumbs?|(?:^|[\W_-])(?:path|topicpath|pankuzu|migas)(?:$|[\W_])", re.IGNORECASE
)
COPYRIGHT = re.compile(
    r"(?:copyright|©|\(c\))[\s©,:-]*(?:\(c\)\s*)?(?:(?:19|20)\d\d(?:\s*[-–]\s*\d{4})?)?[\s,:-]*(?P<name>[^\d.|©,]{3,50}?)"
    r"(?:\s+(?:publishing|media|inc|ltd|llc|co|gmbh|ag|all rights|版权所有)\b.*|社\b.*"
    r"|\s*(?:(?:19|20)\d\d.*|[.|,].*)?)",
    re.IGNORECASE,
)
LETTERS = re.compile(r"[\W_]+")
LONGEST_SECTION = 4
# In lines: the foot of a page. In characters: names too short to be known in an address.
FOOT, SHORTEST_IN_ADDRESS = 12, 6
NO_SECTION_TAGS = frozenset({"nav", "button"})
# Labels above headlines that say who may read a piece, or that it is new, and not what it is about.
NO_SECTION = word_set(
    """
    member members subscriber subscribers only premium plus exclusive live breaking comments featured sponsored
    updated abonnés abonnenten direct directo
    """
)
MOST_LINES_ABOVE = 3


def printed_section(root: HtmlElement, lines: Sequence[HtmlLine], headline: int | None, people: str) -> str:
    """The last link of the path to the page, else the short line right above the headline.

    The names of ``people`` who wrote the piece may stand there too.
    """
    if headline is None:
        return ""
    title = word_keys(lines[headline].block.text)
    for element in root.iter("nav", "div", "ul", "ol", "p", "span"):
        if PATH_NAME.search(f"{element.get('class', '')[:300]} {element.get('id', '')[:100]}"):
            texts = [" ".join(link.text_content().split()) for link in element.iter("a")]
            sections = [text for text in texts[1:] if word_keys(text) != title]
            if sections:
                return sections[-1] if len(word_keys(sections[-1])) <= 2 * LONGEST_SECTION else ""
    not_said = NO_SECTION | set(word_keys(people))
    above = [text for text in _short_lines_above(lines, headline) if not_said.isdisjoint(word_keys(text))]
    links = {tuple(word_keys(text)) for text in _links_of_site(root)}
    return next((text for text in above if tuple(word_keys(text)) in links), next(iter(above), ""))


def _links_of_site(root: HtmlElement) -> Iterator[str]:
    """What the links of the page's navigation say."""
    for part in root.iter("nav", "header", "ul"):
        yield from (link.text_content() for link in part.iter("a"))


def _short_lines_above(lines: Sequence[HtmlLine], headline: int) -> Iterator[str]:
    near = list(lines[headline].element.iterancestors())[:MOST_LINES_ABOVE]
    for line in reversed(lines[max(0, headline - MOST_LINES_ABOVE) : headline]):
        holders = (line.element, *line.element.iterancestors())
        if any(holder.tag in NO_SECTION_TAGS or rule_of_element(holder) == "cookie-notice" for holder in holders):
            continue
        is_near = any(ancestor in near for ancestor in line.element.iterancestors())
        words = word_keys(line.block.text)
        if is_near and 0 < len(words) <= LONGEST_SECTION and words[0].isalpha() and not printed_day(line.block.text):
            yield line.block.text


def printed_outlet(titles: Sequence[str], lines: Sequence[HtmlLine]) -> str:
    """The outlet's name: the short part of the page's title, in full where a copyright line spells it out."""
    owners = [found["name"].strip() for line in lines[-12:] if (found := COPYRIGHT.fullmatch(line.block.text.strip()))]
    short = next((title for title in titles if 0 < len(word_keys(title)) <= 5), "")
    owner = next(iter(owners), "")
    initials = "".join(word[0] for word in word_keys(owner))
    if owner and (not short or initials == short.casefold()):
        return owner
    return short


def by_witnesses(titles: Sequence[str], root: HtmlElement, lines: Sequence[HtmlLine], *, address: str) -> list[str]:
    """Parts of the page's title, those first that its address, its foot or its pictures know as the outlet's name."""
    foot = " ".join(" ".join(word_keys(line.block.text)) for line in lines[max(len(lines) // 2, len(lines) - FOOT) :])
    pictures = {" ".join(word_keys(image.get("alt", ""))) for image in root.iter("img")}
    links = {" ".join(word_keys(text)) for text in _links_of_site(root)}

    def known(title: str) -> int:
        words = " ".join(word_keys(title))
        says = 2 * _is_in_address(title, address) + (words in foot) + (words in pictures)
        return says - (words in links and not says)

    return sorted(titles, key=known, reverse=True)


def in_full(outlet: str, titles: Sequence[str], *, address: str) -> str:
    """The outlet's name as the page's title writes it out, where its address knows that one too."""
    short = set(word_keys(outlet))
    fuller = (title for title in titles if short and short < set(word_keys(title)) and _is_in_address(title, address))
    return outlet if _is_in_address(outlet, address) else next(fuller, outlet)


def _is_in_address(title: str, address: str) -> bool:
    """Whether the host of an address is the name, written as one word."""
    host = LETTERS.sub("", urlsplit(address).netloc.casefold()) if address else ""
    name = LETTERS.sub("", title.casefold())
    return len(name) >= SHORTEST_IN_ADDRESS and name in host
