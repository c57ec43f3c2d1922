"""Slides of a gallery: told by the numbers that count them, whatever words stand between."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from articles.anchoring.text import BlockKind
from articles.ingest.html_blocks import HtmlLine

# “3/12”, “3 of 12”, “Foto 3 von 12”.
COUNTER = re.compile(r"(?:[^\W\d_]{1,8}\.?\s+)?(\d{1,3})\s*(?:/|\s[^\W\d_]{1,5}\s|में से|の|/)\s*(\d{1,3})")
LONGEST_COUNTER = 24
FEWEST_SLIDES = 2
# In words: shorter lines of a slide are buttons.
SHORTEST_CAPTION = 3
# In lines: what a slide holds, its number included.
LONGEST_SLIDE = 4


def counter_lines(lines: Sequence[HtmlLine]) -> set[int]:
    """Numbers of lines that only count: several with one total, each with another number, or one by a caption."""
    found: dict[int, tuple[int, int]] = {}
    for number, line in enumerate(lines):
        text = line.block.text.strip("()[] ")
        counted = COUNTER.fullmatch(text) if len(text) <= LONGEST_COUNTER else None
        if counted and 0 < int(counted[1]) <= int(counted[2]):
            found[number] = (int(counted[1]), int(counted[2]))
    slides = Counter(total for _, total in set(found.values()))
    return {
        number
        for number, (_, total) in found.items()
        if slides[total] >= FEWEST_SLIDES or (total >= FEWEST_SLIDES and _is_by_caption(lines, number))
    }


def _is_by_caption(lines: Sequence[HtmlLine], number: int) -> bool:
    near = (lines[other] for other in (number - 1, number + 1) if 0 <= other < len(lines))
    return any(line.block.kind is BlockKind.CAPTION for line in near)


def slide_lines(lines: Sequence[HtmlLine], counters: Collection[int]) -> set[int]:
    """Numbers of the other lines that stand in one element with such a count, where it holds no more than a slide."""
    slides: set[int] = set()
    for counter in counters:
        slide = lines[counter].element.getparent()
        near = range(max(0, counter - LONGEST_SLIDE), min(len(lines), counter + LONGEST_SLIDE + 1))
        within = [number for number in near if lines[number].element.getparent() is slide and number != counter]
        if not any(number in counters for number in within) and len(within) < LONGEST_SLIDE:
            slides.update(number for number in within if len(lines[number].block.text.split()) >= SHORTEST_CAPTION)
    return slides
