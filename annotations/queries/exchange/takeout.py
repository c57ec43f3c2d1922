"""The first rows of an export, to look at before taking it out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from itertools import islice
from typing import Any

from django.contrib.auth.models import AbstractUser

from annotations.exports.ndjson import NdjsonRows
from annotations.queries.exchange.exportfilters import ExportFilters
from annotations.queries.exchange.exports import stream
from articles.models import Article

ROWS_SHOWN = 10


def first_rows(person: AbstractUser, filters: ExportFilters) -> list[dict[str, Any]]:
    """At most :data:`ROWS_SHOWN` records of the export, each by its columns. Reads the beginning, not the rest."""
    with closing(stream(NdjsonRows(), person, filters)) as chunks:  # type: ignore[type-var]
        lines = b"".join(islice(chunks, 2)).split(b"\n")
    # The first chunk is one line, and the second may end in the middle of one.
    records = [json.loads(line) for line in lines[:-1][: ROWS_SHOWN + 1]]
    return [record for record in records if "manifest" not in record][:ROWS_SHOWN]


def hold_sample_material(rows: Sequence[dict[str, Any]]) -> bool:
    """Whether any of these records is of the demonstration."""
    return Article.objects.filter(uid__in={row["article"] for row in rows}, is_demonstration=True).exists()
