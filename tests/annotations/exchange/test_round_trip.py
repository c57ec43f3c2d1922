"""From one desk to another and out again: the same bytes."""

import io
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction

from annotations.exports import DESK, W3C, Format
from annotations.imports import Importer, desk, web_annotation
from annotations.models import Batch
from annotations.operations.desk.bulk import Result
from annotations.operations.exchange.importing import take_in
from annotations.queries.exchange.exportfilters import ExportFilters
from annotations.queries.exchange.exports import stream
from articles.permissions import Role
from newsdesk.models import User
from tests.factories import AT
from tests.factories.whole import make_person, make_whole_desk

pytestmark = pytest.mark.django_db


def taken_out(person: User, format: Format = DESK, **filters: Any) -> bytes:
    return b"".join(stream(format, person, ExportFilters(**filters)))


def take_all_in(file: bytes, *, by: User, importer: Importer = desk.IMPORTER) -> list[Result]:
    batch = Batch.objects.create(name="desk.ndjson", created_by=by, created_at=AT)
    return take_in(list(importer.read(io.BytesIO(file))), batch=batch, at=AT)


def lines(file: bytes, *types: str) -> bytes:
    """Those lines of records that are of these types."""
    return b"".join(line for line in file.splitlines(keepends=True) if json.loads(line)["type"] in types)


@contextmanager
def on_another_desk() -> Iterator[None]:
    """What happens within happens on a desk of its own: afterwards nothing of it is here."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_a_desk_goes_into_an_empty_one_and_comes_out_the_same() -> None:
    with on_another_desk():
        before = taken_out(make_whole_desk().editor)

    importer = make_person("importer", Role.ADMINISTRATOR)
    results = take_all_in(before, by=importer)

    assert [each for each in results if each.status == "refused"] == []
    assert Counter(each.status for each in results) == {"created": before.count(b"\n") - 1, "known": 1}
    assert taken_out(importer) == before


def test_web_annotations_go_to_another_desk_and_come_out_the_same() -> None:
    with on_another_desk():
        desk_here = make_whole_desk()
        texts = lines(taken_out(desk_here.editor), "person", "article", "source")
        before = b"".join(
            line
            for line in taken_out(desk_here.editor, W3C).splitlines(keepends=True)
            if json.loads(line)["motivation"] != "assessing"
        )

    importer = make_person("importer", Role.ADMINISTRATOR)
    take_all_in(texts, by=importer)
    results = take_all_in(before, by=importer, importer=web_annotation.IMPORTER)

    assert [each for each in results if each.status != "created"] == []
    assert before.count(b"\n") > 5
    assert taken_out(importer, W3C) == before
