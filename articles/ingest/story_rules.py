"""The rules that remove a line from the first paragraph of a story on, by what it says and where it stands."""

import re
from collections.abc import Iterator

from articles.anchoring.text import BlockKind
from articles.ingest.byline_names import LONGEST_BYLINE, without_label
from articles.ingest.furniture_rules import ABOUT_THIS_STORY
from articles.ingest.html_blocks import HtmlLine
from articles.ingest.html_witnesses import linked_share
from articles.ingest.page_seen import CLOCK, LONG_LINE, SeenPage, prints_byline
from articles.ingest.paragraphs import ends_sentence
from articles.ingest.printed_dates import printed_day
from articles.ingest.words import word_keys

# In code points: what a witness knows and no sentence is, yet says something, in a box.
LONG_IN_BOX = 40
# In words: who is quoted.
LONGEST_QUOTED = 10
# In words: an hour with its zone, the label of a correction, one that ends with a colon.
LONGEST_HOUR, LONGEST_NOTE_LABEL, LONGEST_NOTE_HEAD = 6, 4, 10
CALL = re.compile(r"\b(?:sign up|subscribe|register)\b", re.IGNORECASE)
# The line below an embedded post that says whose it is.
EMBED_CREDIT = re.compile(r"[—–-]\s.{1,80}\(@\w+\).{0,40}")
# What stands in boxes of its own in the middle of stories.
IN_BOXES = frozenset({BlockKind.HEADING, BlockKind.QUOTATION, BlockKind.TABLE_ROW, BlockKind.CAPTION})
# How outlets begin to say what they correct.
CORRECTION = re.compile(
    r"(?:(?:an? )?corrections?|"
    r"clarifications?|amendment|berichtigung|korrektur|rectificatif|erratum|corrección|rectificación|"
    r"fe de errores|correção|errata|correzione|rettifica|sprostowanie|korekta|rectificatie|correctie|rättelse|rettelse|"
    r"oikaisu|oprava|поправка|уточнение|исправление|виправлення|уточнення|düzeltme|تصحيح|توضيح|اصلاحیه|תיקון|הבהרה|"
    r"訂正|更正|정정|सुधार)\b",
    re.IGNORECASE,
)
MAIL_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Signs that point to something else, before words that are no sentence.
POINTER = re.compile(r"(?:[▶►➤➔☞👉]|>>(?!>))\s*\S[^\n]{0,120}")


def rules_in_story(page: SeenPage, number: int) -> Iterator[str]:
    """The rules that remove a line from the first paragraph on."""
    line, words, text = page.lines[number], page.words[number], page.lines[number].block.text
    in_flow, sure = page.boxes.is_in_flow(number), page.voted[number] and page.is_prose(number)
    if page.boxes.is_fact_box(number) and line.block.kind is not BlockKind.QUOTATION:
        return
    if page.parts.is_aside(line.element) and not sure:
        yield "box"
    if _is_label_of_correction(page, number):
        yield "correction-label"
    if EMBED_CREDIT.fullmatch(text) or _says_who_is_quoted(page, number):
        yield "embed"
    if line.block.kind is BlockKind.QUOTATION and page.boxes.repeats_in_sentences(number):
        yield "pull-quote"
    if line.block.kind is BlockKind.CAPTION or ABOUT_THIS_STORY.match(text):
        return
    if POINTER.fullmatch(text) and not ends_sentence(text):
        yield "related-headlines"
    if not in_flow and line.block.kind is BlockKind.PARAGRAPH and _is_hour(line):
        yield "publication-date"
    if MAIL_ADDRESS.fullmatch(text) or _signs(page, number):
        yield "byline"
    if "newsletter" in words and linked_share(line) and CALL.search(text):
        yield "newsletter"
    if linked_share(line) > 0.8 and not ends_sentence(text) and line.block.kind is not BlockKind.TABLE_ROW:
        yield "related-headlines"
    if not in_flow and prints_byline(page, number):
        yield "byline"
    if not in_flow and page.boxes.repeats(number):
        yield "pull-quote"
    is_label = not (page.is_prose(number) or page.boxes.holds_prose(number))
    if page.boxes.stands_below(number) and (is_label or not page.voted[number]) and line.block.kind not in IN_BOXES:
        yield "below-story"
    says_something = len(text) >= LONG_IN_BOX or line.block.kind is BlockKind.LIST_ITEM
    if _is_boxed(page, number) and not (page.voted[number] and says_something):
        yield "box"
    known = page.voted[number] or in_flow or page.is_prose(number) or _leads_on(page, number)
    if not (known or line.block.kind in IN_BOXES or len(words) >= LONG_LINE):
        yield "page-part"


