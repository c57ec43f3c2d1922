"""What the views of every noun do alike: lists, details with an ETag, and changes that say what they have seen."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from articles.api.refusals import NotTogether, NoWords, TagMalformed, TagStale, VersionMissing, VersionStale
from articles.api.rows import RowsBody
from articles.api.serializing import NoPlace, Place, Retraction, VersionSeen
from articles.models import Stale
from articles.operations.deciding import accept_suggestion, reject_suggestion
from articles.operations.placing import place_mark, unplace_mark
from articles.operations.quotes import refuse_retracted
from articles.operations.spans import Words
from articles.rights import refusal

# An entity tag as RFC 9110, section 8.8.3, writes it; a comma may stand inside.
ENTITY_TAG = r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"'
ENTITY_TAGS = re.compile(rf"{ENTITY_TAG}(?:[ \t]*,[ \t]*{ENTITY_TAG})*")


# By what a list can be sorted besides the order in which things were made: the columns of an index, the key the last.
Orders = Mapping[str, tuple[str, ...]]


class ListedViewSet(GenericViewSet[Any]):
    """A list of what a person may know of. Subclasses name what that is (``visible``) and the scope for writing.

    :ivar named_by: the lookups that together name one of them, where ``uid`` does not.
    :ivar sorted_by: the orders of the list besides the usual one, by name.
    :ivar read_right: the right that the list asks for, as its page does; empty where everybody has some of it to see.
    """

    http_method_names = ["get", "head"]
    named_by: tuple[str, ...] = ("uid",)
    sorted_by: ClassVar[Orders] = {}
    read_right: str = ""
    write_scope: str
    visible: Callable[[Any], QuerySet[Any]]

    def get_queryset(self) -> QuerySet[Any]:
        """What the person may know of, with all that its representation needs."""
        return self.related(type(self).visible(self.request.user))

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        """``nouns`` with what is written beside them, in as many queries for many as for one."""
        return nouns

    def listed(self) -> QuerySet[Any]:
        """What a list begins with, before its filters."""
        return self.get_queryset()

    def list(self, request: Request) -> Response:
        """Newest first, in pages."""
        if self.read_right and not request.user.has_perm(self.read_right):
            raise PermissionDenied(refusal(request.user, self.read_right))
        page = self.paginate_queryset(self.filter_queryset(self.listed()))
        return self.get_paginated_response(self.represent(page or []))

    def represent(self, nouns: Sequence[Any]) -> Any:
        """The nouns as they are answered."""
        return self.get_serializer(nouns, many=True).data

    def require(self, right: str, noun: Any = None) -> None:
        """:raises PermissionDenied: saying what it takes, when the person does not have the right."""
        if not self.request.user.has_perm(right, noun):
            raise PermissionDenied(refusal(self.request.user, right, noun))

    def body(self, kind: type[serializers.BaseSerializer[Any]], *, partial: bool = False) -> dict[str, Any]:
        """The checked body of the request.

        :raises ValidationError: naming every field that is unknown or malformed.
        """
        return self.checked(kind, self.request.data, partial=partial)

    def checked(
        self, kind: type[serializers.BaseSerializer[Any]], given: Any, *, partial: bool = False
    ) -> dict[str, Any]:
        """What was given, checked as a body is.

        :raises ValidationError: naming every field that is unknown or malformed.
        """
        serializer = kind(data=given, partial=partial, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def act(self) -> dict[str, Any]:
        """Who acts and when, as every operation wants to know."""
        return {"by": self.request.user, "at": timezone.now()}


class NounViewSet(ListedViewSet):
    """One noun, by its uid."""

    http_method_names = ["get", "head", "post", "patch"]
    lookup_field = "uid"
    lookup_value_converter = "uuid"

    def retrieve(self, request: Request, uid: Any) -> Response:
        """One of them, with its version as the ETag."""
        return self.answer(self.noun())

    def noun(self) -> Any:
        """The noun of the address.

        :raises Http404: when there is none that the person may know of.
        """
        found = self.get_queryset().filter(**{self.lookup_field: self.kwargs[self.lookup_field]}).first()
        if found is None:
            raise Http404
        return found

    def seen(self, noun: Any, values: dict[str, Any]) -> int:
        """The version the writer has seen: of ``If-Match``, else taken out of the body.

        :raises VersionMissing: when neither says it.
        :raises TagMalformed: when ``If-Match`` is no list of entity tags.
        :raises Stale: when it is not the newest.
        """
        stated = values.pop("version", None)
        if self.names_tags():
            if etag(noun) not in tags_in(self.request.headers["If-Match"]):
                raise Stale(noun, seen=0)
            return int(noun.version)
        if stated is None:
            raise VersionMissing(field="version")
        if stated != noun.version:
            raise Stale(noun, seen=stated)
        return int(stated)

    def names_tags(self) -> bool:
        """Whether ``If-Match`` says what the writer has seen; ``*`` matches whatever stands, so it says nothing."""
        return self.request.headers.get("If-Match", "*").strip() != "*"

    def answer(self, noun: Any) -> Response:
        """The noun with its version as the ETag."""
        headers = {"ETag": etag(noun)} if hasattr(noun, "version") else {}
        return Response(self.represent([noun])[0], headers=headers)

    def answer_made(self, noun: Any) -> Response:
        """A noun that a POST to its list has made, with where it can be found."""
        headers = {"Location": f"{self.request.path}{noun.uid}/"}
        if hasattr(noun, "version"):
            headers["ETag"] = etag(noun)
        return Response(self.represent_new(noun), status=status.HTTP_201_CREATED, headers=headers)

    def represent_new(self, noun: Any) -> Any:
        """A noun just made, as it is answered."""
        return self.represent([noun])[0]

    def answer_anew(self, noun: Any) -> Response:
        """The noun as it stands in the database after an act."""
        return self.answer(self.again(noun))

    def again(self, noun: Any) -> Any:
        """The noun as it stands now.

        :raises Http404: when the person may no longer know of it.
        """
        found = self.get_queryset().filter(pk=noun.pk).first()
        if found is None:
            raise Http404
        return found

    def handle_exception(self, exc: Exception) -> Response:
        """Errors as problems; a stale version carries the noun as it stands now."""
        return super().handle_exception(self._with_current(exc) if isinstance(exc, Stale) else exc)

    def _with_current(self, stale: Stale) -> Exception:
        try:
            if isinstance(stale.noun, self.get_queryset().model):
                current = {"current": self.represent([self.again(stale.noun)])[0]}
            else:
                current = {"newest": stale.noun.version}
        except Http404 as gone:
            return gone
        if self.names_tags():
            return TagStale(**current)
        return VersionStale(field="version", **current)


class ChangeableViewSet(NounViewSet):
    """A noun whose columns people change.

    :ivar keyword: what the operations call the noun.
    :ivar change_right: the right that changing it asks for.
    :ivar change_body: the fields that may be changed, and ``version``.
    :ivar changing: the operation that changes it.
    """

    keyword: str
    change_right: str
    change_body: type[serializers.BaseSerializer[Any]]
    changing: Callable[..., Any]

    def partial_update(self, request: Request, uid: Any) -> Response:
        """Change the given fields and leave the others. Needs ``If-Match`` or ``version``."""
        noun = self.noun()
        self.require(self.change_right, noun)
        values = self.body(self.change_body, partial=True)
        seen = self.seen(noun, values)
        if not values:
            raise NotTogether({"": _("Name at least one field to change.")})
        type(self).changing(**{self.keyword: noun}, seen=seen, **values, **self.act())
        return self.answer_anew(noun)


class MarkViewSet(ChangeableViewSet):
    """An annotation: it can be taken back, and its words can be placed anew.

    :ivar retracting: the operation that takes it back.
    """

    retracting: Callable[..., Any]

    def make(self, given: Any) -> Any:
        """Make one mark of what was given; raises as the operation that makes it."""
        raise NotImplementedError

    def create(self, request: Request) -> Response:
        """Make one."""
        return self.answer_made(self.make(request.data))

    @action(detail=False, methods=["post"])
    def bulk(self, request: Request) -> Response:
        """Make as many as there are rows, each for itself: a row that is refused stops no other."""
        return Response({"results": [self._result_of(given) for given in self.body(RowsBody)["rows"]]})

    def _result_of(self, given: Any) -> dict[str, Any]:
        try:
            with transaction.atomic():
                made = self.represent_new(self.make(given))
        except Exception as error:
            refused = self.get_exception_handler()(error, {"view": self})
            return {"status": refused.status_code, "made": None, "problem": refused.data}
        return {"status": status.HTTP_201_CREATED, "made": made, "problem": None}

    def listed(self) -> QuerySet[Any]:
        """The marks that stand. Retracted ones are found by their uid alone."""
        marks: Any = self.get_queryset()
        standing: QuerySet[Any] = marks.live()
        return standing

    @action(detail=True, methods=["post"])
    def retract(self, request: Request, uid: Any) -> Response:
        """Take it back. It stays in the history and leaves every list and export."""
        mark = self.noun()
        self.require(self.change_right, mark)
        values = self.body(Retraction)
        seen = self.seen(mark, values)
        type(self).retracting(**{self.keyword: mark}, seen=seen, **values, **self.act())
        return self.answer_anew(mark)

    @action(detail=True, methods=["post"])
    def accept(self, request: Request, uid: Any) -> Response:
        """Take a suggestion as it stands. To correct one, change it."""
        return self.decide(accept_suggestion)

    @action(detail=True, methods=["post"])
    def reject(self, request: Request, uid: Any) -> Response:
        """Say that a suggestion is wrong. Its words are not proposed again."""
        return self.decide(reject_suggestion)

    def decide(self, deciding: Callable[..., Any]) -> Response:
        """Do with the suggestion of the address what an operation of deciding does."""
        mark = self.noun()
        self.require("articles.decide_suggestion", mark)
        deciding(mark=mark, seen=self.seen(mark, self.body(VersionSeen)), **self.act())
        return self.answer_anew(mark)

    @action(detail=True, methods=["post"])
    def place(self, request: Request, uid: Any) -> Response:
        """Say where its words stand in the newest text: a resize, a repair, or a look that confirms the place."""
        mark = self.noun()
        self.require("articles.repair_anchor")
        base, words = words_of(self.body(Place))
        refuse_retracted(mark)
        if mark.span is None:
            raise NoWords(field="start")
        place_mark(mark=mark, base=base, words=words, **self.act())
        return self.answer_anew(mark)

    @action(detail=True, methods=["post"])
    def unplace(self, request: Request, uid: Any) -> Response:
        """Say that its words stand nowhere in the newest text any more."""
        mark = self.noun()
        self.require("articles.repair_anchor")
        base = self.body(NoPlace)["base_revision"]
        refuse_retracted(mark)
        if mark.span is None:
            raise NoWords(field="base_revision")
        unplace_mark(mark=mark, base=base, **self.act())
        return self.answer_anew(mark)


def words_of(place: dict[str, Any]) -> tuple[int, Words]:
    """The number of the revision and the words in it that a body names; takes them out of the body."""
    base = place.pop("base_revision")
    return base, Words(place.pop("start"), place.pop("end"), place.pop("exact"), place.pop("text_sha256"))


def described(answer: Any, **bodies: Any) -> Callable[[Any], Any]:
    """Tell the schema what each action of a view takes; all answer with ``answer``, ``create`` with 201."""
    decorate: Callable[[Any], Any] = extend_schema_view(
        **{
            name: extend_schema(request=body, responses={201 if name == "create" else 200: answer})
            for name, body in bodies.items()
        }
    )
    return decorate


def etag(noun: Any) -> str:
    """The version as an entity tag."""
    return f'"{noun.version}"'


def tags_in(header: str) -> list[str]:
    """The entity tags that an ``If-Match`` names.

    :raises TagMalformed: when it is no list of them.
    """
    if ENTITY_TAGS.fullmatch(header.strip()) is None:
        raise TagMalformed(field="If-Match")
    return re.findall(ENTITY_TAG, header)
