"""The articles of a batch, one by one, out of what holds them; memory does not grow with their number."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

from django.conf import settings

from annotations.operations.desk.bulk import Line
from articles.ingest.readers import MEDIA_TYPES, reader_of
from articles.ingest.record import IncomingArticle, ReadingRefused
from articles.ingest.records import LONGEST_LINE, are_lines, read_lines
from articles.operations.bulk import Piece

# Of one transaction. A part of long articles ends earlier, so that memory stays flat.
LINES_OF_PART = 200
BYTES_OF_PART = 8 * 1024 * 1024
RECORDS = "records"
LARGEST_FILE = 64 * 1024 * 1024
SKIPPED_AT_ONCE = 1024 * 1024
LONGEST_NAME = 300


class ByteLines(Protocol):
    """A file that is read line by line."""

    def readline(self, size: int = -1, /) -> bytes: ...


def spool_path(name: str) -> Path:
    """Where a spooled body lies."""
    return Path(settings.SPOOL_DIR) / name


def record_lines(file: ByteLines, *, position: int = 0, after: int = 0, name: str = "") -> Iterator[Line]:
    """The records of our own NDJSON from where the file stands, ``position`` bytes and ``after`` lines into it.

    A line that cannot be read comes without a text, and its errors say why.
    """
    remembered = _Remembered(file, position=position, number=after)
    for article in read_lines(remembered, first=after + 1):
        piece = Piece(article, remembered.line, MEDIA_TYPES[RECORDS], RECORDS, name)
        yield Line(remembered.number, piece, remembered.position)


class _Remembered:
    """The lines of a file; says which was taken last. Of a line that is too long the beginning is given."""

    def __init__(self, file: ByteLines, *, position: int, number: int) -> None:
        self._file = file
        self.position = position
        self.number = number
        self.line = b""

    def __iter__(self) -> Iterator[bytes]:
        while line := self._file.readline(LONGEST_LINE + 1):
            self.line = line
            self.number += 1
            self.position += len(line) + self._skip_rest(line)
            yield line

    def _skip_rest(self, line: bytes) -> int:
        skipped = 0
        while len(line) > LONGEST_LINE and line and not line.endswith(b"\n"):
            rest = self._file.readline(SKIPPED_AT_ONCE)
            skipped += len(rest)
            if not rest or rest.endswith(b"\n"):
                break
        return skipped


def file_lines(paths: Sequence[Path], *, after: int = 0) -> Iterator[Line]:
    """The articles in files of any format, in the order of the files, numbered through; ``after`` are left out.

    A file that cannot be read counts as one article without a text, whose errors say why. ``end`` of a line counts the
    bytes of all files up to there.
    """
    number = through = 0
    for path in paths:
        for piece, end in _pieces(path):
            number += 1
            if number > after:
                yield Line(number, piece, through + end)
        through += length_of(path)


def readable(path: Path) -> str:
    """A path as it can be kept and shown: names of files may hold bytes that are no text."""
    return os.fsencode(path).decode(errors="replace")


def name_of(path: Path) -> str:
    """The name of a file, as long as it is kept."""
    return readable(Path(path.name))[:LONGEST_NAME]


def length_of(path: Path) -> int:
    """The length of a file in bytes; 0 when it is gone or nobody may look at it."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _pieces(path: Path) -> Iterator[tuple[Piece, int]]:
    """The articles of a file, each with the byte after it; of a file that is read whole, after the file."""
    try:
        with path.open("rb") as file:
            if are_lines(file.peek(), path.name):
                yield from ((line.piece, line.end) for line in record_lines(file, name=name_of(path)))
                return
            for piece in _read(file, path):
                yield piece, file.tell()
    except OSError as error:
        reason = f"The file cannot be opened ({error.strerror}). Look at its name and who may read it."
        yield _unread(path, reason), 0
    except ReadingRefused as refused:
        yield _unread(path, refused.reason), 0


def _read(file: io.BufferedReader, path: Path) -> Iterator[Piece]:
    body = file.read(LARGEST_FILE + 1)
    if len(body) > LARGEST_FILE:
        limit = LARGEST_FILE // 1024 // 1024
        raise ReadingRefused(field="text", reason=f"The file has more than {limit} MiB. Bring it in as several.")
    reader = reader_of(body, name=path.name)
    for article in reader.read(body, name=path.name):
        yield Piece(article, body, MEDIA_TYPES[reader.name], reader.name, name_of(path))


def _unread(path: Path, reason: str) -> Piece:
    article = IncomingArticle(headline="", blocks=(), errors=(f"{readable(path)}: {reason}",))
    return Piece(article, b"", "application/octet-stream", "", name_of(path))


def in_parts(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Lines put together as transactions take them."""
    part: list[Line] = []
    size = 0
    for line in lines:
        part.append(line)
        size += len(line.piece.content)
        if len(part) >= LINES_OF_PART or size >= BYTES_OF_PART:
            yield part
            part, size = [], 0
    if part:
        yield part


def read_ahead(parts: Iterator[list[Line]]) -> Iterator[list[Line]]:
    """The same parts; the next one is read while the database works on the one before."""
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading-ahead") as reader:
        coming = reader.submit(next, parts, None)
        while (part := coming.result()) is not None:
            coming = reader.submit(next, parts, None)
            yield part
