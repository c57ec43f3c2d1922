"""Which lines of a page are the story, and for each other line the rule that says it is not.

A line goes when its part of the page is named so (:mod:`articles.ingest.page_parts`), when its words say so
(:mod:`articles.ingest.furniture`), when it stands in a box beside the story (:mod:`articles.ingest.page_boxes`),
when a field of the record prints it, or when no witness knows it and it is no sentence. The rest stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from articles.anchoring.text import BlockKind
from articles.ingest.byline_names import LONGEST_NAME, people_in
from articles.ingest.html_blocks import HtmlLine
from articles.ingest.html_witnesses import is_heading, linked_share
from articles.ingest.page_boxes import is_row_of_labels
from articles.ingest.page_builds import STANDFIRST_NAME
from articles.ingest.page_facts import PageFacts
from articles.ingest.page_photos import PICTURES, is_credit
from articles.ingest.page_seen import LONG_LINE, LONGEST_NAMES, SeenPage, field_rule, seen_page
from articles.ingest.paragraphs import ends_sentence
from articles.ingest.story_rules import CORRECTION, is_doubtful, rules_in_story
from articles.ingest.words import word_keys

# In words: shorter lines between headline and story say nothing of it.
SHORTEST_IN_LEAD, SHORTEST_STANDFIRST = 4, 6
# In code points: shorter items of a list above the story are buttons, unless a witness knows them.
SHORTEST_POINT = 20
# In words: who made a picture and for whom.
LONGEST_CREDIT = 14
# In words: what announces a list of other pieces.
LONGEST_ANNOUNCEMENT = 3
# Parts in which outlets print what they correct.
MAY_HOLD_NOTES = frozenset({"page-footer", "footnotes"})
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


def judge(root: HtmlElement, lines: Sequence[HtmlLine], facts: PageFacts) -> list[Judged]:
    """Judge every line of the page, in its order; names of its parts say nothing where they would leave no sentence."""
    for trusts_names in (True, False):
        page = seen_page(root, lines, facts, trusts_names=trusts_names)
        judged = _with_headings_of_something([_judged(page, number) for number in range(len(lines))])
        if any(not entry.rule and page.is_prose(number) for number, entry in enumerate(judged)):
            break
    return judged


def _judged(page: SeenPage, number: int) -> Judged:
    line = page.lines[number]
    if number == page.facts.headline_line:
        return Judged(line, "headline")
    part = page.parts.rule_of(line.element)
    if part in MAY_HOLD_NOTES and page.inside[number] and page.is_prose(number) and CORRECTION.match(line.block.text):
        return Judged(line, unsure=True)
    if part or not (page.inside[number] or page.voted[number] or page.begin < number < page.prose):
        return Judged(line, page.furniture.get(number) or part or "page-frame", outside=not page.inside[number])
    if number in page.furniture:
        return Judged(line, page.furniture[number])
    if not any(sign.isalnum() for sign in line.block.text):
        return Judged(line, "page-part")
    if number in page.counters or (is_heading(line) and line.block.text.isdecimal()):
        return Judged(line, "page-number")
    if page.boxes.stands_below(number) and _tells_of_author(page, number):
        return Judged(line, "author-box")
    return _judged_as_caption(page, number) or _judged_as_text(page, number)


def _judged_as_caption(page: SeenPage, number: int) -> Judged | None:
    """The judgement on a line that stands with a picture; ``None`` for any other line."""
    line = page.lines[number]
    is_caption = line.block.kind is BlockKind.CAPTION or number in page.photos or number in page.slides
    if is_credit(line, beside_picture=is_caption) or _names_source_of_table(page, number):
        return Judged(line, "photo-credit")
    if number in page.slides and linked_share(line) < 0.5:
        return Judged(replace(line, block=replace(line.block, kind=BlockKind.CAPTION)))
    in_flow = page.boxes.is_in_flow(number) and not _is_alone_with_picture(page, number)
    if not is_caption or in_flow or linked_share(line) >= 0.5:
        return None
    if is_caption and _names_photographer_for_outlet(page, number):
        return Judged(line, "photo-credit")
    field = field_rule(page, number)
    if len(page.words[number]) < 3 or (
        field and (field != "publication-date" or line.block.kind is not BlockKind.CAPTION)
    ):
        return None
    return Judged(replace(line, block=replace(line.block, kind=BlockKind.CAPTION)))


def _names_photographer_for_outlet(page: SeenPage, number: int) -> bool:
    """Whether a short line beside a picture says a name, and then for which outlet that person works."""
    text, words = page.lines[number].block.text, page.words[number]
    outlet = word_keys(page.facts.outlet)
    if not outlet or len(words) > LONGEST_CREDIT or ends_sentence(text):
        return False
    begin = next((at for at in range(2, len(words)) if words[at : at + len(outlet)] == outlet), None)
    return (
        begin is not None
        and begin <= LONGEST_NAME
        and any(
            words[: len(word_keys(name))] == word_keys(name) for name in people_in(text, houses=[page.facts.outlet])
        )
    )


def _names_source_of_table(page: SeenPage, number: int) -> bool:
    """Whether the line right below a table says where its figures are from."""
    line = page.lines[number]
    if number == 0 or page.lines[number - 1].block.kind is not BlockKind.TABLE_ROW or page.boxes.is_in_flow(number):
        return False
    return line.block.kind is not BlockKind.TABLE_ROW and is_credit(line, beside_picture=True)


def _is_alone_with_picture(page: SeenPage, number: int) -> bool:
    """Whether the line is all that is said in an element of its own that shows a picture, and no paragraph."""
    element = page.lines[number].element
    if element.tag == "p" or number not in page.photos or next(element.iter(*PICTURES), None) is None:
        return False
    return all(page.lines[other].element is not element for other in (number - 1, (number + 1) % len(page.lines)))


def _judged_as_text(page: SeenPage, number: int) -> Judged:
    rule = page.boxes.rule_of(number)
    if rule:
        return Judged(page.lines[number], rule)
    if number < page.prose:
        return _judged_in_lead(page, number)
    line = page.lines[number]
    if number in page.boxes.subheads:
        return Judged(replace(line, block=replace(line.block, kind=BlockKind.HEADING)))
    rule = next(rules_in_story(page, number), "")
    return Judged(line, rule, unsure=not rule and is_doubtful(page, number))


def _judged_in_lead(page: SeenPage, number: int) -> Judged:
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


def _is_standfirst(page: SeenPage, number: int) -> bool:
    """Whether a line of the lead, built otherwise than the paragraphs, sums the story up."""
    line, words = page.lines[number], page.words[number]
    if number == page.bold_lead:
        return True
    if page.boxes.is_in_flow(number) and line.element.tag != "h2":
        return False
    described = set(word_keys(page.facts.description))
    if described and len(set(words) & described) >= 0.5 * len(set(words)):
        return True
    if _is_named_standfirst(line) or is_heading(line):
        return True
    begin = max(page.begin, page.facts.headline_line or 0)
    before = [other for other in range(begin + 1, number) if page.lines[other].block.kind is BlockKind.PARAGRAPH]
    return all(len(page.words[other]) < SHORTEST_STANDFIRST for other in before)


def _is_named_standfirst(line: HtmlLine) -> bool:
    element, parent = line.element, line.element.getparent()
    names = [element.get("class", ""), element.get("id", ""), element.get("itemprop", "")]
    if parent is not None and len(parent) == 1:
        names.append(parent.get("class", ""))
    return STANDFIRST_NAME.search(" ".join(names)[:LONGEST_NAMES]) is not None


def _tells_of_author(page: SeenPage, number: int) -> bool:
    """Whether the line begins with the name of who wrote the story."""
    words = page.words[number]
    names = [word_keys(name) for name in page.facts.byline.split(",")]
    return any(len(name) > 1 and words[: len(name)] == name for name in names)


def _announces(entry: Judged, following: str) -> bool:
    """Whether a short line with a colon announces a list of other pieces."""
    text = entry.line.block.text
    return following == "related-headlines" and text.endswith(":") and len(word_keys(text)) <= LONGEST_ANNOUNCEMENT


def _with_headings_of_something(judged: Sequence[Judged]) -> list[Judged]:
    """A heading stays only where something of the story follows it before the next removed part."""
    settled = list(judged)
    following = "page-part"
    for number in range(len(settled) - 1, -1, -1):
        entry = settled[number]
        if not entry.rule and (is_heading(entry.line) or _announces(entry, following)) and following:
            settled[number] = replace(entry, rule=following)
        elif entry.rule not in IN_THE_MIDDLE:
            following = entry.rule
    return settled
