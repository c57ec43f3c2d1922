from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.laws import append_only, verified_hash
from articles.models.noun import Noun


class Capture(Noun):
    """Bytes exactly as they came. Served only as an attachment, sandboxed; shared by intake and snapshots."""

    content = models.BinaryField()
    sha256 = models.CharField("SHA-256", max_length=64)
    media_type = models.CharField(_("media type"), max_length=100)
    name = models.CharField(_("file name"), max_length=300, blank=True)
    url = models.URLField(_("address"), max_length=2000, blank=True)
    # What a site said with them (articles.fetching.fetch.KEPT_HEADERS), names in lower case.
    headers = models.JSONField(_("headers"), default=dict, db_default={}, blank=True)

    class Meta:
        verbose_name = _("capture")
        verbose_name_plural = _("captures")
        default_permissions = ()
        indexes = [models.Index(fields=["sha256"], name="capture_by_hash")]
        constraints = [
            verified_hash("content", "sha256", name="capture_matches_its_hash", bytes_already=True),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return self.name or self.sha256[:12]


class Intake(Noun):
    """One act of bringing copy in: which bytes, read how, what became of them."""

    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="intakes")
    reader = models.CharField(_("read as"), max_length=40)
    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, null=True, blank=True, related_name="intakes"
    )
    refusal = models.CharField(_("why it was refused"), max_length=500, blank=True)
    errors = ArrayField(models.TextField(), default=list, blank=True, verbose_name=_("what could not be read"))

    class Meta:
        verbose_name = _("intake")
        verbose_name_plural = _("intakes")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=False, refusal="") | (Q(article=None) & ~Q(refusal="")),
                name="intake_became_an_article_or_says_why_not",
            )
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.reader} · {self.created_at:%Y-%m-%d %H:%M}"
