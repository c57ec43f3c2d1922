"""Lines become blocks: wrapped lines are joined, and a kind is given only where the text leaves no doubt."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import normalize

from articles.anchoring.text import Block, BlockKind

# Closing quotes of one language open quotes in another: „so“, »so«.
CLOSERS = "\"'”’“‘»«›‹)]*）】」』״"
OPENERS = "\"'“‘„«([¿¡"
SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "۔", "।")

# Widths, in code points, at which people and programs wrap lines.
NARROWEST_WRAP, WIDEST_WRAP = 30, 130
SUREST_WRAP = (55, 85)

BULLET = re.compile(r"[•◦▪‣●■]\s*(?=\S)")
DASH_OR_STAR = re.compile(r"[-*]\s+(?=[^\W_a-z]|[\"“‘„«(])")
NUMBER = re.compile(r"(\d{1,3})[.)]\s+\S")
TURN_DASH = re.compile(r"[—–]\s*(?=[^\W\d_])")
TURN_LABEL = re.compile(r"([^\W\d_][\w.'’ -]{0,30}):\s+\S")
QUESTION_AND_ANSWER = ({"Q", "A"}, {"Question", "Answer"})
HASHES = re.compile(r"#{1,6}\s+(?=\S)")
QUOTED_LINE = re.compile(r"(?:>\s?)+")
CONJUNCTION = re.compile(r"(?:and|or|to|und|oder|bis|et|ou|y|o|e|en|of)\b")
WITHOUT_SPACES = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block with the number of the line it begins on."""

    line: int
    block: Block


def ends_sentence(line: str) -> bool:
    """Whether the line ends as a sentence does, closing quotes and brackets aside."""
    return line.rstrip(CLOSERS).endswith(SENTENCE_ENDS)


def continues_lower(line: str) -> bool:
    """Whether the line begins in lower case, as the middle of a sentence does."""
    return line.lstrip(OPENERS)[:1].islower()


def paragraphs(lines: Sequence[str], *, left_out: Collection[int], begin: int) -> list[Paragraph]:
    """Blocks of the lines from ``begin`` on. Lines are stripped; blank ones part paragraphs.

    A line that is left out parts nothing: words wrapped round an advertisement are joined again.
    """
    chunks = list(_chunks(lines, left_out, begin))
    width = _wrap_width(lines, chunks)
    found: list[Paragraph] = []
    for chunk in chunks:
        if all(lines[number].startswith(">") for number in chunk):
            found += _quotations(lines, chunk)
        else:
            found += _joined(lines, chunk, width)
    return _with_kinds(found)


def blocks_before(found: Sequence[Paragraph], numbers: Sequence[int]) -> list[int]:
    """For each line number, how many of the paragraphs begin before it."""
    beginnings = [paragraph.line for paragraph in found]
    return [bisect_right(beginnings, number) for number in numbers]


