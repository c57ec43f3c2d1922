"""What belongs to a check and stands in tables of its own: blind rounds, translations, sources that came later."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.models.claim import Claim
from annotations.models.factcheck import Evidence
from articles.models import Noun, Snapshot
from articles.models.laws import append_only, never_deleted

FEWEST_IN_A_ROUND = 2  # checkers who judge apart


class BlindRound(Noun):
    """A claim is judged by checkers who do not see each other's verdict until each of them has drafted one.

    :ivar ended_at: when enough had drafted, or somebody ended it before; from then on all is seen.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="blind_rounds")
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("blind round")
        verbose_name_plural = _("blind rounds")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["claim"], condition=Q(ended_at=None), name="blind_round_open_once"),
            models.CheckConstraint(
                condition=Q(ended_by=None, ended_at=None) | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="blind_round_is_ended_by_name",
            ),
        ]
        triggers = [never_deleted()]

    def __str__(self) -> str:
        return str(self.claim)


class Translation(Noun):
    """The words of a piece of evidence in another language, and who put them into it. The newest one counts."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="translations")
    language = models.CharField(_("language"), max_length=35)
    text = models.TextField(_("translation"))
    translator = models.CharField(_("translated by"), max_length=300)

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        default_permissions = ()
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(text__regex=r"\S"), name="translation_has_text"),
            models.CheckConstraint(condition=Q(translator__regex=r"\S"), name="translation_has_a_translator"),
            models.CheckConstraint(condition=Q(language__regex=r"\S"), name="translation_has_a_language"),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return self.text[:80]


class LaterSource(models.Model):
    """A text that was stored after a claim had been judged, and shares its telling words.

    :ivar words: those they share, as they stand in the later one.
    :ivar aside_by: who looked and found that it says nothing new.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="later_sources")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words = ArrayField(models.CharField(max_length=200), verbose_name=_("words they share"))
    created_at = models.DateTimeField(_("stored"))
    aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    aside_at = models.DateTimeField(_("put aside"), null=True, blank=True)

    class Meta:
        verbose_name = _("later source")
        verbose_name_plural = _("later sources")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["claim", "snapshot"], name="later_source_once_for_a_claim"),
            models.CheckConstraint(
                condition=Q(aside_by=None, aside_at=None) | Q(aside_by__isnull=False, aside_at__isnull=False),
                name="later_source_is_put_aside_by_name",
            ),
        ]
        triggers = [never_deleted()]

    def __str__(self) -> str:
        return ", ".join(self.words)
