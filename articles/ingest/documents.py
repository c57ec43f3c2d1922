"""A document that evidence will be taken from: all its words, read by the same readers as an article.

An article is cleaned of what belongs to its page. Of a source nothing is taken away that a verdict may rest on: plain
text stays whole, and from other formats comes the document itself with every piece in it.
"""

from dataclasses import dataclass
from datetime import datetime

from articles.ingest.decoding import decode
from articles.ingest.readers import reader_of
from articles.ingest.record import IncomingArticle, ReadingRefused

PLAIN_TEXT = "plain-text"
BETWEEN_PIECES = "\n\n"


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a document, its paragraphs apart by blank lines, and what it says of itself; ``""`` for nothing."""

    text: str
    reader: str
    title: str = ""
    publisher: str = ""
    language: str = ""
    url: str = ""
    published_at: datetime | None = None


def read_document(body: bytes, *, name: str = "") -> Document:
    """Read the bytes whole.

    :raises ReadingRefused: no reader can read them, or there are no words in them.
    """
    reader = reader_of(body, name=name)
    if reader.name == PLAIN_TEXT:
        return Document(_some_words(decode(body)), reader.name)
    pieces = [piece for piece in reader.read(body, name=name) if piece.headline and piece.blocks]
    if not pieces:
        raise ReadingRefused(field="text", reason="There is no text in the file. Choose another, or paste its words.")
    text = BETWEEN_PIECES.join(piece.text for piece in pieces)
    return _said_by(pieces[0], text=text, reader=reader.name, alone=len(pieces) == 1)


def _some_words(text: str) -> str:
    if not text.strip():
        raise ReadingRefused(field="text", reason="There is no text in the file. Choose another, or paste its words.")
    return text


def _said_by(first: IncomingArticle, *, text: str, reader: str, alone: bool) -> Document:
    """What a single piece says of itself is said of the document; several say nothing of it together."""
    if not alone:
        return Document(text, reader, publisher=first.outlet, language=first.language)
    return Document(
        text=text,
        reader=reader,
        title=first.headline,
        publisher=first.outlet,
        language=first.language,
        url=first.canonical_url,
        published_at=first.published_at,
    )
