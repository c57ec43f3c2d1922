"""Claims, the evidence and verdicts on them, sources and speakers."""

from django.urls import path

from annotations.views.checking import checks, claims, evidence, matching, restating
from annotations.views.desk import sources, speakers
from annotations.views.workbench import elsewhere

urlpatterns = [
    path("claims/", claims.claim_list, name="claim-list"),
    path("claims/<uuid:uid>/", claims.claim, name="claim"),
    path("claims/<uuid:uid>/change/", claims.claim_change, name="claim-change"),
    path("claims/<uuid:uid>/retract/", claims.claim_retract, name="claim-retract"),
    path("claims/<uuid:uid>/match/", matching.match_claim, name="match-claim"),
    path("claims/<uuid:uid>/restate/", restating.restate_claim, name="claim-restate"),
    path("claims/<uuid:uid>/search/", evidence.evidence_search, name="evidence-search"),
    path("claims/<uuid:uid>/evidence/", evidence.evidence_new, name="evidence-new"),
    path("claims/<uuid:uid>/check/", checks.check_write, name="check-write"),
    path("evidence/<uuid:uid>/stance/", evidence.evidence_stance, name="evidence-stance"),
    path("evidence/<uuid:uid>/detach/", evidence.evidence_detach, name="evidence-detach"),
    path("checks/<uuid:uid>/review/", checks.check_review, name="check-review"),
    path("checks/<uuid:uid>/publish/", checks.check_publish, name="check-publish"),
    path("checks/<uuid:uid>/withdraw/", checks.check_withdraw, name="check-withdraw"),
    path("quotes/<uuid:uid>/elsewhere/", elsewhere.quote_elsewhere, name="quote-elsewhere"),
    path("sources/", sources.source_list, name="source-list"),
    path("sources/new/", sources.source_new, name="source-new"),
    path("sources/<uuid:uid>/", sources.source, name="source"),
    path("sources/<uuid:uid>/change/", sources.source_change, name="source-change"),
    path("sources/<uuid:uid>/snapshots/new/", sources.snapshot_new, name="snapshot-new"),
    path("speakers/", speakers.speaker_list, name="speaker-list"),
    path("speakers/new/", speakers.speaker_new, name="speaker-new"),
    path("speakers/<uuid:uid>/", speakers.speaker, name="speaker"),
    path("speakers/<uuid:uid>/change/", speakers.speaker_change, name="speaker-change"),
    path("speakers/<uuid:uid>/merge/", speakers.speaker_merge, name="speaker-merge"),
    path("speakers/<uuid:uid>/split/", speakers.speaker_split, name="speaker-split"),
]
