"""How often a rule was right, drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from annotations.queries.workbench.rules import REASONS, WHY
from annotations.queries.workbench.suggestions import RuleRecord

register = template.Library()


@register.filter
def why(rule: str) -> str:
    """Why a rule of ours took words for a quotation, or the signal that spoke most for a claim; else empty."""
    return str(WHY.get(rule, "") or REASONS.get(rule, ""))


@register.filter
def by_kind(reasons: Sequence[Mapping[str, str]]) -> list[tuple[str, list[str]]]:
    """Reasons for a suggestion as the name of each kind with its words, each once; in the order given."""
    found: dict[str, dict[str, None]] = {}
    for reason in reasons:
        words = found.setdefault(reason["kind"], {})
        if reason["words"]:
            words[reason["words"]] = None
    return [(str(REASONS.get(kind, kind)), list(words)) for kind, words in found.items()]


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
