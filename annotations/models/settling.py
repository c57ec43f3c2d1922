from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.models.bias import BiasCategory, BiasTag, Level, Polarity, Severity, Voice
from annotations.models.study import Round
from articles.models import Noun, Revision
from articles.models.laws import append_only


class Decided(models.TextChoices):
    """How it was settled what stands at some words of a text."""

    AGREED = "agreed", _("merged, because all readers agree")
    TAKEN = "taken", _("one of the labels")
    BOTH = "both", _("all of the labels")
    NEITHER = "neither", _("none of the labels")
    NEW = "new", _("a label of its own")


class Settlement(Noun):
    """What was settled about labels of several readers that overlap: a record of its own, which names what it rests on.

    The labels are never touched. A settlement is not changed either: a newer one replaces it.

    :ivar reason: why, in the words of whoever decided; may be empty.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="settlements")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    decided = models.CharField(_("decided"), max_length=8, choices=Decided)
    reason = models.TextField(_("reason"), blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("replaces")
    )

    class Meta:
        verbose_name = _("settlement")
        verbose_name_plural = _("settlements")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(decided__in=Decided.values), name="settlement_decided_is_known"),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.get_decided_display()} · {self.created_at:%Y-%m-%d %H:%M}"


class SettledTag(models.Model):
    """A label that a settlement rests on, in the version that it had."""

    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="rests_on")
    tag = models.ForeignKey(BiasTag, on_delete=models.PROTECT, related_name="settlements")
    tag_version = models.PositiveIntegerField(_("version"))

    class Meta:
        verbose_name = _("settled label")
        verbose_name_plural = _("settled labels")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["settlement", "tag"], name="settlement_rests_on_a_label_once")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.settlement_id} · {self.tag_id}"


class AdjudicatedLabel(Noun):
    """A label that a settlement makes. Offsets in code points of the settlement's revision, half-open.

    :ivar secondary: further categories by their slugs in the codebook of the category.
    """

    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="labels")
    level = models.CharField(_("level"), max_length=8, choices=Level)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    category = models.ForeignKey(BiasCategory, on_delete=models.PROTECT, related_name="+")
    secondary = ArrayField(models.SlugField(), default=list, blank=True, verbose_name=_("further categories"))
    severity = models.PositiveSmallIntegerField(_("severity"), choices=Severity)
    polarity = models.SmallIntegerField(_("polarity"), choices=Polarity, default=Polarity.NEITHER)
    target = models.CharField(_("towards"), max_length=200, blank=True)
    voice = models.CharField(_("voice"), max_length=10, choices=Voice, default=Voice.AUTHOR)
    neutral_alternative = models.TextField(_("neutral alternative"), blank=True)

    class Meta:
        verbose_name = _("adjudicated label")
        verbose_name_plural = _("adjudicated labels")
        default_permissions = ()
        ordering = ["settlement", "start", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level="article", start=None, end=None)
                | (~Q(level="article") & Q(start__isnull=False, end__gt=F("start"))),
                name="adjudicated_label_on_words_has_offsets",
            ),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="adjudicated_label_level_is_known"),
            models.CheckConstraint(
                condition=Q(severity__in=Severity.values), name="adjudicated_label_severity_is_known"
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.category} · {self.severity}"
