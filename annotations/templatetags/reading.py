"""The text of a published piece as everybody reads it: the words of each check under their line, and a sign after them
that leads to the check and back."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from django import template
from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from annotations.highlighting import Layout
from annotations.templatetags.layers import format_tags, layer_mark
from annotations.templatetags.signs import draw_sign
from articles.anchoring.direction import direction_of

if TYPE_CHECKING:
    from annotations.queries.readers.publicchecks import Check
    from annotations.queries.readers.readerpage import ReaderPage
    from annotations.queries.workbench.page import Paragraph

register = template.Library()

# What a block is drawn as below the headline, which stands above the text.
ELEMENTS = {"heading": "h2", "quotation": "blockquote"}
SYMBOL = re.compile(r'<symbol id="i-([\w-]+)" viewBox="([\d .]+)">(.*?)</symbol>', re.DOTALL)


@register.simple_tag
def reader_text(page: ReaderPage) -> SafeString:
    """The paragraphs below the headline."""
    return SafeString("".join(_ReaderText(page).paragraphs()))


@register.simple_tag
def inline_sign(name: str) -> SafeString:
    """A sign of the sprite drawn in its place: a frame without an origin may not fetch the sprite."""
    box, drawn = _symbols().get(name, ("0 0 16 16", ""))
    return SafeString(f'<svg class="icon" viewBox="{box}" aria-hidden="true" focusable="false">{drawn}</svg>')


@lru_cache(maxsize=1)
def _symbols() -> dict[str, tuple[str, str]]:
    sprite = Path(str(finders.find("icons.svg"))).read_text(encoding="utf-8")
    return {name: (box, drawn) for name, box, drawn in SYMBOL.findall(sprite)}


class _ReaderText:
    """One piece being written out."""

    def __init__(self, page: ReaderPage) -> None:
        self.bench = page.bench
        self.layout = Layout(page.bench.text, [layer_mark(mark) for mark in page.bench.placed])
        self.ending: dict[int, list[Check]] = defaultdict(list)
        for check in page.placed:
            if check.standing is not None and check.standing.end is not None:
                self.ending[check.standing.end].append(check)

    def paragraphs(self) -> Iterator[str]:
        for paragraph in self.bench.paragraphs:
            words = "".join(self.words(paragraph))
            if paragraph.kind == "headline":
                # It stands above; what is checked in it is led to from here.
                yield f'<p class="checked-headline">{words}</p>' if self.ends_in(paragraph) else ""
                continue
            element = ELEMENTS.get(paragraph.kind, "p")
            direction = direction_of(self.bench.text[paragraph.start : paragraph.end])
            yield f'<{element} class="block-{paragraph.kind}" dir="{direction}">{words}</{element}>\n'

    def ends_in(self, paragraph: Paragraph) -> bool:
        return any(paragraph.start < end <= paragraph.end for end in self.ending)

    def words(self, paragraph: Paragraph) -> Iterator[str]:
        """The words of a block, cut where a check ends and where a format begins or ends, so that elements nest."""
        start, end = paragraph.start, paragraph.end
        formats = [(mark.start + start, mark.end + start, mark) for mark in paragraph.formats]
        borders = {start, end, *(place for place in self.ending if start < place < end)}
        borders.update(place for first, last, _mark in formats for place in (first, last) if start < place < end)
        for first, last in pairwise(sorted(borders)):
            words = self.layout.html(first, last)
            for format_start, format_end, mark in formats:
                if format_start <= first and last <= format_end:
                    opening, closing = format_tags(mark.kind, mark.href)
                    words = f"{opening}{words}{closing}"
            yield words + "".join(_leads(self.ending.get(last, ())))


def _leads(checks: Sequence[Check]) -> Iterator[str]:
    """The signs after the words of checks, joined to them by a word joiner so that no line breaks between."""
    for check in checks:
        label = _("Claim %(number)s: %(rating)s") % {"number": check.number, "rating": check.rating}
        yield (
            f'&#8288;<a class="ref is-{check.tone}" id="ref-{check.number}" href="#check-{check.uid}" '
            f'aria-label="{escape(label)}">{draw_sign(check.tone, "")}{check.number}</a>'
        )
