from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from articles.ingest.record import IncomingArticle
from articles.models import Article, ArticleState
from articles.operations.articles import ingest_article
from articles.operations.captures import keep_capture


@transaction.atomic
def bring_in(
    *,
    incoming: IncomingArticle,
    content: bytes,
    media_type: str,
    reader: str,
    by: AbstractUser,
    at: datetime,
    name: str = "",
    state: str = ArticleState.EDITING,
    date_note: str = "",
    is_demonstration: bool = False,
) -> Article:
    """Bring a piece to the desk: keep the bytes as they came, then the article that was read from them."""
    capture = keep_capture(content=content, media_type=media_type, name=name, by=by, at=at)
    return ingest_article(
        incoming=incoming,
        capture=capture,
        reader=reader,
        by=by,
        at=at,
        state=state,
        date_note=date_note,
        is_demonstration=is_demonstration,
    )
