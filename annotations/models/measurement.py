"""How far the people of a study agreed, as it was measured at one moment."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.models.bias import Codebook
from annotations.models.project import Project
from annotations.models.study import Round
from articles.models import Noun, Revision
from articles.models.laws import append_only, never_deleted


class MeasurementState(models.TextChoices):
    RUNNING = "running", _("being measured")
    DONE = "done", _("measured")
    CANCELED = "canceled", _("canceled")


class Measurement(Noun):
    """All coefficients of the submitted readings of a round, or of a project without rounds, worked out by a job.

    :ivar share: how much of the work is done, from 0 to 1.
    :ivar people: who was measured: keys of people, in the order of the figures.
    :ivar categories: [slug, name] of each category, in the order of the codebook.
    :ivar crosses: for each pair "key,key" the units by what each chose: [first's slug, second's slug, units].
    :ivar left_out: how many readings were not counted, by reason.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="measurements")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, blank=True, related_name="measurements")
    codebook = models.ForeignKey(Codebook, on_delete=models.PROTECT, related_name="+")
    seed = models.PositiveIntegerField(_("seed"), default=1)
    samples = models.PositiveIntegerField(_("resamples"), default=1000)
    state = models.CharField(_("state"), max_length=8, choices=MeasurementState, default=MeasurementState.RUNNING)
    share = models.FloatField(_("share done"), default=0)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    texts = models.PositiveIntegerField(_("texts"), default=0)
    units = models.PositiveIntegerField(_("sentences that two people or more read"), default=0)
    people = models.JSONField(default=list, blank=True)
    categories = models.JSONField(default=list, blank=True)
    crosses = models.JSONField(default=dict, blank=True)
    left_out = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("measurement of agreement")
        verbose_name_plural = _("measurements of agreement")
        default_permissions = ()
        indexes = [models.Index(fields=["project", "round", "-created_at"], name="measurement_newest_first")]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "round"],
                condition=Q(state="running"),
                nulls_distinct=False,
                name="measurement_runs_once",
            ),
            models.CheckConstraint(condition=Q(state__in=MeasurementState.values), name="measurement_state_is_known"),
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=1), name="measurement_share_is_a_share"),
            models.CheckConstraint(
                condition=Q(state="running", ended_at=None) | (~Q(state="running") & Q(ended_at__isnull=False)),
                name="measurement_that_ended_says_when",
            ),
        ]
        triggers = [never_deleted()]

    def __str__(self) -> str:
        return f"{self.project_id} · {self.created_at}"

    @property
    def has_ended(self) -> bool:
        return self.state != MeasurementState.RUNNING


class MeasuredFigure(models.Model):
    """One figure of a measurement; docs/reference/agreement.md says what its columns hold."""

    measurement = models.ForeignKey(Measurement, on_delete=models.PROTECT, related_name="figures", db_index=False)
    coefficient = models.CharField(max_length=20)
    about = models.CharField(max_length=10)
    subject = models.CharField(max_length=60, blank=True)
    first = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    reason = models.CharField(max_length=20, blank=True)
    interval_reason = models.CharField(max_length=20, blank=True)
    units = models.PositiveIntegerField()
    skipped = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("figure of agreement")
        verbose_name_plural = _("figures of agreement")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["measurement", "about", "subject", "first", "second", "coefficient"],
                nulls_distinct=False,
                name="figure_once_per_measurement",
            ),
            models.CheckConstraint(
                condition=Q(value=None) & ~Q(reason="") | Q(value__isnull=False, reason=""),
                name="figure_has_a_value_or_says_why_not",
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.coefficient} {self.subject}"


class MeasuredSentence(models.Model):
    """A sentence that two people or more read and somebody tagged, with what each chose when it was measured.

    :ivar labels: by key of a person, the slug of the category that stands for the sentence; empty for *nothing*.
    :ivar tags: by key of a person, the slugs of all categories in the sentence, if any.
    """

    measurement = models.ForeignKey(Measurement, on_delete=models.PROTECT, related_name="sentences")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+", db_index=False)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    number = models.PositiveIntegerField(_("which sentence of its text"))
    labels = models.JSONField()
    tags = models.JSONField()

    class Meta:
        verbose_name = _("measured sentence")
        verbose_name_plural = _("measured sentences")
        default_permissions = ()
        indexes = [GinIndex(fields=["labels"], opclasses=["jsonb_path_ops"], name="measured_sentence_by_label")]
        constraints = [
            models.UniqueConstraint(
                fields=["measurement", "revision", "start"], name="measured_sentence_once_per_measurement"
            )
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"[{self.start}, {self.end})"
