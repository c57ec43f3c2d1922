"""Parts of a page that repeat one build, told apart by what each of their items holds and not by any name.

A thread of comments is a row of items that each open with a day or an hour and short words on who speaks; a list of
other pieces is a row of items that each open with a linked headline and say little more. Both are told only where
the page has begun its own story, and neither where a story is a live report of entries.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from articles.anchoring.text import BlockKind
from articles.ingest.html_blocks import HtmlLine
from articles.ingest.html_pieces import is_custom
from articles.ingest.html_witnesses import is_heading, linked_share, reads_as_prose
from articles.ingest.page_labels import rule_of_label
from articles.ingest.printed_dates import printed_day

# In items: one alone repeats nothing.
FEWEST_ITEMS = 2
# The part of the items that must be built so.
MOST_OF_THEM = 0.75
# In paragraphs and code points: what a story has before its readers speak.
PARAGRAPHS_BEFORE, TEXT_BEFORE = 2, 300
# In lines of an item: where its author and its hour stand, and what a teaser has at most.
OPENING, LONGEST_TEASER_LINES = 5, 6
# In code points: a headline with its summary.
LONGEST_TEASER = 400
# In words: who speaks and when; what is said; a headline.
LONGEST_SIGNATURE, SHORTEST_SAID, SHORTEST_HEADLINE = 12, 4, 3
# In elements: how far above its items a part may begin, with its heading and its form.
HIGHEST = 6
# What readers say is said after the story came out, or the evening before where zones differ.
BEFORE_PUBLICATION = timedelta(days=1)
CLOCK = re.compile(r"(?<![\d:.])(?:[01]?\d|2[0-4])[:.h][0-5]\d(?![\d%])")
# How long ago something was said.
AGE = re.compile(
    r"\b\d+\s*\w{1,8}\.? ago\b|\bvor \w+ (?:sekunde|minute|stunde|tag|woche|monat|jahr)|\bil y a \w+|\bhace \w+ \w+|"
    r"\bhá \w+ \w+|\b\w+ \w+ (?:fa|geleden|sedan|siden|sitten|temu|назад|тому|önce)\b|"
    r"(?:قبل|منذ|לפני)\s+\w+|\w+\s+(?:پیش|पहले)|\d+\s*(?:秒|分|時間|小时|小時|分钟|分鐘|日|天|週間|周|か月|个月)前|"
    r"\d+\s*(?:초|분|시간|일|주|개월)\s*전",
    re.IGNORECASE,
)
DIGITS = re.compile(r"\d+")
STRUCTURE = frozenset({"div", "section", "ul", "ol", "li", "aside", "article", "dl", "table", "tbody", "details"})
THREAD_TAGS = STRUCTURE | {"td"}

Build = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Span:
    """Numbers of the first line an element holds and of the one behind its last."""

    first: int
    end: int


def repeated_parts(
    root: HtmlElement,
    lines: Sequence[HtmlLine],
    words: Sequence[list[str]],
    *,
    headline: int | None,
    published_at: datetime | None,
    canonical_url: str,
    is_live: bool,
) -> dict[HtmlElement, str]:
    """The elements that hold comments or other pieces, each with its rule. Time in proportion to the page."""
    repeats = _Repeats(root, lines, words, headline or 0, published_at, canonical_url)
    return repeats.parts(threads=not is_live)


class _Repeats:
    def __init__(
        self,
        root: HtmlElement,
        lines: Sequence[HtmlLine],
        words: Sequence[list[str]],
        headline: int,
        published_at: datetime | None,
        canonical_url: str,
    ) -> None:
        self._root, self._lines, self._words, self._headline = root, lines, words, headline
        self._host = _host(canonical_url)
        self._since = published_at.date() - BEFORE_PUBLICATION if published_at else None
        prose = [reads_as_prose(line, found) for line, found in zip(lines, words, strict=True)]
        # Counted up to each line, so that any run of lines is known from its two ends.
        self._prose = [0, *accumulate(prose)]
        self._written = [
            0, *accumulate(is_prose * len(line.block.text) for is_prose, line in zip(prose, lines, strict=True))
        ]  # fmt: skip
        self._spans = _spans(root, lines)

    def parts(self, *, threads: bool) -> dict[HtmlElement, str]:
        found: dict[HtmlElement, str] = {}
        for parent in self._root.iter():
            for items in self._groups(parent):
                if threads and self._is_thread(items):
                    found.update(dict.fromkeys(self._whole(items), "comment-form"))
                elif self._is_list_of_pieces(items):
                    found.update(dict.fromkeys(items, "related-headlines"))
        found.update(dict.fromkeys(self._labelled_threads(), "comment-form"))
        return found

    def _labelled_threads(self) -> Iterator[HtmlElement]:
        """Boxes below the beginning of a story whose first line says that its readers speak there."""
        for number, words in enumerate(self._words):
            if rule_of_label(words) != "comment-form" or not self._has_story_above(number):
                continue
            element = self._lines[number].element
            for _ in range(HIGHEST):
                if element is None or self._spans[element].first != number:
                    break
                if (element.tag in THREAD_TAGS or is_custom(element)) and self._spans[element].end - number > 1:
                    yield element
                    break
                element = element.getparent()

    def _groups(self, parent: HtmlElement) -> Iterator[list[HtmlElement]]:
        """Children that are built alike and hold words, where there are several."""
        if len(parent) < FEWEST_ITEMS:
            return
        alike: dict[Build, list[HtmlElement]] = {}
        for child in parent:
            if child in self._spans and (child.tag in STRUCTURE or is_custom(child)):
                alike.setdefault(_build(child), []).append(child)
        yield from (items for items in alike.values() if len(items) >= FEWEST_ITEMS)

    def _is_thread(self, items: Sequence[HtmlElement]) -> bool:
        if not self._has_story_above(self._spans[items[0]].first):
            return False
        spans = [self._spans[item] for item in items]
        if any(span.first <= self._headline < span.end for span in spans):
            return False
        return sum(map(self._is_signed, spans)) >= MOST_OF_THEM * len(spans)

    def _has_story_above(self, number: int) -> bool:
        """Whether the page has begun its story between the headline and the line."""
        begin = min(self._headline, number)
        if self._prose[number] - self._prose[begin] < PARAGRAPHS_BEFORE:
            return False
        return self._written[number] - self._written[begin] >= TEXT_BEFORE

    def _is_signed(self, span: _Span) -> bool:
        """Whether somebody says something in the item, at a moment of their own; what has a headline is a report."""
        if self._lines[span.first].block.kind is BlockKind.TABLE_ROW:
            return False
        opening = range(span.first, min(span.end, span.first + OPENING))
        signature = []
        for number in opening:
            if len(self._words[number]) > LONGEST_SIGNATURE:
                break
            signature.append(number)
        if not any(map(self._names_moment, signature)):
            return False
        if any(is_heading(self._lines[number]) and len(self._words[number]) >= SHORTEST_SAID for number in signature):
            return False
        named = any(word.isalpha() for number in signature for word in self._words[number])
        said = any(len(self._words[number]) >= SHORTEST_SAID for number in range(span.first + 1, span.end))
        return named and said

    def _names_moment(self, number: int) -> bool:
        line = self._lines[number]
        day = printed_day(line.block.text)
        if day is not None:
            return self._since is None or day.date() >= self._since
        has_time = next(line.element.iter("time"), None) is not None
        return has_time or CLOCK.search(line.block.text) is not None or AGE.search(line.block.text) is not None

    def _is_list_of_pieces(self, items: Sequence[HtmlElement]) -> bool:
        spans = [self._spans[item] for item in items]
        if any(span.first <= self._headline < span.end for span in spans):
            return False
        return sum(map(self._is_teaser, spans)) >= MOST_OF_THEM * len(spans)

    def _is_teaser(self, span: _Span) -> bool:
        """Whether the item opens with a linked headline of the same house and says little more."""
        numbers = range(span.first, span.end)
        if len(numbers) > LONGEST_TEASER_LINES:
            return False
        if sum(len(self._lines[number].block.text) for number in numbers) > LONGEST_TEASER:
            return False
        if any(self._lines[number].block.kind is BlockKind.TABLE_ROW for number in numbers):
            return False
        title = next((number for number in numbers if len(self._words[number]) >= SHORTEST_HEADLINE), None)
        return title is not None and linked_share(self._lines[title]) > 0.8 and self._stays_here(self._lines[title])

    def _stays_here(self, line: HtmlLine) -> bool:
        hosts = {_host(mark.href) for mark in line.block.marks if mark.kind == "link" and mark.href}
        return not hosts or not self._host or hosts == {self._host}

    def _whole(self, items: Sequence[HtmlElement]) -> Sequence[HtmlElement]:
        """The highest element round the items that holds no sentence before them, nor the headline; else the items."""
        first, whole = self._spans[items[0]].first, items
        for _, element in zip(range(HIGHEST), items[0].iterancestors(), strict=False):
            begin = self._spans[element].first
            if (
                not (element.tag in STRUCTURE or is_custom(element))
                or begin <= self._headline
                or self._prose[first] > self._prose[begin]
            ):
                break
            whole = [element]
        return whole


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower().removeprefix("www.")
    except ValueError:
        return ""


def _build(element: HtmlElement) -> Build:
    """Tag and first name of an element; further names and numbers tell items of one row apart."""
    names = element.get("class", "")[:200].split()
    return (str(element.tag), DIGITS.sub("", names[0]) if names else "")


def _spans(root: HtmlElement, lines: Sequence[HtmlLine]) -> Mapping[HtmlElement, _Span]:
    spans: dict[HtmlElement, _Span] = {}
    for number, line in enumerate(lines):
        known = spans.get(line.element)
        spans[line.element] = _Span(known.first if known else number, number + 1)
    for element in reversed(list(root.iter())):
        parent = element.getparent()
        if parent is not None and element in spans:
            inner, outer = spans[element], spans.get(parent, spans[element])
            spans[parent] = _Span(min(inner.first, outer.first), max(inner.end, outer.end))
    return spans
