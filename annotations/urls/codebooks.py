"""Codebooks in versions, and what is tagged again after a new one."""

from django.urls import URLPattern, path

from annotations.views.studies import codebooks, retagging

urlpatterns: list[URLPattern] = [
    path("research/codebooks/", codebooks.codebook_list, name="codebook-list"),
    path("research/codebooks/<uuid:uid>/", codebooks.codebook, name="codebook"),
    path("research/codebooks/<uuid:uid>/edit/", codebooks.codebook_edit, name="codebook-edit"),
    path("research/codebooks/<uuid:uid>/from/<int:number>/", codebooks.codebook_difference, name="codebook-difference"),
    path("research/codebooks/<uuid:uid>/examples/", codebooks.codebook_example, name="codebook-example"),
    path("research/codebooks/<uuid:uid>/adopt/", codebooks.codebook_adopt, name="codebook-adopt"),
    path("research/<slug:slug>/tag-again/", retagging.retagging, name="retagging"),
    path("research/<slug:slug>/tag-again/<uuid:uid>/", retagging.decide, name="retag"),
    path("articles/<uuid:uid>/marks/bias/<uuid:mark>/example/", retagging.take_mark_as_example, name="take-example"),
]
