"""Compressed bodies are unpacked while they come, never further than the limit."""

import zlib
from typing import Protocol

from articles.fetching.refusals import Code, FetchRefused

# What the desk says it can read; a site that sends anything else was not asked to.
ACCEPTED = "gzip, deflate"
GZIP_START = 0x1F
# Files that grew by appending have a few; a million empty ones only cost time.
MOST_MEMBERS = 1000
GZIP_WINDOW = 16 + zlib.MAX_WBITS


class Unpacker(Protocol):
    """Takes a body piece by piece."""

    def unpack(self, piece: bytes, *, room: int) -> bytes:
        """Give what the piece holds, at most ``room`` bytes of it.

        :raises FetchRefused: the piece cannot be unpacked.
        """

    def finish(self) -> None:
        """Say that no more pieces come.

        :raises FetchRefused: the body is not complete.
        """


class Plain:
    """A body that is sent as it is."""

    def unpack(self, piece: bytes, *, room: int) -> bytes:
        return piece[:room]

    def finish(self) -> None:
        """Nothing can be missing: HTTP itself counts the bytes."""


class Deflated:
    """zlib (RFC 1950), or the bare deflate stream (RFC 1951) that some servers send under the same name."""

    def __init__(self) -> None:
        self._head = b""
        self._stream = zlib.decompressobj()

    def unpack(self, piece: bytes, *, room: int) -> bytes:
        if len(self._head) < 2:
            piece = self._head = self._head + piece
            if len(self._head) < 2:
                return b""
            self._stream = zlib.decompressobj(zlib.MAX_WBITS if _is_zlib(self._head) else -zlib.MAX_WBITS)
        return _decompressed(self._stream, piece, room=room)

    def finish(self) -> None:
        if self._head and not self._stream.eof:
            raise _broken()


class Gzipped:
    """One or more gzip members (RFC 1952); padding after the last one is passed over."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(GZIP_WINDOW)
        self._members = 0

    def unpack(self, piece: bytes, *, room: int) -> bytes:
        unpacked = bytearray()
        while piece and len(unpacked) < room:
            if self._stream.eof or not self._members:
                if self._members and piece[0] != GZIP_START:
                    break
                self._begin_member()
            unpacked += _decompressed(self._stream, piece, room=room - len(unpacked))
            piece = self._stream.unused_data
        return bytes(unpacked)

    def finish(self) -> None:
        if self._members and not self._stream.eof:
            raise _broken()

    def _begin_member(self) -> None:
        self._members += 1
        if self._members > MOST_MEMBERS:
            raise _broken()
        self._stream = zlib.decompressobj(GZIP_WINDOW)


def unpacker_for(encoding: str) -> Unpacker:
    """Give the unpacker for a ``Content-Encoding``.

    :raises FetchRefused: it is one the desk did not say it reads, or several over one another.
    """
    match encoding.strip().lower():
        case "" | "identity":
            return Plain()
        case "gzip" | "x-gzip":
            return Gzipped()
        case "deflate":
            return Deflated()
    raise FetchRefused(
        code=Code.ENCODING,
        reason="The site sent the page packed in a way the desk did not ask for. Save the page and bring in the file.",
    )


def _is_zlib(head: bytes) -> bool:
    """Whether two bytes are a zlib header (RFC 1950, section 2.2)."""
    return head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0


def _decompressed(stream: "zlib._Decompress", piece: bytes, *, room: int) -> bytes:
    try:
        return stream.decompress(piece, room)
    except zlib.error:
        raise _broken() from None


def _broken() -> FetchRefused:
    return FetchRefused(
        code=Code.ENCODING,
        reason="The page was packed, and the pack is damaged. Try again later, or save the page and bring in the file.",
    )
