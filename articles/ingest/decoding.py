"""Bytes as somebody's computer wrote them become text that may be stored, or a refusal that helps."""

import codecs
import re
from pathlib import PurePath

from articles.anchoring.text import REFUSED_CHARACTER, TextRefused, normalise
from articles.ingest.record import ReadingRefused

MAX_BYTES = 5 * 1024 * 1024
# Far more than the longest text of the permitted size has; keeps files of tiny lines from taking a minute.
MAX_LINES = 200_000

# First bytes of formats that are not plain text, and what a person calls them.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x7fELF", "a program"),
)
# In bytes: how much of a file is looked at to tell what it is.
LOOKED_AT = 65_536
MARKUP = re.compile(rb"\s*(?:<!doctype\s+html|<html[\s>]|<\?xml\s)", re.IGNORECASE)
OTHER_SUFFIXES = frozenset(
    {".doc", ".docx", ".gif", ".gz", ".htm", ".html", ".jpeg", ".jpg", ".json", ".jsonl", ".mp3", ".mp4", ".odt"}
    | {".pdf", ".png", ".rtf", ".webp", ".xls", ".xlsx", ".xml", ".zip"}
)
UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
HOW_TO_PASTE = "Copy the words of the story and paste them as plain text."


def foreign_format(body: bytes, name: str) -> str:
    """What the bytes show them to be when that is not plain text; else ``""``.

    The name they came under counts only where the bytes do not read as plain words.
    """
    for signature, what in SIGNATURES:
        if body.startswith(signature):
            return what
    if MARKUP.match(body):
        return "an HTML or XML document"
    suffix = PurePath(name).suffix.lower()
    return f"a {suffix} file" if suffix in OTHER_SUFFIXES and not _reads_as_words(body) else ""


def _reads_as_words(body: bytes) -> bool:
    """Whether the beginning of the bytes is UTF-8 without control characters, and no brackets of a program."""
    beginning = body[:LOOKED_AT].decode("utf-8-sig", "replace")
    # A character may be cut in two where the beginning ends.
    is_text = (
        not REFUSED_CHARACTER.search(beginning.rstrip("\ufffd").replace("\r", "")) and "\ufffd" not in beginning[:-3]
    )
    return is_text and not beginning.lstrip().startswith(("{", "[", "<"))


def decode(body: bytes) -> str:
    """Read UTF-8, with or without byte order mark, or UTF-16 with one; give NFC text with ``\\n`` newlines.

    :raises ReadingRefused: too long, of too many lines, in no such encoding, or holding characters no text may hold.
    """
    if len(body) > MAX_BYTES:
        raise ReadingRefused(
            field="text",
            reason=f"The text has {len(body) / 1024 / 1024:.1f} MiB and the limit is {MAX_BYTES // 1024 // 1024}. "
            "Bring it in as several pieces.",
        )
    try:
        text = normalise(_decoded(body))
    except TextRefused as refused:
        raise ReadingRefused(
            field="text",
            reason=f"The text cannot be kept: {refused.reason}. Take the character out and bring the text in again.",
        ) from refused
    if text.count("\n") >= MAX_LINES:
        raise ReadingRefused(
            field="text",
            reason=f"The text has more than {MAX_LINES:,} lines. Bring it in as several pieces.",
        )
    return text


def _decoded(body: bytes) -> str:
    encoding = "utf-16" if body.startswith(UTF_16_MARKS) else "utf-8-sig"
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise ReadingRefused(
            field="text",
            reason=f"Line {line} holds bytes that are not {'UTF-16' if encoding == 'utf-16' else 'UTF-8'} text. "
            "Save the file as UTF-8, or paste its words.",
        ) from error
