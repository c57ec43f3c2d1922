from __future__ import annotations

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.models.bias import BiasTag
from articles.models import Article, Editable, Span
from articles.models.laws import counted_versions, never_deleted


@pghistory.track(pghistory.UpdateEvent("changed", row=pghistory.Old))
class Comment(Editable):
    """A remark on an article, on the words of one mark, or on a tag that is about the whole article.

    One without a ``parent`` begins a thread; the others answer it, are about the same thing, and are resolved with it.
    Resolved or orphaned ones never block anything.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="comments")
    span = models.ForeignKey(Span, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Of a tag without words; every other mark is found by its span.
    tag = models.ForeignKey(BiasTag, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="answers")
    text = models.TextField(_("text"))
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
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
            models.CheckConstraint(condition=Q(span=None) | Q(tag=None), name="comment_is_about_one_mark"),
            models.CheckConstraint(
                condition=Q(parent=None) | Q(resolved_at=None), name="comment_answers_are_resolved_with_their_thread"
            ),
        ]
        triggers = [counted_versions(), never_deleted()]

    def __str__(self) -> str:
        return self.text[:80]


class Mention(models.Model):
    """Somebody was named in a comment, and is told so until they put it aside.

    :ivar seen_at: when they opened it from their desk.
    :ivar ended_at: when the comment was changed so that it no longer names them.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mentions")
    created_at = models.DateTimeField(_("made"))
    seen_at = models.DateTimeField(_("seen"), null=True, blank=True)
    aside_at = models.DateTimeField(_("put aside"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        default_permissions = ()
        indexes = [
            models.Index(fields=["person"], condition=Q(aside_at=None, ended_at=None), name="mention_that_waits"),
        ]
        constraints = [models.UniqueConstraint(fields=["comment", "person"], name="mention_once_in_a_comment")]
        triggers = [never_deleted()]

    def __str__(self) -> str:
        return f"{self.person} · {self.comment_id}"
