"""What is open to everybody, and on the desk what readers ask to be put right."""

from django.urls import URLPattern, path

from annotations.views.readers import correcting, corrections, embedding, reader, readerfeed

urlpatterns: list[URLPattern] = [
    path("read/", reader.index, name="read-index"),
    path("read/feed.atom", readerfeed.feed, name="read-feed"),
    path("read/corrections/<uuid:uid>/", correcting.answer, name="correction-answer"),
    path("read/<slug:slug>/", reader.read, name="read"),
    path("read/<slug:slug>/correct/", correcting.ask, name="ask-correction"),
    path("read/<slug:slug>/claims/<uuid:uid>/", reader.read_check, name="read-check"),
    path("read/<slug:slug>/sources/<uuid:uid>/", reader.read_source, name="read-source"),
    path("read/<slug:slug>/sources/<uuid:uid>/copy/", reader.save_source, name="save-source"),
    path("embed/claims/<uuid:uid>/", embedding.embed, name="embed"),
    path("oembed", embedding.oembed, name="oembed"),
    path("corrections/", corrections.correction_list, name="correction-list"),
    path("corrections/<uuid:uid>/", corrections.correction, name="correction"),
    path("corrections/<uuid:uid>/reopen/", corrections.reopen, name="reopen-correction"),
    path("corrections/<uuid:uid>/forget/", corrections.forget, name="forget-reader"),
]
