"""What readers ask to be put right: the queue for editors, one request, and what whoever asked may see of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet

from annotations.models import Claim, CorrectionRequest, ReaderContact, RequestState
from annotations.permissions import visible_correction_requests, visible_reader_contacts
from annotations.queries.readers.published import published_articles

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from articles.permissions import Person

STATES = ("open", "decided", "all")
MOST_LISTED = 50


@dataclass(frozen=True, slots=True)
class FormerDecision:
    """A decision that was taken back."""

    state: str
    reason: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class RequestPage:
    """One request as the desk sees it.

    :ivar contact: None for whoever may not see it, and where none was left.
    """

    request: Any
    contact: ReaderContact | None
    former: Sequence[FormerDecision]


def requests_in(person: Person, state: str) -> QuerySet[Any]:
    """The requests that a person may know of: those that wait, the longest waiting first; else the newest first."""
    requests = visible_correction_requests(person).select_related("article__head", "claim", "decided_by")
    if state == "open":
        return requests.filter(state=RequestState.OPEN).order_by("created_at", "pk")
    if state == "decided":
        requests = requests.exclude(state=RequestState.OPEN)
    return requests.order_by("-created_at", "-pk")


def corrections_waiting(person: AbstractUser) -> int:
    """How many requests wait for those who decide on them; nothing for everybody else, and no query."""
    if not person.has_perm("annotations.decide_correction"):
        return 0
    return visible_correction_requests(person).filter(state=RequestState.OPEN).count()


def request_page(request: Any, person: Person) -> RequestPage:
    """Assemble the page of a request; three queries with its own."""
    return RequestPage(
        request=request,
        contact=visible_reader_contacts(person).filter(request=request).first(),
        former=_former_decisions(request),
    )


def _former_decisions(request: CorrectionRequest) -> list[FormerDecision]:
    events: Any = CorrectionRequest._meta.get_field("events").related_model
    rows = events.objects.filter(pgh_obj=request).exclude(state=RequestState.OPEN).select_related("decided_by")
    return [
        FormerDecision(str(RequestState(row.state).label), row.decision_reason, str(row.decided_by), row.decided_at)
        for row in rows.order_by("pgh_id")
    ]


@dataclass(frozen=True, slots=True)
class Answer:
    """What whoever asked sees at the address they were given: what was decided and why. Nothing of what they wrote.

    :ivar slug: of the piece, while everybody may read it; else empty.
    """

    state: str
    state_name: str
    reason: str
    asked_at: datetime
    decided_at: datetime | None
    slug: str


def answer_to(uid: UUID) -> Answer | None:
    """The answer to a request; None where there is none of that uid."""
    request = CorrectionRequest.objects.filter(uid=uid).select_related("article").first()
    if request is None:
        return None
    is_out = published_articles().filter(pk=request.article_id).exists()
    return Answer(
        state=request.state,
        state_name=str(request.get_state_display()),
        reason=request.decision_reason,
        asked_at=request.created_at,
        decided_at=request.decided_at,
        slug=request.article.slug if is_out else "",
    )


def claim_asked_about(claims: QuerySet[Claim], uid: UUID | None) -> Claim | None:
    """The check that a request names, among those of the piece that everybody may read."""
    return claims.filter(uid=uid).first() if uid else None
