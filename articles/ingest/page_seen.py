"""What is known about all lines of a page when each is judged, and which field of the record a line prints."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from articles.anchoring.text import BlockKind
from articles.ingest.byline_names import says_by, says_who
from articles.ingest.furniture import find_furniture
from articles.ingest.html_blocks import HtmlLine
from articles.ingest.html_votes import container_of, mass_of, votes, with_entries_alike
from articles.ingest.html_witnesses import reads_as_prose
from articles.ingest.page_boxes import PageBoxes
from articles.ingest.page_bylines import AUTHOR_NAME
from articles.ingest.page_facts import PageFacts
from articles.ingest.page_notices import notice_lines
from articles.ingest.page_parts import PageParts, PartsOf
from articles.ingest.page_photos import photo_lines
from articles.ingest.page_repeats import repeated_parts
from articles.ingest.page_slides import counter_lines, slide_lines
from articles.ingest.paragraphs import ends_sentence
from articles.ingest.printed_dates import printed_day
from articles.ingest.words import word_keys

# In lines: what stands between a headline and its story at most; how far to look along a list.
LONGEST_LEAD, LONGEST_LIST = 40, 30
# In words: lines that print a field of the record are short, and roles beside names.
LONGEST_FIELD, LONG_LINE, LONGEST_ROLES = 25, 12, 14
# In words: what a heading says beside the names that sign a piece.
LONGEST_LABEL = 4
LONGEST_NAMES = 600
EDITOR_NAME = re.compile(r"(?:^|[\W_])editor(?:$|[\W_])", re.IGNORECASE)
CLOCK = re.compile(r"\b\d{1,2}[:.h]\d{2}\b")
PROSE_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTATION, BlockKind.LIST_ITEM, BlockKind.DIALOGUE})


@dataclass(frozen=True, slots=True)
class SeenPage:
    """What is known about all lines: ``begin`` and ``prose`` number the first line and the first paragraph.

    ``bold_lead`` numbers the one that stands above that, built just as the paragraphs are and bold from end to end.
    """

    lines: Sequence[HtmlLine]
    words: Sequence[list[str]]
    voted: Sequence[bool]
    inside: Sequence[bool]
    parts: PageParts
    boxes: PageBoxes
    photos: Collection[int]
    counters: Collection[int]
    slides: Collection[int]
    furniture: Mapping[int, str]
    facts: PageFacts
    begin: int
    prose: int
    bold_lead: int | None

    def is_prose(self, number: int) -> bool:
        return reads_as_prose(self.lines[number], self.words[number])

    def is_kept_list(self, number: int) -> bool:
        """Whether an item of the list, or the one before or behind it, is known for the story."""
        around = self.lines[number].element.getparent()
        near = range(max(0, number - LONGEST_LIST), min(len(self.lines), number + LONGEST_LIST))
        items = [other for other in near if self.lines[other].element.getparent() is around]
        return any(self.voted[other] or self.is_prose(other) for other in items)


def seen_page(root: HtmlElement, lines: Sequence[HtmlLine], facts: PageFacts, *, trusts_names: bool) -> SeenPage:
    words = [word_keys(line.block.text) for line in lines]
    parts = PartsOf(root, _repeated(root, lines, words, facts), trusts_names=trusts_names)
    voted = votes(root, lines, words, bodies=facts.bodies, parts_of=parts, headline=facts.headline_line)
    mass = mass_of(root, lines, voted)
    boxes = PageBoxes(root, lines, words, voted, facts.headline_line)
    flowing = [boxes.is_in_flow(n) and reads_as_prose(line, words[n]) for n, line in enumerate(lines)]
    container = with_entries_alike(container_of(root, mass), lines, flowing, facts.headline_line)
    within = set(container.iter())
    inside = [line.element in within for line in lines]
    first = next((number for number, vote in enumerate(voted) if vote and inside[number]), 0)
    begin = facts.headline_line if facts.headline_line is not None and facts.headline_line < first else first
    spaced = [text for line in lines for text in (line.block.text.replace("\n", " "), "")]
    counters = counter_lines(lines)
    prose = _first_prose(lines, words, voted, boxes, begin)
    bold_lead = _bold_lead(lines, flowing, prose)
    if bold_lead is not None:
        prose = flowing.index(True, prose + 1)
    return SeenPage(
        lines=lines,
        words=words,
        voted=voted,
        inside=inside,
        parts=parts(mass, misnamed=_misnamed(lines, boxes, flowing)),
        boxes=boxes,
        photos=photo_lines(root, lines),
        counters=counters,
        slides=slide_lines(lines, counters),
        furniture={
            **notice_lines(lines, byline=facts.byline, outlet=facts.outlet),
            **{number // 2: rule for number, rule in find_furniture(spaced).items()},
        },
        facts=facts,
        begin=begin,
        prose=prose,
        bold_lead=bold_lead,
    )


def _misnamed(lines: Sequence[HtmlLine], boxes: PageBoxes, flowing: Sequence[bool]) -> frozenset[HtmlElement]:
    """Elements that hold several paragraphs built just as the story's are, by a name of their own."""
    held = Counter(
        holder
        for number, line in enumerate(lines)
        if flowing[number] and boxes.is_built_by_name(number)
        for holder in line.element.iterancestors()
    )
    return frozenset(element for element, paragraphs in held.items() if paragraphs > 1)


