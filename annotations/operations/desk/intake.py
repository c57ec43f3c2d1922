from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.db import connection, transaction

from annotations.operations.workbench.revising import revise
from articles.ingest.record import IncomingArticle
from articles.models import Article, ArticleState, Revision
from articles.operations.articles import ingest_article, removed_lines_of
from articles.operations.captures import keep_capture
from articles.operations.revising import Rewritten
from articles.operations.stories import join_story


class BroughtInBefore(Exception):
    """The same form was sent before, and its piece is in.

    :ivar article: the piece that came of it.
    """

    def __init__(self, article: Article) -> None:
        super().__init__(f"{article.uid} is in already.")
        self.article = article


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
    url: str = "",
    state: str = ArticleState.EDITING,
    date_note: str = "",
    is_demonstration: bool = False,
    uid: UUID | None = None,
    unattended: bool = False,
    version_of: Article | None = None,
) -> Article:
    """Bring a piece to the desk: keep the bytes as they came, then the article that was read from them.

    With a ``uid``, made once for what may be sent twice, only the first request brings the piece in; a second one
    waits for it. With ``version_of`` it joins the story of another outlet's piece. What came ``unattended`` begins
    as incoming, marked unseen.

    :raises BroughtInBefore: this person brought in the piece with this ``uid``.
    """
    if uid is not None:
        _refuse_second(uid, by=by)
    capture = keep_capture(content=content, media_type=media_type, name=name, url=url, by=by, at=at)
    article = ingest_article(
        incoming=incoming,
        capture=capture,
        reader=reader,
        by=by,
        at=at,
        state=ArticleState.INCOMING if unattended else state,
        date_note=date_note,
        is_demonstration=is_demonstration,
        uid=uid,
        unattended=unattended,
    )
    if version_of is not None:
        join_story(article=article, other=version_of, by=by, at=at)
    return article


@transaction.atomic
def bring_in_revision(
    *,
    article: Article,
    base: int,
    incoming: IncomingArticle,
    content: bytes,
    media_type: str,
    by: AbstractUser,
    at: datetime,
    name: str = "",
    url: str = "",
    note: str = "",
) -> Revision:
    """Save copy as the next text of an article that the desk has, with all marks carried and the bytes kept.

    Raises as :func:`annotations.operations.workbench.revising.revise`.
    """
    capture = keep_capture(content=content, media_type=media_type, name=name, url=url, by=by, at=at)
    rewritten = Rewritten(incoming.headline, incoming.blocks, removed_lines_of(incoming))
    return revise(article=article, base=base, rewritten=rewritten, capture=capture, note=note, by=by, at=at)


def _refuse_second(uid: UUID, *, by: AbstractUser) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(uid)])
    known = Article.objects.filter(uid=uid, created_by_id=by.pk).first()
    if known is not None:
        raise BroughtInBefore(known)