def _chunks(lines: Sequence[str], left_out: Collection[int], begin: int) -> Iterator[list[int]]:
    chunk: list[int] = []
    for number in range(begin, len(lines)):
        if number in left_out:
            continue
        if lines[number]:
            chunk.append(number)
        elif chunk:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _wrap_width(lines: Sequence[str], chunks: Sequence[Sequence[int]]) -> int:
    """The width at which the text was wrapped by hand or by a program; 0 if it was not.

    In wrapped prose most lines break off inside a sentence, and the next word would not have fitted.
    """
    pairs = [(lines[first], lines[second]) for chunk in chunks for first, second in pairwise(chunk)]
    broken_off = [pair for pair in pairs if not ends_sentence(pair[0])]
    if not broken_off or 2 * len(broken_off) < len(pairs):
        return 0
    lengths = sorted(len(first) for first, _ in broken_off)
    width = lengths[len(lengths) * 4 // 5]
    filled = sum(_is_filled(first, second, width) for first, second in broken_off)
    if len(broken_off) < 3:
        narrowest, widest = SUREST_WRAP
        return width if narrowest <= width <= widest and filled == len(broken_off) else 0
    return width if NARROWEST_WRAP <= width <= WIDEST_WRAP and 5 * filled >= 3 * len(broken_off) else 0


def _is_filled(line: str, following: str, width: int) -> bool:
    """Whether the first word of the following line would not have fitted on this one."""
    word = 1 if WITHOUT_SPACES.match(following) else len(following.split(maxsplit=1)[0])
    return len(line) + 1 + word > width


def _goes_on(line: str, following: str, width: int) -> bool:
    """Whether the following line carries on the paragraph."""
    filled = width > 0 and _is_filled(line, following, width)
    if _begins_with_mark(following) and (ends_sentence(line) or line.endswith(":") or not filled):
        return False
    if _begins_with_mark(following) and _begins_with_mark(line):
        return False
    if continues_lower(following):
        return filled or not ends_sentence(line)
    return filled


def _begins_with_mark(line: str) -> bool:
    marks = (BULLET, DASH_OR_STAR, NUMBER, TURN_DASH, TURN_LABEL, HASHES)
    return any(mark.match(line) for mark in marks)


def _joined(lines: Sequence[str], chunk: Sequence[int], width: int) -> Iterator[Paragraph]:
    pieces = [lines[chunk[0]]]
    begun = chunk[0]
    for first, second in pairwise(chunk):
        if _goes_on(lines[first], lines[second], width):
            pieces += [_glue(lines[first], lines[second]), lines[second]]
        else:
            yield Paragraph(begun, _block("".join(pieces)))
            begun, pieces = second, [lines[second]]
    yield Paragraph(begun, _block("".join(pieces)))


def _glue(line: str, following: str) -> str:
    """What stands between two lines once they are one: a space, unless the break stood inside a word."""
    if line.endswith("\u00ad"):
        return ""
    if line.endswith("-") and line[-2:-1].isalpha():
        return "" if continues_lower(following) and not CONJUNCTION.match(following) else " "
    if line.endswith("—") and not line[-2:-1].isspace():
        return ""
    if WITHOUT_SPACES.match(line[-1]) and WITHOUT_SPACES.match(following):
        return ""
    return " "


def _block(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Block:
    # Joining may set a combining character beside a new neighbour, so the text is composed again.
    return Block(kind, normalize("NFC", text))


def _quotations(lines: Sequence[str], chunk: Sequence[int]) -> Iterator[Paragraph]:
    """Lines quoted as in mail: the signs go, the kind says it."""
    bare = {number: QUOTED_LINE.sub("", lines[number], count=1).strip() for number in chunk}
    held = [""] * (chunk[-1] + 1 - chunk[0])
    for number, words in bare.items():
        held[number - chunk[0]] = words
    inner = list(_chunks(held, (), 0))
    if not inner:
        yield from (Paragraph(number, _block(lines[number])) for number in chunk)
        return
    width = _wrap_width(held, inner)
    for part in inner:
        for paragraph in _joined(held, part, width):
            quotation = _block(paragraph.block.text, BlockKind.QUOTATION)
            yield Paragraph(paragraph.line + chunk[0], quotation)


def _with_kinds(found: Sequence[Paragraph]) -> list[Paragraph]:
    texts = [paragraph.block.text for paragraph in found]
    listed = _items_of_lists(texts)
    turns = turns_of_dialogues(texts)
    return [
        paragraph
        if paragraph.block.kind is BlockKind.QUOTATION
        else Paragraph(paragraph.line, _told_apart(texts, number, number in listed, number in turns))
        for number, paragraph in enumerate(found)
    ]


def _told_apart(texts: Sequence[str], number: int, is_item: bool, is_turn: bool) -> Block:
    """Signs that only say what a block is (bullets, hashes) go; numbers, names and dashes are words and stay."""
    text = texts[number]
    if is_turn:
        return Block(BlockKind.DIALOGUE, text)
    if is_item:
        return _block(DASH_OR_STAR.sub("", BULLET.sub("", text, count=1), count=1), BlockKind.LIST_ITEM)
    if HASHES.match(text):
        return _block(HASHES.sub("", text, count=1), BlockKind.HEADING)
    if 0 < number < len(texts) - 1 and _is_shouted(text) and not _is_shouted(texts[number + 1]):
        return Block(BlockKind.HEADING, text)
    return Block(BlockKind.PARAGRAPH, text)


def _is_shouted(text: str) -> bool:
    """A short line of several words all in capitals, as a heading in plain text is written."""
    if len(text) > 80 or not text.isupper() or ends_sentence(text) or text.endswith((":", ",")):
        return False
    letters = sum(character.isalpha() for character in text)
    return letters >= 6 and len(text.split()) >= 2 and not text.startswith("BY ")


def _items_of_lists(texts: Sequence[str]) -> set[int]:
    """Numbers of list items: bulleted ones, and rows of at least two with the same sign or rising numbers."""
    items = {number for number, text in enumerate(texts) if BULLET.match(text)}
    for number, (text, following) in enumerate(pairwise(texts)):
        if _same_sign(text, following) or _rising(text, following):
            items |= {number, number + 1}
    return items


def _same_sign(text: str, following: str) -> bool:
    both = DASH_OR_STAR.match(text) and DASH_OR_STAR.match(following) and text[0] == following[0]
    # Rows of hyphens are also how talk is typed; a question or an exclamation makes the row talk.
    return bool(both) and not any(row.rstrip(CLOSERS).endswith(("?", "!")) for row in (text, following))


def _rising(text: str, following: str) -> bool:
    first, second = NUMBER.match(text), NUMBER.match(following)
    return first is not None and second is not None and int(first[1]) + 1 == int(second[1])


def turns_of_dialogues(texts: Sequence[str]) -> set[int]:
    """Numbers of dialogue turns: neighbours with a dash each, or voices by name that each speak twice."""
    turns: set[int] = set()
    for number, (text, following) in enumerate(pairwise(texts)):
        if TURN_DASH.match(text) and TURN_DASH.match(following):
            turns |= {number, number + 1}
    for row in _rows_of_voices(texts):
        spoken = Counter(name for _, name in row)
        if set(spoken) in QUESTION_AND_ANSWER or (len(spoken) > 1 and min(spoken.values()) > 1):
            turns |= {number for number, _ in row}
    return turns


def _rows_of_voices(texts: Sequence[str]) -> Iterator[list[tuple[int, str]]]:
    row: list[tuple[int, str]] = []
    for number, text in enumerate(texts):
        label = TURN_LABEL.match(text)
        if label:
            row.append((number, label[1]))
        elif row:
            yield row
            row = []
    if row:
        yield row
