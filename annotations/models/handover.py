from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.models.factcheck import FactCheck
from articles.models import Noun
from articles.models.laws import never_deleted


class HandOver(Noun):
    """A check went from one checker to another, with a note that the receiver acknowledges.

    :ivar giver: whose check it was; an editor may hand it over for them, and then has made this row.
    :ivar acknowledged_at: when the receiver said that they have read the note.
    """

    fact_check = models.ForeignKey(FactCheck, on_delete=models.PROTECT, related_name="hand_overs")
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("handed over by")
    )
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("handed over to")
    )
    note = models.TextField(_("note for the receiver"))
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True, blank=True)

    class Meta:
        verbose_name = _("hand-over of a check")
        verbose_name_plural = _("hand-overs of checks")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(note__regex=r"\S"), name="hand_over_has_a_note"),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="hand_over_is_to_somebody_else"),
        ]
        triggers = [
            never_deleted(),
            pgtrigger.Trigger(
                name="acknowledged_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=pgtrigger.Func(
                    """
                    IF OLD.acknowledged_at IS NOT NULL
                        OR to_jsonb(NEW) - 'acknowledged_at' <> to_jsonb(OLD) - 'acknowledged_at'
                    THEN
                        RAISE EXCEPTION 'a hand-over is acknowledged once, and nothing else of it changes'
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NEW;
                    """
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.receiver}"
