"""The readers the desk has, and the choice among them: by the bytes; the name they came under is only a hint.

Readers restore removed lines. What else an editor decides (a line to take out, another headline) is no reader's
business: :mod:`articles.ingest.choices` does it to whatever was read.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from articles.ingest.confinement import read_confined
from articles.ingest.decoding import HOW_TO_PASTE, foreign_format
from articles.ingest.page_sniffing import is_html_page
from articles.ingest.plaintext import PlainTextReader
from articles.ingest.record import IncomingArticle, ReadingRefused
from articles.ingest.records import RecordsReader
from articles.ingest.sniffing import is_mail, is_pdf, is_word
from articles.ingest.wire_sniffing import is_feed, is_json_feed, is_newsml, is_ninjs


class Reader(Protocol):
    """One format. ``name`` is stored with every article the reader brought in."""

    @property
    def name(self) -> str: ...

    def recognises(self, body: bytes, name: str) -> bool:
        """Whether the bytes are the reader's format. It reads little of them and raises nothing.

        ``name`` is the file's, or ``""``; it may settle a doubt and never overrules the bytes.
        """

    def read(self, body: bytes, *, name: str = "", keep: Collection[int] = ()) -> list[IncomingArticle]:
        """Read every article in the bytes, in their order; ``keep`` restores removed lines by ordinal.

        A reader that knows no better place for such a line calls :func:`articles.ingest.choices.restore`.
        An item of several that cannot be read becomes an article without headline and blocks whose ``errors``
        say why; the others go in.

        :raises ReadingRefused: nothing can be read, with what to do about it.
        """


@dataclass(frozen=True, slots=True)
class DeferredReader:
    """A reader that works in another process, where its module and its libraries are imported and time is limited.

    ``sniff`` does what :meth:`Reader.recognises` does; the class, by its name in its module, does the reading.
    """

    name: str
    sniff: Callable[[bytes, str], bool]
    module: str
    class_name: str

    def recognises(self, body: bytes, name: str) -> bool:
        return self.sniff(body, name)

    def read(self, body: bytes, *, name: str = "", keep: Collection[int] = ()) -> list[IncomingArticle]:
        """Read as the class does; see :func:`articles.ingest.confinement.read_confined` for what it refuses."""
        return read_confined(module=self.module, class_name=self.class_name, body=body, name=name, keep=keep)

    def load(self) -> Reader:
        """The reader itself, in this process."""
        return cast(Reader, getattr(import_module(self.module), self.class_name)())


# In bytes: what is read in this process. No story is longer; what is made to be slow is ended as everything else is.
LARGEST_TEXT_HERE = 256 * 1024


class TextReader(PlainTextReader):
    """Plain text: read here, where it takes next to nothing, unless it is much longer than any story."""

    def read(self, body: bytes, *, name: str = "", keep: Collection[int] = ()) -> list[IncomingArticle]:
        if len(body) <= LARGEST_TEXT_HERE or foreign_format(body, name):
            return super().read(body, name=name, keep=keep)
        return read_confined(
            module=PlainTextReader.__module__, class_name=PlainTextReader.__name__, body=body, name=name, keep=keep
        )


# Narrow formats first: plain text takes whatever is not known to be something else.
READERS: tuple[Reader, ...] = (
    DeferredReader("newsml-g2", is_newsml, "articles.ingest.newsml", "NewsMLReader"),
    DeferredReader("feed", is_feed, "articles.ingest.feeds", "FeedReader"),
    DeferredReader("json-feed", is_json_feed, "articles.ingest.json_feed", "JSONFeedReader"),
    DeferredReader("ninjs", is_ninjs, "articles.ingest.ninjs", "NinjsReader"),
    DeferredReader("mail", is_mail, "articles.ingest.mail", "MailReader"),
    DeferredReader("pdf", is_pdf, "articles.ingest.portable", "PortableReader"),
    DeferredReader("word", is_word, "articles.ingest.word", "WordReader"),
    DeferredReader("html-page", is_html_page, "articles.ingest.html_page", "HtmlPageReader"),
    RecordsReader(),
    TextReader(),
)

# What the bytes of each reader are called where they are kept; XML and JSON dialects by their own registered names.
MEDIA_TYPES: Mapping[str, str] = {
    "newsml-g2": "application/vnd.iptc.g2.newsitem+xml",
    "feed": "application/xml",
    "json-feed": "application/feed+json",
    "ninjs": "application/json",
    "mail": "message/rfc822",
    "pdf": "application/pdf",
    "word": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html-page": "text/html",
    "records": "application/x-ndjson",
    "plain-text": "text/plain",
}


def reader_of(body: bytes, *, name: str = "") -> Reader:
    """The first reader that recognises the bytes.

    :raises ReadingRefused: none does.
    """
    for reader in READERS:
        if reader.recognises(body, name):
            return reader
    what = foreign_format(body, name) or "a format the desk does not know"
    raise ReadingRefused(field="text", reason=f"This is {what}, which the desk cannot read yet. {HOW_TO_PASTE}")


def read(body: bytes, *, name: str = "", keep: Collection[int] = ()) -> list[IncomingArticle]:
    """Read the bytes with the first reader that recognises them: at least one article.

    :raises ReadingRefused: no reader does, or the one that does cannot read them.
    """
    return reader_of(body, name=name).read(body, name=name, keep=keep)


def read_one(body: bytes, *, name: str = "", keep: Collection[int] = ()) -> IncomingArticle:
    """Read the bytes of exactly one article that has a text.

    :raises ReadingRefused: they cannot be read, or hold several pieces.
    """
    articles = read(body, name=name, keep=keep)
    if len(articles) > 1:
        raise ReadingRefused(
            field="text",
            reason=f"This file holds {len(articles)} pieces, and here one piece comes in. "
            "Bring the pieces in one by one, or the whole file in bulk.",
        )
    [article] = articles
    if not (article.headline and article.blocks):
        raise ReadingRefused(field="text", reason=" ".join(article.errors) or "The piece has no text to bring in.")
    return article
