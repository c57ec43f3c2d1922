"""What stands at an address: asked for, waited for, read, and brought in by whoever has read it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from annotations.operations.desk.intake import bring_in
from articles.api.fields import Choice, Reference, Text, WholeNumber
from articles.api.nouns import NounViewSet, described
from articles.api.refusals import NotTogether
from articles.api.serializing import Body, Person, Representation, VersionSeen
from articles.ingest.readers import read_one, reader_of
from articles.ingest.record import IncomingArticle
from articles.models import Capture, FetchPurpose, FetchRequest, FetchState
from articles.operations.fetching import FetchOutOfOrder, ask_for_copy, cancel_fetch, try_again
from articles.permissions import visible_fetch_requests, visible_sources


class FetchRepresentation(Representation):
    source = serializers.UUIDField(  # type: ignore[assignment]
        source="source.uid", read_only=True, allow_null=True, default=None
    )
    final_url = serializers.CharField(source="capture.url", read_only=True, default="")
    media_type = serializers.CharField(source="capture.media_type", read_only=True, default="")
    sha256 = serializers.CharField(source="capture.sha256", read_only=True, default="")
    created_by = Person(read_only=True)

    class Meta:
        model = FetchRequest
        fields = (
            "uid",
            "version",
            "url",
            "purpose",
            "source",
            "state",
            "reason",
            "is_temporary",
            "tries",
            "final_url",
            "media_type",
            "sha256",
            "created_by",
            "created_at",
            "ended_at",
        )
        read_only_fields = fields


class AddressBody(Body):
    """The address of a story."""

    url = Text(max_length=2000)


class FetchBody(AddressBody):
    """An address, and what is wanted of it; with ``source`` the text of that source is to be captured anew."""

    purpose = Choice(choices=FetchPurpose.choices, default=FetchPurpose.ARTICLE.value)
    source = Reference(visible_sources, required=False)  # type: ignore[assignment]

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        if "source" in values and values["purpose"] != FetchPurpose.SOURCE:
            raise NotTogether({"source": _("Only a fetch for the purpose “source” is for a source.")})
        return values


class FetchedBody(Body):
    """Bringing in what was fetched and read."""

    keep = serializers.ListField(
        child=WholeNumber(min_value=0), required=False, max_length=10_000, help_text="Removed lines to keep, from 0."
    )


class BroughtIn(serializers.Serializer[Any]):
    """The article that was made."""

    article = serializers.UUIDField()


class FetchNouns(NounViewSet):
    """Requests for addresses, each of whoever made it."""

    http_method_names = ["get", "head", "post"]
    queryset = FetchRequest.objects.none()
    serializer_class = FetchRepresentation
    write_scope = "edit"
    visible = staticmethod(visible_fetch_requests)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        requests: QuerySet[Any] = nouns.select_related("created_by", "source", "capture").defer("capture__content")
        return requests

    def answer_put_off(self, asked: FetchRequest) -> Response:
        """A request just made, with where it says how far it has come."""
        headers = {"Location": reverse("api-fetches-detail", args=[asked.uid])}
        return Response(self.represent([self.again(asked)])[0], status=status.HTTP_202_ACCEPTED, headers=headers)


class ArticleAddressViewSet(FetchNouns):
    """Stories by their addresses."""

    http_method_names = ["post"]

    @extend_schema(request=AddressBody, responses={202: FetchRepresentation})
    def create(self, request: Request) -> Response:
        """Have a story fetched. ``Location`` says how far that has come; read it there and bring it in."""
        self.require("articles.bring_in")
        return self.answer_put_off(ask_for_copy(**self.body(AddressBody), **self.act()))


@described(FetchRepresentation, retry=VersionSeen, cancel=VersionSeen)
class FetchViewSet(FetchNouns):
    """What you had fetched, and how far that has come."""

    @extend_schema(request=FetchBody, responses={202: FetchRepresentation})
    def create(self, request: Request) -> Response:
        """Have what stands at an address fetched. A document that has come is named as ``fetched`` where a source is
        stored or captured."""
        values = self.body(FetchBody)
        self.require("articles.bring_in" if values["purpose"] == FetchPurpose.ARTICLE else "articles.store_source")
        return self.answer_put_off(ask_for_copy(**values, **self.act()))

    @action(detail=True, methods=["post"])
    def retry(self, request: Request, uid: Any) -> Response:
        """Try once more what was refused or canceled."""
        return self._acted(try_again)

    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, uid: Any) -> Response:
        """Want it no longer."""
        return self._acted(cancel_fetch)

    @extend_schema(responses={200: OpenApiTypes.OBJECT})
    @action(detail=True, methods=["get"])
    def reading(self, request: Request, uid: Any) -> Response:
        """The article in what was fetched, as docs/reference/intake.md describes it; nothing is saved."""
        incoming, _ = _read(self.noun(), keep=())
        return Response(incoming.to_json())

    @extend_schema(request=FetchedBody, responses={201: BroughtIn})
    @action(detail=True, methods=["post"], url_path="bring-in")
    def bring_in(self, request: Request, uid: Any) -> Response:
        """Save the article that you have read, with the lines you want kept."""
        found = self.noun()
        self.require("articles.bring_in")
        incoming, capture = _read(found, keep=self.body(FetchedBody).get("keep", ()))
        article = bring_in(
            incoming=incoming,
            content=bytes(capture.content),
            media_type=capture.media_type,
            reader=reader_of(bytes(capture.content), name=capture.name).name,
            name=capture.name,
            url=capture.url,
            **self.act(),
        )
        headers = {"Location": reverse("api-articles-detail", args=[article.uid])}
        return Response({"article": str(article.uid)}, status=status.HTTP_201_CREATED, headers=headers)

    def _acted(self, operation: Any) -> Response:
        found = self.noun()
        operation(request=found, seen=self.seen(found, self.body(VersionSeen)), **self.act())
        return self.answer_anew(found)


def _read(request: FetchRequest, *, keep: Any) -> tuple[IncomingArticle, Capture]:
    """:raises FetchOutOfOrder: nothing has come yet.

    :raises ReadingRefused: what came is no article.
    """
    if request.state != FetchState.FETCHED or request.capture is None:
        raise FetchOutOfOrder(request)
    capture = request.capture
    incoming = read_one(bytes(capture.content), name=capture.name, keep=keep)
    return incoming, capture
