from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import Article

# Whoever was not heard of for so long has gone; open pages are heard of several times meanwhile.
HEARD_OF = timedelta(seconds=30)
# How old a row may grow before an open page writes it anew: asking is frequent, writing need not be.
KEPT_FRESH = timedelta(seconds=10)


class Presence(models.Model):
    """Somebody has an article open on the workbench.

    Known for half a minute and then worth nothing, so the table is not logged (docs/decisions/0014) and keeps no
    history.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(_("since"))
    heard_at = models.DateTimeField(_("last heard of"))

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("who has what open")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["article", "person"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.person} · {self.article_id}"
