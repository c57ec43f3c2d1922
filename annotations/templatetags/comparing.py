"""Two revisions drawn side by side, each with the marks that stood on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.highlighting import LayerMark, Layout
from annotations.queries.workbench.comparing import Comparison, Row, Stretch
from annotations.queries.workbench.marks import ShownMark
from annotations.templatetags.layers import layer_mark

register = template.Library()


@register.simple_tag
def side_by_side(comparison: Comparison) -> SafeString:
    """The rows of a comparison: what is only before struck out, what is only after put in, marks over both."""
    before = Layout(comparison.before.text, _placed(comparison.marks_before))
    after = Layout(comparison.after.text, _placed(comparison.marks_after))
    return SafeString("".join(part for row in comparison.rows for part in _row(row, before, after)))


def _placed(marks: Iterable[ShownMark]) -> list[LayerMark]:
    return [layer_mark(mark) for mark in marks if mark.start is not None]


def _row(row: Row, before: Layout, after: Layout) -> Iterator[str]:
    if row.unchanged:
        words = ngettext("%(count)s paragraph unchanged", "%(count)s paragraphs unchanged", row.unchanged)
        yield f'<p class="fold">{escape(words % {"count": row.unchanged})}</p>'
        return
    yield '<div class="sides-row">'
    yield from _side(row.before, before, "del", _("Not in the text yet"))
    yield from _side(row.after, after, "ins", _("No longer in the text"))
    yield "</div>"


def _side(stretches: Iterable[Stretch], layout: Layout, element: str, nothing: str) -> Iterator[str]:
    drawn = [
        f"<{element}>{layout.html(stretch.start, stretch.end)}</{element}>"
        if stretch.is_changed
        else layout.html(stretch.start, stretch.end)
        for stretch in stretches
    ]
    if drawn:
        yield f'<p dir="auto">{"".join(drawn)}</p>'
    else:
        yield f'<p class="sides-none"><span class="vh">{escape(nothing)}</span></p>'
