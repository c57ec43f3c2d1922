"""The desk, the list of articles, bringing in, search, exports."""

from django.urls import URLPattern, path

from annotations.urls import exports
from annotations.views.desk import articles, intake, search
from annotations.views.desk import firstpage as desk
from annotations.views.exchange import takeout
from annotations.views.workbench import undoing

urlpatterns: list[URLPattern] = [
    path("", desk.desk, name="desk"),
    path("notices/<uuid:uid>/aside/", desk.put_notice_aside, name="put-notice-aside"),
    path("articles/", articles.article_list, name="article-list"),
    path("articles/new/", intake.bring_in_copy, name="bring-in"),
    path("undo/", undoing.undo_last, name="undo"),
    path("redo/", undoing.redo_last, name="redo"),
    path("acts/", undoing.my_acts, name="my-acts"),
    path("acts/of/<uuid:uid>/", undoing.acts_of, name="acts-of"),
    path("search/", search.search, name="search"),
    path("exports/", takeout.exports, name="exports"),
    *exports.urlpatterns,
]
