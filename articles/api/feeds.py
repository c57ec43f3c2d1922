from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api.nouns import ChangeableViewSet, described
from articles.api.serializing import NounBody, Person, Representation, VersionSeen
from articles.models import Feed, FeedEntry
from articles.operations.feeds import CHANGEABLE, add_feed, ask_for_poll, change_feed, end_feed
from articles.permissions import visible_feed_entries, visible_feeds

MOST_ENTRIES = 200


class FeedRepresentation(Representation):
    polled_at = serializers.DateTimeField(source="polling.polled_at", read_only=True, allow_null=True)
    next_poll_at = serializers.DateTimeField(source="polling.next_poll_at", read_only=True, allow_null=True)
    failure = serializers.CharField(source="polling.failure", read_only=True)
    failures = serializers.IntegerField(source="polling.failures", read_only=True)
    articles_brought = serializers.IntegerField(source="polling.brought", read_only=True)
    created_by = Person(read_only=True)

    class Meta:
        model = Feed
        fields = (
            "uid",
            "version",
            "name",
            "url",
            "outlet",
            "language",
            "interval_minutes",
            "ended_at",
            "polled_at",
            "next_poll_at",
            "failure",
            "failures",
            "articles_brought",
            "created_by",
            "created_at",
        )
        read_only_fields = fields


class FeedBody(NounBody):
    """An address to be polled."""

    class Meta:
        model = Feed
        fields = ("name", "url", "outlet", "language", "interval_minutes")


class FeedChange(VersionSeen, NounBody):
    class Meta:
        model = Feed
        fields = (*sorted(CHANGEABLE), "version")


class EntryRepresentation(serializers.ModelSerializer[FeedEntry]):
    """An entry of a feed, and the article it became."""

    article = serializers.UUIDField(source="article.uid", read_only=True, allow_null=True, default=None)

    class Meta:
        model = FeedEntry
        fields = ("provider", "guid", "title", "errors", "article", "first_seen_at", "changed_at")
        read_only_fields = fields


@described(FeedRepresentation, create=FeedBody, partial_update=FeedChange, end=VersionSeen)
class FeedViewSet(ChangeableViewSet):
    """Addresses that bring copy by themselves. They are ended, never deleted."""

    queryset = Feed.objects.none()
    serializer_class = FeedRepresentation
    write_scope = "edit"
    visible = staticmethod(visible_feeds)
    keyword = "feed"
    change_right = "articles.keep_feeds"
    change_body = FeedChange
    changing = staticmethod(change_feed)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("created_by", "polling")

    def create(self, request: Request) -> Response:
        """Have an address polled, the first time at once."""
        self.require("articles.keep_feeds")
        return self.answer_made(self.again(add_feed(**self.body(FeedBody), **self.act())))

    @action(detail=True, methods=["post"])
    def end(self, request: Request, uid: Any) -> Response:
        """Poll it no more. What it brought stays."""
        feed = self.noun()
        self.require("articles.keep_feeds", feed)
        end_feed(feed=feed, seen=self.seen(feed, self.body(VersionSeen)), **self.act())
        return self.answer_anew(feed)

    @extend_schema(request=None, responses={202: FeedRepresentation})
    @action(detail=True, methods=["post"])
    def poll(self, request: Request, uid: Any) -> Response:
        """Poll it now, not when its time comes."""
        feed = self.noun()
        self.require("articles.keep_feeds", feed)
        ask_for_poll(feed=feed, **self.act())
        return Response(self.represent([self.again(feed)])[0], status=status.HTTP_202_ACCEPTED)

    @extend_schema(responses={200: EntryRepresentation(many=True)}, filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def entries(self, request: Request, uid: Any) -> Response:
        """Its entries that changed last, with what could not be read of them; at most 200."""
        entries = visible_feed_entries(request.user).filter(feed=self.noun()).select_related("article")
        return Response(EntryRepresentation(entries.order_by("-changed_at", "-pk")[:MOST_ENTRIES], many=True).data)
