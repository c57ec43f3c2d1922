"""What readers are told about a piece."""

from django.urls import URLPattern, path

from annotations.views.readers import telling

urlpatterns: list[URLPattern] = [
    path("articles/<uuid:uid>/notices/", telling.tell_readers, name="tell-readers"),
    path("articles/<uuid:uid>/outlet-requests/", telling.ask, name="ask-outlet"),
    path("outlet-requests/<uuid:uid>/answer/", telling.answer, name="answer-of-outlet"),
]
