"""Lines of a page as a reader sees them: line breaks inside a block part what does not belong together."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from articles.anchoring.text import Block, BlockKind, InlineMark
from articles.ingest.byline_names import says_who
from articles.ingest.html_blocks import HtmlLine
from articles.ingest.html_witnesses import is_heading
from articles.ingest.page_labels import rule_of_label
from articles.ingest.page_photos import CREDIT_LABEL, CREDIT_NAME, CREDIT_OF_HOUSE
from articles.ingest.paragraphs import ends_sentence
from articles.ingest.printed_dates import printed_day
from articles.ingest.words import word_keys

# In words: verses and addresses are short, a line with a sentence on it is none.
LONGEST_ROW = 12
CREDIT_AT_END = re.compile(rf"(?<=[\w.!?”»\"’)。।])[\s(（|/·–-]*\s(?=(?:{CREDIT_LABEL.pattern})$)", re.IGNORECASE)
CREDIT_OF_HOUSE_AT_END = re.compile(rf"(?<=[\w.!?”»\"'’])\s+(?=(?:{CREDIT_OF_HOUSE.pattern})$)")
CREDIT_WITH_SIGN = re.compile(r"[:：©/|=＝]|\bfot\.|credit(?:\.\.\.|…)", re.IGNORECASE)
# Who made a picture and for whom, in brackets behind what it shows: “(Ann Lee/The Ledger)”.
CREDIT_IN_BRACKETS = re.compile(
    r"(?<=[\w.!?”»\"'’])\s+(?=[(（\[](?:[^\W\d_][\w.'’-]*\s+){0,4}[^\W\d_][\w.'’-]*\s*/[^()/\n]{2,40}[)）\]]$)"
)


def parted_lines(lines: Iterable[HtmlLine], titles: Sequence[str]) -> list[HtmlLine]:
    """The lines, with headlines, bylines, links and credits that only a line break or a full stop parts on their own.

    ``titles`` are what the page gives as its headline.
    """
    keys = [word_keys(title) for title in titles if title]
    return [part for line in lines for row in _rows(line, keys) for part in _caption_and_credit(row)]


def _rows(line: HtmlLine, titles: Sequence[list[str]]) -> Iterator[HtmlLine]:
    """The rows of a block when one of them is something of its own; else the block as it is."""
    text = line.block.text
    bounds = [*(found.start() for found in re.finditer("\n", text)), len(text)]
    starts = [0, *(bound + 1 for bound in bounds[:-1])]
    rows = [part_of(line, start, end) for start, end in zip(starts, bounds, strict=True)]
    if len(rows) > 1 and any(_is_of_its_own(row, titles) for row in rows):
        yield from (row for row in rows if row.block.text)
    else:
        yield line


def _is_of_its_own(row: HtmlLine, titles: Sequence[list[str]]) -> bool:
    text, words = row.block.text, word_keys(row.block.text)
    if not text or len(words) > 2 * LONGEST_ROW:
        return False
    if is_heading(row) and text.isdecimal():
        return True
    linked = sum(mark.end - mark.start for mark in row.block.marks if mark.kind == "link")
    is_credit = len(words) <= LONGEST_ROW and CREDIT_LABEL.fullmatch(text)
    is_byline = says_who(text) and len(words) <= 6 and row.block.text[-1] not in ".!?,"
    if text.startswith(("▶", "►", "☞", "👉")):
        return True
    is_label = rule_of_label(words) == "comment-form"
    return bool(words in titles or linked > 0.8 * len(text) or is_byline or is_credit or is_label or printed_day(text))


def _caption_and_credit(line: HtmlLine) -> list[HtmlLine]:
    """A caption whose last words say who made the picture, as two lines."""
    text = line.block.text
    if line.block.kind is not BlockKind.CAPTION or len(text) > 1_000:
        return [line]
    if CREDIT_OF_HOUSE.fullmatch(text):
        return [line]
    begin = max(0, len(text) - 100)
    bracketed = CREDIT_IN_BRACKETS.search(text, begin)
    if bracketed:
        return [part_of(line, 0, bracketed.start()), part_of(line, bracketed.end(), len(text))]
    last = _words_of_last_element(line)
    if last:
        return [part_of(line, 0, len(text) - len(last)), part_of(line, len(text) - len(last), len(text))]
    if found := CREDIT_OF_HOUSE_AT_END.search(text, begin):
        return [part_of(line, 0, found.start()), part_of(line, found.end(), len(text))]
    found = CREDIT_AT_END.search(text, begin)
    if found is None or not CREDIT_WITH_SIGN.search(text, found.start()):
        return [line]
    return [part_of(line, 0, found.start()), part_of(line, found.end(), len(text))]


def _words_of_last_element(line: HtmlLine) -> str:
    """The words of the element that ends a caption, where they, or its name, say who made the picture.

    So do words that no space parts from the caption's sentence: the style sheet gives them a line of their own.
    """
    text = line.block.text
    for element in reversed(list(line.element.iterdescendants())):
        words = " ".join(element.text_content().split())
        if (element.tail or "").strip() or not 0 < len(words) < len(text):
            continue
        names = f"{element.get('class', '')} {element.get('id', '')}"[:600]
        is_credit = CREDIT_LABEL.fullmatch(words) or CREDIT_NAME.search(names) or CREDIT_OF_HOUSE.fullmatch(words)
        before = text.removesuffix(words)
        is_stuck = before == before.rstrip() and ends_sentence(before)
        if text.endswith(words) and (is_credit or is_stuck) and len(words.split()) <= LONGEST_ROW:
            return words
    return ""


def part_of(line: HtmlLine, start: int, end: int) -> HtmlLine:
    """A part of a line, without the white space round it; offsets in code points of the line's text."""
    text = line.block.text
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    marks = tuple(
        InlineMark(mark.kind, max(mark.start, start) - start, min(mark.end, end) - start, mark.href)
        for mark in line.block.marks
        if mark.start < end and mark.end > start
    )
    return replace(line, block=Block(line.block.kind, text[start:end], marks))
