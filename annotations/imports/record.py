"""What every reader of annotations gives: one record after the other, each with where it stood and what is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from uuid import UUID, uuid5

# Foreign annotations have names of their own kind; ours follow from theirs, so that what comes twice is one.
FOREIGN = UUID("0b6e3c6e-6f0c-5a53-8f5c-2f9e3c3f5d10")
LONGEST_LINE = 32 * 1024 * 1024  # bytes
SKIPPED_AT_ONCE = 1024 * 1024
LARGEST_DOCUMENT = 64 * 1024 * 1024  # bytes of a file that is read whole


class RecordRefused(ValueError):
    """A record that cannot be taken in; the message says why and what would help.

    :ivar field: which of its fields is at fault; empty for the whole.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        self.field = field
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One record of a file, as :mod:`annotations.exports.desk` writes them.

    :ivar line: its number in the file, from 1; of a document that is read whole, the number of the annotation in it.
    :ivar record: None when it could not be read; ``errors`` say why. Errors beside a record say what was left out.
    :ivar people: names by uid of people whom it names; ``speakers`` likewise.
    """

    line: int
    record: Mapping[str, Any] | None
    errors: tuple[tuple[str, str], ...] = ()
    end: int = 0
    people: Mapping[str, str] = field(default_factory=dict)
    speakers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Importer:
    """A format that comes in.

    :ivar read: the records of a file, which is open at its beginning.
    """

    name: str
    media_types: tuple[str, ...]
    read: Callable[[BinaryIO], Iterator[Incoming]]


def refused(line: int, error: RecordRefused, *, end: int = 0) -> Incoming:
    return Incoming(line, None, ((error.field, str(error)),), end)


def lines_of(file: BinaryIO) -> Iterator[tuple[int, bytes | None, int]]:
    """The lines of a file with their numbers and where each ends, in bytes; None for one that is too long to be read.

    Memory holds one line of at most :data:`LONGEST_LINE` bytes, however long the lines are.
    """
    number = end = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        end += len(line)
        if len(line) > LONGEST_LINE:
            end += _skip(file, line)
            yield number, None, end
        elif line.strip():
            yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line, end


def _skip(file: BinaryIO, line: bytes) -> int:
    skipped = 0
    while not line.endswith(b"\n") and (line := file.readline(SKIPPED_AT_ONCE)):
        skipped += len(line)
    return skipped


def value_of(line: bytes | None) -> Any:
    """The JSON value of a line or a document.

    :raises RecordRefused: when it is none, or too long.
    """
    if line is None:
        raise RecordRefused(f"The line has more than {LONGEST_LINE // 1024 // 1024} MiB, so it was passed over.")
    try:
        return json.loads(line.decode(), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise RecordRefused("It is not UTF-8. Save the file as UTF-8.") from error
    except RecursionError as error:
        raise RecordRefused("It is nested too deeply.") from error
    except json.JSONDecodeError as error:
        raise RecordRefused(f"It is not JSON from character {error.pos} on ({error.msg}).") from error
    except ValueError as error:
        raise RecordRefused("It holds a number that is too long.") from error


def _refuse_constant(constant: str) -> object:
    raise RecordRefused(f"{constant} is no JSON.")


def document_of(file: BinaryIO) -> Any:
    """The JSON value of a file that is read whole.

    :raises RecordRefused: when it is none, or larger than :data:`LARGEST_DOCUMENT`.
    """
    body = file.read(LARGEST_DOCUMENT + 1)
    if len(body) > LARGEST_DOCUMENT:
        raise RecordRefused(f"The file has more than {LARGEST_DOCUMENT // 1024 // 1024} MiB. Send one record per line.")
    return value_of(body.removeprefix(b"\xef\xbb\xbf"))


def uid_of(name: object) -> str:
    """The uid that a foreign name stands for: the one it holds, else one that follows from it.

    ``urn:uuid:…``, a bare uid and an address that ends with one hold theirs.
    """
    text = str(name).strip().rstrip("/")
    try:
        return str(UUID(text.removeprefix("urn:uuid:").rpartition("/")[2]))
    except ValueError:
        return str(uuid5(FOREIGN, text))
