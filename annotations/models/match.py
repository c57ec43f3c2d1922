from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.models.claim import Claim
from articles.models.laws import append_only
from articles.models.noun import Noun


class ClaimMatch(Noun):
    """Somebody held a claim against an earlier one and said whether it says the same. Of a pair the newest counts."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="matches")
    earlier = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="matched_by")
    is_same = models.BooleanField(_("says the same"))
    score = models.FloatField(_("likeness then"), null=True, blank=True)

    class Meta:
        verbose_name = _("comparison of claims")
        verbose_name_plural = _("comparisons of claims")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(claim__gt=F("earlier")), name="match_names_the_earlier_claim"),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=0, score__lte=1), name="match_score_is_a_share"
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return str(_("the same") if self.is_same else _("not the same"))
