from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Revision
from articles.models.laws import append_only
from articles.models.noun import Noun
from articles.models.quote import Quote


class QuotationRun(Noun):
    """The rules of a version have read a revision for quotations; they do so once."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="quotation_runs")
    version = models.CharField(_("version of the rules"), max_length=40)

    class Meta:
        verbose_name = _("search for quotations")
        verbose_name_plural = _("searches for quotations")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["revision", "version"], name="quotations_are_sought_once")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.version}, {self.created_at:%Y-%m-%d}"


class ProposedSpeakerQuerySet(models.QuerySet["ProposedSpeaker"]):
    def named(self) -> Self:
        """Proposals that name somebody."""
        return self.exclude(name="")


class ProposedSpeaker(models.Model):
    """Whom the text itself gives suggested words to: the fullest name in it, or why there is none.

    A stored speaker is found by it, or made of it, when somebody decides.
    """

    quote = models.OneToOneField(Quote, on_delete=models.PROTECT, related_name="proposed_speaker")
    name = models.CharField(_("name"), max_length=300, blank=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    affiliation = models.CharField(_("affiliation"), max_length=300, blank=True)
    why_unnamed = models.CharField(_("why nobody is named"), max_length=100, blank=True)

    objects = ProposedSpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed speaker")
        verbose_name_plural = _("proposed speakers")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(why_unnamed="") | Q(name=""), name="proposed_speaker_has_a_name_or_a_reason"
            )
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return self.name or self.why_unnamed
