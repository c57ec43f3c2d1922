from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations.models import Comment, Mention, Presence
from annotations.operations.workbench.comments import NotAThread, resolve_comment
from annotations.permissions import visible_comments, visible_mentions, visible_presence
from articles.admin.desk import DeskAdmin, act_of
from articles.models import Stale


@admin.register(Comment)
class CommentAdmin(DeskAdmin):
    visible = staticmethod(visible_comments)
    list_display = ("text", "article", "created_by", "created_at", "edited_at", "resolved_at")
    list_filter = (("resolved_at", admin.EmptyFieldListFilter), ("parent", admin.EmptyFieldListFilter))
    list_select_related = ("article__head", "created_by")
    search_fields = ("text",)
    actions = ("resolve",)

    @admin.action(description=_("Say that they are dealt with"))
    def resolve(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        for comment in queryset.filter(resolved_at=None):
            try:
                resolve_comment(comment=comment, seen=comment.version, **act_of(request))
            except (Stale, NotAThread) as refusal:
                messages.error(request, str(refusal))


@admin.register(Mention)
class MentionAdmin(DeskAdmin):
    """One's own, also for administrators: whom a colleague calls is between the two."""

    visible = staticmethod(visible_mentions)
    list_display = ("comment", "created_at", "seen_at", "aside_at", "ended_at")
    list_filter = (("aside_at", admin.EmptyFieldListFilter),)
    list_select_related = ("comment",)
    search_fields = ("comment__text",)


@admin.register(Presence)
class PresenceAdmin(DeskAdmin):
    """Who else has what open just now; what is older is not shown here either."""

    visible = staticmethod(visible_presence)
    list_display = ("person", "article", "since", "heard_at")
    list_select_related = ("person", "article__head")
    search_fields = ("person__name",)
