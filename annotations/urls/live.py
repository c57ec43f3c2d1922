"""What open pages ask by themselves."""

from django.urls import URLPattern, path

from annotations.views.workbench import live

urlpatterns: list[URLPattern] = [
    path("articles/<uuid:uid>/live/", live.live, name="live"),
    path("articles/<uuid:uid>/live/leave/", live.leave_article, name="leave-article"),
]
