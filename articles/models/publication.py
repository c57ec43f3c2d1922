"""What went out, and under which addresses readers find it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article, Revision
from articles.models.laws import append_only
from articles.models.noun import Noun


class Publication(Noun):
    """One revision went out to readers. The newest of an article is what they read, as long as it is out.

    ``created_at`` is when, ``created_by`` who let it out. Written once: what readers were given is never unsaid here.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="publications", db_index=False)
    number = models.PositiveIntegerField(_("number"))
    # Held to a revision of the same article by publication_and_revision_share_an_article.
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="publications", db_constraint=False)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        default_permissions = ()
        ordering = ["article", "number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="publication_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="publication_number_from_one"),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.article_id} · {self.number}"


class ReaderAddress(models.Model):
    """A word in an address that stands for one article for good; ``Article.slug`` says which of them is used now.

    Former ones lead on to that, so that no link that anybody has made ends nowhere or on another piece.
    """

    slug = models.SlugField(_("address"), max_length=120, unique=True)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="addresses")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("reader's address")
        verbose_name_plural = _("readers' addresses")
        default_permissions = ()
        triggers = [append_only()]

    def __str__(self) -> str:
        return self.slug
