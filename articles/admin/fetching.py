"""What the desk asks of other people's sites: requests, feeds, and what it remembers about hosts."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import DeskAdmin, OperatedAdmin, list_link
from articles.fetching.refusals import FetchRefused
from articles.models import Feed, FeedEntry, FetchRequest, HostTurn, Polling, RobotsCopy
from articles.operations.feeds import FeedEnded, PolledAlready, change_feed
from articles.permissions import visible_feed_entries, visible_feeds, visible_fetch_requests


@admin.register(Feed)
class FeedAdmin(OperatedAdmin):
    visible = staticmethod(visible_feeds)
    change_right = "articles.keep_feeds"
    changeable = ("name", "url", "outlet", "language", "interval_minutes")
    list_display = ("name", "url", "interval_minutes", "ended_at", "created_by")
    list_select_related = ("created_by",)
    search_fields = ("name", "url")
    readonly_fields = ("entries",)
    refusals = (PolledAlready, FeedEnded, FetchRefused)

    @admin.display(description=_("entries"))
    def entries(self, feed: Feed) -> SafeString:
        return list_link(FeedEntry, _("Entries"), feed__id__exact=feed.pk)

    def operate(self, noun: Feed, **act: Any) -> None:
        change_feed(feed=noun, **act)


@admin.register(Polling)
class PollingAdmin(DeskAdmin):
    list_display = ("feed", "polled_at", "next_poll_at", "failures", "failure", "brought")
    list_select_related = ("feed",)
    search_fields = ("feed__name", "failure")

    @staticmethod
    def visible(person: Any) -> QuerySet[Polling]:
        return Polling.objects.filter(feed__in=visible_feeds(person))


@admin.register(FeedEntry)
class FeedEntryAdmin(DeskAdmin):
    list_display = ("title", "feed", "number", "changed_at")
    list_select_related = ("feed",)
    search_fields = ("title", "guid")
    visible = staticmethod(visible_feed_entries)


@admin.register(FetchRequest)
class FetchRequestAdmin(DeskAdmin):
    list_display = ("url", "purpose", "state", "reason", "tries", "created_at")
    list_filter = ("state", "purpose")
    search_fields = ("url",)
    visible = staticmethod(visible_fetch_requests)


@admin.register(HostTurn)
class HostTurnAdmin(DeskAdmin):
    list_display = ("host", "free_from")
    search_fields = ("host",)

    @staticmethod
    def visible(person: Any) -> QuerySet[HostTurn]:
        return HostTurn.objects.all()


@admin.register(RobotsCopy)
class RobotsCopyAdmin(DeskAdmin):
    list_display = ("origin", "is_reachable", "fresh_until")
    search_fields = ("origin",)

    @staticmethod
    def visible(person: Any) -> QuerySet[RobotsCopy]:
        return RobotsCopy.objects.all()
