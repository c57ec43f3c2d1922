"""Asking for what stands at an address, and the feeds."""

from django.urls import URLPattern, path

from annotations.views import feeds, fetching

urlpatterns: list[URLPattern] = [
    path("articles/new/from-address/", fetching.fetch_article, name="fetch-article"),
    path("sources/new/from-address/", fetching.fetch_source, name="fetch-source"),
    path("sources/<uuid:uid>/snapshots/new/from-address/", fetching.fetch_snapshot, name="fetch-snapshot"),
    path("feeds/", feeds.feed_list, name="feed-list"),
    path("feeds/new/", feeds.feed_new, name="feed-new"),
    path("feeds/<uuid:uid>/", feeds.feed_change, name="feed-change"),
    path("feeds/<uuid:uid>/poll/", feeds.feed_poll, name="feed-poll"),
    path("feeds/<uuid:uid>/end/", feeds.feed_end, name="feed-end"),
    path("fetches/<uuid:uid>/", fetching.fetch, name="fetch"),
    path("fetches/<uuid:uid>/retry/", fetching.retry_fetch, name="retry-fetch"),
    path("fetches/<uuid:uid>/stop/", fetching.stop_fetch, name="stop-fetch"),
]
