"""Notes on the wording of a published piece, where the desk gives them to readers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery

from annotations.models import BiasTag
from articles.models import AnchorState, CurrentAnchor, Origin


@dataclass(frozen=True, slots=True)
class WordingNote:
    """A tag without who made it and what they noted beside it.

    :ivar words: what it is on; empty where it is on the whole piece.
    """

    category: str
    words: str
    alternative: str


def given_tags(article: int) -> QuerySet[Any]:
    """The tags of an article that people decided on, for the everyday desk; none unless the desk gives them."""
    if not settings.PUBLIC_BIAS_NOTES:
        return BiasTag.objects.none()
    tags = BiasTag.objects.live().exclude(origin=Origin.SUGGESTED)
    return tags.filter(article=article, project__is_default=True)


def wording_notes(article: int, revision: int) -> list[WordingNote]:
    """What stands in the text that is out, in its order; what is on the whole piece last. No query unless given."""
    if not settings.PUBLIC_BIAS_NOTES:
        return []
    standing = CurrentAnchor.objects.filter(
        span=OuterRef("span"), revision=revision, anchor__state=AnchorState.ANCHORED
    )
    tags = given_tags(article).annotate(
        words=Subquery(standing.values("anchor__exact")), place=Subquery(standing.values("anchor__start"))
    )
    rows = tags.order_by("place", "pk").values_list("category__name", "words", "neutral_alternative", "span_id")
    return [WordingNote(name, words or "", other) for name, words, other, span in rows if words or span is None]
