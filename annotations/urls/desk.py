"""The desk, the list of articles, bringing in, search."""

from django.urls import URLPattern, path

from annotations.views import articles, desk, intake, search

urlpatterns: list[URLPattern] = [
    path("", desk.desk, name="desk"),
    path("notices/<uuid:uid>/aside/", desk.put_notice_aside, name="put-notice-aside"),
    path("articles/", articles.article_list, name="article-list"),
    path("articles/new/", intake.bring_in_copy, name="bring-in"),
    path("search/", search.search, name="search"),
]
