"""The canonical text of an article: what offsets count in, and the units people read in it.

A canonical text is Unicode NFC with ``\\n`` newlines: the headline, then the blocks, joined by one blank
line. Every offset in the product counts its code points.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from articles.anchoring.sentences import sentences

__all__ = [
    "SEPARATOR",
    "Block",
    "BlockKind",
    "BlockMalformed",
    "HeadlineMissing",
    "InlineMark",
    "OffsetInsidePair",
    "OffsetsOutside",
    "StoryMissing",
    "TextRefused",
    "block_ranges",
    "canonical_text",
    "code_points_from_utf16",
    "fold",
    "normalise",
    "refuse_without_story",
    "sentences",
    "sha256_of",
    "utf16_from_code_points",
]

SEPARATOR = "\n\n"
INLINE_KINDS = frozenset({"link", "emphasis", "strong"})
LINK_SCHEMES = frozenset({"", "http", "https", "mailto"})

BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
REFUSED_CHARACTER = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# Overrides show words in another order than they are stored in, so a quote could read as its opposite. Marks,
# embeddings and isolates only help scripts of both directions stand beside each other; they stay.
OVERRIDES: dict[str, str] = {
    "\u202d": "a left-to-right override (U+202D)",
    "\u202e": "a right-to-left override (U+202E)",
}
OVERRIDE = re.compile(f"[{''.join(OVERRIDES)}]")


class TextRefused(ValueError):
    """The text holds something that no stored text may hold.

    ``reason`` is a plain clause that names the character and where it stands.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class HeadlineMissing(ValueError):
    """An article has no headline, or a blank one."""


class StoryMissing(ValueError):
    """An article has a headline and no block below it."""


class BlockMalformed(ValueError):
    """A block cannot be stored; ``field`` names the part at fault, ``reason`` says why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class OffsetsOutside(ValueError):
    """Offsets that do not lie in the text, or span no words."""


class OffsetInsidePair(ValueError):
    """A UTF-16 offset that falls between the two halves of one character."""


class BlockKind(StrEnum):
    """What a block of an article is."""

    STANDFIRST = "standfirst"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTATION = "quotation"
    LIST_ITEM = "list_item"
    DIALOGUE = "dialogue"
    TABLE_ROW = "table_row"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class InlineMark:
    """A format on some words of one block; offsets are code points of that block's text."""

    kind: str
    start: int
    end: int
    href: str = ""

    def to_json(self) -> dict[str, object]:
        """Give the mark as JSON values; :meth:`from_json` reads it back."""
        return {"kind": self.kind, "start": self.start, "end": self.end, "href": self.href}

    @classmethod
    def from_json(cls, value: object, *, length: int) -> "InlineMark":
        """Read a mark of a block whose text has ``length`` code points.

        :raises BlockMalformed: naming the field of the mark that is wrong.
        """
        if not isinstance(value, dict):
            raise BlockMalformed("marks", "each mark must be an object")
        kind, href = value.get("kind"), value.get("href", "")
        if not isinstance(kind, str) or kind not in INLINE_KINDS:
            raise BlockMalformed("marks.kind", f"must be one of {', '.join(sorted(INLINE_KINDS))}")
        if not isinstance(href, str) or not _is_followable(href):
            raise BlockMalformed("marks.href", "must be a web or mail address")
        start, end = _whole_number(value, "start"), _whole_number(value, "end")
        if not 0 <= start < end <= length:
            raise BlockMalformed("marks.end", "a mark must span at least one character of its block")
        return cls(kind, start, end, href)


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph-like part of an article after its headline. It holds no blank line."""

    kind: BlockKind
    text: str
    marks: tuple[InlineMark, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Give the block as JSON values; :meth:`from_json` reads it back."""
        return {"kind": self.kind.value, "text": self.text, "marks": [mark.to_json() for mark in self.marks]}

    @classmethod
    def from_json(cls, value: object) -> "Block":
        """Read a block.

        :raises BlockMalformed: naming the field that is missing or wrong.
        """
        if not isinstance(value, dict):
            raise BlockMalformed("block", "must be an object")
        text, marks = value.get("text"), value.get("marks", [])
        if not isinstance(text, str):
            raise BlockMalformed("text", "must be a string")
        _refuse_malformed_text(text, field="text")
        if not isinstance(marks, list):
            raise BlockMalformed("marks", "must be a list")
        return cls(_block_kind(value), text, tuple(InlineMark.from_json(mark, length=len(text)) for mark in marks))


def _is_followable(href: str) -> bool:
    try:
        return urlsplit(href).scheme in LINK_SCHEMES
    except ValueError:
        return False


def _whole_number(value: dict[object, object], field: str) -> int:
    number = value.get(field)
    if not isinstance(number, int) or isinstance(number, bool):
        raise BlockMalformed(f"marks.{field}", "must be a whole number")
    return number


