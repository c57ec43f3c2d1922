"""Bytes of documents that name their character set, or ought to: never read wrongly in silence."""

import codecs
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from charset_normalizer import from_bytes

from articles.anchoring.text import LINE_ENDS, OVERRIDES, REFUSED_CHARACTER
from articles.ingest.record import ReadingRefused

BYTE_ORDER_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What the names stand for on pages as they are (WHATWG Encoding Standard, section 4.2).
AS_WRITTEN_ON_PAGES = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "tis-620": "cp874",
    "utf-16": "utf-16-le",
}
# Codecs that are no character set, or one that hides markup from whoever looks at the bytes.
NO_CHARSETS = frozenset({"utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})
# In bytes: documents name their character set at their beginning (HTML Living Standard, section 4.2.5.4).
DECLARED_WITHIN = 4096
DECLARATIONS = (
    re.compile(rb"<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']"),
    re.compile(rb"<meta\s[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE),
)
# In bytes: enough of a text to know its character set by.
GUESSED_FROM = 256 * 1024


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the character set it was read in. ``errors`` are sentences for ``IncomingArticle.errors``."""

    text: str
    charset: str
    errors: tuple[str, ...] = ()


def decode_document(body: bytes, *, declared: Sequence[str] = ()) -> Decoded:
    """Read bytes by their byte order mark, else by what was declared, else as UTF-8, else by a guess that is said.

    ``declared`` are names of character sets, the surest first: that of the HTTP header, then what
    :func:`declared_charsets` finds. The text comes as it is written: see :func:`storable`.

    :raises ReadingRefused: no character set makes text of the bytes.
    """
    for mark, charset in BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return _by_mark(body[len(mark) :], charset)
    as_utf_8 = _decoded(body, "utf-8")
    for name in declared:
        charset = _charset(name)
        # Bytes above 127 that happen to be UTF-8 are UTF-8: in a single-byte set they would be rows of accents.
        if as_utf_8 is not None and not body.isascii() and charset.startswith(("cp", "iso8859", "mac", "koi")):
            return Decoded(as_utf_8, "utf-8", (f"The document says it is {name} and was read as UTF-8, which it is.",))
        text = _decoded(body, charset) if charset else None
        if text is not None:
            return Decoded(text, charset)
    if as_utf_8 is not None:
        return Decoded(as_utf_8, "utf-8")
    return _guessed(body, declared)


def declared_charsets(body: bytes) -> list[str]:
    """Names of character sets that an XML declaration or ``meta`` elements at the beginning of the bytes give."""
    beginning = body[:DECLARED_WITHIN]
    found = (form.search(beginning) for form in DECLARATIONS)
    return [match[1].decode("ascii", "replace") for match in found if match]


def storable(text: str) -> tuple[str, list[str]]:
    """Text that may be stored, in NFC with ``\\n`` newlines, with a sentence for each kind of character taken out.

    For formats whose author cannot simply take a character out; plain text is refused instead.
    """
    text = LINE_ENDS.sub("\n", text.replace("\x0c", "\n").replace("\x0b", "\n"))
    errors = []
    text, controls = REFUSED_CHARACTER.subn("", text)
    if controls:
        errors.append(f"{controls} control characters, which no text may hold, were taken out.")
    for override, name in OVERRIDES.items():
        if override in text:
            text = text.replace(override, "")
            errors.append(f"{name.capitalize()} was taken out: it shows words in another order than they are in.")
    return unicodedata.normalize("NFC", text), errors


def _by_mark(body: bytes, charset: str) -> Decoded:
    text = _decoded(body, charset)
    if text is not None:
        return Decoded(text, charset)
    damaged = f"The document begins with the mark of {charset.upper()} and holds bytes that are not: they show as �."
    return Decoded(body.decode(charset, "replace"), charset, (damaged,))


def _decoded(body: bytes, charset: str) -> str | None:
    try:
        return body.decode(charset)
    except (UnicodeError, LookupError):
        return None


def _charset(name: str) -> str:
    """Python's name of the character set that a document calls so; ``""`` for what is none."""
    try:
        charset = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    return "" if charset in NO_CHARSETS else AS_WRITTEN_ON_PAGES.get(charset, charset)


def _guessed(body: bytes, declared: Sequence[str]) -> Decoded:
    best = from_bytes(body[:GUESSED_FROM]).best()
    text = _decoded(body, best.encoding) if best else None
    if best is None or text is None:
        raise ReadingRefused(
            field="text",
            reason="The bytes are text in no character set the desk knows. Save the document as UTF-8, "
            "or paste its words.",
        )
    said = f"says it is {declared[0]}, which its bytes are not" if declared else "does not name its character set"
    guess = f"The document {said}; it was read as {best.encoding}, a guess. Look whether accented letters are right."
    return Decoded(text, best.encoding, (guess,))
