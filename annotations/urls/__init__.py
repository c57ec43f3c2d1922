"""Addresses of the pages. Most pages show judgements beside the text, so they live here, whatever their path."""

from annotations.urls import (
    adjudicating,
    agreement,
    checkqueue,
    codebooks,
    comments,
    datasets,
    desk,
    fetching,
    holding,
    importing,
    insights,
    library,
    live,
    public,
    repairs,
    research,
    telling,
    verdicts,
    workbench,
)

app_name = "annotations"

urlpatterns = [
    *desk.urlpatterns,
    *workbench.urlpatterns,
    *comments.urlpatterns,
    *live.urlpatterns,
    *repairs.urlpatterns,
    *library.urlpatterns,
    *verdicts.urlpatterns,
    *public.urlpatterns,
    *fetching.urlpatterns,
    *holding.urlpatterns,
    *importing.urlpatterns,
    *checkqueue.urlpatterns,
    *insights.urlpatterns,
    *telling.urlpatterns,
    *agreement.urlpatterns,
    *codebooks.urlpatterns,
    *datasets.urlpatterns,
    *adjudicating.urlpatterns,
    *research.urlpatterns,
]
