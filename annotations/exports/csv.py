"""Comma-separated values (RFC 4180, with ``\\n`` at the end of lines), safe to open in a spreadsheet.

A spreadsheet runs a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break as a formula, so words
that people wrote are given an apostrophe in front of those (OWASP, CSV Injection). Lists are joined with ``|``.
"""

from annotations.exports.record import COLUMNS, About, ExportRecord, SqlFormat, gettext_noop

MEDIA_TYPE = "text/csv; charset=utf-8"
ABOUT = About("CSV", "csv", gettext_noop("A table with a row of column names, for spreadsheets and statistics."))
BEGINS_FORMULA = "=+-@\t\r\n"
# Columns that hold words of people or of articles. All others are ours: numbers, uids and words of fixed lists.
FREE = frozenset({"headline", "outlet", "exact", "speaker", "target", "canonical", "rating", "annotator", "codebook"})
LISTS = frozenset({"secondary", "qualifiers"})
SEPARATOR = "|"
HEADER = (",".join(COLUMNS) + "\n").encode()
QUOTED = frozenset(',"\r\n')


def _expression(column: str) -> str:
    """The SQL of one cell; NULL is written as nothing, and so are empty strings."""
    name = f'mark."{column}"'
    if column in LISTS:
        return f"NULLIF(array_to_string({name}, '{SEPARATOR}'), '') AS \"{column}\""
    if column in FREE:
        codes = ", ".join(str(ord(letter)) for letter in BEGINS_FORMULA)
        return f"CASE WHEN ascii({name}) IN ({codes}) THEN '''' || {name} ELSE NULLIF({name}, '') END AS \"{column}\""
    return name


CSV = SqlFormat(
    name="csv",
    media_type=MEDIA_TYPE,
    about=ABOUT,
    select=f"SELECT {', '.join(_expression(column) for column in COLUMNS)} FROM ({{rows}}) AS mark",  # noqa: S608
    options="FORMAT csv",
    header=HEADER,
)


class CsvRows:
    """The same lines, written from records."""

    name = "csv"
    media_type = MEDIA_TYPE
    about = ABOUT

    def header(self) -> bytes:
        return HEADER

    def line(self, record: ExportRecord) -> bytes:
        return (",".join(_cell(column, getattr(record, column)) for column in COLUMNS) + "\n").encode()


def spreadsheet_safe(text: str) -> str:
    """``text`` as no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(tuple(BEGINS_FORMULA)) else text


def _cell(column: str, value: object) -> str:
    text = cell_text(column, value)
    return '"' + text.replace('"', '""') + '"' if QUOTED & set(text) else text


def cell_text(column: str, value: object) -> str:
    """What a spreadsheet may be given of a value: nothing in it runs as a formula."""
    if value is None:
        return ""
    text = SEPARATOR.join(value) if isinstance(value, list) else str(value)
    return spreadsheet_safe(text) if column in FREE else text
