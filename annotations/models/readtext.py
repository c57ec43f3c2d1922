from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Revision
from articles.models.laws import append_only


class SentenceStarts(models.Model):
    """Where the sentences of a revision begin that somebody of the desk has begun to read.

    Kept so that the database can say how many sentences were read, and in which of them a tag stands, without cutting
    up the text again: ``width_bucket(offset, starts)`` is the number of the sentence, from 1.

    :ivar starts: in code points of the revision's text, ascending, as :func:`articles.anchoring.text.sentences` has
        them.
    """

    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="+")
    starts = ArrayField(models.PositiveIntegerField(), verbose_name=_("starts of sentences"))

    class Meta:
        verbose_name = _("starts of sentences")
        verbose_name_plural = _("starts of sentences")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(starts__len__gte=1), name="read_text_has_sentences")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.revision_id} · {len(self.starts)}"
