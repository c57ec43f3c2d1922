"""Letting a revision out to readers, and the address they find it under."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Article, Publication, ReaderAddress, Revision
from articles.operations.telling import tell_hooks


class AddressTaken(Exception):
    """Another piece is, or was, found under this address."""


@transaction.atomic
def publish_revision(*, article: Article, revision: Revision, by: AbstractUser, at: datetime) -> Publication:
    """Note that readers have this revision from now on, and keep the piece's address for it.

    Letting out again what is out already notes nothing. The caller holds the article's row, so two never take the same
    number; its state says whether anybody reads it.
    """
    newest = article.publications.order_by("-number").first()
    if newest is not None and newest.revision_id == revision.pk:
        return newest
    if newest is None and not _keep_address(article, by=by, at=at):
        # Another piece was once found under these words, and its links go on leading there.
        article.change(seen=article.version, slug=f"{article.slug[:100]}-{article.uid.hex[8:16]}")
        _keep_address(article, by=by, at=at)
    tell_hooks(event="article.published", noun=article.uid, at=at)
    return Publication.objects.create(
        article=article,
        number=newest.number + 1 if newest else 1,
        revision=revision,
        created_by_id=by.pk,
        created_at=at,
    )


@transaction.atomic
def change_address(*, article: Article, slug: str, seen: int, by: AbstractUser, at: datetime) -> Article:
    """Give a piece another readable address; the former ones lead on to it.

    :param slug: letters, digits, hyphens and underscores.
    :raises AddressTaken: when another piece has or had it.
    :raises Stale: when somebody changed the article since version ``seen``.
    """
    if Article.objects.filter(slug=slug).exclude(pk=article.pk).exists():
        raise AddressTaken(_("Another piece has this address. Choose another one."))
    article.change(seen=seen, slug=slug)
    if article.publications.exists() and not _keep_address(article, by=by, at=at):
        raise AddressTaken(_("Another piece had this address, and its links still lead there. Choose another one."))
    return article


def _keep_address(article: Article, *, by: AbstractUser, at: datetime) -> bool:
    """Whether the present slug of the article stands for it alone from now on."""
    kept, _made = ReaderAddress.objects.get_or_create(
        slug=article.slug, defaults={"article": article, "created_by_id": by.pk, "created_at": at}
    )
    return kept.article_id == article.pk
