"""A database that is there for the length of one evaluation, and how a corpus gets into it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, Group
from django.core.management import call_command
from django.db import connection, transaction

from articles.anchoring.text import sha256_of
from articles.management.collections import Document
from articles.models import Basis, Passage, PassageWords, Snapshot, Source
from articles.operations.passagewords import index_passages
from articles.permissions import Role

AT_ONCE = 1_000


@contextmanager
def scratch_database() -> Iterator[str]:
    """An empty desk in a database of its own, on the server of this one; gone afterwards. Gives its name.

    :raises django.db.ProgrammingError: when the role may not make databases.
    """
    home = str(connection.settings_dict["NAME"])
    scratch = f"search_{uuid.uuid4().hex}"
    _alone(f"CREATE DATABASE \"{scratch}\" TEMPLATE template0 ENCODING 'UTF8'")
    try:
        _move_to(scratch)
        call_command("migrate", verbosity=0, interactive=False)
        yield scratch
    finally:
        _move_to(home)
        _alone(f'DROP DATABASE "{scratch}"')


def _alone(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _move_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def somebody() -> AbstractUser:
    """A fact-checker who searches."""
    person: AbstractUser = get_user_model()._default_manager.create(username="searcher")
    person.groups.add(Group.objects.get_or_create(name=Role.FACT_CHECKER.value)[0])
    return person


def store(documents: Iterable[Document], *, language: str, by: AbstractUser, at: datetime) -> Iterator[dict[int, str]]:
    """Store each document as a source with one snapshot of one passage; not searchable yet.

    Gives the names of documents by the keys of their passages, some at a time. Empty documents are left out.
    """
    rest = (document for document in documents if document.text)
    while batch := list(islice(rest, AT_ONCE)):
        with transaction.atomic():
            yield _stored(batch, language, by, at)


def _stored(batch: Sequence[Document], language: str, by: AbstractUser, at: datetime) -> dict[int, str]:
    made = {"created_by_id": by.pk, "created_at": at}
    sources = _copied(Source, [{"title": each.name[:500], "language": language, **made} for each in batch])
    snapshots = _copied(
        Snapshot,
        [
            {
                "source_id": source,
                "number": 1,
                "text": each.text,
                "text_sha256": sha256_of(each.text),
                "basis": Basis.CAPTURE,
                "captured_at": at,
                **made,
            }
            for each, source in zip(batch, sources, strict=True)
        ],
    )
    passages = _copied(
        Passage,
        [
            {"snapshot_id": snapshot, "position": 0, "start": 0, "end": len(each.text), "text": each.text}
            for each, snapshot in zip(batch, snapshots, strict=True)
        ],
    )
    return {key: each.name for key, each in zip(passages, batch, strict=True)}


def _copied(model: Any, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """COPY rows into a table and give their keys."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, len(rows)]
        )
        keys = [key for (key,) in cursor.fetchall()]
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        columns = ", ".join(f'"{field.column}"' for field in fields)
        with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
            for key, row in zip(keys, rows, strict=True):
                built = model(pk=key, **row)
                copy.write_row([getattr(built, field.attname) for field in fields])
    return keys


def index(passages: Iterable[int], *, language: str) -> None:
    """Make stored passages searchable: first their words, then the index over all of them, which is quicker."""
    [definition] = PassageWords._meta.indexes
    with connection.schema_editor() as editor:
        editor.remove_index(PassageWords, definition)
    keys = iter(passages)
    while batch := list(islice(keys, AT_ONCE)):
        with transaction.atomic():
            rows = Passage.objects.filter(pk__in=batch)
            index_passages(list(rows.only("text", "snapshot_id").order_by("pk")), language=language)
    with connection.schema_editor() as editor:
        editor.add_index(PassageWords, definition)
