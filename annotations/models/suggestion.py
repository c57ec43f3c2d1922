from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from annotations.models.claim import Claim
from articles.models import Revision
from articles.models.laws import append_only
from articles.models.noun import Noun


class ClaimRun(Noun):
    """The rules of a version have read a revision for sentences worth checking; they do so once."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="claim_runs")
    version = models.CharField(_("version of the rules"), max_length=40)

    class Meta:
        verbose_name = _("search for claims")
        verbose_name_plural = _("searches for claims")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["revision", "version"], name="claims_are_sought_once")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.version}, {self.created_at:%Y-%m-%d}"


class ProposedClaim(models.Model):
    """Why a sentence was suggested as a claim, as it was read then; the score is the claim's ``confidence``.

    ``reasons`` and ``against`` are lists of ``{"kind", "words"}``, each kind of :mod:`annotations.checkworthy`.
    ``claimant`` is whom the text gives the words to, by the fullest name in it; empty for the article's own voice.
    """

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="proposal")
    reasons = models.JSONField(_("speaks for checking"), default=list)
    against = models.JSONField(_("speaks against"), default=list, blank=True)
    claimant = models.CharField(_("claimant by the text"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("proposed claim")
        verbose_name_plural = _("proposed claims")
        default_permissions = ()
        triggers = [append_only()]

    def __str__(self) -> str:
        return ", ".join(dict.fromkeys(reason["kind"] for reason in self.reasons))
