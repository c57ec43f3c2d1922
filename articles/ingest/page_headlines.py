"""Which line of a page prints the headline: the one its titles say, or the one that is set as headlines are."""

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from articles.anchoring.text import BlockKind
from articles.ingest.html_blocks import HtmlLine
from articles.ingest.html_witnesses import linked_share, reads_as_prose
from articles.ingest.words import word_keys

LONGEST_HEADLINE = 300
# In words: a headline below a masthead, a masthead. In lines: how far below.
SHORTEST_HEADLINE, LONGEST_MASTHEAD, MOST_LINES_BELOW = 3, 5, 30
# In lines: how far above the first sentence of a story its headline stands. In sizes of old pages: large letters.
ABOVE_STORY, LARGE = 15, 5
# In words: what outlets say of themselves above a headline is shorter than the first sentence of a story.
LONG_SENTENCE = 12
# What outlets call the elements of headlines that are no heading elements.
HEADLINE_NAME = re.compile(
    r"(?:^|[\W_])(?:art|article|news|post|story|entry|page|main|nota|haber|content)?-?(?:title|headline|heading|hl|hed|"
    r"titulo|titre|titolo|titel|titular|tytul|baslik|zagolovok|rubrik|otsikko)(?:$|[\W_])",
    re.IGNORECASE,
)


def line_set_as_headline(lines: Sequence[HtmlLine]) -> int | None:
    """The number of the line above the first sentence that is set as headlines are, where no title says it."""
    words = [word_keys(line.block.text) for line in lines]
    prose = (number for number, line in enumerate(lines) if reads_as_prose(line, words[number]))
    story = (number for number in prose if len(words[number]) >= LONG_SENTENCE)
    first = next(story, None)
    if first is None:
        return None
    best, best_rank = None, 0
    for number in range(max(0, first - ABOVE_STORY), first):
        line = lines[number]
        is_possible = len(words[number]) >= SHORTEST_HEADLINE and len(line.block.text) <= LONGEST_HEADLINE
        rank = _rank_of_setting(line) if is_possible and linked_share(line) < 0.5 else 0
        if rank > best_rank:
            best, best_rank = number, rank
    return best


def _rank_of_setting(line: HtmlLine) -> int:
    """How much a line is set as a headline: by its name, as a heading, in large letters."""
    names = f"{line.element.get('class', '')} {line.element.get('id', '')}"[:LONGEST_HEADLINE]
    if HEADLINE_NAME.search(names):
        return 3
    if line.block.kind is BlockKind.HEADING:
        return 2
    sizes = [font.get("size", "") for font in line.element.iter("font") if line.block.text in _text(font)]
    return 1 if any(size.isdecimal() and len(size) == 1 and int(size) >= LARGE for size in sizes) else 0


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def without_kicker(line: HtmlLine, titles: Sequence[str]) -> str:
    """The headline without the words that stand above it in an element of their own.

    The titles part those words from the headline by a colon that the page does not print.
    """
    text = line.block.text
    parts = [_text(child) for child in line.element if not (child.tail or "").strip()]
    if len(parts) != 2 or len(line.element) != 2 or (line.element.text or "").strip() or ":" in text:
        return text
    kicker, headline = parts
    wanted = word_keys(kicker)
    is_told = any(
        sign and word_keys(before) == wanted and word_keys(behind) == word_keys(headline)
        for before, sign, behind in (title.partition(":") for title in titles)
    )
    return headline if is_told and headline else text


def headline_line(lines: Sequence[HtmlLine], titles: Sequence[str]) -> int | None:
    """The number of the line that prints the headline: the one the page's titles say, else its only main heading."""
    keys = [word_keys(title) for title in titles]
    best, best_rank = None, 0.0
    mains = [number for number, line in enumerate(lines) if _is_in_h1(line)]
    for number, line in enumerate(lines):
        if len(line.block.text) <= LONGEST_HEADLINE:
            rank = _headline_rank(word_keys(line.block.text), keys, line, is_main=number in mains[:10])
            if rank > best_rank:
                best, best_rank = number, rank
    if best is None and len(mains) == 1 and len(lines[mains[0]].block.text) <= LONGEST_HEADLINE:
        return mains[0]
    return best


def headline_below_masthead(lines: Sequence[HtmlLine], masthead: int | None) -> int | None:
    """The number of the last heading above the story where the line the title names is the outlet's own.

    Such a page calls itself by its outlet's name: a row of links stands between that name and the heading.
    """
    if masthead is None:
        return None
    below = range(masthead + 1, min(len(lines), masthead + MOST_LINES_BELOW))
    words = {number: word_keys(lines[number].block.text) for number in below}
    first = next((number for number in below if reads_as_prose(lines[number], words[number])), len(lines))
    links = [number for number in below if number < first and linked_share(lines[number]) > 0.5]
    headings = [
        number
        for number in below
        if links and links[0] < number < first
        and len(words[number]) >= SHORTEST_HEADLINE and len(lines[number].block.text) <= LONGEST_HEADLINE
        and _is_set_as_heading(lines[number])
    ]  # fmt: skip
    return headings[-1] if headings and len(word_keys(lines[masthead].block.text)) <= LONGEST_MASTHEAD else None


def _is_set_as_heading(line: HtmlLine) -> bool:
    if line.block.kind is BlockKind.HEADING:
        return linked_share(line) < 0.5
    return any(mark.kind == "strong" and mark.end - mark.start == len(line.block.text) for mark in line.block.marks)


def _headline_rank(words: Sequence[str], titles: Sequence[Sequence[str]], line: HtmlLine, *, is_main: bool) -> float:
    shared = max((_likeness(words, title) for title in titles), default=0.0)
    if shared < (0.5 if is_main else 0.8) or len(words) < (1 if is_main else 3):
        return 0.0
    return shared + is_main + 0.5 * (line.block.kind is BlockKind.HEADING)


def _likeness(words: Sequence[str], title: Sequence[str]) -> float:
    one, other = set(words), set(title)
    return len(one & other) / max(len(one | other), 1)


def _is_in_h1(line: HtmlLine) -> bool:
    return any(element.tag == "h1" for element in (line.element, *_parents(line.element, 3)))


def _parents(element: HtmlElement, most: int) -> Iterator[HtmlElement]:
    for _, parent in zip(range(most), element.iterancestors(), strict=False):
        yield parent
