from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api.fields import Choice, EncodedBytes, Reference, StoredText, Text, people
from articles.api.filters import SnapshotFilter, SourceFilter
from articles.api.nouns import ChangeableViewSet, NounViewSet, described
from articles.api.refusals import NotTogether
from articles.api.serializing import Body, NounBody, Person, Representation, VersionSeen
from articles.ingest.documents import read_document
from articles.ingest.readers import MEDIA_TYPES
from articles.models import Basis, Snapshot, Source
from articles.operations.captures import keep_capture
from articles.operations.fetching import FetchOutOfOrder
from articles.operations.sources import CHANGEABLE, capture_snapshot, change_source, restrict_source, store_source
from articles.permissions import visible_fetch_requests, visible_sources

ANSWERED = ("title", "publisher", "kind", "url", "url_note", "published_date", "obtained_from", "interests")


def visible_snapshots(person: Any) -> QuerySet[Snapshot]:
    """The stored texts of the sources a person may know of."""
    return Snapshot.objects.filter(source__in=visible_sources(person))


class SourceRepresentation(Representation):
    created_by = Person(read_only=True)
    newest_snapshot = serializers.IntegerField(read_only=True, allow_null=True)

    class Meta:
        model = Source
        fields = (
            "uid",
            "version",
            *ANSWERED,
            "language",
            "rights",
            "rights_terms",
            "rights_end_date",
            "access",
            "access_reason",
            "is_demonstration",
            "newest_snapshot",
            "created_by",
            "created_at",
        )
        read_only_fields = fields


class TextGiven(Body):
    """The text of a document: as words, as a file, or as what was fetched."""

    text = StoredText(required=False, help_text="The words that evidence will point into.")
    file = EncodedBytes(required=False, help_text="A file of any format the desk reads, in base64.")
    name = Text(required=False, allow_blank=True, max_length=300, default="", help_text="The name of the file.")
    fetched = Reference(visible_fetch_requests, required=False)

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        """:raises NotTogether: unless there is exactly one of the three."""
        given = [name for name in ("text", "file", "fetched") if name in values]
        if len(given) != 1:
            raise NotTogether({"text": _("Give one of text, file and fetched.")})
        return values


class SourceBody(TextGiven, NounBody):
    """A document with its text."""

    basis = Choice(choices=Basis.choices, help_text="What the text is; only captures and transcripts are verbatim.")
    note = Text(required=False, allow_blank=True, help_text="How the text was obtained.")

    class Meta:
        model = Source
        fields = (*ANSWERED, "language", "rights", "text", "file", "name", "fetched", "basis", "note")


class SourceChange(VersionSeen, NounBody):
    class Meta:
        model = Source
        fields = (*sorted(CHANGEABLE), "version")


class Restriction(VersionSeen):
    """Whom a thing is kept to, and why."""

    reason = Text(max_length=500)
    people = serializers.ListField(child=Reference(people), max_length=200)


class SnapshotRepresentation(Representation):
    source = serializers.UUIDField(source="source.uid", read_only=True)  # type: ignore[assignment]
    is_verbatim = serializers.BooleanField(read_only=True)
    created_by = Person(read_only=True)

    class Meta:
        model = Snapshot
        fields = (
            "uid",
            "source",
            "number",
            "basis",
            "is_verbatim",
            "text",
            "text_sha256",
            "note",
            "captured_at",
            "created_by",
        )
        read_only_fields = fields


class SnapshotBody(TextGiven):
    """A further text of a source."""

    basis = Choice(choices=Basis.choices)
    note = Text(required=False, allow_blank=True)


@described(SourceRepresentation, create=SourceBody, partial_update=SourceChange, restrict=Restriction)
class SourceViewSet(ChangeableViewSet):
    """Stored documents that evidence is taken from."""

    read_right = "articles.view_sources"
    queryset = Source.objects.none()
    serializer_class = SourceRepresentation
    filterset_class = SourceFilter
    write_scope = "edit"
    visible = staticmethod(visible_sources)
    keyword = "source"
    change_right = "articles.change_source"
    change_body = SourceChange
    changing = staticmethod(change_source)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        sources: QuerySet[Any] = nouns.select_related("created_by").annotate(newest_snapshot=Max("snapshots__number"))
        return sources

    def create(self, request: Request) -> Response:
        """Store a document with its text, searchable at once."""
        self.require("articles.store_source")
        source = self._store(self.body(SourceBody))
        return self.answer_made(self.again(source))

    @transaction.atomic
    def _store(self, values: dict[str, Any]) -> Source:
        return store_source(**self._with_text(values), **self.act())

    @transaction.atomic
    def _capture(self, source: Source, values: dict[str, Any]) -> Snapshot:
        return capture_snapshot(source=source, **self._with_text(values), **self.act())

    def _with_text(self, values: dict[str, Any]) -> dict[str, Any]:
        """The values with the text and what it was read from, instead of a file or a request.

        :raises ReadingRefused: it cannot be read.
        :raises FetchOutOfOrder: nothing has come yet.
        """
        name, file, fetched = values.pop("name"), values.pop("file", None), values.pop("fetched", None)
        if fetched is not None:
            if fetched.capture is None:
                raise FetchOutOfOrder(fetched)
            document = read_document(bytes(fetched.capture.content), name=fetched.capture.name)
            return values | {"text": document.text, "capture": fetched.capture}
        if file is None:
            return values
        document = read_document(file, name=name)
        capture = keep_capture(content=file, media_type=MEDIA_TYPES[document.reader], name=name, **self.act())
        return values | {"text": document.text, "capture": capture}

    @action(detail=True, methods=["post"])
    def restrict(self, request: Request, uid: Any) -> Response:
        """Keep it to named people, yourself among them. For anyone else it no longer exists."""
        source = self.noun()
        self.require("articles.change_source", source)
        values = self.body(Restriction)
        restrict_source(source=source, seen=self.seen(source, values), **values, **self.act())
        return self.answer_anew(source)

    @extend_schema(request=SnapshotBody, responses={201: SnapshotRepresentation})
    @action(detail=True, methods=["post"])
    def capture(self, request: Request, uid: Any) -> Response:
        """Store its text as it is now. Earlier snapshots stay, and evidence keeps resting on them."""
        source = self.noun()
        self.require("articles.store_source")
        snapshot = self._capture(source, self.body(SnapshotBody))
        answer = SnapshotRepresentation(snapshot, context=self.get_serializer_context())
        return Response(answer.data, status=status.HTTP_201_CREATED)


class SnapshotViewSet(NounViewSet):
    """Texts of sources as they were captured once."""

    http_method_names = ["get", "head"]
    read_right = "articles.view_sources"
    queryset = Snapshot.objects.none()
    serializer_class = SnapshotRepresentation
    filterset_class = SnapshotFilter
    write_scope = "edit"
    visible = staticmethod(visible_snapshots)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("source", "created_by")
