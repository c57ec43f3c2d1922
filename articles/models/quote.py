from __future__ import annotations

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.laws import counted_versions, never_deleted
from articles.models.noun import Mark, MarkQuerySet
from articles.models.span import Span
from articles.models.speaker import Speaker


class QuoteKind(models.TextChoices):
    DIRECT = "direct", _("direct")
    INDIRECT = "indirect", _("indirect")
    MIXED = "mixed", _("mixed")


class Wording(models.TextChoices):
    """What the printed words are to the spoken ones."""

    ORIGINAL = "original", _("as spoken")
    TRANSLATION = "translation", _("a translation")
    UNKNOWN = "unknown", _("unknown")


class QuoteQuerySet(MarkQuerySet):
    def of(self, speaker: Speaker) -> Self:
        """Quotes of a speaker, those of names merged into it included."""
        return self.filter(Q(speaker=speaker) | Q(speaker__merged_into=speaker))


@pghistory.track(pghistory.UpdateEvent("changed", row=pghistory.Old))
class Quote(Mark):
    """Words attributed to a speaker, who may be unknown."""

    # One foreign key of both (0002_laws) holds them to a span, and so to its article.
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="quotes", db_constraint=False)
    span = models.OneToOneField(Span, on_delete=models.PROTECT, related_name="quote", db_constraint=False)
    speaker = models.ForeignKey(
        Speaker, on_delete=models.PROTECT, null=True, blank=True, related_name="quotes", db_index=False
    )
    kind = models.CharField(_("kind"), max_length=8, choices=QuoteKind)
    cue = models.CharField(_("cue"), max_length=200, blank=True)
    mention = models.CharField(_("speaker as printed"), max_length=300, blank=True)
    language = models.CharField(_("language spoken"), max_length=35, blank=True)
    wording = models.CharField(_("printed words are"), max_length=11, choices=Wording, default=Wording.UNKNOWN)

    objects = QuoteQuerySet.as_manager()

    class Meta(Mark.Meta):
        abstract = False
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        default_permissions = ()
        indexes = [
            models.Index(fields=["speaker", "-created_at"], name="quote_by_speaker"),
            models.Index(fields=["proposer", "rule", "origin"], name="quote_by_rule", condition=~Q(proposer="")),
        ]
        constraints = [
            *Mark.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=QuoteKind.values), name="quote_kind_is_known"),
            models.CheckConstraint(condition=Q(wording__in=Wording.values), name="quote_wording_is_known"),
        ]
        triggers = [counted_versions(), never_deleted()]

    @property
    def standing_speaker(self) -> Speaker | None:
        """Who speaks: whoever a merged name stands for now."""
        return self.speaker.merged_into or self.speaker if self.speaker is not None else None

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.speaker or self.mention or _('unknown')}"
