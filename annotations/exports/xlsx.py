"""A workbook for spreadsheets (ECMA-376, SpreadsheetML), written row by row.

Written here over ``zipfile`` (docs/decisions/0023 says why): text goes into the cells themselves (``inlineStr``), so
there is no table of strings to keep in memory, and no cell is ever a formula. A sheet holds 1,048,576 rows; the next
sheet goes on with a header of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from annotations.exports.csv import cell_text
from annotations.exports.record import COLUMNS, About, ExportRecord, gettext_noop
from annotations.exports.zipped import ZipStream

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_OF_A_SHEET = 1_048_576
LONGEST_CELL = 32_767  # UTF-16 code units; Excel repairs a file with a longer one by dropping it
NUMBERS = frozenset({"revision", "start", "end", "severity", "polarity", "version"})
# Characters that XML cannot hold, and the way around it that could be taken for one of them.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\r]|_(?=x[0-9A-Fa-f]{4}_)")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


class Workbook:
    name = "xlsx"
    media_type = MEDIA_TYPE
    about = About(
        title="XLSX",
        suffix="xlsx",
        sentence=gettext_noop("A workbook for spreadsheets, with the columns of the CSV. No cell is a formula."),
        drops=gettext_noop("A cell holds 32,767 characters; words beyond that are cut off."),
    )

    def table(self, records: Iterable[ExportRecord]) -> Iterator[bytes]:
        archive, coming, sheets = ZipStream(), iter(records), 0
        more = next(coming, None)
        while sheets == 0 or more is not None:
            sheets += 1
            first = [] if more is None else [more]
            rows = _chained(first, islice(coming, ROWS_OF_A_SHEET - 1 - len(first)))
            yield from archive.grow(f"xl/worksheets/sheet{sheets}.xml", _sheet(rows))
            more = next(coming, None)
        for name, content in _frame(sheets).items():
            archive.add(name, (_HEAD + content).encode())
        yield archive.end()


def _chained(first: Iterable[ExportRecord], others: Iterable[ExportRecord]) -> Iterator[ExportRecord]:
    yield from first
    yield from others


def _sheet(records: Iterable[ExportRecord]) -> Iterator[bytes]:
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    views = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    yield f'{_HEAD}<worksheet xmlns="{_MAIN}">{views}<sheetData>'.encode()
    yield _row("".join(_text(column) for column in COLUMNS))
    for record in records:
        yield _row("".join(_cell(column, getattr(record, column)) for column in COLUMNS))
    yield b"</sheetData></worksheet>"


def _row(cells: str) -> bytes:
    return f"<row>{cells}</row>".encode()


def _cell(column: str, value: object) -> str:
    if value is None:
        return "<c/>"
    if column in NUMBERS:
        return f"<c><v>{value}</v></c>"
    return _text(cell_text(column, value))


def _text(text: str) -> str:
    if len(text) * 2 > LONGEST_CELL:
        text = text.encode("utf-16-le")[: 2 * LONGEST_CELL].decode("utf-16-le", "ignore")
    escaped = _UNWRITABLE.sub(_by_number, text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escaped}</t></is></c>' if text else "<c/>"


def _by_number(found: re.Match[str]) -> str:
    """ECMA-376 part 1, 22.9.2.19: ``_xHHHH_``."""
    return f"_x{ord(found.group()):04X}_"


def _frame(sheets: int) -> dict[str, str]:
    """The parts that hold the sheets together."""
    numbers = range(1, sheets + 1)
    return {
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
            + "".join(f'<sheet name="annotations {n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
            + "</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": _relations(
            (n, f"{_RELATIONS}/worksheet", f"worksheets/sheet{n}.xml") for n in numbers
        ),
        "_rels/.rels": _relations([(1, f"{_RELATIONS}/officeDocument", "xl/workbook.xml")]),
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_BOOK}"/>'
            + "".join(f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_SHEET}"/>' for n in numbers)
            + "</Types>"
        ),
    }


def _relations(relations: Iterable[tuple[int, str, str]]) -> str:
    written = "".join(f'<Relationship Id="rId{n}" Type="{kind}" Target="{to}"/>' for n, kind, to in relations)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{written}</Relationships>'
