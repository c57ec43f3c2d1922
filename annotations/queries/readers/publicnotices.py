"""What readers are told about pieces and verdicts that were out: what was wrong, when, and what became of it.

Notices about an article and notices about the desk's own verdict are told apart, and so is what was asked of an outlet
about copy that is not the desk's. The reader page, feeds and ClaimReview read them here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.permissions import visible_desk_verdicts
from articles.models import PUBLIC_KINDS, Article, ChangeKind, Declaration, OutletRequest
from articles.permissions import articles_taken_back, visible_articles

if TYPE_CHECKING:
    from articles.permissions import Person

MOST_LISTED = 100


class About(StrEnum):
    """What a notice is about."""

    ARTICLE = "article"
    VERDICT = "verdict"
    OUTLET = "outlet"


REQUESTED = "requested"
WORDS: dict[tuple[str, str], Promise] = {
    (About.ARTICLE, ChangeKind.CLARIFICATION): _("Clarification"),
    (About.ARTICLE, ChangeKind.CORRECTION): _("Correction"),
    (About.ARTICLE, ChangeKind.RETRACTION): _("Retraction"),
    (About.VERDICT, ChangeKind.CORRECTION): _("Correction of our verdict"),
    (About.OUTLET, REQUESTED): _("Correction requested"),
}


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """One thing readers are told.

    :ivar uid: of the declaration, of the desk's later verdict, or of the request.
    :ivar kind: clarification, correction, retraction; ``requested`` of what was asked of an outlet.
    :ivar at: when it was said.
    :ivar text: what was wrong.
    :ivar number: of the revision, or of the verdict, that came with it; 0 of a request.
    :ivar claim: the claim of a verdict, whose restatement is ``claim_text``, and its ``rating`` since then.
    :ivar asked_of, asked_date: whom the desk asked to correct copy that is not its own, and when.
    :ivar answer, answer_text, answered_date: what they answered, in words; empty while nobody knows.
    """

    uid: UUID
    about: str
    kind: str
    at: datetime
    text: str
    article: UUID
    headline: str
    slug: str
    number: int = 0
    claim: UUID | None = None
    claim_text: str = ""
    rating: str = ""
    asked_of: str = ""
    asked_date: date | None = None
    answer: str = ""
    answer_text: str = ""
    answered_date: date | None = None

    @property
    def title(self) -> Promise:
        """What it is, in words."""
        return WORDS[self.about, self.kind]


def public_notices(articles: Collection[int], person: Person) -> dict[int, list[PublicNotice]]:
    """The notices on several articles by the key of each, newest first: three queries, however many there are.

    Only on articles that this person may know of, or that were taken back before their eyes; of claims only verdicts
    that they may see.
    """
    told: dict[int, list[PublicNotice]] = {key: [] for key in articles}
    for key, notice in _all(person, Q(article__in=list(articles)), Q(claim__article__in=list(articles))):
        told[key].append(notice)
    for notices in told.values():
        notices.sort(key=lambda notice: notice.at, reverse=True)
    return told


def notices_on(article: Article, person: Person) -> list[PublicNotice]:
    """The notices on one article, newest first."""
    return public_notices([article.pk], person)[article.pk]


def newest_notices(person: Person, *, most: int = MOST_LISTED) -> list[PublicNotice]:
    """The newest notices of the desk on whatever this person may know of, for feeds; newest first."""
    told = [notice for _key, notice in _all(person, Q(), Q(), most=most)]
    return sorted(told, key=lambda notice: notice.at, reverse=True)[:most]


def _all(
    person: Person, of_articles: Q, of_claims: Q, *, most: int | None = None
) -> Iterator[tuple[int, PublicNotice]]:
    out = Q(article__in=visible_articles(person)) | Q(article__in=articles_taken_back(person))
    said = Declaration.objects.filter(out, of_articles, kind__in=PUBLIC_KINDS)
    for each in _newest(said, "article__head", "revision")[:most]:
        yield each.article_id, _of_declaration(each)
    corrected = visible_desk_verdicts(person).filter(of_claims, correction_of__isnull=False)
    for verdict in _newest(corrected.select_related("rating"), "claim__article__head")[:most]:
        yield verdict.claim.article_id, _of_verdict(verdict)
    for request in _newest(OutletRequest.objects.filter(out, of_articles), "article__head")[:most]:
        yield request.article_id, _of_request(request)


def _newest(rows: QuerySet[Any], *revisions: str) -> QuerySet[Any]:
    """Newest first, with these revisions and without their texts."""
    texts = [f"{path}__{name}" for path in revisions for name in ("text", "blocks", "removed", "headline_words")]
    return rows.select_related(*revisions).defer(*texts).order_by("-created_at", "-pk")


def _of_declaration(said: Declaration) -> PublicNotice:
    return PublicNotice(
        about=About.ARTICLE, kind=said.kind, text=said.text, number=said.revision.number, **_shared(said, said.article)
    )


def _shared(each: Any, article: Article) -> dict[str, Any]:
    return {
        "uid": each.uid,
        "at": each.created_at,
        "article": article.uid,
        "headline": article.head.headline,
        "slug": article.slug,
    }


def _of_verdict(verdict: Any) -> PublicNotice:
    return PublicNotice(
        about=About.VERDICT,
        kind=ChangeKind.CORRECTION,
        text=verdict.correction_note,
        number=verdict.number,
        claim=verdict.claim.uid,
        claim_text=verdict.claim.canonical,
        rating=verdict.rating.name,
        **_shared(verdict, verdict.claim.article),
    )


def _of_request(request: OutletRequest) -> PublicNotice:
    return PublicNotice(
        about=About.OUTLET,
        kind=REQUESTED,
        text=request.text,
        asked_of=request.asked_of,
        asked_date=request.asked_date,
        answer=str(request.get_answer_display()) if request.answer else "",
        answer_text=request.answer_text,
        answered_date=request.answered_date,
        **_shared(request, request.article),
    )
