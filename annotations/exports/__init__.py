"""Annotations as files that other programs read. Pure: records, articles and statements in, bytes out.

A format is one file here and one line in :data:`FORMATS`.
"""

from annotations.exports.brat import StandOff
from annotations.exports.cas import UIMA_JSON, XMI
from annotations.exports.claimreview import ClaimReviews
from annotations.exports.conll import Tokens
from annotations.exports.csv import CSV
from annotations.exports.desk import DESK, DeskFormat
from annotations.exports.doccano import SequenceLabels
from annotations.exports.labelstudio import Tasks
from annotations.exports.ndjson import NDJSON
from annotations.exports.newsarticle import NewsArticles
from annotations.exports.ninjs import NINJS_2_1, NINJS_3_1
from annotations.exports.parquet import Columnar
from annotations.exports.record import ArticleFormat, ExportRecord, Format, RowFormat, SqlFormat, TableFormat
from annotations.exports.web_annotation import W3C, WebAnnotationLines
from annotations.exports.xlsx import Workbook

FORMATS: tuple[Format, ...] = (
    NDJSON,
    CSV,
    DESK,
    W3C,
    Workbook(),
    Columnar(),
    ClaimReviews(),
    NewsArticles(),
    NINJS_3_1,
    NINJS_2_1,
    StandOff(),
    Tokens(),
    Tasks(),
    SequenceLabels(),
    XMI,
    UIMA_JSON,
)

__all__ = [
    "CSV",
    "DESK",
    "FORMATS",
    "NDJSON",
    "W3C",
    "ArticleFormat",
    "DeskFormat",
    "ExportRecord",
    "Format",
    "RowFormat",
    "SqlFormat",
    "TableFormat",
    "WebAnnotationLines",
]
