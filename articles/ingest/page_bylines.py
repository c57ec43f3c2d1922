"""Who wrote the piece, as its page marks and prints it: near the headline, or below the last paragraph.

Names are looked for where outlets print bylines, the surest place first; names in boxes of comments, of other pieces
and of pictures are never those of who wrote this one.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from articles.ingest.byline_names import (
    BARE_LABEL,
    LONGEST_BYLINE,
    is_person,
    people_in,
    says_by,
    says_other_work,
    unlike,
)
from articles.ingest.html_blocks import HtmlLine
from articles.ingest.html_witnesses import reads_as_prose
from articles.ingest.page_parts import rule_of_element
from articles.ingest.printed_dates import printed_day
from articles.ingest.words import word_keys, word_set

# In the names outlets give their elements: whoever writes, in several languages.
AUTHOR_NAME = re.compile(
    r"(?:^|[\W_])(?:[a-z]*(?:author|byline)s?(?:name|list|link|text|block)?|by-?line[a-z]*|by|writers?|writtenby|"
    r"journaliste?s?|periodistas?|reporters?|correspondents?|contributors?|columnist|kisha|shomei|hissha|signature|"
    r"signatur|signature|imza|muhabir(?:ler)?|yazar(?:lar)?|autor(?:a|es|as|en|zy|i)?|auteure?s?|autor[ei]|autorenzeile|"
    r"firma|firmas|verfasser|redacteur|redakteur|schrijver|forfatter|skribent|toimittaja|szerzo|avtory?|jizhe|zuozhe|"
    r"gija|kateb|katib|nevisande|fn)(?:$|[\W_])",
    re.IGNORECASE,
)
# Such names that say something else.
NO_AUTHOR_NAME = re.compile(
    r"avatar|image|photo|picture|caption|figure|comment|date|time|follow|newsletter|social|share|subscribe|topic",
    re.IGNORECASE,
)
AUTHOR_ADDRESS = re.compile(
    r"/(?:@|(?:authors?|by|staff|people|persons?|profiles?|users?|autor(?:es|en|i|a|zy)?|auteurs?|autor[ei]|journaliste?s?|"
    r"periodistas?|redacteurs?|redactor(?:es)?|firmas?|contributors?|reporters?|writers?|columnists?|correspondents?|"
    r"yazar(?:lar)?|muhabir|avtory?|forfattere?|skribenter?|toimittajat?|szerzok?|byline|bio)/)[^/]",
    re.IGNORECASE,
)
# Parts of a page that name other people.
BESIDE = word_set(
    """
    comment-form related-headlines navigation newsletter ad-label photo-credit cookie-notice poll subscription
    media-player button pull-quote footnotes
    """
)
BESIDE_TAGS = frozenset({"figure", "figcaption", "aside", "blockquote", "nav", "table"})
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# In lines: how far below and above the headline a byline stands, and how far below the last paragraph.
BELOW, ABOVE, FOOT = 14, 4, 5
# In lines: what a byline's own element holds at most. In elements: how far above its words it may stand.
LONGEST_BOX, HIGHEST = 10, 5
# In paragraphs: where the head of a page ends, and where its foot begins.
PARAGRAPHS_OF_HEAD, LAST_PARAGRAPHS = 2, 3
KOREAN_REPORTER = re.compile(r"(?:^|[\s=)\d]|원문)([가-힣]{2,4})\s*(?:선임|인턴)?(?:기자|특파원)(?![가-힣])")
# The dateline of a Chinese agency: 云岭新闻网石门9月8日电（记者方石、何晓晨）.
CHINESE_REPORTERS = re.compile(
    r"[（(](?:本报|本報|通讯员)?(?:记者|記者)[:：\s]*([\u3400-\u9fff、，\s]{2,20}?)(?:报道|報導)?[）)]"
)
SIGNATURE = re.compile(
    r"[【（(［\[]\s*(?P<bracketed>[\u3040-\u30ff\u3400-\u9fff・\s]{2,12})\s*[】）)］\]]|[—–―]\s*(?P<dashed>\S.{2,40})"
)
PART_SIGN = re.compile(r"\s*[|·•/]\s*|\s+[-–—]\s+|\s{2,}|\n|,\s")
# What opens a paragraph before a dash, and what parts its names: “Harbour Wire, Ann Lee – The quay …”.
DATELINE = re.compile(r"(?P<before>[^–—:.!?\n]{4,80}?)\s+[-–—]+\s+\S")
PART_OF_DATELINE = re.compile(r"\s*[,،、/|]\s*")
# Words that stand alone beside the day and name a section or a place.
NO_NAME = word_set(
    """
    local life live sport sports politics business culture world nation national travel opinion health science tech
    technology economy society education region regional city town county street road harbour harbor quay north
    south east west new news home arts music film food weather latest breaking exclusive interview analysis feature
    video photos gallery letters obituaries community lokales politik wirtschaft kultur gesellschaft économie
    société política cultura sociedad deportes cronaca economia społeczeństwo kraj świat the january february march
    april may june july august september october november december monday tuesday wednesday thursday friday saturday
    sunday read share print comments comment min minutes updated published today yesterday
    """
)


@dataclass(frozen=True, slots=True)
class PrintedByline:
    """The people a page prints as its piece's authors; ``is_labelled`` tells that it says so near the headline."""

    people: tuple[str, ...] = ()
    is_labelled: bool = False


