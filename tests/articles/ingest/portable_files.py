"""PDF documents written by hand: lines of Helvetica where a typesetter would put them."""

from collections.abc import Sequence
from dataclasses import dataclass

from pdfminer.fontmetrics import FONT_METRICS

WIDTH, HEIGHT = 595, 842
WIDTHS = FONT_METRICS["Helvetica"][1]


@dataclass(frozen=True, slots=True)
class Placed:
    """One line: points from the left and from the bottom of the page, and the size of its letters."""

    x: float
    y: float
    size: float
    words: str


def width_of(words: str, size: float) -> float:
    return sum(WIDTHS.get(character, 500) for character in words) * size / 1000


def wrapped(text: str, *, width: float, size: float, indent: float = 0.0, hyphenate: bool = False) -> list[str]:
    """The text as lines of that width in points; long words may be parted, as justified columns part them."""
    lines: list[str] = []
    line = ""
    words = text.split()
    while words:
        word = words.pop(0)
        room = width - (indent if not lines else 0)
        longer = f"{line} {word}" if line else word
        if width_of(longer, size) <= room:
            line = longer
            continue
        if hyphenate and len(word) > 7 and word.isalpha() and width_of(f"{line} {word[:4]}-", size) <= room:
            line, word = f"{line} {word[:4]}-", word[4:]
        lines.append(line)
        line = ""
        words.insert(0, word)
    return [*lines, line] if line else lines


def column(paragraphs: Sequence[str], *, x: float, y: float, width: float, hyphenate: bool = False) -> list[Placed]:
    """Paragraphs one below the other, first lines indented, without gaps, as newspapers set them."""
    placed = []
    for paragraph in paragraphs:
        for number, line in enumerate(wrapped(paragraph, width=width, size=10, indent=12, hyphenate=hyphenate)):
            placed.append(Placed(x if number else x + 12, y, 10, line))
            y -= 12
    return placed


def pdf_file(*pages: Sequence[Placed], extra: bytes = b"", title: str = "") -> bytes:
    """The bytes of a document; ``extra`` goes into the content of every page."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    kids = []
    for page in pages:
        content = b"\n".join(_shown(line) for line in page) + b"\n" + extra
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R >> >> >>" % (WIDTH, HEIGHT, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (b" ".join(kids), len(kids))
    objects.append(b"<< /Title (%b) >>" % title.encode("ascii"))
    return _file(objects)


def _shown(line: Placed) -> bytes:
    words = line.words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F %g Tf 1 0 0 1 %g %g Tm (%b) Tj ET" % (line.size, line.x, line.y, words)


def _file(objects: Sequence[bytes]) -> bytes:
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        len(objects),
        len(written),
    )
    return written + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + trailer
