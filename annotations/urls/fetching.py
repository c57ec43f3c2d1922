"""What comes in otherwise than by hand: from an address, by feeds, by the thousand."""

from django.urls import URLPattern, path

from annotations.views.desk import batches, feeds, fetching

urlpatterns: list[URLPattern] = [
    path("articles/new/from-address/", fetching.fetch_article, name="fetch-article"),
    path("sources/new/from-address/", fetching.fetch_source, name="fetch-source"),
    path("sources/<uuid:uid>/snapshots/new/from-address/", fetching.fetch_snapshot, name="fetch-snapshot"),
    path("batches/", batches.batch_list, name="batch-list"),
    path("batches/<uuid:uid>/", batches.batch, name="batch"),
    path("batches/<uuid:uid>/stop/", batches.stop_batch, name="stop-batch"),
    path("batches/<uuid:uid>/again/", batches.try_again_after_batch, name="try-again-after-batch"),
    path("feeds/", feeds.feed_list, name="feed-list"),
    path("feeds/new/", feeds.feed_new, name="feed-new"),
    path("feeds/<uuid:uid>/", feeds.feed_change, name="feed-change"),
    path("feeds/<uuid:uid>/poll/", feeds.feed_poll, name="feed-poll"),
    path("feeds/<uuid:uid>/end/", feeds.feed_end, name="feed-end"),
    path("fetches/<uuid:uid>/", fetching.fetch, name="fetch"),
    path("fetches/<uuid:uid>/retry/", fetching.retry_fetch, name="retry-fetch"),
    path("fetches/<uuid:uid>/stop/", fetching.stop_fetch, name="stop-fetch"),
]
