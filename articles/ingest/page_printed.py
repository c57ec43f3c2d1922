"""Fields of an article as its page prints them, for pages that say little to machines."""

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from articles.ingest.html_blocks import HtmlLine
from articles.ingest.html_witnesses import reads_as_prose
from articles.ingest.printed_dates import printed_day
from articles.ingest.words import word_keys

BY = re.compile(
    r"(?:(?:written |story |text |words |reported |interview )?by|(?:text |bericht )?von|(?:texte |écrit )?par|"
    r"(?:texto |escrito )?por|(?:testo |scritto )?di|(?:text |tekst )?av|(?:tekst )?af|door|від|autore?|auteur|autora?|"
    r"author|text|tekst|teksti|texte|texto|testo|yazan)\b:?\s+|"
    r"(?:автор|текст|بقلم|نویسنده|نوشته|מאת|रिपोर्ट|取材)\s*[:：]?\s+|[文著][:：=＝]\s*|"
    r"(?:本报|本報)?(?:记者|記者)[:：\s]\s*",
    re.IGNORECASE,
)
AUTHOR_NAME = re.compile(
    r"(?:^|[\W_])(?:author|authors|byline|by|journalist|journaliste|periodista|reporter|kisha|signature|muhabir|autor|auteur|autore|firma)(?:$|[\W_])",
    re.IGNORECASE,
)
# What ends the names of a byline: a place, a role, a date.
AFTER_NAMES = re.compile(r"\s+(?:in|for|at|à|on|op|am|le)\s|[/|,·•\n]|\s[-–—]\s|\d")
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
# Names as they stand alone, every one with a capital; and what joins two of them.
NAME_ALONE = re.compile(
    r"(?:[^\W\d_a-z][\w.'’-]*|de|da|di|van|von|der|den|al|el|bin|ten|ter)"
    r"(?:\s+(?:[^\W\d_a-z][\w.'’-]*|de|da|di|van|von|der|den|al|el|bin|ten|ter)){1,3}"
)
JOINT = re.compile(r"\s+(?:and|und|et|y|e|en|och|og|i|та|и|і|ve|&)\s+|、|，|,\s*", re.IGNORECASE)
KOREAN_REPORTER = re.compile(r"(?:^|[\s=)\d]|원문)([가-힣]{2,4})\s*(?:선임|인턴)?기자(?![가-힣])")
# The dateline of a Chinese agency: 云岭新闻网石门9月8日电（记者方石、何晓晨）.
CHINESE_REPORTERS = re.compile(r"[（(](?:本报|本報|通讯员)?(?:记者|記者)[:：\s]*([\u3400-\u9fff、，\s]{2,20})[）)]")
PART_SIGN = re.compile(r"\s*[|·•]\s*|\s{2,}|\n")
# In lines: what stands between a headline and its story, and below the end of one.
NEAR = 10
LONGEST_SECTION = 4
MOST_LINES_ABOVE = 3


def printed_byline(root: HtmlElement, lines: Sequence[HtmlLine], headline: int | None, outlet: str) -> str:
    """The names of who wrote the story, as a line near the headline or at the end of the story prints them."""
    place = headline or 0
    candidates = [_labelled_byline(lines, place), *_linked_authors(root), _name_beside_day(lines, place)]
    candidates += [*_reporters(lines, place), _signature(lines)]
    of_outlet = word_keys(outlet)
    return next((", ".join(parted_names(names)) for names in candidates if names and word_keys(names) != of_outlet), "")


def parted_names(names: str) -> list[str]:
    """Several names that “and” or a comma joins, each on its own where each has two words."""
    parts = [part.strip() for part in JOINT.split(names) if part.strip()]
    return parts if all(len(part.split()) > 1 or not part.isascii() for part in parts) else [names]


def _linked_authors(root: HtmlElement) -> Iterator[str]:
    """Names that the page links, or marks, as its author's."""
    for element in root.iter("a", "address"):
        if element.tag == "address" or "author" in element.get("rel", "").lower().split():
            name = names_in(" ".join(element.text_content().split())[:LONGEST_BYLINE])
            if NAME_ALONE.fullmatch(name):
                yield name


def _name_beside_day(lines: Sequence[HtmlLine], headline: int) -> str:
    """The one name in a short row near the headline that also names the day."""
    for line in lines[headline + 1 : headline + NEAR]:
        text = line.block.text
        parts = PART_SIGN.split(text) if len(text) <= LONGEST_BYLINE and printed_day(text) else []
        names = [part for part in parts if NAME_ALONE.fullmatch(part) and not printed_day(part)]
        if len(parts) > 1 and len(names) == 1:
            return names[0]
    return ""


def _reporters(lines: Sequence[HtmlLine], headline: int) -> Iterator[str]:
    """Reporters as agencies of East Asia name them, in a row of their own or in the dateline."""
    for line in lines[headline : headline + NEAR]:
        if found := CHINESE_REPORTERS.search(line.block.text[:LONGEST_BYLINE]):
            yield found[1].strip()
        if found := KOREAN_REPORTER.search(line.block.text[:LONGEST_BYLINE]):
            yield found[1]


def _signature(lines: Sequence[HtmlLine]) -> str:
    """The name that stands alone, in bold or slanted letters, right below a paragraph, with none behind it."""
    prose = [number for number, line in enumerate(lines) if reads_as_prose(line, word_keys(line.block.text))]
    for number in [last + 1 for last in prose[-3:] if last + 1 < len(lines)][::-1]:
        text = lines[number].block.text
        is_set_apart = any(mark.kind in ("strong", "emphasis") and mark.end - mark.start == len(text)
                           for mark in lines[number].block.marks)  # fmt: skip
        if is_set_apart and number + 1 not in prose and NAME_ALONE.fullmatch(text):
            return text
    return ""


def _labelled_byline(lines: Sequence[HtmlLine], place: int) -> str:
    """The names of a line that says, or whose name says, that it is the byline."""
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
