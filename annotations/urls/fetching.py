"""Asking for what stands at an address, and the feeds."""

from django.urls import URLPattern, path

from annotations.views import fetching

urlpatterns: list[URLPattern] = [
    path("articles/new/from-address/", fetching.fetch_article, name="fetch-article"),
    path("sources/new/from-address/", fetching.fetch_source, name="fetch-source"),
    path("sources/<uuid:uid>/snapshots/new/from-address/", fetching.fetch_snapshot, name="fetch-snapshot"),
    path("fetches/<uuid:uid>/", fetching.fetch, name="fetch"),
    path("fetches/<uuid:uid>/retry/", fetching.retry_fetch, name="retry-fetch"),
    path("fetches/<uuid:uid>/stop/", fetching.stop_fetch, name="stop-fetch"),
]
