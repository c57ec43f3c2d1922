"""Settling what the readers of a round labelled differently."""

from django.urls import URLPattern, path

from annotations.views.studies import adjudicating

urlpatterns: list[URLPattern] = [
    path("research/<slug:slug>/rounds/<int:number>/adjudicate/", adjudicating.adjudicate, name="adjudicate"),
    path("research/<slug:slug>/rounds/<int:number>/adjudicate/merge/", adjudicating.merge, name="merge-agreed"),
    path("research/<slug:slug>/rounds/<int:number>/adjudicate/show/", adjudicating.show_decided, name="show-decided"),
    path("research/<slug:slug>/rounds/<int:number>/decided/", adjudicating.decided, name="decided"),
]
