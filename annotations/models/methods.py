from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Noun
from articles.models.laws import append_only


class MethodsPage(Noun):
    """How the desk checks, as readers are told: written whole, numbered, never rewritten.

    The words of its ratings stand beside it; see :class:`~annotations.models.factcheck.Rating`.
    """

    number = models.PositiveIntegerField(_("number"), unique=True)
    text = models.TextField(_("policy"))
    change_note = models.CharField(_("what changed"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("methods page")
        verbose_name_plural = _("methods pages")
        default_permissions = ()
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(condition=Q(text__regex=r"\S"), name="methods_page_has_text"),
            models.CheckConstraint(
                condition=Q(number=1) | Q(number__gt=1, change_note__regex=r"\S"), name="methods_page_says_what_changed"
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return str(self.number)
