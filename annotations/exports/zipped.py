"""A ZIP archive as a stream: written to nowhere but the next piece, so that its size does not matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

MEDIA_TYPE = "application/zip"
# The same contents make the same bytes, whenever they are written.
EPOCH = (1980, 1, 1, 0, 0, 0)
PIECE = 64 * 1024  # bytes


class _Sink:
    """What ZipFile writes to when there is no file to go back in."""

    def __init__(self) -> None:
        self._gathered: list[bytes] = []
        self.size = 0

    def write(self, data: bytes) -> int:
        self._gathered.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """There is nothing behind it."""

    def close(self) -> None:
        """What was written is still to be taken."""

    def take(self) -> bytes:
        taken = b"".join(self._gathered)
        self._gathered, self.size = [], 0
        return taken


class ZipStream:
    """Members are added one after the other; :meth:`taken` gives what has been written since it was asked last."""

    def __init__(self) -> None:
        self._sink = _Sink()
        self._archive = ZipFile(self._sink, "w", ZIP_DEFLATED)

    def add(self, name: str, content: bytes) -> None:
        """A whole member."""
        self._archive.writestr(_member(name), content)

    def grow(self, name: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """A member that is written as its pieces come; gives what is ready of the archive."""
        with self._archive.open(_member(name), "w", force_zip64=True) as member:
            for piece in pieces:
                member.write(piece)
                if self._sink.size >= PIECE:
                    yield self.taken()

    def is_ready(self) -> bool:
        """Whether enough has been written to be sent."""
        return self._sink.size >= PIECE

    def taken(self) -> bytes:
        return self._sink.take()

    def end(self) -> bytes:
        """Write the directory, and give what is left."""
        self._archive.close()
        return self.taken()


def _member(name: str) -> ZipInfo:
    member = ZipInfo(name, EPOCH)
    member.compress_type = ZIP_DEFLATED
    member.external_attr = 0o644 << 16
    return member