def printed_byline(lines: Sequence[HtmlLine], headline: int | None, houses: Collection[str] = ()) -> PrintedByline:
    """The people that lines near the headline, or below the story, name as its authors; ``houses`` are no people."""
    page = _Page(lines, headline, houses)
    for people in page.told_in_head():
        if people:
            return PrintedByline(tuple(people), is_labelled=True)
    for people in page.told_elsewhere():
        if people:
            return PrintedByline(tuple(people))
    return PrintedByline()


def marked_authors(root: HtmlElement) -> list[str]:
    """What the page marks as author with microdata, RDFa or hCard, outside of comments and other pieces."""
    found: list[str] = []
    for element in root.iter():
        is_shown = isinstance(element.tag, str) and element.tag not in ("link", "html", "head")
        if is_shown and _marks_author(element) and not is_beside(element):
            found.append(_name_within(element))
    return [name for name in found if name]


def _marks_author(element: HtmlElement) -> bool:
    names = f"{element.get('itemprop', '')} {element.get('property', '')}"[:200].lower().split()
    if "author" in {name.rpartition(":")[2] for name in names}:
        return element.tag != "meta" or "itemprop" in element.attrib
    classes = element.get("class", "")[:200].split()
    return "vcard" in classes and "author" in classes


def _name_within(element: HtmlElement) -> str:
    """What names the person of an element, without what else is said of them."""
    for inner in element.iter():
        marked = f"{inner.get('itemprop', '')} {inner.get('property', '')}".lower().split()
        is_name = "name" in {name.rpartition(":")[2] for name in marked} or "fn" in inner.get("class", "")[:200].split()
        if is_name:
            return str(inner.get("content") or inner.text_content())[:LONGEST_BYLINE]
    return str(element.get("content") or element.text_content())[:LONGEST_BYLINE]


def is_beside(element: HtmlElement, within: Collection[HtmlElement] = ()) -> bool:
    """Whether the element stands in a part of the page that names other people, below the elements of ``within``."""
    for holder in (element, *element.iterancestors()):
        if holder in within or holder.tag in ("body", "main", "html"):
            return False
        if holder.tag in BESIDE_TAGS or rule_of_element(holder) in BESIDE:
            return True
        if holder.tag == "footer" and next(holder.iterancestors("article"), None) is None:
            return True
    return False


