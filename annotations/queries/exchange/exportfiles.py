"""Export files as their makers see them, and the parts of them that clients ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotations.exports import FORMATS
from annotations.models import ExportFile
from annotations.queries.exchange.exportsending import file_name

CHUNK = 256 * 1024  # bytes
SHOWN = 20
# RFC 9110, section 14.1.2, with one range; a client that asks for several gets all of it.
RANGE = re.compile(r"bytes=(\d*)-(\d*)\Z")


@dataclass(frozen=True, slots=True)
class Part:
    """An answer with a file or with a part of it."""

    status: int
    chunks: Iterator[bytes]
    headers: dict[str, str]


def part_of(file: ExportFile, path: Path, *, asked: str = "", only_if: str = "", known: str = "") -> Part:
    """What answers a request for a finished file.

    :param asked: the ``Range`` of the request; ``only_if`` its ``If-Range``, ``known`` its ``If-None-Match``.
    """
    size, tag = file.size or 0, f'"{file.sha256}"'
    [format] = [each for each in FORMATS if each.name == file.format]
    headers = {
        "Content-Type": format.media_type,
        "Content-Disposition": f'attachment; filename="{file_name(format, day=file.created_at.date())}"',
        "Cache-Control": "private, no-cache",
        "Accept-Ranges": "bytes",
        "ETag": tag,
        "X-Total-Count": str(file.rows),
    }
    if tag in [each.strip().removeprefix("W/") for each in known.split(",")]:
        return Part(304, iter(()), headers)
    found = RANGE.match(asked.strip()) if not only_if or only_if == tag else None
    if found is None or not (found[1] or found[2]):
        return Part(200, _bytes_of(path, 0, size), {**headers, "Content-Length": str(size)})
    first, last = _bounds(found[1], found[2], size)
    if first > last:
        return Part(416, iter(()), {**headers, "Content-Range": f"bytes */{size}"})
    of_part = {"Content-Range": f"bytes {first}-{last}/{size}", "Content-Length": str(last - first + 1)}
    return Part(206, _bytes_of(path, first, last + 1), {**headers, **of_part})


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """The first and the last byte; the first after the last where no byte fits."""
    if not first:
        length = int(last)
        return (size - min(length, size), size - 1) if length else (1, 0)
    return int(first), min(int(last), size - 1) if last else size - 1


def _bytes_of(path: Path, start: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        left = end - start
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk


def manifest_beside(file: ExportFile) -> dict[str, Any]:
    """The manifest of a finished file: what it holds, and of which moment."""
    return {
        **file.manifest,
        "file_sha256": file.sha256,
        "bytes": file.size,
        "made_at": file.created_at.isoformat(),
        "expires_at": file.expires_at.isoformat(),
    }
