"""Word documents (DOCX): kinds from styles, formats from runs, facts from the properties of the file."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from lxml import etree
from mammoth import docx

from articles.anchoring.text import BlockKind
from articles.ingest.block_furniture import without_furniture
from articles.ingest.choices import may_be_headline, restore
from articles.ingest.moments import moment_of
from articles.ingest.record import IncomingArticle, ReadingRefused
from articles.ingest.sniffing import is_word
from articles.ingest.wire_fields import language_of, one_line
from articles.ingest.word_lines import StyledBlock, styled_blocks

MAIN_PART = "word/document.xml"
# In bytes, unpacked: far more than the longest story has, and less than a bomb.
LARGEST_PARTS = 48 * 1024 * 1024
CHANGE = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo)[\s>]")
# What programs write as the author when nobody told them who it is.
NO_AUTHORS = frozenset({"admin", "administrator", "author", "microsoft office user", "owner", "python-docx", "user"})
PROPERTY = {
    "creator": "{http://purl.org/dc/elements/1.1/}creator",
    "language": "{http://purl.org/dc/elements/1.1/}language",
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "modified": "{http://purl.org/dc/terms/}modified",
    "created": "{http://purl.org/dc/terms/}created",
}
TITLE_STYLES = frozenset({"title"})
BYLINE_STYLES = frozenset({"author", "byline"})
WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class _Parts:
    """What is read of the archive beside what mammoth reads."""

    properties: dict[str, str]
    language: str
    has_changes: bool


class WordReader:
    """Reads one article from a Word document."""

    name = "word"

    def recognises(self, body: bytes, name: str) -> bool:
        """See :func:`articles.ingest.sniffing.is_word`."""
        return is_word(body, name)

    def read(self, body: bytes, *, name: str = "", keep: Collection[int] = ()) -> list[IncomingArticle]:
        """Read the one article of the document; insertions count as accepted, deletions and comments stay out.

        :raises ReadingRefused: the document is damaged, too large or empty, or has no headline.
        """
        try:
            with ZipFile(BytesIO(body)) as archive:
                parts = _parts(archive)
            result = docx.read(BytesIO(body))
        except (MemoryError, ReadingRefused):
            raise
        except Exception as error:
            # The library meets damaged documents with any error of its own or of the parser below it.
            raise ReadingRefused(
                field="text",
                reason="The Word document is damaged. Open it in a word processor, save it again, or paste its words.",
            ) from error
        return [restore(_article(result.value, parts), keep)]


def _parts(archive: ZipFile) -> _Parts:
    """Look at the archive before anything is unpacked.

    :raises ReadingRefused: its parts are too large, or declare entities.
    """
    parts = [part for part in archive.infolist() if part.filename.endswith((".xml", ".rels"))]
    if sum(part.file_size for part in parts) > LARGEST_PARTS:
        raise ReadingRefused(
            field="text",
            reason=f"Unpacked, the Word document has more than {LARGEST_PARTS // 1024 // 1024} MiB. "
            "Bring in a smaller part of it, or paste its words.",
        )
    if any(b"<!DOCTYPE" in archive.read(part) for part in parts):
        raise ReadingRefused(
            field="text",
            reason="The Word document declares entities, which word processors do not. Paste its words instead.",
        )
    names = set(archive.namelist())
    return _Parts(
        properties=_properties(archive.read("docProps/core.xml")) if "docProps/core.xml" in names else {},
        language=_stated_language(archive.read("word/styles.xml")) if "word/styles.xml" in names else "",
        has_changes=MAIN_PART in names and CHANGE.search(archive.read(MAIN_PART)) is not None,
    )


def _tree(part: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    return etree.fromstring(part, parser)


def _properties(part: bytes) -> dict[str, str]:
    tree = _tree(part)
    return {key: one_line(tree.findtext(tag) or "") for key, tag in PROPERTY.items()} if tree is not None else {}


def _stated_language(part: bytes) -> str:
    """The language that the document's default style gives its words."""
    tree = _tree(part)
    found = tree.find(f"{WORDS}docDefaults//{WORDS}lang") if tree is not None else None
    return one_line(found.get(f"{WORDS}val")) if found is not None else ""


def _article(document: Any, parts: _Parts) -> IncomingArticle:
    found = styled_blocks(document)
    number, headline = _headline(found.blocks, parts.properties.get("title", ""))
    rest = [styled for place, styled in enumerate(found.blocks) if place != number]
    bylines = [styled.block.text for styled in rest if styled.style in BYLINE_STYLES]
    standfirsts = [styled.block.text for styled in rest if styled.block.kind is BlockKind.STANDFIRST]
    blocks, removed = without_furniture(
        headline, [styled.block for styled in rest if styled.style not in BYLINE_STYLES]
    )
    if not blocks:
        raise ReadingRefused(field="text", reason="The Word document has a headline and no story below it. Write one.")
    moment = moment_of(parts.properties.get("modified", "") or parts.properties.get("created", ""))
    return IncomingArticle(
        headline=headline,
        blocks=blocks,
        removed=removed,
        standfirst=" ".join(standfirsts),
        byline=", ".join(bylines) or _author(parts.properties.get("creator", "")),
        published_at=moment.at if moment else None,
        date_basis="inferred" if moment else "unknown",
        language=language_of(parts.properties.get("language", ""), parts.language),
        errors=_errors(document, parts, found.left_out),
    )


def _headline(blocks: Sequence[StyledBlock], title: str) -> tuple[int | None, str]:
    """The headline and the number of its block: what is styled as one, else a heading or short line on top.

    The title among the file's properties comes last, because it outlives the text it was given to.
    """
    if not blocks:
        raise ReadingRefused(field="text", reason="The Word document has no words. Bring in the one with the story.")
    styled = (number for number, block in enumerate(blocks) if block.style in TITLE_STYLES)
    number = next(styled, 0)
    line = one_line(blocks[number].block.text)
    if may_be_headline(line):
        return number, line
    if title and may_be_headline(title):
        return None, title
    raise ReadingRefused(
        field="headline",
        reason="The Word document begins with a paragraph and has no headline. Put one on a line of its own above it.",
    )


def _author(creator: str) -> str:
    return "" if creator.casefold() in NO_AUTHORS else creator


def _errors(document: Any, parts: _Parts, left_out: Sequence[str]) -> tuple[str, ...]:
    errors = list(left_out)
    if parts.has_changes:
        errors.append("The document holds tracked changes: insertions were accepted, deletions left out.")
    if document.comments:
        names = sorted({one_line(comment.author_name or "") or "somebody" for comment in document.comments})
        errors.append(f"{len(document.comments)} comments by {', '.join(names)} were left out.")
    return tuple(errors)
