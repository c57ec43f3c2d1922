"""What is said about a piece, and who is named in it."""

from django.urls import URLPattern, path

from annotations.views.workbench import comments

urlpatterns: list[URLPattern] = [
    path("articles/<uuid:uid>/comments/", comments.add_comment, name="add-comment"),
    path("articles/<uuid:uid>/comments/<uuid:comment>/change/", comments.change, name="change-comment"),
    path("articles/<uuid:uid>/comments/<uuid:comment>/resolve/", comments.resolve, name="resolve-comment"),
    path("articles/<uuid:uid>/comments/<uuid:comment>/reopen/", comments.reopen, name="reopen-comment"),
    path("articles/<uuid:uid>/people/", comments.people, name="people-to-mention"),
    path("mentions/<uuid:uid>/", comments.open_mention, name="open-mention"),
    path("mentions/<uuid:uid>/aside/", comments.aside, name="put-mention-aside"),
]
