"""The chain from the sentence to the correction, as the page of a claim shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from annotations.models import CheckState, DeskVerdict, Verdict
from annotations.queries.checking.claimchecks import CheckCard
from annotations.queries.checking.claimevidence import Attached
from annotations.queries.checking.claimplace import Said
from annotations.queries.checking.verdicts import ShownVerdict
from articles.models import AnchorState


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain from the sentence to the correction."""

    name: str
    text: str
    done: bool
    href: str = ""


def chain_of(
    claim: Any,
    label: str,
    shown: ShownVerdict,
    said: Said,
    attached: Sequence[Attached],
    checks: Sequence[CheckCard],
    published: Sequence[DeskVerdict],
    *,
    is_read_only: bool,
) -> list[Link]:
    """The chain; readers see no sources, so nothing is said to them of passages."""
    return [
        _sentence_link(said),
        Link(_("Claim"), f"{label}, {claimant_of(claim)}", True),
        *([] if is_read_only else [_passages_link(attached)]),
        _verdict_link(shown, checks),
        _correction_link(published),
    ]


def _sentence_link(said: Said) -> Link:
    if not said.is_placed:
        return Link(_("Sentence"), _("without a place in revision %(number)s") % {"number": said.revision}, False)
    where = {"sentence": said.sentence, "sentences": said.sentences, "number": said.revision}
    text = _("%(sentence)s of %(sentences)s, revision %(number)s") % where
    return Link(_("Sentence"), text, said.anchor.state == AnchorState.ANCHORED)


def _passages_link(attached: Sequence[Attached]) -> Link:
    if not attached:
        return Link(_("Passages"), _("none attached yet"), False, "#evidence")
    named = ", ".join(f"{each.number} {each.evidence.get_stance_display().lower()}" for each in attached[:3])
    more = " …" if len(attached) > 3 else ""
    return Link(_("Passages"), named + more, True, "#evidence")


def _verdict_link(shown: ShownVerdict, checks: Sequence[CheckCard]) -> Link:
    if not shown.verdict:
        return Link(_("Verdict"), _("none yet"), False)
    name = shown.rating or str(Verdict(shown.verdict).label)
    waiting = next((card for card in checks if card.check.state == CheckState.IN_REVIEW), None)
    if shown.is_desk or waiting is None:
        return Link(_("Verdict"), name, True)
    reviews = {"verdict": name, "approvals": waiting.approvals, "needed": waiting.needed}
    return Link(_("Verdict"), _("%(verdict)s, %(approvals)s of %(needed)s reviews") % reviews, True)


def _correction_link(published: Sequence[DeskVerdict]) -> Link:
    if not published:
        return Link(_("Correction"), _("not published yet"), False)
    newest = published[0]
    if newest.number == 1:
        return Link(_("Correction"), _("published, none needed so far"), True, "#published")
    return Link(_("Correction"), date_format(newest.created_at, "j F Y"), True, "#published")


def claimant_of(claim: Any) -> str:
    """Who makes the claim, in words."""
    return claim.speaker.name if claim.speaker else str(claim.get_claimant_kind_display())
