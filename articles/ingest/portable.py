"""PDF documents with a text layer: columns in reading order, paragraphs put together again."""

from collections.abc import Collection, Mapping, Sequence
from io import BytesIO

from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect, PDFTextExtractionNotAllowed
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import decode_text

from articles.ingest.block_furniture import without_furniture
from articles.ingest.choices import may_be_headline, restore
from articles.ingest.portable_furniture import margin_lines
from articles.ingest.portable_pages import NAMELESS, Page, PageLine, pages_of
from articles.ingest.portable_paragraphs import HEADLINE, PortableBlock, blocks_of, body_size
from articles.ingest.record import IncomingArticle, ReadingRefused, RemovedLine
from articles.ingest.sniffing import is_pdf

# Fewer letters than this on a page with pictures are a stamp on a scan and no text.
FEWEST_LETTERS = 20
# The share of letters without a name from which on the text cannot be told.
MOST_NAMELESS = 0.05


class PortableReader:
    """Reads one article from a PDF document."""

    name = "pdf"

    def recognises(self, body: bytes, name: str) -> bool:
        """See :func:`articles.ingest.sniffing.is_pdf`."""
        return is_pdf(body, name)

    def read(self, body: bytes, *, name: str = "", keep: Collection[int] = ()) -> list[IncomingArticle]:
        """Read the document as one article.

        :raises ReadingRefused: it is damaged, locked, scanned or empty, or has no headline.
        """
        try:
            pages, title = list(pages_of(body)), _title(body)
        except (MemoryError, ReadingRefused):
            raise
        except (PDFPasswordIncorrect, PDFTextExtractionNotAllowed) as error:
            raise ReadingRefused(
                field="text",
                reason="The PDF is protected by a password. Save it without one, or paste its words.",
            ) from error
        except Exception as error:
            # The library meets damaged documents with errors of many kinds, its own and Python's.
            raise ReadingRefused(
                field="text", reason="The PDF is damaged. Print it to a new PDF, or paste its words."
            ) from error
        return [restore(_article(pages, title), keep)]


def _title(body: bytes) -> str:
    """The title among the properties of the file."""
    for properties in PDFDocument(PDFParser(BytesIO(body))).info:
        title = properties.get("Title")
        if isinstance(title, bytes):
            return " ".join(decode_text(title).split())
    return ""


def _article(pages: Sequence[Page], title: str) -> IncomingArticle:
    lines = [line for page in pages for line in page.lines]
    nameless = _refuse_without_text(pages, lines)
    margins = margin_lines(lines)
    if len(margins) == len(lines):
        margins = {}
    found, joined = blocks_of(lines, margins)
    headline, rest = _headline(found, title, body_size(lines))
    blocks, removed = without_furniture(headline, [block.block for block in rest])
    story = {id(block) for block in blocks}
    kept = [block for block in rest if id(block.block) in story]
    errors = []
    if joined:
        errors.append(f"{joined} words parted at ends of lines were put together; look whether a hyphen is missing.")
    if nameless:
        errors.append(f"For {nameless} letters the PDF does not say which they are; they show as {NAMELESS}…).")
    return IncomingArticle(
        headline=headline,
        blocks=blocks,
        removed=_in_order(removed, _margin_removed(lines, margins, kept)),
        errors=tuple(errors),
    )


def _refuse_without_text(pages: Sequence[Page], lines: Sequence[PageLine]) -> int:
    """How many letters have no name.

    :raises ReadingRefused: there is no text layer, or it does not say which letters it shows.
    """
    text = "".join(line.text for line in lines)
    letters, nameless = sum(map(str.isalpha, text)), text.count(NAMELESS)
    if letters < FEWEST_LETTERS * max(1, sum(page.has_pictures for page in pages)):
        raise ReadingRefused(
            field="text",
            reason="The PDF has no text layer: its pages are pictures, as a scanner makes them. "
            "Put it through text recognition first, or paste its words.",
        )
    if nameless > MOST_NAMELESS * letters:
        raise ReadingRefused(
            field="text",
            reason="The PDF does not say which letters its fonts show. Paste the words of the story instead.",
        )
    return nameless


def _headline(found: Sequence[PortableBlock], title: str, body: float) -> tuple[str, list[PortableBlock]]:
    """The headline, and the other blocks: the largest letters on top, else the title, else a first short line."""
    if len(found) < 2:
        raise ReadingRefused(
            field="text", reason="The PDF has a single paragraph, and a story has a headline too. Paste its words."
        )
    largest = max(found[:12], key=lambda block: block.size)
    line = " ".join(largest.block.text.split())
    if largest.size >= body * HEADLINE and may_be_headline(line):
        return line, [block for block in found if block is not largest]
    first = found[0].block.text
    if may_be_headline(first) and not first.endswith("."):
        return first, list(found[1:])
    if title and may_be_headline(title):
        return title, list(found)
    raise ReadingRefused(
        field="headline",
        reason="The PDF begins with a paragraph and has no headline. Paste its words, the headline on the first line.",
    )


def _margin_removed(
    lines: Sequence[PageLine], margins: Mapping[int, str], blocks: Sequence[PortableBlock]
) -> list[RemovedLine]:
    return [
        RemovedLine(lines[number].text, rule, sum(block.line < number for block in blocks))
        for number, rule in margins.items()
    ]


def _in_order(*found: Sequence[RemovedLine]) -> tuple[RemovedLine, ...]:
    return tuple(sorted((line for lines in found for line in lines), key=lambda line: line.position))
