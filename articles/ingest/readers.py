"""The readers the desk has, and the choice among them.

Readers restore removed lines. What else an editor decides (a line to take out, another headline) is no reader's
business: :mod:`articles.ingest.choices` does it to whatever was read.
"""

from collections.abc import Collection
from typing import Protocol

from articles.ingest.decoding import HOW_TO_PASTE, foreign_format
from articles.ingest.plaintext import PlainTextReader
from articles.ingest.record import IncomingArticle, ReadingRefused


class Reader(Protocol):
    """One format. ``name`` is stored with every article the reader brought in."""

    @property
    def name(self) -> str: ...

    def recognises(self, body: bytes, name: str) -> bool:
        """Whether the bytes, which came under this file name (or ``""``), look like the reader's format."""

    def read(self, body: bytes, *, name: str = "", keep: Collection[int] = ()) -> list[IncomingArticle]:
        """Read every article in the bytes; ``keep`` restores removed lines by ordinal.

        A reader that knows no better place for such a line calls :func:`articles.ingest.choices.restore`.

        :raises ReadingRefused: the bytes cannot be read, with what to do about it.
        """


# Narrow formats first: plain text takes whatever is not known to be something else.
READERS: tuple[Reader, ...] = (PlainTextReader(),)


def read(body: bytes, *, name: str = "", keep: Collection[int] = ()) -> list[IncomingArticle]:
    """Read the bytes with the first reader that recognises them.

    :raises ReadingRefused: no reader does, or the one that does cannot read them.
    """
    for reader in READERS:
        if reader.recognises(body, name):
            return reader.read(body, name=name, keep=keep)
    what = foreign_format(body, name) or "a format the desk does not know"
    raise ReadingRefused(field="text", reason=f"This is {what}, which the desk cannot read yet. {HOW_TO_PASTE}")
