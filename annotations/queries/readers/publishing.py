"""What is still open about an article that somebody is about to publish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from annotations.models import Checkable, CheckState
from annotations.models.factcheck import OVER
from annotations.permissions import visible_fact_checks
from annotations.queries.workbench.marks import ShownClaim, ShownMark, marks_of
from articles.models import Article

if TYPE_CHECKING:
    from articles.permissions import Person


@dataclass(frozen=True, slots=True)
class ClaimUnderCheck:
    """A claim with the states of its checks that are not over."""

    claim: ShownClaim
    states: Sequence[str]


@dataclass(frozen=True, slots=True)
class StillOpen:
    """What readers would get unfinished; a mark or claim stands in one list at most.

    :ivar suggested: proposed by a machine and decided by nobody.
    :ivar doubtful: marks that need a look, or have no place in the newest text.
    :ivar under_check: claims with a check in progress.
    :ivar unjudged: claims that can be checked, without a verdict of the desk and without a check.
    :ivar removed: lines taken out of the copy (text, rule, position); nobody notes who has looked at them.
    """

    suggested: Sequence[ShownMark]
    doubtful: Sequence[ShownMark]
    under_check: Sequence[ClaimUnderCheck]
    unjudged: Sequence[ShownClaim]
    removed: Sequence[dict[str, Any]]

    def __bool__(self) -> bool:
        return bool(self.suggested or self.doubtful or self.under_check or self.unjudged or self.removed)

    @property
    def numbers(self) -> dict[str, int]:
        """How much of each is open, by the name of its list."""
        return {field.name: len(getattr(self, field.name)) for field in fields(self)}

    @property
    def counts(self) -> str:
        """How much of each is open, to tell whether more has come since somebody looked."""
        return "-".join(str(number) for number in self.numbers.values())


def still_open(article: Article, person: Person) -> StillOpen:
    """What is open on the newest text of an article, as far as the person may know of it."""
    marks = marks_of(article.head, person)
    suggested = [mark for mark in marks if mark.is_suggested]
    doubtful = [mark for mark in marks if not mark.is_suggested and _is_doubtful(mark)]
    listed = {mark.uid for mark in (*suggested, *doubtful)}
    claims = [claim for claim in marks.claims if claim.uid not in listed]
    states = _open_checks(article, person)
    return StillOpen(
        suggested=suggested,
        doubtful=doubtful,
        under_check=[ClaimUnderCheck(claim, states[claim.pk]) for claim in claims if claim.pk in states],
        unjudged=[claim for claim in claims if claim.pk not in states and _lacks_a_verdict(claim)],
        removed=article.head.removed,
    )


def _is_doubtful(mark: ShownMark) -> bool:
    return mark.standing is not None and mark.standing.fate in {"look", "lost"}


def _lacks_a_verdict(claim: ShownClaim) -> bool:
    return claim.checkable != Checkable.NO and not claim.verdict.is_desk


def _open_checks(article: Article, person: Person) -> dict[int, list[str]]:
    """The states of the checks that are not over, in words, by the claim's key."""
    checks = visible_fact_checks(person).filter(claim__article=article).exclude(state__in=OVER)
    found: dict[int, list[str]] = {}
    for claim, state in checks.order_by("pk").values_list("claim_id", "state"):
        found.setdefault(claim, []).append(str(CheckState(state).label))
    return found
