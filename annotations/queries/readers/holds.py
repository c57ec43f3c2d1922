"""What is kept from readers, why, and by whom: of a piece, of a claim, of the whole desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from annotations.models import Claim
from annotations.permissions import visible_claims
from articles.models import Article, Hold
from articles.permissions import visible_articles, visible_holds

if TYPE_CHECKING:
    from annotations.models.claim import ClaimQuerySet
    from articles.models.article import ArticleQuerySet
    from articles.permissions import Person

MOST_SHOWN = 20


def is_held(article: Article) -> bool:
    """Whether readers get a notice in the place of an article."""
    return Hold.objects.standing().of_articles().filter(article=article).exists()


def is_verdict_held(claim: Claim) -> bool:
    """Whether readers are not told what the desk says of a claim."""
    holds = Hold.objects.standing().filter(article=claim.article_id)
    return holds.filter(Q(span=None) | Q(span=claim.span_id)).exists()


def published_articles(person: Person) -> ArticleQuerySet:
    """What is out and may be shown to this person as published: not embargoed, restricted or held."""
    held = Hold.objects.standing().of_articles().values("article")
    out = visible_articles(person).in_state("published", "corrected")
    return out.exclude(pk__in=held)


def published_claims(person: Person) -> ClaimQuerySet:
    """The claims of published articles with a verdict of the desk that nothing holds."""
    held = Hold.objects.standing().filter(span__isnull=False).values("span")
    claims = visible_claims(person).filter(article__in=published_articles(person), desk_verdicts__isnull=False)
    return claims.filter(retracted_at=None).exclude(span__in=held).distinct()


@dataclass(frozen=True, slots=True)
class ShownHold:
    """A hold with the claim whose verdict it is about, if it is not about the whole article.

    :ivar may_lift: the person may lift it, or agree to put it back.
    """

    hold: Any
    claim: Claim | None
    may_lift: bool


def holds_of_the_desk(person: Any) -> list[ShownHold]:
    """What people of the desk have stopped and nobody has let go, the newest first."""
    return _shown(visible_holds(person).standing().of_people().order_by("-created_at", "-pk")[:MOST_SHOWN], person)


def holds_about(article: Article, claim: Claim | None, person: Any) -> list[ShownHold]:
    """Every hold that people placed on an article, or on the verdict of one claim of it; the newest first."""
    holds = visible_holds(person).of_people().filter(article=article)
    if claim is not None:
        holds = holds.filter(Q(span=None) | Q(span=claim.span_id))
    return _shown(holds.order_by("-pk"), person)


def verdict_holds(claim: Claim, person: Any) -> list[ShownHold]:
    """What keeps the verdict on one claim from readers now; one query where nothing does."""
    standing = visible_holds(person).standing().filter(span=claim.span_id)
    return _shown(standing.order_by("-pk"), person)


def _shown(holds: Any, person: Any) -> list[ShownHold]:
    found = list(
        holds.select_related("article__head", "created_by", "agreed_by", "lifted_by").defer(
            "article__head__text", "article__head__blocks", "article__head__removed"
        )
    )
    claims = _claims_of(found)
    return [ShownHold(hold, claims.get(hold.span_id), may_lift(person, hold)) for hold in found]


def _claims_of(holds: Iterable[Any]) -> dict[Any, Claim]:
    spans = {hold.span_id for hold in holds} - {None}
    return {claim.span_id: claim for claim in Claim.objects.filter(span__in=spans)} if spans else {}


def may_lift(person: Any, hold: Any) -> bool:
    """Whether the person may let it go, or agree to."""
    if hold.lifted_at is not None:
        return False
    right = "articles.put_back" if hold.ground == "pulled" else "articles.lift_hold"
    return bool(person.has_perm(right, hold))
