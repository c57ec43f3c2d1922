"""The page of a claim: where it is said, what stored sources say, who judged it how, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from annotations.models import BlindRound, Claim, DeskVerdict, FactCheck, RestingOn
from annotations.permissions import visible_claims, visible_desk_verdicts
from annotations.queries.checking.blind import RoundInProgress, round_in_progress, rounds_of
from annotations.queries.checking.claimchain import Link, chain_of
from annotations.queries.checking.claimchecks import CheckCard, cards_of, known_checks
from annotations.queries.checking.claimevidence import (
    Attached,
    Found,
    FoundForClaim,
    Searched,
    attached_of,
    found_for,
    known_evidence,
    line_of,
)
from annotations.queries.checking.claimplace import Said, said_in
from annotations.queries.checking.claims import verdict_shown, with_numbers
from annotations.queries.checking.matching import (
    Appearance,
    Match,
    appearances_of,
    judged_before,
    likely_same,
    matches_of,
)
from annotations.queries.checking.replies import ShownReply, replies_on, replies_told
from annotations.queries.checking.restating import proposed_restatement
from annotations.queries.checking.staleness import Reason, reasons_of
from annotations.queries.checking.verdicts import ShownVerdict
from annotations.queries.checking.wording import sources_without_wording
from annotations.queries.desk.plots import Line
from annotations.queries.readers.reading import works_here
from annotations.restating import Restatement
from articles.permissions import visible_sources

if TYPE_CHECKING:
    from articles.permissions import Person


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """All a page of a claim shows, in the order in which it shows it.

    :ivar every_check: also those that were withdrawn, with their reviews.
    :ivar every_evidence: also what was detached.
    """

    claim: Any
    label: str
    shown: ShownVerdict
    said: Said
    matches: Sequence[Match]
    appearances: Sequence[Appearance]
    judged_before: tuple[Any, ShownVerdict] | None
    attached: Sequence[Attached]
    answer: FoundForClaim
    query: str
    wording_not_found: int | None
    proposed: Restatement | None
    searched: int
    line: Line | None
    checks: Sequence[CheckCard]
    published: Sequence[DeskVerdict]
    replies: Sequence[ShownReply]
    blind: RoundInProgress | None
    rounds: Sequence[BlindRound]
    stale: Sequence[Reason]
    chain: Sequence[Link]
    every_check: Sequence[FactCheck]
    every_evidence: Sequence[Any]

    @property
    def found(self) -> Sequence[Found]:
        return self.answer.passages

    @property
    def disagree(self) -> bool:
        """Whether live checks come to different verdicts."""
        return len({card.check.verdict for card in self.checks if card.check.verdict}) > 1


def claim_to_show(person: Person) -> QuerySet[Any]:
    """The claims a person may open, each with all that its page needs of other tables, and its number."""
    related = ("article__head", "speaker", "quote__speaker", "created_by", "same_as", "project", "retracted_by")
    return with_numbers(Claim.objects.filter(pk__in=visible_claims(person).values("pk"))).select_related(*related)


def build_claim_page(claim: Any, *, person: Person, asked: Searched | None = None) -> ClaimPage:
    """Assemble the page for one person: nothing on it that they may not know of.

    :param claim: one of :func:`claim_to_show`.
    :param asked: what to search the stored sources for; the restatement, everywhere, unless given.
    """
    label = f"C{claim.number}"
    shown = verdict_shown(claim, person)
    said = said_in(claim, label, shown)
    every_evidence = known_evidence(claim, person)
    attached = attached_of(every_evidence, claim)
    asked = asked or Searched("")
    asked = replace(asked, query=asked.query.strip() or claim.canonical)
    answer = found_for(claim, person, asked, attached)
    said_by_desk = visible_desk_verdicts(person).filter(claim=claim).select_related("rating", "created_by")
    published = list(said_by_desk.prefetch_related("rests_on__fact_check__checker").order_by("-number"))
    is_working = works_here(person)
    rounds = rounds_of(claim, person) if is_working else ()
    replies = _replies(claim, person, published)
    every_check = known_checks(claim, person)
    checks = cards_of(every_check, claim, person, attached, replies)
    likely = likely_same(claim, person) if is_working else ()
    appearances = appearances_of(claim, person, likely) if is_working else []
    return ClaimPage(
        claim=claim,
        label=label,
        shown=shown,
        said=said,
        matches=matches_of(claim, person, likely),
        appearances=appearances,
        judged_before=judged_before(appearances, person),
        attached=attached,
        answer=answer,
        query=asked.query,
        proposed=proposed_restatement(claim, claim.article.head, said.anchor) if is_working else None,
        wording_not_found=sources_without_wording(claim, shown, person),
        searched=visible_sources(person).count(),
        line=line_of(claim, attached, answer.passages),
        checks=checks,
        published=published,
        replies=replies,
        stale=reasons_of(claim, shown, person) if is_working else [],
        blind=round_in_progress(claim, rounds),
        rounds=rounds,
        chain=chain_of(claim, label, shown, said, attached, checks, published, is_read_only=not is_working),
        every_check=every_check,
        every_evidence=every_evidence,
    )


def _replies(claim: Any, person: Person, published: Sequence[DeskVerdict]) -> list[ShownReply]:
    if works_here(person):
        return replies_on(claim, person)
    return replies_told(claim, published[0].created_at if published else None)


def grounds_of(published: Sequence[DeskVerdict]) -> dict[int, list[RestingOn]]:
    """The checks each verdict of the desk rests on, by its key."""
    return {verdict.pk: sorted(verdict.rests_on.all(), key=lambda ground: ground.pk) for verdict in published}
