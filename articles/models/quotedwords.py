from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.quote import Quote
from articles.models.source import Passage


class QuotedWords(models.Model):
    """By what the words of a quote, or of a passage of a stored source, are found again elsewhere.

    Derived: ``keys`` are :func:`articles.wording.kept_keys` of the quote's words on the newest revision, or of the
    passage. A row that is missing or late only hides its words from a search; what is found is compared anew.
    """

    quote = models.OneToOneField(
        Quote, on_delete=models.PROTECT, null=True, related_name="quoted_words", verbose_name=_("quote")
    )
    passage = models.OneToOneField(
        Passage, on_delete=models.PROTECT, null=True, related_name="quoted_words", verbose_name=_("passage")
    )
    keys = ArrayField(models.IntegerField(), verbose_name=_("keys"))

    class Meta:
        verbose_name = _("quoted words")
        verbose_name_plural = _("quoted words")
        default_permissions = ()
        indexes = [
            # Without a list of pending entries: a search would read all of it, and some mark would wait for its merge.
            GinIndex(fields=["keys"], name="quoted_words_by_keys", fastupdate=False),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(quote__isnull=False, passage=None) | Q(quote=None, passage__isnull=False),
                name="quoted_words_are_of_a_quote_or_a_passage",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quote or self.passage}"
