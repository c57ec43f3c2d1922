from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import Noun


class ExportFile(Noun):
    """An export kept as a file, with what it holds and until when. Made by a job; streamed exports leave none."""

    format = models.CharField(_("format"), max_length=40)
    filters = models.JSONField(_("filters"), default=dict)
    rows = models.PositiveBigIntegerField(_("rows"), null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    expires_at = models.DateTimeField(_("expires"))

    class Meta:
        verbose_name = _("export file")
        verbose_name_plural = _("export files")
        default_permissions = ()
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.format} · {self.created_at:%Y-%m-%d %H:%M}"
