"""Fields of an article as its page prints them, for pages that say little to machines."""

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from articles.ingest.html_blocks import HtmlLine
from articles.ingest.printed_dates import printed_day
from articles.ingest.words import word_keys

BY = re.compile(
    r"(?:(?:written |story |text |words )?by|von|par|por|di|av|af|door|від|autor|text)\b:?\s+|автор:?\s+|"
    r"(?:本报)?记者[:：\s]\s*",
    re.IGNORECASE,
)
AUTHOR_NAME = re.compile(
    r"(?:^|[\W_])(?:author|authors|byline|by|reporter|kisha|signature|muhabir|autor|auteur|autore|firma)(?:$|[\W_])",
    re.IGNORECASE,
)
# What ends the names of a byline: a place, a role, a date.
AFTER_NAMES = re.compile(r"\s+(?:in|for|at|à)\s|[/|,·•\n]|\s[-–—]\s|\d")
NAME = re.compile(r"(?:[^\W\d_][\w.'’-]*\s+){1,5}[^\W\d_][\w.'’-]*|[\u3400-\u9fff]{2,6}")
PATH_NAME = re.compile(
    r"breadcrumb|(?:^|[\W_])crumbs?|(?:^|[\W_-])(?:path|topicpath|pankuzu|migas)(?:$|[\W_])", re.IGNORECASE
)
COPYRIGHT = re.compile(
    r"(?:copyright|©|\(c\))[\s©,:-]*(?:\(c\)\s*)?(?:(?:19|20)\d\d(?:\s*[-–]\s*\d{4})?)?[\s,:-]*(?P<name>[^\d.|©,]{3,50}?)"
    r"(?:\s+(?:publishing|media|inc|ltd|llc|co|gmbh|ag|all rights|版权所有)\b.*|社\b.*"
    r"|\s*(?:(?:19|20)\d\d.*|[.|,].*)?)",
    re.IGNORECASE,
)
# Parts of a byline that name no person: what somebody does, an address, an account, a day or an hour.
ROLE = re.compile(
    r"[\w.+-]*@\S+|https?:\S*|.*\d.*|(?:[\w-]+\s+){0,4}(?:editor|correspondent|reporter|writer|columnist|producer|"
    r"redakteur(?:in)?|korrespondent(?:in)?|redacteur|journaliste?|periodista|redactora?|redattore|redaktor|"
    r"корреспондент|редактор|muhabir)(?:\s+(?:at|for|in|of|und|der|des|de)\s.*)?",
    re.IGNORECASE,
)
LONGEST_BYLINE = 120
LONGEST_SECTION = 4
MOST_LINES_ABOVE = 3


def printed_byline(lines: Sequence[HtmlLine], headline: int | None) -> str:
    """The names of a line near the headline, or at the end of a story, that says who wrote it."""
    place = headline or 0
    near = [*lines[place + 1 : place + 10], *lines[max(0, place - 3) : place], *lines[place + 10 :]]
    for number, line in enumerate(near):
        text = line.block.text.strip("()（）[] ")
        is_named = bool(AUTHOR_NAME.search(line.element.get("class", "")[:600]))
        if len(text) > LONGEST_BYLINE or not (is_named or (number < 13 and BY.match(text))):
            continue
        names = AFTER_NAMES.split(BY.sub("", text, count=1), maxsplit=1)[0].strip()
        if NAME.fullmatch(names) and len(word_keys(names)) <= 8:
            return names.title() if names.isupper() and len(names) > 4 else names
    return ""


def names_in(byline: str) -> str:
    """The names of a byline, without “By”, roles, places, addresses and days; ``""`` where none is left."""
    parts = [AFTER_NAMES.split(BY.sub("", part.strip(), count=1), maxsplit=1)[0] for part in re.split("[,;]", byline)]
    names = [name for part in parts if (name := part.strip("()[] ")) and not ROLE.fullmatch(name)]
    return ", ".join(dict.fromkeys(names))


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
