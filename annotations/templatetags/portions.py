"""Portions in words: what a row of a plot says aloud, and what a cell of its table shows."""

from __future__ import annotations

from datetime import date

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from annotations.agreement.drift import Share
from annotations.queries.desk.columns import Column, Period
from annotations.queries.desk.quoted import Narrowed
from annotations.queries.insights.portions import Portion
from annotations.queries.insights.scope import Scope
from annotations.templatetags.judging import shortly_of, wholly_of

register = template.Library()


@register.filter
def percent(counted: Portion | Share) -> str:
    """The share in whole percents, with one digit below ten; a dash where there is none."""
    share = counted.value if isinstance(counted, Share) else counted.share
    return "–" if share is None else f"{_percent(share)} %"


@register.filter
def from_to(counted: Portion | Share) -> str:
    """The interval in percents."""
    if isinstance(counted, Portion) and counted.share is None:
        return "–"
    return f"{_percent(counted.low)} – {_percent(counted.high)} %"


@register.filter
def share_drawn(share: Share) -> SafeString:
    """A share as a small bar with its interval; the words beside it say the same."""
    value, low, high = (round(100 * part) for part in (share.value, share.low, share.high))
    return format_html(
        '<svg class="precision share-bar" viewBox="0 0 100 10" aria-hidden="true" focusable="false">'
        '<rect class="precision-ground" width="100" height="10"/><rect class="precision-share" width="{}" height="10"/>'
        '<path class="precision-interval" d="M{} 5H{}"/></svg>',
        *(value, low, high),
    )


@register.filter
def so_many_of(portion: Portion) -> str:
    """12 of 340."""
    return _("%(hits)s of %(of)s") % {"hits": intcomma(portion.hits), "of": intcomma(portion.of)}


@register.filter
def in_words(portion: Portion) -> str:
    """The Paper: 12 of 340, 3.5 %, between 2.0 and 6.1 %."""
    if portion.share is None:
        told = _("nothing was counted")
        return f"{portion.name}: {told}" if portion.name else told
    words = _("%(so_many)s, %(share)s %%, between %(low)s and %(high)s %%") % {
        "so_many": so_many_of(portion),
        "share": _percent(portion.share),
        "low": _percent(portion.low),
        "high": _percent(portion.high),
    }
    return f"{portion.name}: {words}" if portion.name else words


@register.filter
def shortly(first: date, is_by_day: bool) -> str:
    """A day or a month under an axis."""
    if is_by_day:
        return shortly_of(first, Period.DAY)
    return date_format(first, "M y")


@register.filter
def wholly(first: date, is_by_day: bool) -> str:
    """A day or a month in full."""
    return wholly_of(first, Period.DAY if is_by_day else Period.MONTH)


def _percent(share: float) -> str:
    hundredths = 100 * share
    return f"{hundredths:.1f}" if round(hundredths, 1) < 10 else f"{hundredths:.0f}"


@register.filter
def days_of(column: Column, scope: Scope | None) -> str:
    """The end of an address that asks for the days of a column, within what is asked for already."""
    days = Narrowed(period=column.address).days
    assert days is not None
    asked = scope or Scope()
    return asked.within(since=max(days[0], asked.since or days[0]), until=min(days[1], asked.until or days[1])).query()
