"""Which lines of a page are the story, and for each other line the rule that says it is not.

A line goes when its part of the page is named so (:mod:`articles.ingest.page_parts`), when its words say so
(:mod:`articles.ingest.furniture`), when it stands in a box beside the story (:mod:`articles.ingest.page_boxes`),
when a field of the record prints it, or when no witness knows it and it is no sentence. The rest stays.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from articles.anchoring.text import BlockKind
from articles.ingest.furniture import find_furniture
from articles.ingest.furniture_rules import ABOUT_THIS_STORY
from articles.ingest.html_blocks import HtmlLine
from articles.ingest.html_votes import container_of, mass_of, votes
from articles.ingest.html_witnesses import is_heading, linked_share, reads_as_prose
from articles.ingest.page_boxes import PageBoxes, is_row_of_labels
from articles.ingest.page_facts import PageFacts
from articles.ingest.page_parts import PageParts, PartsOf
from articles.ingest.page_photos import PICTURES, is_credit, photo_lines
from articles.ingest.page_printed import AUTHOR_NAME, BY
from articles.ingest.page_repeats import repeated_parts
from articles.ingest.page_slides import counter_lines, slide_lines
from articles.ingest.paragraphs import ends_sentence
from articles.ingest.printed_dates import printed_day
from articles.ingest.words import word_keys

# In words: shorter lines between headline and story say nothing of it; longer ones no witness knows stay anyway.
SHORTEST_IN_LEAD, SHORTEST_STANDFIRST, LONG_LINE = 4, 6, 12
# In code points: shorter items of a list above the story are buttons, unless a witness knows them.
SHORTEST_POINT = 20
# In lines: what stands between a headline and its story at most.
LONGEST_LEAD = 40
# In code points: what a witness knows and no sentence is, yet says something, in a box.
LONG_IN_BOX = 40
# In words: lines that print a field of the record are short.
LONGEST_FIELD = 25
LONGEST_NAMES = 600
STANDFIRST_NAME = re.compile(
    r"standfirst|(?:^|[\W_])(?:dek|deck|subtitle|sub-?headline|sub-?head|lead|lede|intro|introduction|summary|excerpt|"
    r"chapo|chapeau|sapo|vorspann|entradilla|bajada|ingress|spot|sottotitolo|occhiello|kicker-text|teaser-text|"
    r"stand-first|description|abstract|subheading|subtitulo|lid|anons|annotation)(?:$|[\W_])",
    re.IGNORECASE,
)
EDITOR_NAME = re.compile(r"(?:^|[\W_])editor(?:$|[\W_])", re.IGNORECASE)
CLOCK = re.compile(r"\b\d{1,2}[:.h]\d{2}\b")
CALL = re.compile(r"\b(?:sign up|subscribe|register)\b", re.IGNORECASE)
# The line below an embedded post that says whose it is.
EMBED_CREDIT = re.compile(r"[—–-]\s.{1,80}\(@\w+\).{0,40}")
PROSE_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTATION, BlockKind.LIST_ITEM, BlockKind.DIALOGUE})
# What stands in boxes of its own in the middle of stories.
IN_BOXES = frozenset({BlockKind.HEADING, BlockKind.QUOTATION, BlockKind.TABLE_ROW, BlockKind.CAPTION})
# What stands between a heading and its first paragraph, too.
IN_THE_MIDDLE = frozenset({"ad-label", "photo-credit", "story-continues", "byline", "publication-date", "share-bar"})


@dataclass(frozen=True, slots=True)
class Judged:
    """A line with the rule that leaves it out; lines of the story have none.

    ``outside`` says that the line stands in the page's own frame, with no part of the story near it. ``unsure``
    says that the line stays although something speaks against it.
    """

    line: HtmlLine
    rule: str = ""
    outside: bool = False
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class _Page:
    """What is known about all lines: ``begin`` and ``prose`` number the first line and the first paragraph."""

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

    def is_prose(self, number: int) -> bool:
        return reads_as_prose(self.lines[number], self.words[number])


def judge(root: HtmlElement, lines: Sequence[HtmlLine], facts: PageFacts) -> list[Judged]:
    """Judge every line of the page, in its order; names of its parts say nothing where they would leave no sentence."""
    for trusts_names in (True, False):
        page = _looked_at(root, lines, facts, trusts_names=trusts_names)
        judged = _with_headings_of_something([_judged(page, number) for number in range(len(lines))])
        if any(not entry.rule and page.is_prose(number) for number, entry in enumerate(judged)):
            break
    return judged


def _looked_at(root: HtmlElement, lines: Sequence[HtmlLine], facts: PageFacts, *, trusts_names: bool) -> _Page:
    words = [word_keys(line.block.text) for line in lines]
    parts = PartsOf(root, _repeated(root, lines, words, facts), trusts_names=trusts_names)
    voted = votes(root, lines, words, bodies=facts.bodies, parts_of=parts, headline=facts.headline_line)
    mass = mass_of(root, lines, voted)
    within = set(container_of(root, mass).iter())
    inside = [line.element in within for line in lines]
    first = next((number for number, vote in enumerate(voted) if vote and inside[number]), 0)
    begin = facts.headline_line if facts.headline_line is not None and facts.headline_line < first else first
    spaced = [text for line in lines for text in (line.block.text.replace("\n", " "), "")]
    boxes = PageBoxes(root, lines, words, voted, facts.headline_line)
    counters = counter_lines(lines)
    return _Page(
        lines=lines,
        words=words,
        voted=voted,
        inside=inside,
        parts=parts(mass),
        boxes=boxes,
        photos=photo_lines(root, lines),
        counters=counters,
        slides=slide_lines(lines, counters),
        furniture={number // 2: rule for number, rule in find_furniture(spaced).items()},
        facts=facts,
        begin=begin,
        prose=_first_prose(lines, words, voted, boxes, begin),
    )


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


def _judged(page: _Page, number: int) -> Judged:
    line = page.lines[number]
    if number == page.facts.headline_line:
        return Judged(line, "headline")
    part = page.parts.rule_of(line.element)
    if part or not (page.inside[number] or page.voted[number] or page.begin < number < page.prose):
        return Judged(line, page.furniture.get(number) or part or "page-frame", outside=not page.inside[number])
    if number in page.furniture:
        return Judged(line, page.furniture[number])
    if number in page.counters or (is_heading(line) and line.block.text.isdecimal()):
        return Judged(line, "page-number")
    if page.boxes.stands_below(number) and _tells_of_author(page, number):
        return Judged(line, "author-box")
    return _judged_as_caption(page, number) or _judged_as_text(page, number)


def _judged_as_caption(page: _Page, number: int) -> Judged | None:
    """The judgement on a line that stands with a picture; ``None`` for any other line."""
    line = page.lines[number]
    is_caption = line.block.kind is BlockKind.CAPTION or number in page.photos
    if is_credit(line, beside_picture=is_caption):
        return Judged(line, "photo-credit")
    if number in page.slides and linked_share(line) < 0.5:
        return Judged(replace(line, block=replace(line.block, kind=BlockKind.CAPTION)))
    in_flow = page.boxes.is_in_flow(number) and not _is_alone_with_picture(page, number)
    if not is_caption or in_flow or linked_share(line) >= 0.5:
        return None
    if len(page.words[number]) < 3 or field_rule(page, number):
        return None
    return Judged(replace(line, block=replace(line.block, kind=BlockKind.CAPTION)))


def _is_alone_with_picture(page: _Page, number: int) -> bool:
    """Whether the line is all that is said in an element of its own that shows a picture, and no paragraph."""
    element = page.lines[number].element
    if element.tag == "p" or number not in page.photos or next(element.iter(*PICTURES), None) is None:
        return False
    return all(page.lines[other].element is not element for other in (number - 1, (number + 1) % len(page.lines)))


def _judged_as_text(page: _Page, number: int) -> Judged:
    rule = page.boxes.rule_of(number)
    if rule:
        return Judged(page.lines[number], rule)
    if number < page.prose:
        return _judged_in_lead(page, number)
    line = page.lines[number]
    rule = next(_rules_in_story(page, number), "")
    return Judged(line, rule, unsure=not rule and _is_doubtful(page, number))


def _judged_in_lead(page: _Page, number: int) -> Judged:
    """Between the headline and the first paragraph stand fields of the record, lists of points, the standfirst."""
    line = page.lines[number]
    rule = field_rule(page, number)
    if rule:
        return Judged(line, rule)
    letters = sum(word.isalpha() for word in page.words[number])
    if is_heading(line) and page.prose - number <= 2 and letters < LONG_LINE and not _is_named_standfirst(line):
        return Judged(line)
    if number < page.begin or letters < SHORTEST_IN_LEAD or linked_share(line) > 0.5 or is_row_of_labels(line):
        return Judged(line, "page-part")
    if line.block.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW, BlockKind.QUOTATION):
        says_something = page.voted[number] or len(line.block.text) >= SHORTEST_POINT
        return Judged(line, "" if says_something else "page-part")
    if letters >= SHORTEST_STANDFIRST and _is_standfirst(page, number):
        return Judged(replace(line, block=replace(line.block, kind=BlockKind.STANDFIRST)))
    stays = page.voted[number] or page.is_prose(number) or (page.inside[number] and page.boxes.is_in_flow(number))
    return Judged(line, "" if stays else "page-part")


def field_rule(page: _Page, number: int) -> str:
    """The field of the record that a short line prints; else ``""``."""
    line, words = page.lines[number], page.words[number]
    if len(words) > LONGEST_FIELD:
        return ""
    if _prints_byline(page, number):
        return "byline"
    has_time = next(line.element.iter("time"), None) is not None and len(words) < LONG_LINE
    if has_time or printed_day(line.block.text) or (CLOCK.search(line.block.text) and len(words) < 8):
        return "publication-date"
    section = word_keys(page.facts.section)
    return "section" if section and words[-len(section) :] == section and len(words) <= len(section) + 3 else ""


def _prints_byline(page: _Page, number: int) -> bool:
    line, words = page.lines[number], page.words[number]
    names = set(word_keys(page.facts.byline))
    if names and len(words) <= len(names) + 14 and all(name in line.block.text.casefold() for name in names):
        return True
    classes = line.element.get("class", "")[:LONGEST_NAMES]
    is_named = AUTHOR_NAME.search(classes) or EDITOR_NAME.search(classes) or BY.match(line.block.text)
    return bool(is_named) and len(words) <= LONG_LINE and not ends_sentence(line.block.text)


def _is_standfirst(page: _Page, number: int) -> bool:
    """Whether a line of the lead, built otherwise than the paragraphs, sums the story up."""
    line, words = page.lines[number], page.words[number]
    if page.boxes.is_in_flow(number) and line.element.tag != "h2":
        return False
    described = set(word_keys(page.facts.description))
    if described and len(set(words) & described) >= 0.5 * len(set(words)):
        return True
    if _is_named_standfirst(line) or is_heading(line):
        return True
    before = [other for other in range(page.begin + 1, number) if page.lines[other].block.kind is BlockKind.PARAGRAPH]
    return all(len(page.words[other]) < SHORTEST_STANDFIRST for other in before)


def _is_named_standfirst(line: HtmlLine) -> bool:
    element, parent = line.element, line.element.getparent()
    names = [element.get("class", ""), element.get("id", ""), element.get("itemprop", "")]
    if parent is not None and len(parent) == 1:
        names.append(parent.get("class", ""))
    return STANDFIRST_NAME.search(" ".join(names)[:LONGEST_NAMES]) is not None


def _rules_in_story(page: _Page, number: int) -> Iterator[str]:
    """The rules that remove a line from the first paragraph on."""
    line, words, text = page.lines[number], page.words[number], page.lines[number].block.text
    in_flow, sure = page.boxes.is_in_flow(number), page.voted[number] and page.is_prose(number)
    if page.parts.is_aside(line.element) and not sure:
        yield "box"
    if EMBED_CREDIT.fullmatch(text):
        yield "embed"
    if line.block.kind is BlockKind.CAPTION or ABOUT_THIS_STORY.match(text):
        return
    if "newsletter" in words and linked_share(line) and CALL.search(text):
        yield "newsletter"
    if linked_share(line) > 0.8 and not ends_sentence(text) and line.block.kind is not BlockKind.TABLE_ROW:
        yield "related-headlines"
    if not in_flow and _prints_byline(page, number):
        yield "byline"
    if not in_flow and page.boxes.repeats(number):
        yield "pull-quote"
    is_label = not (page.is_prose(number) or page.boxes.holds_prose(number))
    if page.boxes.stands_below(number) and (is_label or not page.voted[number]) and line.block.kind not in IN_BOXES:
        yield "below-story"
    says_something = len(text) >= LONG_IN_BOX or line.block.kind is BlockKind.LIST_ITEM
    if _is_boxed(page, number) and not (page.voted[number] and says_something):
        yield "box"
    known = page.voted[number] or in_flow or page.is_prose(number)
    if not (known or line.block.kind in IN_BOXES or len(words) >= LONG_LINE):
        yield "page-part"


def _is_boxed(page: _Page, number: int) -> bool:
    """Whether the line stands beside the flow of the story, in a box without one of its sentences."""
    if page.boxes.is_in_flow(number) or page.lines[number].block.kind in IN_BOXES:
        return False
    return page.boxes.box_tag(number) == "div" and not page.boxes.holds_prose(number)


def _is_doubtful(page: _Page, number: int) -> bool:
    """Whether the line stays although it stands in a box, or behind the last line that is built as the story is."""
    if page.boxes.is_in_flow(number) or page.lines[number].block.kind in (BlockKind.TABLE_ROW, BlockKind.CAPTION):
        return False
    return _is_boxed(page, number) or page.boxes.is_behind_story(number)


def _tells_of_author(page: _Page, number: int) -> bool:
    """Whether the line begins with the name of who wrote the story."""
    words = page.words[number]
    names = [word_keys(name) for name in page.facts.byline.split(",")]
    return any(len(name) > 1 and words[: len(name)] == name for name in names)


def _with_headings_of_something(judged: Sequence[Judged]) -> list[Judged]:
    """A heading stays only where something of the story follows it before the next removed part."""
    settled = list(judged)
    following = "page-part"
    for number in range(len(settled) - 1, -1, -1):
        entry = settled[number]
        if not entry.rule and is_heading(entry.line) and following:
            settled[number] = replace(entry, rule=following)
        elif entry.rule not in IN_THE_MIDDLE:
            following = entry.rule
    return settled