def _block_kind(value: dict[object, object]) -> BlockKind:
    try:
        return BlockKind(str(value.get("kind")))
    except ValueError:
        raise BlockMalformed("kind", f"must be one of {', '.join(BlockKind)}") from None


def _refuse_malformed_text(text: str, *, field: str) -> None:
    if not text.strip():
        raise BlockMalformed(field, "is empty")
    if text[0] == "\n" or text[-1] == "\n":
        raise BlockMalformed(field, "starts or ends with a line break")
    if BLANK_LINE.search(text):
        raise BlockMalformed(field, "holds a blank line")


def normalise(text: str) -> str:
    """Bring text to Unicode NFC with ``\\n`` newlines.

    Bidirectional marks and other invisible format characters are kept: they are part of the words.

    :raises TextRefused: for NUL, other control characters than newline and tab, lone surrogates, and overrides of the
        direction of writing.
    """
    if text.isascii() and text.isprintable():
        return text  # nothing in it is refused or written in two ways; most names and values end here
    text = LINE_ENDS.sub("\n", text)
    if refused := REFUSED_CHARACTER.search(text):
        raise TextRefused(_refusal(refused))
    if override := OVERRIDE.search(text):
        raise TextRefused(_refusal_of_override(override))
    return unicodedata.normalize("NFC", text)


def _refusal(refused: re.Match[str]) -> str:
    code, offset = ord(refused.group()), refused.start()
    what = "half of a character (a lone surrogate)" if code >= 0xD800 else "a control character"
    return f"character {offset} (U+{code:04X}) is {what}"


def _refusal_of_override(override: re.Match[str]) -> str:
    line = override.string.count("\n", 0, override.start()) + 1
    name = OVERRIDES[override.group()]
    return f"line {line} holds {name}, which shows words in another order than they are written in"


def canonical_text(headline: str, blocks: Sequence[Block]) -> str:
    """Join the headline and the blocks with blank lines. Every part must have been through :func:`normalise`.

    :raises HeadlineMissing: when the headline is blank.
    :raises BlockMalformed: when a block is empty or holds a blank line, or the headline a line break.
    """
    if not headline.strip():
        raise HeadlineMissing("An article needs a headline.")
    if "\n" in headline:
        raise BlockMalformed("headline", "holds a line break")
    for number, block in enumerate(blocks):
        _refuse_malformed_text(block.text, field=f"blocks[{number}]")
    return SEPARATOR.join([headline, *(block.text for block in blocks)])


def refuse_without_story(blocks: Sequence[Block]) -> None:
    """Refuse a text that is a headline alone.

    :raises StoryMissing: when there is no block.
    """
    if not blocks:
        raise StoryMissing("An article needs a story below its headline. Give at least one block with its text.")


def block_ranges(headline: str, blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Say where the headline (index 0) and then each block stand in the canonical text."""
    ranges = []
    start = 0
    for part in [headline, *(block.text for block in blocks)]:
        ranges.append((start, start + len(part)))
        start += len(part) + len(SEPARATOR)
    return ranges


def sha256_of(text: str) -> str:
    """Give the SHA-256 of the text's UTF-8 bytes, in lower-case hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


FOLDED_CHARACTERS = str.maketrans(
    dict.fromkeys("‘’‚‛′`´", "'") | dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‐‑‒–—―−", "-") | {"…": "..."}
)
DASH_RUN = re.compile(r"--+")
SPACE_RUN = re.compile(r"\s+")


def fold(text: str) -> str:
    """Fold the differences of typography: shapes of quotes, dashes and ellipses, lengths of white space.

    Two texts with equal folds say the same words. The length may change, so offsets do not survive folding.
    """
    return SPACE_RUN.sub(" ", DASH_RUN.sub("-", text.translate(FOLDED_CHARACTERS)))


def utf16_from_code_points(text: str, offset: int) -> int:
    """Turn an offset in code points into one in UTF-16 units, as JavaScript counts.

    :raises OffsetsOutside: when the offset is negative or beyond the end.
    """
    if not 0 <= offset <= len(text):
        raise OffsetsOutside(f"Offset {offset} lies outside a text of {len(text)} code points.")
    return len(text[:offset].encode("utf-16-le")) // 2


def code_points_from_utf16(text: str, offset: int) -> int:
    """Turn an offset in UTF-16 units, as JavaScript counts, into one in code points.

    :raises OffsetInsidePair: when the offset splits a character that takes two units.
    :raises OffsetsOutside: when the offset is negative or beyond the end.
    """
    units = text.encode("utf-16-le")
    if not 0 <= 2 * offset <= len(units):
        raise OffsetsOutside(f"Offset {offset} lies outside a text of {len(units) // 2} UTF-16 units.")
    try:
        return len(units[: 2 * offset].decode("utf-16-le"))
    except UnicodeDecodeError:
        raise OffsetInsidePair(f"UTF-16 offset {offset} falls inside a character.") from None