def _repeated(
    root: HtmlElement, lines: Sequence[HtmlLine], words: Sequence[list[str]], facts: PageFacts
) -> Mapping[HtmlElement, str]:
    return repeated_parts(
        root,
        lines,
        words,
        headline=facts.headline_line,
        published_at=facts.published_at,
        canonical_url=facts.canonical_url,
        is_live=len(facts.bodies) > 1,
    )


def _first_prose(
    lines: Sequence[HtmlLine], words: Sequence[list[str]], voted: Sequence[bool], boxes: PageBoxes, begin: int
) -> int:
    """The number of the first paragraph of the story below the headline; the number of lines if there is none."""
    prose = [
        number
        for number, line in enumerate(lines)
        if number > begin and voted[number] and line.block.kind in PROSE_KINDS and reads_as_prose(line, words[number])
    ]
    first = next((number for number in prose if boxes.is_in_flow(number)), prose[0] if prose else len(lines))
    return min(first, begin + LONGEST_LEAD)


def _bold_lead(lines: Sequence[HtmlLine], flowing: Sequence[bool], prose: int) -> int | None:
    """The first paragraph where it alone is bold from end to end and who wrote the story is said below it."""
    behind = next((number for number in range(prose + 1, len(lines)) if flowing[number]), prose)
    bold = [number for number, line in enumerate(lines) if flowing[number] and _is_bold(line)]
    is_signed = any(says_by(line.block.text) for line in lines[prose + 1 : behind])
    return prose if bold == [prose] and is_signed else None


def _is_bold(line: HtmlLine) -> bool:
    return any(mark.kind == "strong" and mark.end - mark.start == len(line.block.text) for mark in line.block.marks)


def field_rule(page: SeenPage, number: int) -> str:
    """The field of the record that a short line prints; else ``""``."""
    line, words = page.lines[number], page.words[number]
    if len(words) > LONGEST_FIELD and not (says_by(line.block.text) and printed_day(line.block.text)):
        return ""
    if prints_byline(page, number):
        return "byline"
    has_time = next(line.element.iter("time"), None) is not None and len(words) < LONG_LINE
    if has_time or printed_day(line.block.text) or (CLOCK.search(line.block.text) and len(words) < 8):
        return "publication-date"
    section = word_keys(page.facts.section)
    return "section" if section and words[-len(section) :] == section and len(words) <= len(section) + 3 else ""


def prints_byline(page: SeenPage, number: int) -> bool:
    line, words = page.lines[number], page.words[number]
    names = set(word_keys(page.facts.byline))
    if line.block.kind is BlockKind.HEADING and len(words) > len(names) + LONGEST_LABEL:
        return False
    if names and len(words) <= len(names) + LONGEST_ROLES and all(name in line.block.text.casefold() for name in names):
        return True
    classes = line.element.get("class", "")[:LONGEST_NAMES]
    is_named = AUTHOR_NAME.search(classes) or EDITOR_NAME.search(classes) or says_who(line.block.text)
    return bool(is_named) and len(words) <= LONG_LINE and not ends_sentence(line.block.text)
