from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Editable, Span
from articles.models.laws import counted_versions, never_deleted


@pghistory.track(pghistory.UpdateEvent("changed", row=pghistory.Old))
class Comment(Editable):
    """A remark on an article or on the words of one mark. Resolved or orphaned ones never block anything."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="comments")
    span = models.ForeignKey(Span, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="answers")
    text = models.TextField(_("text"))
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(text__regex=r"\S"), name="comment_has_text"),
            models.CheckConstraint(
                condition=Q(resolved_by=None, resolved_at=None)
                | Q(resolved_by__isnull=False, resolved_at__isnull=False),
                name="comment_resolution_has_a_person",
            ),
        ]
        triggers = [counted_versions(), never_deleted()]

    def __str__(self) -> str:
        return self.text[:80]
