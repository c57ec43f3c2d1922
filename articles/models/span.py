from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article, Revision
from articles.models.laws import append_only
from articles.models.noun import Noun


class AnchorState(models.TextChoices):
    """How sure we are that the words stand where the anchor says."""

    ANCHORED = "anchored", _("anchored")
    NEEDS_REVIEW = "needs_review", _("needs a look")
    ORPHANED = "orphaned", _("without a place")


class Span(Noun):
    """The words one annotation is about, whatever revision they stand in. Owned by exactly one annotation."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="spans")

    # Where it was marked; there on a span that was just made, so that nobody has to ask for it again.
    placed: CurrentAnchor

    class Meta:
        verbose_name = _("span")
        verbose_name_plural = _("spans")
        default_permissions = ()
        # What a composite foreign key needs to hold an annotation and its span to one article.
        constraints = [models.UniqueConstraint(fields=["id", "article"], name="span_belongs_to_article")]
        triggers = [
            append_only(),
            pgtrigger.Trigger(
                name="span_stands_on_the_head",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func=pgtrigger.Func(
                    """
                    IF NOT EXISTS (
                        SELECT FROM articles_currentanchor c JOIN articles_article a ON a.head_id = c.revision_id
                        WHERE c.span_id = NEW.id AND a.id = NEW.article_id
                    ) THEN
                        RAISE EXCEPTION 'span % has no anchor on the newest revision of its article', NEW.uid
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NULL;
                    """
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class Anchor(Noun):
    """Where a span stands in one revision: half-open ``[start, end)`` in code points of its text.

    Appended, never changed: a resize or a repair is a new anchor with the next ``sequence``.
    An orphaned anchor keeps the last known words and has no offsets.
    """

    # Every save writes as many rows as there are marks, so there is no index that another one begins with.
    span = models.ForeignKey(Span, on_delete=models.PROTECT, related_name="anchors", db_index=False)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="anchors")
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
        triggers = [
            append_only(),
            pgtrigger.Trigger(
                name="exact_is_in_the_text",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="written"),
                declare=[
                    ("revision", "record"),
                    ("anchor", "record"),
                    ("blocks", "text[]"),
                    ("block", "integer"),
                    ("block_start", "integer"),
                    ("block_length", "integer"),
                    ("words", "text"),
                ],
                # Cutting a long text for each anchor would cost its whole length every time, so a batch
                # walks the blocks once, in the order of the offsets, and cuts out of the block it is in.
                func=pgtrigger.Func(
                    """
                    FOR revision IN
                        SELECT r.id, r.article_id, r.text, count(*) AS anchors
                        FROM articles_revision r JOIN written w ON w.revision_id = r.id
                        GROUP BY r.id
                    LOOP
                        blocks := CASE WHEN revision.anchors > 20 THEN string_to_array(revision.text, E'\\n\\n') END;
                        block := 1;
                        block_start := 0;
                        block_length := char_length(blocks[1]);
                        FOR anchor IN
                            SELECT w.start, w."end", w.exact, w.uid, s.article_id
                            FROM written w JOIN articles_span s ON s.id = w.span_id
                            WHERE w.revision_id = revision.id ORDER BY w.start NULLS LAST
                        LOOP
                            IF anchor.article_id <> revision.article_id THEN
                                RAISE EXCEPTION 'anchor % joins a span and a revision of two articles', anchor.uid
                                    USING ERRCODE = 'integrity_constraint_violation';
                            END IF;
                            CONTINUE WHEN anchor.start IS NULL;
                            WHILE blocks IS NOT NULL AND block < cardinality(blocks)
                                AND anchor.start >= block_start + block_length + 2
                            LOOP
                                block_start := block_start + block_length + 2;
                                block := block + 1;
                                block_length := char_length(blocks[block]);
                            END LOOP;
                            IF blocks IS NOT NULL AND anchor."end" <= block_start + block_length
                                AND anchor.start >= block_start
                            THEN
                                words := substr(
                                    blocks[block], anchor.start - block_start + 1, anchor."end" - anchor.start);
                            ELSE
                                words := substr(revision.text, anchor.start + 1, anchor."end" - anchor.start);
                            END IF;
                            IF words IS DISTINCT FROM anchor.exact THEN
                                RAISE EXCEPTION 'anchor % does not stand on the words it names', anchor.uid
                                    USING ERRCODE = 'integrity_constraint_violation';
                            END IF;
                        END LOOP;
                    END LOOP;
                    RETURN NULL;
                    """
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exact[:60]} [{self.start}, {self.end})"


class CurrentAnchorQuerySet(models.QuerySet["CurrentAnchor"]):
    def on(self, revision: Revision) -> Any:
        """The anchors that hold on ``revision``, with their words, in the order of the text."""
        return self.filter(revision=revision).select_related("anchor").order_by("anchor__start", "anchor__end")


class CurrentAnchor(models.Model):
    """Which anchor of a span holds on a revision. The only mutable row of the three."""

    # One foreign key over all three holds them to an anchor (0002_laws), and that one to its span and its revision:
    # one of each alone would be checked for every mark at every save, and could never find more.
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

    def __str__(self) -> str:
        return str(self.anchor)

    @classmethod
    def of(cls, span: int, revision: int) -> Anchor:
        """The anchor of a span that holds on a revision, by their keys."""
        return cls.objects.select_related("anchor").get(span_id=span, revision_id=revision).anchor
