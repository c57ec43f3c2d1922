"""Stopping pieces and verdicts, and letting them go."""

from django.urls import URLPattern, path

from annotations.views.readers import holding

urlpatterns: list[URLPattern] = [
    path("articles/<uuid:uid>/holds/", holding.article_holds, name="article-holds"),
    path("claims/<uuid:uid>/holds/", holding.claim_holds, name="claim-holds"),
    path("holds/<uuid:uid>/let-go/", holding.let_go, name="let-hold-go"),
]
