"""Studies, and reading for them."""

from django.urls import URLPattern, path

from annotations.views.studies import leading as studies
from annotations.views.studies import studyfiles, studying, studymarks

urlpatterns: list[URLPattern] = [
    path("research/", studies.research, name="research"),
    path("research/new/", studies.study_new, name="study-new"),
    path("research/<slug:slug>/", studies.study, name="study"),
    path("research/<slug:slug>/next/", studying.go_on, name="study-next"),
    path("research/<slug:slug>/rounds/<int:number>/files/", studyfiles.study_files, name="study-files"),
    path("research/<slug:slug>/consent/back/", studies.consent_back, name="study-consent-back"),
    path("research/<slug:slug>/do/<slug:name>/", studies.act, name="study-act"),
    path("research/<slug:slug>/read/<uuid:uid>/", studying.read_for_study, name="study-read"),
    path("research/<slug:slug>/read/<uuid:uid>/begin/", studying.begin, name="study-begin"),
    path("research/<slug:slug>/read/<uuid:uid>/submit/", studying.submit, name="study-submit"),
    path("research/<slug:slug>/read/<uuid:uid>/next/", studying.go_on, name="study-next-text"),
    path("research/<slug:slug>/read/<uuid:uid>/findings/", studymarks.say_of_sentence, name="study-say"),
    path(
        "research/<slug:slug>/read/<uuid:uid>/findings/numbered/",
        studymarks.say_of_numbered_sentence,
        name="study-say-numbered",
    ),
    path(
        "research/<slug:slug>/read/<uuid:uid>/marks/<str:layer>/at-once/",
        studymarks.mark_at_once,
        name="study-mark-at-once",
    ),
    path("research/<slug:slug>/read/<uuid:uid>/marks/<str:layer>/", studymarks.record_mark, name="study-record-mark"),
    path(
        "research/<slug:slug>/read/<uuid:uid>/marks/<str:layer>/<uuid:mark>/change/",
        studymarks.change_mark,
        name="study-change-mark",
    ),
    path(
        "research/<slug:slug>/read/<uuid:uid>/marks/<str:layer>/<uuid:mark>/retract/",
        studymarks.retract_mark,
        name="study-retract-mark",
    ),
    path(
        "research/<slug:slug>/read/<uuid:uid>/marks/<str:layer>/<uuid:mark>/decide/",
        studymarks.decide_mark,
        name="study-decide-mark",
    ),
]
