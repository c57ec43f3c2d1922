"""Bodies of requests written to disk as they come, so that memory stays flat however large they are."""

from __future__ import annotations

import errno
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rest_framework import status

from annotations.operations.desk.batchlines import spool_path
from articles.api.refusals import Refusal

CHUNK = 256 * 1024


class NoRoom(Refusal):
    """The disk is full."""

    status_code = status.HTTP_507_INSUFFICIENT_STORAGE
    default_detail = _("There is no room on the desk’s disk for a body of this size. Send it in parts.")


class BodyCutShort(Refusal):
    """Fewer bytes came than were announced."""

    status_code = status.HTTP_400_BAD_REQUEST
    default_detail = _("The body ended before all of it was here. Send it again.")


@dataclass(frozen=True, slots=True)
class Spooled:
    """A body on disk: the name of its file, its length in bytes, its SHA-256 and how many lines are not blank."""

    name: str
    length: int
    sha256: str
    lines: int

    @property
    def path(self) -> Path:
        return spool_path(self.name)

    def drop(self) -> None:
        self.path.unlink(missing_ok=True)


def spool(request: HttpRequest) -> Spooled:
    """Write the body of a request to disk.

    :raises NoRoom: the disk is full.
    :raises BodyCutShort: the sender ended before the length that it announced.
    """
    folder = Path(settings.SPOOL_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{uuid4()}.ndjson"
    try:
        spooled = _write(request, name)
    except OSError as error:
        spool_path(name).unlink(missing_ok=True)
        raise (NoRoom() if error.errno in {errno.ENOSPC, errno.EDQUOT} else BodyCutShort()) from error
    announced = request.META.get("CONTENT_LENGTH") or ""
    if announced.isdecimal() and int(announced) != spooled.length:
        spooled.drop()
        raise BodyCutShort
    return spooled


def _write(request: HttpRequest, name: str) -> Spooled:
    digest, length, lines = hashlib.sha256(), 0, 0
    is_blank = True
    stream = _stream_of(request)
    with spool_path(name).open("xb") as file:
        os.fchmod(file.fileno(), 0o600)
        while chunk := stream.read(CHUNK):
            file.write(chunk)
            digest.update(chunk)
            length += len(chunk)
            found, is_blank = _count(chunk, is_blank=is_blank)
            lines += found
        file.flush()
        os.fsync(file.fileno())
    return Spooled(name, length, digest.hexdigest(), lines + (not is_blank))


def _stream_of(request: HttpRequest) -> Any:
    """What the body is read from. Without a length the server itself says where the body ends (chunked)."""
    if not request.META.get("CONTENT_LENGTH") and request.META.get("wsgi.input_terminated"):
        return request.META["wsgi.input"]
    return request


def _count(chunk: bytes, *, is_blank: bool) -> tuple[int, bool]:
    """How many lines with something in them end in a chunk, and whether the line it ends in is blank so far."""
    *ended, rest = chunk.split(b"\n")
    if not ended:
        return 0, is_blank and not rest.strip()
    first, *others = ended
    found = int(not (is_blank and not first.strip())) + sum(1 for line in others if line.strip())
    return found, not rest.strip()
