"""What stands on every page of a PDF and belongs to none of its stories: running heads, feet and page numbers."""

import re
from collections import defaultdict
from collections.abc import Sequence

from articles.ingest.portable_pages import PageLine

# The share of a page's height, at its top and at its bottom, in which pages carry such lines.
MARGIN = 0.1
DIGITS = re.compile(r"\d+")
PAGE_NUMBER = re.compile(
    r"[-–— ]*(?:(?:page|seite|página|pagina|стр\.?|с\.) ?)?\d{1,4}(?: ?(?:of|/|von|de|из) ?\d{1,4})?[-–— ]*",
    re.IGNORECASE,
)
RUNNING_HEAD, NUMBER = "running-head", "page-number"


def margin_lines(lines: Sequence[PageLine]) -> dict[int, str]:
    """Rules by the number of the line, for lines that are no part of a story.

    A line in a margin goes when it is a page number alone, or stands at the same height of several pages, but for
    its digits. On a single page nothing but a page number goes.
    """
    repeated: dict[tuple[str, int], set[int]] = defaultdict(set)
    in_margin = [number for number, line in enumerate(lines) if _is_in_margin(line)]
    for number in in_margin:
        repeated[_key(lines[number])].add(lines[number].page)
    found: dict[int, str] = {}
    for number in in_margin:
        if PAGE_NUMBER.fullmatch(lines[number].text):
            found[number] = NUMBER
        elif len(repeated[_key(lines[number])]) > 1:
            found[number] = RUNNING_HEAD
    return found


def _is_in_margin(line: PageLine) -> bool:
    return line.bottom > line.height * (1 - MARGIN) or line.top < line.height * MARGIN


def _key(line: PageLine) -> tuple[str, int]:
    """The words but for numbers, and the height on the page in steps of 8 points."""
    return DIGITS.sub("0", line.text), round(line.bottom / 8)
