from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article, Revision
from articles.models.laws import append_only, never_deleted
from articles.models.noun import Noun


class AnchorState(models.TextChoices):
    """How sure we are that the words stand where the anchor says."""

    ANCHORED = "anchored", _("anchored")
    NEEDS_REVIEW = "needs_review", _("needs a look")
    ORPHANED = "orphaned", _("without a place")


class Span(Noun):
    """The words one annotation is about, whatever revision they stand in. Owned by exactly one annotation.

    Written with, or after, the row that says which anchor is current on the newest revision: the database looks when
    the statement ends, once for all spans of it (migration 0010).
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="spans")

    # Where it was marked; there on a span that was just made, so that nobody has to ask for it again.
    placed: CurrentAnchor

    class Meta:
        verbose_name = _("span")
        verbose_name_plural = _("spans")
        default_permissions = ()
        # What a composite foreign key needs to hold an annotation and its span to one article.
        constraints = [models.UniqueConstraint(fields=["id", "article"], name="span_belongs_to_article")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return str(self.uid)


class Anchor(Noun):
    """Where a span stands in one revision: half-open ``[start, end)`` in code points of its text.

    Appended, never changed: a resize or a repair is a new anchor with the next ``sequence``.
    An orphaned anchor keeps the last known words and has no offsets. The database compares the words with the text,
    all anchors of a statement together (migration 0010).
    """

    # anchor_sequence_once finds the anchors of a span, and those of a revision are found by the current ones.
    span = models.ForeignKey(Span, on_delete=models.PROTECT, related_name="anchors", db_index=False)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="anchors", db_index=False)
    sequence = models.PositiveSmallIntegerField(default=1)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    exact = models.TextField(_("words"))
    prefix = models.CharField(max_length=32, blank=True)
    suffix = models.CharField(max_length=32, blank=True)
    state = models.CharField(max_length=12, choices=AnchorState, default=AnchorState.ANCHORED)
    reason = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("anchor")
        verbose_name_plural = _("anchors")
        default_permissions = ()
        indexes = [
            models.Index(fields=["revision"], condition=~Q(state="anchored"), name="anchor_in_doubt"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["span", "revision", "sequence"], name="anchor_sequence_once"),
            models.UniqueConstraint(fields=["id", "span", "revision"], name="anchor_belongs_to_span"),
            models.CheckConstraint(
                condition=Q(start__gte=0, end__gt=F("start")) | Q(start=None, end=None, state="orphaned"),
                name="anchor_offsets_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state="orphaned") | Q(start=None), name="anchor_without_a_place_has_no_offsets"
            ),
            models.CheckConstraint(condition=~Q(exact=""), name="anchor_has_words"),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.exact[:60]} [{self.start}, {self.end})"


class CurrentAnchorQuerySet(models.QuerySet["CurrentAnchor"]):
    def on(self, revision: Revision) -> Any:
        """The anchors that hold on ``revision``, with their words, in the order of the text."""
        return self.filter(revision=revision).select_related("anchor").order_by("anchor__start", "anchor__end")


class CurrentAnchor(models.Model):
    """Which anchor of a span holds on a revision. The only mutable row of the three: another anchor may be named."""

    # One foreign key of all three (0002_laws) holds them to an anchor, and so to its span and its revision.
    span = models.ForeignKey(
        Span, on_delete=models.PROTECT, related_name="current_anchors", db_constraint=False, db_index=False
    )
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="current_anchors", db_constraint=False
    )
    anchor = models.OneToOneField(Anchor, on_delete=models.PROTECT, related_name="+", db_constraint=False)

    objects = CurrentAnchorQuerySet.as_manager()

    class Meta:
        verbose_name = _("current anchor")
        verbose_name_plural = _("current anchors")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["span", "revision"], name="current_anchor_one_per_revision")]
        triggers = [
            never_deleted(),
            pgtrigger.Protect(name="stays_on_its_revision", operation=pgtrigger.UpdateOf("span_id", "revision_id")),
        ]

    def __str__(self) -> str:
        return str(self.anchor)

    @classmethod
    def of(cls, span: int, revision: int) -> Anchor:
        """The anchor of a span that holds on a revision, by their keys."""
        return cls.objects.select_related("anchor").get(span_id=span, revision_id=revision).anchor
