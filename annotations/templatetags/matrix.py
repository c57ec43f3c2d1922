"""The cells of an agreement matrix: some thousand of them, so they are written here rather than in a template."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from annotations.queries.studies.agreementplots import Cell, Cells

register = template.Library()


@register.simple_tag
def matrix_cells(drawn: Cells, cells: Sequence[Cell]) -> SafeString:
    """A row of the matrix as SVG; every cell with sentences in it is a link that says what it counts."""
    said = _("%(row)s by %(first)s, %(column)s by %(second)s: %(number)s")
    return mark_safe("".join(_cell(drawn, cell, said) for cell in cells))  # noqa: S308 - escaped in _cell


def _cell(drawn: Cells, cell: Cell, said: str) -> str:
    rect = (
        f'<rect class="cell cell-{cell.shade}" x="{cell.x}" y="{cell.y}" '
        f'width="{drawn.cell_width}" height="{drawn.cell_height}"/>'
    )
    hidden = "" if cell.href else ' aria-hidden="true"'
    number = (
        f'<text class="{"on-dark" if cell.is_dark else "on-light"}" x="{cell.middle}" y="{cell.baseline}" '
        f'text-anchor="middle"{hidden}>{cell.number}</text>'
    )
    if not cell.href:
        return rect + number
    names = {"row": cell.row, "column": cell.column, "first": drawn.first, "second": drawn.second}
    label = said % {**names, "number": cell.number}
    return f'<a href="{escape(cell.href)}" aria-label="{escape(label)}">{rect}{number}</a>'


@register.simple_tag
def table_cells(cells: Sequence[Cell]) -> SafeString:
    """The same row for the table behind the drawing."""
    written = (f'<a href="{escape(cell.href)}">{cell.number}</a>' if cell.href else str(cell.number) for cell in cells)
    return mark_safe("".join(f'<td class="end num">{each}</td>' for each in written))  # noqa: S308 - escaped above