def _says_who_is_quoted(page: SeenPage, number: int) -> bool:
    """Whether the line is the last one of a block quotation, built otherwise, and names whose words stand above it."""
    line, before = page.lines[number], page.lines[number - 1]
    quoted = [
        next((holder for holder in (one.element, *one.element.iterancestors()) if holder.tag == "blockquote"), None)
        for one in (line, before)
    ]
    if number == 0 or before.block.kind is not BlockKind.QUOTATION or None in quoted or quoted[0] is not quoted[1]:
        return False
    is_last = number + 1 == len(page.lines) or page.lines[number + 1].block.kind is not BlockKind.QUOTATION
    is_short = len(page.words[number]) <= LONGEST_QUOTED and not ends_sentence(line.block.text)
    return is_last and is_short and line.element is not before.element and line.element.tag != before.element.tag


def _is_boxed(page: SeenPage, number: int) -> bool:
    """Whether the line stands beside the flow of the story, in a box without one of its sentences."""
    if page.boxes.is_in_flow(number) or page.lines[number].block.kind in IN_BOXES:
        return False
    return page.boxes.box_tag(number) == "div" and not page.boxes.holds_prose(number)


def is_doubtful(page: SeenPage, number: int) -> bool:
    """Whether the line stays although it stands in a box, or behind the last line that is built as the story is."""
    if page.boxes.is_in_flow(number) or page.lines[number].block.kind in (BlockKind.TABLE_ROW, BlockKind.CAPTION):
        return False
    return _is_boxed(page, number) or page.boxes.is_behind_story(number)


def _is_hour(line: HtmlLine) -> bool:
    """Whether the line says an hour and little else, as entries of a live report do below their headings."""
    has_hour = CLOCK.search(line.block.text) is not None or next(line.element.iter("time"), None) is not None
    return has_hour and len(word_keys(line.block.text)) <= LONGEST_HOUR and not ends_sentence(line.block.text)


def _signs(page: SeenPage, number: int) -> bool:
    """Whether the line says nothing but who wrote the story, wherever it stands."""
    names, text = word_keys(page.facts.byline), page.lines[number].block.text
    if not names or len(text) > LONGEST_BYLINE:
        return False
    signed = word_keys(without_label(text))
    each = [word_keys(name) for name in page.facts.byline.split(",")]
    return signed == names or (len(signed) > 1 and signed in each)


def _is_label_of_correction(page: SeenPage, number: int) -> bool:
    """Whether the line is the label, or the day, that heads a correction below the story."""
    text = page.lines[number].block.text
    if (
        not page.boxes.is_behind_story(number)
        or page.boxes.is_in_flow(number)
        or len(page.words[number]) > (LONGEST_NOTE_HEAD if text.endswith(":") else LONGEST_NOTE_LABEL)
    ):
        return False
    return bool(CORRECTION.match(text) or printed_day(text))


def _leads_on(page: SeenPage, number: int) -> bool:
    """Whether a short line is a part of something that stays: an item beside others, or what announces them."""
    line, after = page.lines[number], number + 1
    if linked_share(line) > 0.5:
        return False
    if line.block.kind is BlockKind.LIST_ITEM:
        return page.is_kept_list(number) or _is_list_of_paragraph(page, number)
    if after >= len(page.lines) or page.parts.rule_of(page.lines[after].element):
        return False
    if line.block.text.endswith(":"):
        return page.is_prose(after) or (
            page.lines[after].block.kind is BlockKind.LIST_ITEM and page.is_kept_list(after)
        )
    between = page.boxes.is_in_flow(number - 1) and page.boxes.is_in_flow(after)
    return between and line.element.tag == "p" and ends_sentence(line.block.text) and _stands_among(page, number)


def _is_list_of_paragraph(page: SeenPage, number: int) -> bool:
    """Whether the list, without any link, goes on from a paragraph of the story that ends with a colon."""
    around = page.lines[number].element.getparent()
    first = number
    while first and page.lines[first - 1].element.getparent() is around:
        first -= 1
    before = page.lines[first - 1] if first else page.lines[number]
    is_announced = before.block.text.rstrip().endswith(":") and page.boxes.is_in_flow(first - 1)
    return first > 0 and around is not None and next(around.iter("a"), None) is None and is_announced


def _stands_among(page: SeenPage, number: int) -> bool:
    """Whether the paragraphs right before and behind the line stand in the same element."""
    parents = {page.lines[near].element.getparent() for near in (number - 1, number, number + 1)}
    return len(parents) == 1
