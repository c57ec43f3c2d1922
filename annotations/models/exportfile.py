from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Noun
from articles.models.laws import never_deleted


class ExportState(models.TextChoices):
    """How far a file is."""

    RUNNING = "running", _("being written")
    DONE = "done", _("ready")
    FAILED = "failed", _("failed")
    CANCELED = "canceled", _("canceled")
    DELETED = "deleted", _("deleted")


class ExportFile(Noun):
    """An export kept as a file, with what it holds and until when. Made by a job; streamed exports leave none.

    The bytes lie in the folder for exports under the uid, and go with the file's expiry or deletion; the row stays and
    says who took out what.

    :ivar filters: as the parameters of an address; ``manifest`` is what the finished file holds.
    :ivar articles: how many there were to look at when it was begun.
    :ivar problem: why it failed, for the person who asked for it.
    """

    format = models.CharField(_("format"), max_length=40)
    filters = models.JSONField(_("filters"), default=dict)
    state = models.CharField(_("state"), max_length=8, choices=ExportState, default=ExportState.RUNNING)
    articles = models.PositiveIntegerField(_("articles"), null=True, blank=True)
    rows = models.PositiveBigIntegerField(_("rows"), null=True, blank=True)
    size = models.PositiveBigIntegerField(_("bytes"), null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    manifest = models.JSONField(_("manifest"), default=dict, blank=True)
    problem = models.CharField(_("why it failed"), max_length=300, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    expires_at = models.DateTimeField(_("expires"))

    class Meta:
        verbose_name = _("export file")
        verbose_name_plural = _("export files")
        default_permissions = ()
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ExportState.values), name="export_file_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="running", ended_at=None) | (~Q(state="running") & Q(ended_at__isnull=False)),
                name="export_file_that_ended_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | (Q(rows__isnull=False, size__isnull=False) & ~Q(sha256="")),
                name="export_file_that_is_ready_says_what_it_holds",
            ),
        ]
        triggers = [never_deleted()]

    def __str__(self) -> str:
        return f"{self.format} · {self.created_at:%Y-%m-%d %H:%M}"
