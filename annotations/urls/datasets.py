"""Datasets that a project releases."""

from django.urls import URLPattern, path

from annotations.views.studies import datasets

urlpatterns: list[URLPattern] = [
    path("research/datasets/<uuid:uid>/", datasets.download_dataset, name="download-dataset"),
    path("research/<slug:slug>/datasets/", datasets.datasets, name="datasets"),
]
