"""Many articles that somebody brings in at once, and what became of each."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Noun
from articles.models.laws import append_only, never_deleted

STANDARD_INPUT = "-"
STANDSTILL = timedelta(minutes=10)


class BatchState(models.TextChoices):
    """How far a batch has come."""

    RUNNING = "running", _("coming in")
    DONE = "done", _("all is in")
    CANCELED = "canceled", _("canceled")


class BatchQuerySet(models.QuerySet["Batch"]):
    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")

    def unfinished(self) -> Self:
        return self.filter(state=BatchState.RUNNING)


class Batch(Noun):
    """Many articles, or records of another desk, brought in at once.

    ``spool`` names a file beneath the folder for spooled bodies, empty when the articles are read from elsewhere.
    ``position`` is where the next part begins, in bytes of the file; ``lines`` how many lines, or articles of files of
    other formats, are before it. ``key`` is the sender's own name for it: with the same key the same batch goes on, and
    nothing comes in twice. ``format`` says of what tool the records are; it is empty for articles.
    """

    format = models.CharField(_("format"), max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=300, blank=True)
    key = models.CharField(_("key of the sender"), max_length=255, blank=True)
    body_sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    spool = models.CharField(_("spooled file"), max_length=100, blank=True)
    is_judging = models.BooleanField(_("judgements come along"), default=True)
    total = models.PositiveIntegerField(_("articles"), null=True, blank=True)
    position = models.BigIntegerField(default=0)
    lines = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(_("brought in"), default=0)
    known = models.PositiveIntegerField(_("known"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    parts_done = models.PositiveIntegerField(default=0)
    state = models.CharField(_("state"), max_length=8, choices=BatchState, default=BatchState.RUNNING)
    moved_at = models.DateTimeField(_("last part"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("batch")
        verbose_name_plural = _("batches")
        default_permissions = ()
        indexes = [models.Index(fields=["-created_at", "-id"], name="batch_newest_first")]
        constraints = [
            models.UniqueConstraint(
                fields=["created_by", "key"], condition=~Q(key=""), name="batch_key_once_per_person"
            ),
            models.CheckConstraint(condition=Q(state__in=BatchState.values), name="batch_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="running", ended_at=None) | (~Q(state="running") & Q(ended_at__isnull=False)),
                name="batch_that_ended_says_when",
            ),
        ]
        triggers = [never_deleted()]

    def __str__(self) -> str:
        return self.name or str(self.uid)

    @property
    def file_name(self) -> str:
        """The end of the path it was read from; empty for what has none."""
        return "" if self.name == STANDARD_INPUT else self.name.rpartition("/")[2]

    @property
    def done(self) -> int:
        """How many articles are through, whatever became of them."""
        return self.created + self.known + self.refused

    def stands_still(self, now: datetime) -> bool:
        """Whether whoever was bringing it in from elsewhere has not done so for a while, and no job can."""
        return not (self.has_ended or self.spool) and (self.moved_at or self.created_at) < now - STANDSTILL

    @property
    def has_ended(self) -> bool:
        return self.state != BatchState.RUNNING


class BatchPart(models.Model):
    """The results of the articles of one transaction: NDJSON, one line each (docs/reference/bulk.md)."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="parts")
    number = models.PositiveIntegerField()
    results = models.TextField()

    class Meta:
        verbose_name = _("part of a batch")
        verbose_name_plural = _("parts of batches")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="batch_part_once")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.batch_id} · {self.number}"


class FollowUpKind(models.TextChoices):
    """What is done for articles of a batch after they are in."""

    LIKES = "likes", _("made findable by their likes")
    QUOTES = "quotes", _("searched for quotes and claims")


class FollowUp(models.Model):
    """Work on some articles of a batch that goes on after they are in: one kind of it, by one job.

    It is about the revisions with keys from ``first`` to ``last``. Work that failed, ``failures`` times in a row, says
    when it did; ``again_at`` is when it is tried again by itself, None when only a person has it tried again.
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="follow_ups")
    kind = models.CharField(_("kind"), max_length=20, choices=FollowUpKind)
    articles = models.PositiveIntegerField(_("articles"))
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures"), default=0)
    failed_at = models.DateTimeField(_("failed"), null=True, blank=True)
    again_at = models.DateTimeField(_("tried again"), null=True, blank=True)

    class Meta:
        verbose_name = _("work after a batch")
        verbose_name_plural = _("work after batches")
        default_permissions = ()
        indexes = [
            models.Index(fields=["batch", "kind"], name="follow_up_by_batch"),
            models.Index(fields=["batch"], condition=Q(done_at=None), name="follow_up_to_be_done"),
            models.Index(fields=["again_at"], condition=Q(again_at__isnull=False), name="follow_up_to_be_tried_again"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(failed_at=None), name="follow_up_that_is_done_has_not_failed"
            ),
            models.CheckConstraint(
                condition=Q(again_at=None) | Q(failed_at__isnull=False), name="follow_up_tried_again_has_failed"
            ),
            models.CheckConstraint(condition=Q(kind__in=FollowUpKind.values), name="follow_up_kind_is_known"),
        ]
        triggers = [never_deleted()]

    def __str__(self) -> str:
        return f"{self.batch_id} · {self.get_kind_display()}"
