"""The claims of an article as rows of a table; everything that comes from people is escaped here."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.models import CheckState, ClaimantKind, ClaimType, Stance
from annotations.queries.checking.verdicts import ShownVerdict
from annotations.queries.workbench.marks import ShownClaim, ShownMark
from annotations.templatetags.layers import STANCE_TONES, badge, verdict_sign
from annotations.templatetags.signs import draw_sign

if TYPE_CHECKING:
    from annotations.queries.workbench.page import Workbench

register = template.Library()


@register.simple_tag
def ledger_rows(bench: Workbench) -> SafeString:
    """The rows of the claims ledger."""
    labels = {name: escape(words) for name, words in _ledger_labels().items()}
    return SafeString("".join(_ledger_row(bench, claim, labels) for claim in bench.ledger))


def _ledger_labels() -> dict[str, str]:
    return {
        "claim": _("Claim"),
        "claimant": _("Claimant"),
        "evidence": _("Evidence"),
        "verdict": _("Verdict"),
        "state": _("State"),
    }


def _ledger_row(bench: Workbench, claim: ShownClaim, labels: dict[str, str]) -> str:
    is_current = bench.selected is not None and bench.selected.uid == claim.uid
    current = ' aria-current="true"' if is_current else ""
    place = (
        _("no place") if claim.start is None else _("Sentence %(number)s") % {"number": bench.sentence_of(claim) + 1}
    )
    claimant = claim.claimant or str(ClaimantKind(claim.claimant_kind).label)
    verdict = claim.verdict
    badges = f"{badge(claim)}{_talk(bench, claim)}"
    return (
        f"<tr{current}>"
        f'<th scope="row" data-label="{labels["claim"]}">{badges}</th>'
        f'<td><p dir="auto">{escape(claim.canonical)}</p>'
        f'<p class="small faint">{escape(place)} · {escape(str(ClaimType(claim.claim_type).label))}</p></td>'
        f'<td data-label="{labels["claimant"]}">{escape(claimant)}</td>'
        f'<td data-label="{labels["evidence"]}">{_stances(bench.evidence.get(claim.pk, {}))}</td>'
        f'<td data-label="{labels["verdict"]}">{verdict_sign(verdict)}</td>'
        f'<td data-label="{labels["state"]}">{_state(verdict)}</td></tr>'
    )


def _talk(bench: Workbench, mark: ShownMark) -> str:
    """How many open threads a mark has, as the way to them; nothing where it has none."""
    count = bench.talk.open_on(mark)
    if not count:
        return ""
    label = ngettext("%(count)s open comment", "%(count)s open comments", count) % {"count": count}
    return (
        f' <a class="talk" href="?mark={mark.uid}#threads" data-marks="{escape(mark.label)}"'
        f' aria-label="{escape(mark.label)}: {escape(label)}">{draw_sign("talk")}{count}</a>'
    )


def _stances(counts: Mapping[str, int]) -> str:
    if not counts:
        return f'<span class="faint">{escape(_("none"))}</span>'
    drawn = "".join(
        f'<span class="stance {STANCE_TONES[stance]} small">{draw_sign(stance)}'
        f'{count} <span class="vh">{escape(str(Stance(stance).label))}</span></span> '
        for stance, count in sorted(counts.items(), key=lambda pair: Stance.values.index(pair[0]))
    )
    return f'<span class="row">{drawn}</span>'


def _state(verdict: ShownVerdict) -> str:
    name = str(CheckState(verdict.state).label) if verdict.state else _("Not begun")
    stale = f' <span class="tag tag-stale">{draw_sign("stale")}{escape(_("Stale"))}</span>' if verdict.stale else ""
    return f"<span>{escape(name)}{stale}</span>"
