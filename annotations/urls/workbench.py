"""The workbench of an article, its revisions, and what is done to its text and its marks."""

from django.urls import URLPattern, path

from annotations.views.checking import quoteclaims
from annotations.views.desk import arrivals
from annotations.views.readers import publishing
from annotations.views.workbench import (
    at_once,
    comparing,
    deciding,
    drafting,
    finding,
    marking,
    repairing,
    restoring,
    revising,
)
from annotations.views.workbench import page as workbench

urlpatterns: list[URLPattern] = [
    path("articles/<uuid:uid>/", workbench.workbench, name="workbench"),
    path("articles/<uuid:uid>/move/", workbench.move, name="move-article"),
    path("articles/<uuid:uid>/publish/", publishing.publish_article, name="publish-article"),
    path("articles/<uuid:uid>/acknowledge/", arrivals.acknowledge, name="acknowledge-hold"),
    path("articles/<uuid:uid>/let-go/", arrivals.let_go, name="lift-hold"),
    path("articles/<uuid:uid>/removed-seen/", arrivals.removed_seen, name="removed-seen"),
    path("articles/<uuid:uid>/answer-wire/", arrivals.answer_wire, name="answer-wire"),
    path("articles/<uuid:uid>/restore/", workbench.restore, name="restore-line"),
    path("articles/<uuid:uid>/revisions/<int:number>/", workbench.revision, name="revision"),
    path("articles/<uuid:uid>/revisions/<int:number>/restore/", restoring.restore_page, name="restore-revision"),
    path("articles/<uuid:uid>/diff/", comparing.choose, name="compare"),
    path("articles/<uuid:uid>/diff/<int:first>..<int:last>/", comparing.difference, name="difference"),
    path("articles/<uuid:uid>/revise/", revising.revise_page, name="revise"),
    path("articles/<uuid:uid>/revise/foresee/", revising.foresee_page, name="foresee"),
    path("articles/<uuid:uid>/revise/draft/", drafting.draft, name="keep-draft"),
    path("articles/<uuid:uid>/revise/discard/", drafting.discard, name="discard-draft"),
    path("suggestions/", deciding.suggestions, name="suggestions"),
    path("articles/<uuid:uid>/suggestions/", deciding.suggest, name="suggest-quotes"),
    path("articles/<uuid:uid>/suggestions/accept/", deciding.accept_sure, name="accept-sure"),
    path("articles/<uuid:uid>/marks/<str:layer>/<uuid:mark>/decide/", deciding.decide_mark, name="decide-mark"),
    path("articles/<uuid:uid>/quotes/<uuid:quote>/claims/", quoteclaims.claim_quote, name="claim-quote"),
    path("articles/<uuid:uid>/findings/", finding.say_of_sentence, name="say-of-sentence"),
    path("articles/<uuid:uid>/read-to-the-end/", finding.read_to_the_end, name="read-to-the-end"),
    path("articles/<uuid:uid>/findings/numbered/", finding.say_of_numbered_sentence, name="say-of-numbered-sentence"),
    path("articles/<uuid:uid>/marks/<str:layer>/at-once/", at_once.mark_at_once, name="mark-at-once"),
    path("articles/<uuid:uid>/marks/<str:layer>/<uuid:mark>/resize/", at_once.resize_mark, name="resize-mark"),
    path("articles/<uuid:uid>/marks/<str:layer>/", marking.record_mark, name="record-mark"),
    path("articles/<uuid:uid>/marks/<str:layer>/<uuid:mark>/change/", marking.change_mark, name="change-mark"),
    path("articles/<uuid:uid>/marks/<str:layer>/<uuid:mark>/retract/", marking.retract_mark, name="retract-mark"),
    path("articles/<uuid:uid>/marks/<str:layer>/<uuid:mark>/place/", repairing.place_mark, name="place-mark"),
    path("articles/<uuid:uid>/marks/<str:layer>/<uuid:mark>/unplace/", repairing.unplace_mark, name="unplace-mark"),
]
