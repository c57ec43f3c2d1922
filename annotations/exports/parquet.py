"""Columns for analysis (Apache Parquet). Needs the extra ``research``, which brings pyarrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import datetime
from itertools import islice
from typing import Any

from annotations.exports.record import COLUMNS, About, ExportRecord, gettext_noop

MEDIA_TYPE = "application/vnd.apache.parquet"
ROWS_OF_A_GROUP = 20_000
MOMENTS = frozenset({"created_at"})


class Columnar:
    name = "parquet"
    media_type = MEDIA_TYPE
    about = About(
        title="Parquet",
        suffix="parquet",
        sentence=gettext_noop("Typed columns for pandas, R, DuckDB and others."),
        extra=("research", "pyarrow"),
    )

    def table(self, records: Iterable[ExportRecord]) -> Iterator[bytes]:
        # Here and not above, because a desk without the extra has all other formats.
        import pyarrow
        from pyarrow.parquet import ParquetWriter

        schema, sink = _schema(pyarrow), _Sink()
        coming = iter(records)
        with ParquetWriter(pyarrow.PythonFile(sink, mode="w"), schema, compression="zstd") as writer:
            while group := list(islice(coming, ROWS_OF_A_GROUP)):
                columns = [[_value(name, getattr(record, name)) for record in group] for name in COLUMNS]
                writer.write_table(pyarrow.table(columns, schema=schema))
                yield sink.take()
        yield sink.take()


class _Sink:
    """A file that is read while it is written."""

    closed = False

    def __init__(self) -> None:
        self._gathered: list[bytes] = []

    def write(self, data: Any) -> int:
        self._gathered.append(bytes(data))
        return len(self._gathered[-1])

    def flush(self) -> None:
        """There is nothing behind it."""

    def close(self) -> None:
        """What was written is still to be taken."""

    def take(self) -> bytes:
        taken = b"".join(self._gathered)
        self._gathered = []
        return taken


def _schema(pyarrow: Any) -> Any:
    kinds = {"int": pyarrow.int32(), "list": pyarrow.list_(pyarrow.string()), "str": pyarrow.string()}
    typed = []
    for each in fields(ExportRecord):
        said = str(each.type)
        moment = pyarrow.timestamp("us", tz="UTC") if each.name in MOMENTS else None
        kind = moment or kinds[said.partition("[")[0].partition(" ")[0]]
        typed.append(pyarrow.field(each.name, kind, nullable="None" in said))
    return pyarrow.schema(typed, metadata={"offsets": "Unicode code points, half-open, of the text with text_sha256"})


def _value(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if name in MOMENTS else value
