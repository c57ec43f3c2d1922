"""The desk's queue of checks, and who has which until when."""

from django.urls import URLPattern, path

from annotations.views.checking import checkqueue

urlpatterns: list[URLPattern] = [
    path("checks/", checkqueue.check_queue, name="check-queue"),
    path("checks/<uuid:uid>/plan/", checkqueue.check_plan, name="check-plan"),
    path("claims/<uuid:uid>/propose/", checkqueue.propose, name="propose-check"),
    path("hand-overs/<uuid:uid>/acknowledge/", checkqueue.acknowledge, name="acknowledge-hand-over"),
]
