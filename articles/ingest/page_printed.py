"""Fields of an article as its page prints them, for pages that say little to machines."""

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from articles.ingest.html_blocks import HtmlLine
from articles.ingest.printed_dates import printed_day
from articles.ingest.words import word_keys

PATH_NAME = re.compile(
    r"breadcrumb|(?:^|[\W_])crumbs?|(?:^|[\W_-])(?:path|topicpath|pankuzu|migas)(?:$|[\W_])", re.IGNORECASE
)
COPYRIGHT = re.compile(
    r"(?:copyright|©|\(c\))[\s©,:-]*(?:\(c\)\s*)?(?:(?:19|20)\d\d(?:\s*[-–]\s*\d{4})?)?[\s,:-]*(?P<name>[^\d.|©,]{3,50}?)"
    r"(?:\s+(?:publishing|media|inc|ltd|llc|co|gmbh|ag|all rights|版权所有)\b.*|社\b.*"
    r"|\s*(?:(?:19|20)\d\d.*|[.|,].*)?)",
    re.IGNORECASE,
)
LONGEST_SECTION = 4
MOST_LINES_ABOVE = 3


def printed_section(root: HtmlElement, lines: Sequence[HtmlLine], headline: int | None) -> str:
    """The last link of the path to the page, else the short line right above the headline."""
    if headline is None:
        return ""
    title = word_keys(lines[headline].block.text)
    for element in root.iter("nav", "div", "ul", "ol", "p", "span"):
        if PATH_NAME.search(f"{element.get('class', '')[:300]} {element.get('id', '')[:100]}"):
            texts = [" ".join(link.text_content().split()) for link in element.iter("a")]
            sections = [text for text in texts[1:] if word_keys(text) != title]
            if sections:
                return sections[-1] if len(word_keys(sections[-1])) <= 2 * LONGEST_SECTION else ""
    return next(_short_lines_above(lines, headline), "")


def _short_lines_above(lines: Sequence[HtmlLine], headline: int) -> Iterator[str]:
    near = list(lines[headline].element.iterancestors())[:MOST_LINES_ABOVE]
    for line in reversed(lines[max(0, headline - MOST_LINES_ABOVE) : headline]):
        if next(line.element.iterancestors("nav"), None) is not None:
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
