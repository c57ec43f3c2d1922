"""Texts of its own for a study: brought to the desk, and read by a round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from annotations.models import Round, RoundText
from annotations.operations.desk.intake import BroughtInBefore, bring_in
from annotations.operations.studies.rounds import draw_texts
from articles.ingest.record import IncomingArticle
from articles.models import Article, Rights
from articles.operations.articles import change_article


@dataclass(frozen=True, slots=True)
class OwnText:
    """A text as it came, and what was read from it; with a ``uid`` it comes in once, however often it is sent."""

    incoming: IncomingArticle
    content: bytes
    media_type: str
    reader: str
    name: str = ""
    uid: UUID | None = None


@transaction.atomic
def bring_in_for(
    *, round: Round, texts: Sequence[OwnText], by: AbstractUser, at: datetime, rights: str = Rights.UNKNOWN
) -> list[RoundText]:
    """Bring texts to the desk, all under these rights, and have the round read them; all of them or none.

    Raises as :func:`~annotations.operations.studies.rounds.draw_texts`.
    """
    keys = [_bring_in(text, rights, by=by, at=at).pk for text in texts]
    return draw_texts(round=round, articles=Article.objects.filter(pk__in=keys), by=by, at=at)


def _bring_in(text: OwnText, rights: str, *, by: AbstractUser, at: datetime) -> Article:
    try:
        article = bring_in(
            incoming=text.incoming,
            content=text.content,
            media_type=text.media_type,
            reader=text.reader,
            name=text.name,
            uid=text.uid,
            by=by,
            at=at,
        )
    except BroughtInBefore as before:
        return before.article
    return change_article(article=article, seen=article.version, rights=rights, by=by, at=at)
