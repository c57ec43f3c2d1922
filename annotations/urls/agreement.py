"""How far the people of a study agree."""

from django.urls import URLPattern, path

from annotations.views.studies import agreement, drift

urlpatterns: list[URLPattern] = [
    path("research/<slug:slug>/agreement/", agreement.agreement, name="agreement"),
    path("research/<slug:slug>/agreement/measure/", agreement.measure, name="measure-agreement"),
    path("research/<slug:slug>/drift/", drift.drift, name="drift"),
    path("research/<slug:slug>/drift/figures.csv", drift.drift_csv, name="drift-figures"),
    path("research/<slug:slug>/agreement/<uuid:uid>/", agreement.progress, name="measurement"),
    path("research/<slug:slug>/agreement/<uuid:uid>/stop/", agreement.stop, name="stop-measurement"),
    path("research/<slug:slug>/agreement/<uuid:uid>/sentences/", agreement.sentences, name="disputed-sentences"),
    path("research/<slug:slug>/agreement/<uuid:uid>/figures.csv", agreement.figures, name="agreement-figures"),
]
