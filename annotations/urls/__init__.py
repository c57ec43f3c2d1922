"""Addresses of the pages. Most pages show judgements beside the text, so they live here, whatever their path."""

from annotations.urls import comments, desk, fetching, library, live, workbench

app_name = "annotations"

urlpatterns = [
    *desk.urlpatterns,
    *workbench.urlpatterns,
    *comments.urlpatterns,
    *live.urlpatterns,
    *library.urlpatterns,
    *fetching.urlpatterns,
]
