"""The repair queue: marks whose place is not certain, one after the other."""

from django.urls import URLPattern, path

from annotations.views.workbench import repairs

urlpatterns: list[URLPattern] = [
    path("repairs/", repairs.repairs, name="repairs"),
    path("repairs/<uuid:uid>/<str:layer>/<uuid:mark>/", repairs.decide, name="decide-repair"),
]
