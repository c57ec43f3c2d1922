"""Annotations as files that other programs read. Pure: records and statements in, bytes out.

A format is one file here and one line in :data:`FORMATS`.
"""

from annotations.exports.csv import CSV
from annotations.exports.desk import DESK, DeskFormat
from annotations.exports.ndjson import NDJSON
from annotations.exports.record import ExportRecord, Format, RowFormat, SqlFormat
from annotations.exports.web_annotation import W3C, WebAnnotationLines

FORMATS: tuple[Format, ...] = (NDJSON, CSV, DESK, W3C)

__all__ = [
    "CSV",
    "DESK",
    "FORMATS",
    "NDJSON",
    "W3C",
    "DeskFormat",
    "ExportRecord",
    "Format",
    "RowFormat",
    "SqlFormat",
    "WebAnnotationLines",
]
