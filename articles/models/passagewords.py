from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.source import Passage, Snapshot


class PassageWords(models.Model):
    """By what a passage is found for a claim. Derived from its text and the language of its source.

    Written in the transaction that stores the passage. A row that is missing only hides its passage from the search; a
    job makes up for it.
    """

    passage = models.OneToOneField(
        Passage, on_delete=models.PROTECT, primary_key=True, related_name="indexed", verbose_name=_("passage")
    )
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+", verbose_name=_("snapshot"))
    configuration = models.CharField(_("how its words are read"), max_length=20)
    length = models.PositiveIntegerField(_("length in words"))
    words = SearchVectorField(_("words"))

    class Meta:
        verbose_name = _("words of a passage")
        verbose_name_plural = _("words of passages")
        default_permissions = ()
        indexes = [
            # What was stored last waits in a list until that is long enough to be put in; a search reads the list.
            GinIndex(fields=["words"], name="passage_words_by_lexeme", fastupdate=True, gin_pending_list_limit=1024),
        ]

    def __str__(self) -> str:
        return str(self.passage)


class PassageCount(models.Model):
    """How many passages are read in one way, and how long they are. Counted by a job, so never quite up to date.

    A row is there from the first passage on; before the first count it says 0.
    """

    configuration = models.CharField(_("how words are read"), max_length=20, primary_key=True)
    passages = models.PositiveIntegerField(_("passages"), default=0)
    mean_length = models.FloatField(_("mean length in words"), default=1.0)
    counted_at = models.DateTimeField(_("counted"), null=True)

    class Meta:
        verbose_name = _("count of passages")
        verbose_name_plural = _("counts of passages")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.configuration}: {self.passages}"


class LexemeCount(models.Model):
    """How many passages have a lexeme, where more than one has. Counted by the same job."""

    configuration = models.CharField(_("how words are read"), max_length=20)
    lexeme = models.TextField(_("lexeme"))
    passages = models.PositiveIntegerField(_("passages"))

    class Meta:
        verbose_name = _("count of a lexeme")
        verbose_name_plural = _("counts of lexemes")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["configuration", "lexeme"], name="lexeme_is_counted_once")]

    def __str__(self) -> str:
        return f"{self.configuration} {self.pk}: {self.passages}"  # the lexeme may be a secret of a restricted source