class _Page:
    """The lines in which a byline may stand."""

    def __init__(self, lines: Sequence[HtmlLine], headline: int | None, houses: Collection[str]) -> None:
        self._lines, self._houses = lines, houses
        place = headline or 0
        self._place = place
        self._within = set(lines[place].element.iterancestors()) if lines else set()
        self._words = [word_keys(line.block.text) for line in lines]
        prose = [number for number, line in enumerate(lines) if self._is_prose(number)]
        after = [number for number in prose if number > place]
        end = after[PARAGRAPHS_OF_HEAD] if len(after) > PARAGRAPHS_OF_HEAD else len(lines)
        first = place if headline is None else place + 1
        self._below = self._own(range(first, min(end, place + BELOW + 1)))
        self._above = self._own(range(max(0, place - ABOVE), place))
        story = self._paragraphs_beside_most(after)
        foot = range(story[-LAST_PARAGRAPHS:][0] + 1, min(len(lines), story[-1] + 1 + FOOT)) if story else range(0)
        self._foot = [number for number in self._own(foot) if number not in after]

    def _own(self, numbers: range) -> list[int]:
        return [number for number in numbers if not is_beside(self._lines[number].element, self._within)]

    def _is_prose(self, number: int) -> bool:
        """Whether the line is a sentence, and not a name and a day that ends with a short form."""
        text = self._lines[number].block.text
        is_byline = len(text) <= LONGEST_BYLINE and says_by(text) and self._names_day(number)
        return reads_as_prose(self._lines[number], self._words[number]) and not is_byline

    def _paragraphs_beside_most(self, prose: Sequence[int]) -> list[int]:
        """The lines of prose that stand beside most of the others."""
        parents = Counter(self._lines[number].element.getparent() for number in prose)
        most = parents.most_common(1)[0][0] if parents else None
        return [number for number in prose if self._lines[number].element.getparent() is most]

    def told_in_head(self) -> Iterator[list[str]]:
        """The people of every line or element near the headline that says whom it names."""
        for number in self._below:
            yield self._in_named_box(number) or self._labelled(number)
        for number in self._above[::-1]:
            yield self._in_named_box(number) or self._labelled(number)
        linked = [name for number in self._below for name in self._linked(number)]
        yield unlike(linked)

    def told_elsewhere(self) -> Iterator[list[str]]:
        for number in self._below:
            yield self._in_dateline(number)
        for number in self._below:
            yield self._beside_day(number)
        for number in range(self._place, min(len(self._lines), self._place + BELOW)):
            yield self._reporters(number)
        yield self._alone_beside_day()
        for number in self._foot:
            if not self._is_about_author(number):
                yield self._labelled(number) or self._signature(number) or self._in_named_box(number)
                yield self._reporters(number) or self._linked(number)

    def _labelled(self, number: int) -> list[str]:
        """The people of a line that begins with “by”, or of the line behind one that says nothing else."""
        text = self._lines[number].block.text.strip()
        if len(text) > LONGEST_BYLINE or self._is_prose(number):
            return []
        if says_by(text):
            return self._people(number)
        if BARE_LABEL.fullmatch(text) and number + 1 < len(self._lines):
            return people_in(self._lines[number + 1].block.text, houses=self._houses)
        return []

    def _people(self, number: int) -> list[str]:
        """The people of a line, each element of which says something of its own where that gives names."""
        line = self._lines[number]
        parts = [" ".join(part.split()) for part in line.element.itertext() if part.strip()]
        text = "".join(f"{part} " if BARE_LABEL.fullmatch(part) else f"{part} · " for part in parts)
        is_whole = "".join("".join(parts).split()) == "".join(line.block.text.split())
        people = people_in(text, houses=self._houses) if is_whole and len(parts) > 1 else []
        return people or people_in(line.block.text, houses=self._houses)

    def _in_named_box(self, number: int) -> list[str]:
        """The people of the outermost element round the line that is called after who writes."""
        box = self._named_box(self._lines[number].element)
        if box is None:
            return []
        held = set(box.iter())
        numbers = [near for near in range(number, min(len(self._lines), number + LONGEST_BOX + 1))
                   if self._lines[near].element in held]  # fmt: skip
        if len(numbers) > LONGEST_BOX or any(map(self._is_prose, numbers)):
            return []
        named: list[str] = []
        build = None
        for near in numbers:
            text = self._lines[near].block.text
            people = self._people(near) if len(text) <= LONGEST_BYLINE and not says_other_work(text) else []
            if people and (build is None or says_by(text) or _build(self._lines[near]) == build):
                named += people
                build = _build(self._lines[near])
        return unlike(named)

    def _named_box(self, element: HtmlElement) -> HtmlElement | None:
        found = None
        for _, holder in zip(range(HIGHEST), (element, *element.iterancestors()), strict=False):
            if holder in self._within or holder.tag in ("body", "main", "article"):
                break
            if is_named_after_author(holder):
                found = holder
        return found

    def _linked(self, number: int) -> list[str]:
        """The people whom links of the line lead to."""
        element = self._lines[number].element
        around = [holder for _, holder in zip(range(2), element.iterancestors("a"), strict=False)]
        names: list[str] = []
        for link in (*around, *element.iter("a", "address")):
            relation = link.get("rel", "").lower().split()
            if link.tag == "address" or "author" in relation or AUTHOR_ADDRESS.search(link.get("href", "")[:300]):
                names += people_in(" ".join(link.text_content().split())[:LONGEST_BYLINE], houses=self._houses)
        around_address = next(element.iterancestors("address"), None) if not names else None
        if around_address is not None:
            names = people_in(self._lines[number].block.text[:LONGEST_BYLINE], houses=self._houses)
        return unlike(names)

    def _beside_day(self, number: int) -> list[str]:
        """The one name in a short row near the headline that also names the day."""
        text = self._lines[number].block.text
        if len(text) > LONGEST_BYLINE or not self._names_day(number):
            return []
        parts = [
            *PART_SIGN.split(text),
            *(" ".join(child.text_content().split()) for child in self._lines[number].element),
        ]
        names = [part for part in parts if not printed_day(part) and self._stands_alone(part)]
        return names[:1] if len(unlike(names)) == 1 and len(parts) > 1 else []

    def _alone_beside_day(self) -> list[str]:
        """The one name among the short lines right before and behind the one that names the day."""
        for number in [*self._below, *self._above[::-1]]:
            if self._names_day(number) and not self._is_prose(number):
                near = [*range(number - 1, number - 3, -1), *range(number + 1, number + 4)]
                found = [other for other in near if other in self._below or other in self._above]
                names = [self._lines[other].block.text for other in found if self._may_be_alone(other)]
                return names[:1] if len(unlike(names)) == 1 else []
        return []

    def _may_be_alone(self, number: int) -> bool:
        text = self._lines[number].block.text
        links = list(self._lines[number].element.iter("a"))
        before = (line.block.text for other, line in enumerate(self._lines[: self._place]) if other != number)
        return not links and not any(text in said for said in before) and self._stands_alone(text)

    def _stands_alone(self, text: str) -> bool:
        words = word_keys(text)
        return NO_NAME.isdisjoint(words) and len(words) <= 4 and is_person(text.strip(), houses=self._houses)

    def _names_day(self, number: int) -> bool:
        line = self._lines[number]
        return printed_day(line.block.text) is not None or (
            len(self._words[number]) <= 12 and next(line.element.iter("time"), None) is not None
        )

    def _reporters(self, number: int) -> list[str]:
        """Reporters as agencies of East Asia name them, in a row of their own or in the dateline."""
        text = self._lines[number].block.text[:LONGEST_BYLINE]
        if found := CHINESE_REPORTERS.search(text):
            return people_in(found[1], houses=self._houses)
        return [found[1] for found in KOREAN_REPORTER.finditer(text)] if len(self._words[number]) < 60 else []

    def _in_dateline(self, number: int) -> list[str]:
        """The people that open a paragraph, beside the name of their outlet and before a dash."""
        found = DATELINE.match(self._lines[number].block.text)
        parts = PART_OF_DATELINE.split(found["before"]) if found else []
        houses = [word_keys(house) for house in self._houses if word_keys(house)]
        said = [word_keys(part) for part in parts]
        # What a name of an outlet begins with is often its place.
        is_house = [any(house[-1] in part and set(part) <= set(house) for house in houses) for part in said if part]
        if not any(is_house) or len(is_house) != len(parts):
            return []
        people = [part for part, own in zip(parts, is_house, strict=True) if not own]
        return unlike([name for name in people if is_person(name, houses=self._houses)])

    def _signature(self, number: int) -> list[str]:
        """The name that stands alone below the last paragraph: in brackets, behind a dash, bold or slanted."""
        text = self._lines[number].block.text.strip()
        is_followed = number + 1 < len(self._lines) and self._is_prose(number + 1)
        if is_followed and not SIGNATURE.fullmatch(text):
            return []
        if found := SIGNATURE.fullmatch(text):
            named = found["bracketed"] or found["dashed"]
            return people_in(named, houses=self._houses) if found["bracketed"] or self._stands_alone(named) else []
        is_set_apart = any(
            mark.kind in ("strong", "emphasis") and mark.end - mark.start == len(self._lines[number].block.text)
            for mark in self._lines[number].block.marks
        )
        return [text] if is_set_apart and self._stands_alone(text) else []

    def _is_about_author(self, number: int) -> bool:
        """Whether the line stands in the box that tells who the author is."""
        holders = (self._lines[number].element, *self._lines[number].element.iterancestors())
        return any(rule_of_element(holder) == "author-box" for _, holder in zip(range(HIGHEST), holders, strict=False))


def is_named_after_author(element: HtmlElement) -> bool:
    """Whether the page calls the element after whoever writes."""
    attributes = ("class", "id", "data-testid", "data-component", "data-type", "data-qa")
    names = [name for attribute in attributes for name in element.get(attribute, "")[:300].split()]
    parted = [CAMEL.sub("-", name) for name in names]
    return any(AUTHOR_NAME.search(name) and not NO_AUTHOR_NAME.search(name) for name in parted)


def _build(line: HtmlLine) -> tuple[str, str]:
    return (str(line.element.tag), line.element.get("class", "")[:200])
