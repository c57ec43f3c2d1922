"""What a verdict needs beside its draft: replies, and how the desk checks."""

from django.urls import URLPattern, path

from annotations.views.checking import blind, later, replies, translating
from annotations.views.readers import methods

urlpatterns: list[URLPattern] = [
    path("claims/<uuid:uid>/replies/ask/", replies.reply_ask, name="reply-ask"),
    path("claims/<uuid:uid>/replies/unasked/", replies.reply_unasked, name="reply-unasked"),
    path("replies/<uuid:uid>/answer/", replies.reply_answer, name="reply-answer"),
    path("replies/<uuid:uid>/deadline/", replies.reply_deadline, name="reply-deadline"),
    path("replies/<uuid:uid>/retract/", replies.reply_retract, name="reply-retract"),
    path("claims/<uuid:uid>/blind/", blind.blind_begin, name="blind-begin"),
    path("blind-rounds/<uuid:uid>/end/", blind.blind_end, name="blind-end"),
    path("later-sources/<uuid:uid>/aside/", later.put_aside, name="later-source-aside"),
    path("evidence/<uuid:uid>/translate/", translating.evidence_translate, name="evidence-translate"),
    path("methods/", methods.methods, name="methods"),
    path("methods/<int:number>/", methods.methods_version, name="methods-version"),
    path("methods/change/", methods.methods_change, name="methods-change"),
    path("methods/ratings/", methods.rating_add, name="rating-add"),
    path("methods/ratings/<slug:slug>/", methods.rating_change, name="rating-change"),
]
