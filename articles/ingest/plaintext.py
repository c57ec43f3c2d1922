"""Plain text, pasted or as a file: the headline on the first line of the story, the body below it."""

import re
from collections.abc import Collection, Mapping, Sequence

from articles.ingest.choices import LONGEST_HEADLINE
from articles.ingest.decoding import HOW_TO_PASTE, decode, foreign_format
from articles.ingest.furniture import find_furniture
from articles.ingest.paragraphs import (
    HASHES,
    Paragraph,
    blocks_before,
    continues_lower,
    ends_sentence,
    paragraphs,
)
from articles.ingest.record import IncomingArticle, ReadingRefused, RemovedLine

INVISIBLE = re.compile("[\\s\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]*")


class PlainTextReader:
    """Reads one article from plain text."""

    name = "plain-text"

    def recognises(self, body: bytes, name: str) -> bool:
        """Whether nothing about the bytes or the file's name says they are another format."""
        return foreign_format(body, name) == ""

    def read(self, body: bytes, *, name: str = "", keep: Collection[int] = ()) -> list[IncomingArticle]:
        """Read the one article the text holds.

        ``keep`` lists lines to restore: their ordinals, from 0, among the lines removed when nothing is kept.

        :raises ReadingRefused: no story, no headline, or text that cannot be stored; see :func:`decode`.
        """
        foreign = foreign_format(body, name)
        if foreign:
            raise ReadingRefused(field="text", reason=f"This is {foreign} and not plain text. {HOW_TO_PASTE}")
        lines = visible_lines(decode(body))
        if not any(lines):
            raise ReadingRefused(
                field="text",
                reason="The text is empty. Paste the headline on the first line and the story below it.",
            )
        return [_article(lines, _removed(lines, keep))]


def visible_lines(text: str) -> list[str]:
    """The lines without the white space round them; a line with nothing to see is blank."""
    return ["" if INVISIBLE.fullmatch(line) else line.strip() for line in text.split("\n")]


def _removed(lines: Sequence[str], keep: Collection[int]) -> dict[int, str]:
    """Rules by line number, in order, without the lines the editor restores."""
    furniture = find_furniture(lines)
    numbers = sorted(furniture)
    unknown = sorted(ordinal for ordinal in set(keep) if not 0 <= ordinal < len(numbers))
    if unknown:
        raise ReadingRefused(
            field="keep",
            reason=f"There is no removed line {unknown[0]}: {len(numbers)} lines were removed, counted from 0. "
            "Look at the preview again.",
        )
    restored = {numbers[ordinal] for ordinal in keep}
    return {number: furniture[number] for number in numbers if number not in restored}


def _article(lines: Sequence[str], removed: Mapping[int, str]) -> IncomingArticle:
    first = next((number for number, line in enumerate(lines) if line and number not in removed), None)
    if first is None:
        raise ReadingRefused(
            field="text",
            reason="Everything looked like page furniture. Every line belongs to the page around a story (share "
            "buttons, advertisements, related headlines, forms) and none to a story. "
            "Paste the headline and the story too.",
        )
    headline, begin = _headline(lines, removed, first)
    found = paragraphs(lines, left_out=removed, begin=begin)
    if not found:
        raise ReadingRefused(
            field="text",
            reason="There is one line and no story below it. Write the headline on the first line, the story below.",
        )
    return IncomingArticle(
        headline=headline,
        blocks=tuple(paragraph.block for paragraph in found),
        removed=_removed_lines(lines, removed, found),
    )


def _headline(lines: Sequence[str], removed: Mapping[int, str], first: int) -> tuple[str, int]:
    """The headline, and the number of the line the body may begin on."""
    headline = HASHES.sub("", lines[first], count=1)
    begin = first + 1
    if _is_wrapped_headline(lines, removed, first):
        headline, begin = f"{headline} {lines[first + 1]}", first + 2
    if len(headline) > LONGEST_HEADLINE:
        raise ReadingRefused(
            field="headline",
            reason=f"The first line has {len(headline)} characters and reads as a paragraph; a headline has at most "
            f"{LONGEST_HEADLINE}. Put the headline on a line of its own above it.",
        )
    return headline, begin


def _is_wrapped_headline(lines: Sequence[str], removed: Mapping[int, str], first: int) -> bool:
    """Two lines alone, the second in the middle of the sentence: one headline that was wrapped."""
    second, third = (lines[number] if number < len(lines) else "" for number in (first + 1, first + 2))
    if not second or third or first + 1 in removed or not any(lines[first + 3 :]):
        return False
    return continues_lower(second) and not ends_sentence(lines[first]) and not ends_sentence(second)


def _removed_lines(
    lines: Sequence[str], removed: Mapping[int, str], found: Sequence[Paragraph]
) -> tuple[RemovedLine, ...]:
    positions = blocks_before(found, list(removed))
    return tuple(
        RemovedLine(lines[number], rule, position)
        for (number, rule), position in zip(removed.items(), positions, strict=True)
    )
