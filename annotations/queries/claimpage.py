"""The page of a claim: where it is said, what stored sources say, who judged it how, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from annotations.models import Claim, DeskVerdict, RestingOn
from annotations.permissions import visible_claims, visible_desk_verdicts
from annotations.queries.blind import RoundInProgress, round_in_progress
from annotations.queries.claimchain import Link, chain_of
from annotations.queries.claimchecks import CheckCard, checks_of
from annotations.queries.claimevidence import Attached, Found, attached_to, found_for, line_of
from annotations.queries.claimplace import Said, said_in
from annotations.queries.claims import verdicts_shown, with_numbers
from annotations.queries.plots import Line
from annotations.queries.reading import works_here
from annotations.queries.replies import ShownReply, replies_on, replies_told
from annotations.queries.staleness import Reason, reasons_of
from annotations.queries.verdicts import ShownVerdict
from articles.permissions import visible_sources

if TYPE_CHECKING:
    from articles.permissions import Person


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """All a page of a claim shows, in the order in which it shows it."""

    claim: Any
    label: str
    shown: ShownVerdict
    said: Said
    repeats: Sequence[Claim]
    attached: Sequence[Attached]
    found: Sequence[Found]
    query: str
    searched: int
    line: Line | None
    checks: Sequence[CheckCard]
    published: Sequence[DeskVerdict]
    replies: Sequence[ShownReply]
    blind: RoundInProgress | None
    stale: Sequence[Reason]
    chain: Sequence[Link]

    @property
    def disagree(self) -> bool:
        """Whether live checks come to different verdicts."""
        return len({card.check.verdict for card in self.checks if card.check.verdict}) > 1


def claim_to_show(person: Person) -> QuerySet[Any]:
    """The claims a person may open, each with all that its page needs of other tables, and its number."""
    related = ("article__head", "speaker", "quote__speaker", "created_by", "same_as", "project", "retracted_by")
    return with_numbers(Claim.objects.filter(pk__in=visible_claims(person).values("pk"))).select_related(*related)


def build_claim_page(claim: Any, *, person: Person, query: str = "") -> ClaimPage:
    """Assemble the page for one person: nothing on it that they may not know of.

    :param claim: one of :func:`claim_to_show`.
    :param query: words to search the stored sources with; the restatement unless given.
    """
    label = f"C{claim.number}"
    shown = verdicts_shown([claim.pk], person)[claim.pk]
    said = said_in(claim, label, shown)
    attached = attached_to(claim, person)
    query = query.strip() or claim.canonical
    found = found_for(claim, person, query, attached)
    published = list(
        visible_desk_verdicts(person).filter(claim=claim).select_related("rating", "created_by").order_by("-number")
    )
    replies = _replies(claim, person, published)
    checks = checks_of(claim, person, attached, replies)
    return ClaimPage(
        claim=claim,
        label=label,
        shown=shown,
        said=said,
        repeats=_repeats(claim, person),
        attached=attached,
        found=found,
        query=query,
        searched=visible_sources(person).count(),
        line=line_of(claim, attached, found),
        checks=checks,
        published=published,
        replies=replies,
        stale=reasons_of(claim, shown, person) if works_here(person) else [],
        blind=round_in_progress(claim, person) if works_here(person) else None,
        chain=chain_of(claim, label, shown, said, attached, checks, published, is_read_only=not works_here(person)),
    )


def _replies(claim: Any, person: Person, published: Sequence[DeskVerdict]) -> list[ShownReply]:
    if works_here(person):
        return replies_on(claim, person)
    return replies_told(claim, published[0].created_at if published else None)


def _repeats(claim: Any, person: Person) -> list[Claim]:
    """Other claims that say the same: the earlier one it names, and all that name either."""
    origin = claim.same_as_id or claim.pk
    same = visible_claims(person).filter(same_as=origin) | visible_claims(person).filter(pk=origin)
    return list(same.exclude(pk=claim.pk).live().select_related("article__head").order_by("created_at")[:20])


def grounds_of(published: Sequence[DeskVerdict]) -> dict[int, list[RestingOn]]:
    """The checks each verdict of the desk rests on, by its key."""
    grounds: dict[int, list[RestingOn]] = {}
    resting = RestingOn.objects.filter(desk_verdict__in=published).select_related("fact_check__checker")
    for ground in resting.order_by("pk"):
        grounds.setdefault(ground.desk_verdict_id, []).append(ground)
    return grounds
