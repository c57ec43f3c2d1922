"""What a verdict needs beside its draft: replies, and how the desk checks."""

from django.urls import URLPattern, path

from annotations.views import replies

urlpatterns: list[URLPattern] = [
    path("claims/<uuid:uid>/replies/ask/", replies.reply_ask, name="reply-ask"),
    path("claims/<uuid:uid>/replies/unasked/", replies.reply_unasked, name="reply-unasked"),
    path("replies/<uuid:uid>/answer/", replies.reply_answer, name="reply-answer"),
    path("replies/<uuid:uid>/deadline/", replies.reply_deadline, name="reply-deadline"),
    path("replies/<uuid:uid>/retract/", replies.reply_retract, name="reply-retract"),
]
