"""The root of the API: the nouns of the apps under ``v1/``, the schema, and the pages that explain it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.urls import include, path, re_path
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter
from rest_framework.viewsets import ViewSetMixin

from annotations.api import routes as annotation_routes
from annotations.api.desk.bulk import BulkView
from annotations.api.exchange.imports import ImportView
from annotations.api.readers.claimsearch import ClaimSearchView
from articles.api import routes as article_routes
from articles.api.nouns import ListedViewSet, NounViewSet
from newsdesk.api.hooks import WebHookDeliveryViewSet, WebHookViewSet
from newsdesk.api.idempotency import answered_once
from newsdesk.api.me import MeView
from newsdesk.api.problems import answer_outside_views
from newsdesk.api.root import RootView
from newsdesk.api.shaping import shaped


@csrf_exempt  # there is nothing to protect, and a 403 would hide that
def nothing_here(request: HttpRequest) -> JsonResponse:
    """The answer at every address that the API does not have."""
    return answer_outside_views(request, 404, _("The API has no such address."))


ROUTES: tuple[tuple[str, type[ViewSetMixin]], ...] = (
    *article_routes.ROUTES,
    *annotation_routes.ROUTES,
    ("web-hook-deliveries", WebHookDeliveryViewSet),
    ("web-hooks", WebHookViewSet),
)


# Where what a reference names is shown: the list at the root of the API that shows its kind.
VIEWS: dict[type, type[ListedViewSet]] = {
    noun_view.queryset.model: noun_view
    for prefix, noun_view in ROUTES
    if issubclass(noun_view, NounViewSet) and noun_view.queryset is not None and "/" not in prefix
}


def _router() -> SimpleRouter:
    router = SimpleRouter(use_regex_path=False)
    for prefix, view in ROUTES:
        router.register(prefix, answered_once(shaped(view, views=VIEWS)), basename=f"api-{prefix.rpartition('/')[2]}")
    return router


# What has a list of its own: revisions are found under their article, exports under their format.
NOUNS = [
    "me",
    *(
        prefix
        for prefix, view in ROUTES
        if "get" in getattr(view, "http_method_names", ()) and hasattr(view, "list") and "<" not in prefix
    ),
]

urlpatterns = [
    path("v1/", RootView.as_view(nouns=NOUNS), name="api-root"),
    path("v1/me/", MeView.as_view(), name="api-me"),
    path("v1/articles/bulk/", BulkView.as_view(), name="api-bulk"),
    path("v1/imports/<str:format>/", ImportView.as_view(), name="api-import"),
    path("v1/claims:search", ClaimSearchView.as_view(), name="api-claim-search"),
    path("v1/", include(_router().urls)),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path(
        "docs/",
        login_required(
            SpectacularSwaggerSplitView.as_view(url_name="api-schema", template_name="newsdesk/api_docs.html")
        ),
        name="api-docs",
    ),
    re_path(r"^", nothing_here),
]
