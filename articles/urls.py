"""Addresses of what is handed out as it was written."""

from django.urls import path

from articles.views.captures import download_capture

app_name = "articles"

urlpatterns = [path("captures/<uuid:uid>/", download_capture, name="capture")]
