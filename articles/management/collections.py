"""Test collections as the BEIR benchmark writes them: passages, queries, and judgements which answers which."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

# Characters that PostgreSQL cannot keep, and halves of characters.
_UNKEPT = re.compile("[\x00\ud800-\udfff]")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")


class CollectionMalformed(Exception):
    """A file of a collection cannot be read; the message names file, line and reason."""


class Document(NamedTuple):
    """A passage of a corpus under its name there; the title, if it has one, is the beginning of its text."""

    name: str
    text: str


def read_corpus(path: Path) -> Iterator[Document]:
    """The passages of a corpus, one JSON object per line with ``_id`` (or ``id``), ``title`` and ``text``.

    Title or text may be missing or empty; what has neither is given with an empty text.

    :raises CollectionMalformed: when a line is no such object, or names a passage twice.
    """
    seen: set[str] = set()
    for number, record in _objects(path):
        name = _name(path, number, record)
        if name in seen:
            raise CollectionMalformed(f"{path}, line {number}: there is another passage {name!r} before it.")
        seen.add(name)
        parts = [_text(path, number, record, key) for key in ("title", "text")]
        yield Document(name, "\n".join(part for part in parts if part))


def read_queries(path: Path) -> dict[str, str]:
    """The queries by their names: ``_id`` (or ``id``) and ``text``.

    :raises CollectionMalformed: when a line is no such object, names a query twice, or there is none.
    """
    queries: dict[str, str] = {}
    for number, record in _objects(path):
        name = _name(path, number, record)
        if name in queries:
            raise CollectionMalformed(f"{path}, line {number}: there is another query {name!r} before it.")
        queries[name] = _text(path, number, record, "text")
    if not queries:
        raise CollectionMalformed(f"{path}: there is no query in it.")
    return queries


def read_judgements(path: Path) -> dict[str, dict[str, float]]:
    """How relevant which passage is to which query: ``query-id corpus-id score`` with or without a line of headings.

    Parts are separated by tabs or spaces. Four of them are read as TREC writes them, with a number nobody uses as the
    second. Of a pair judged twice the higher score counts.

    :raises CollectionMalformed: when a line is none of these, or there is none.
    """
    judgements: dict[str, dict[str, float]] = {}
    for number, line in _lines(path):
        parts = line.split("\t") if "\t" in line else line.split()
        if len(parts) == 4:
            del parts[1]
        if len(parts) != 3 or not _NUMBER.fullmatch(parts[2].strip()):
            if not judgements and number == 1:
                continue
            raise CollectionMalformed(f"{path}, line {number}: “query-id corpus-id score” was expected, not {line!r}.")
        query, document, score = (part.strip() for part in parts)
        of_query = judgements.setdefault(query, {})
        of_query[document] = max(float(score), of_query.get(document, float(score)))
    if not judgements:
        raise CollectionMalformed(f"{path}: there is no judgement in it.")
    return judgements


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Lines that are not empty, with their numbers from 1."""
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except OSError as error:
        raise CollectionMalformed(f"{path}: {error.strerror or error}.") from error


def _objects(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in _lines(path):
        try:
            record = json.loads(line)
        except ValueError as error:
            raise CollectionMalformed(f"{path}, line {number}: this is no JSON ({error}).") from error
        if not isinstance(record, dict):
            raise CollectionMalformed(f"{path}, line {number}: an object was expected.")
        yield number, record


def _name(path: Path, number: int, record: dict[str, Any]) -> str:
    name = record.get("_id", record.get("id"))
    if isinstance(name, bool) or not isinstance(name, str | int) or not str(name).strip():
        raise CollectionMalformed(f"{path}, line {number}: it has no “_id”.")
    return str(name).strip()


def _text(path: Path, number: int, record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    if value is not None and not isinstance(value, str):
        raise CollectionMalformed(f"{path}, line {number}: “{key}” is no text.")
    return _UNKEPT.sub(" ", value or "").strip()
