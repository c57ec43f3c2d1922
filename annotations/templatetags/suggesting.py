"""How often a rule was right, drawn."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from annotations.queries.rules import WHY
from annotations.queries.suggestions import RuleRecord

register = template.Library()


@register.filter
def why(rule: str) -> str:
    """Why a rule took words for a quotation; empty for a rule that is not ours."""
    return str(WHY.get(rule, ""))


@register.simple_tag
def precision_bar(record: RuleRecord) -> SafeString:
    """The precision of a rule as a bar with its interval, and in words; in units of a hundredth."""
    if record.precision is None:
        return format_html('<span class="faint">{}</span>', _("nobody has decided yet"))
    low, high = (round(100 * end) for end in record.interval)
    share = round(100 * record.precision)
    words = _("%(share)s %%, between %(low)s and %(high)s %%") % {"share": share, "low": low, "high": high}
    return format_html(
        '<span class="row nowrap"><svg class="precision" viewBox="0 0 100 10" role="img" aria-label="{}">'
        '<rect class="precision-ground" width="100" height="10"/><rect class="precision-share" width="{}" height="10"/>'
        '<path class="precision-interval" d="M{} 5H{}"/></svg><span class="num small" aria-hidden="true">{} %</span>'
        "</span>",
        *(words, share, low, high, share),
    )
