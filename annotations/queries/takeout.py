"""The first rows of an export, to look at before taking it out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from django.contrib.auth.models import AbstractUser

from annotations.exports.ndjson import NdjsonRows
from annotations.queries.exports import ExportFilters, stream
from articles.models import Article

ROWS_SHOWN = 10


def first_rows(person: AbstractUser, filters: ExportFilters) -> list[dict[str, Any]]:
    """At most :data:`ROWS_SHOWN` records of the export, each by its columns. Reads the beginning, not the rest."""
    with closing(stream(NdjsonRows(), person, filters)) as chunks:  # type: ignore[type-var]
        beginning = next(iter(chunks), b"")
    return [json.loads(line) for line in beginning.splitlines()[:ROWS_SHOWN]]


def hold_sample_material(rows: Sequence[dict[str, Any]]) -> bool:
    """Whether any of these records is of the demonstration."""
    return Article.objects.filter(uid__in={row["article"] for row in rows}, is_demonstration=True).exists()
