from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters.rest_framework import filters
from django_filters.rest_framework.filterset import FilterSet
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api.fields import Address, Choice
from articles.api.nouns import NounViewSet, described
from articles.api.serializing import Body, Person, Representation
from newsdesk.hooks import RIGHT, add_hook, end_hook, secret_of, send_anew
from newsdesk.models import Event, User, WebHook, WebHookAttempt, WebHookDelivery
from newsdesk.models.hooks import DeliveryState


def hooks_of(person: User) -> QuerySet[WebHook]:
    """One's own hooks: each speaks for whoever made it."""
    return WebHook.objects.filter(created_by_id=person.pk)


def deliveries_of(person: User) -> QuerySet[WebHookDelivery]:
    """What one's own hooks were to be told."""
    return WebHookDelivery.objects.filter(hook__created_by_id=person.pk)


class WebHookRepresentation(Representation):
    """A web hook. ``secret`` is what its messages are signed with."""

    created_by = Person(read_only=True)
    secret = serializers.SerializerMethodField()

    class Meta:
        model = WebHook
        fields = ("uid", "address", "events", "secret", "created_by", "created_at", "ended_at")
        read_only_fields = fields

    def get_secret(self, hook: WebHook) -> str:
        return secret_of(hook)


class WebHookBody(Body):
    """An address, and the events it is to be told of."""

    address = Address(max_length=500)
    events = serializers.ListField(child=Choice(choices=Event.choices), min_length=1, max_length=len(Event))


class WebHookFilter(FilterSet):
    ended = filters.BooleanFilter(field_name="ended_at", lookup_expr="isnull", exclude=True)


@described(WebHookRepresentation, create=WebHookBody, end=Body)
class WebHookViewSet(NounViewSet):
    """Addresses that are told of events, one's own. For administrators."""

    http_method_names = ["get", "head", "post"]
    queryset = WebHook.objects.none()
    serializer_class = WebHookRepresentation
    filterset_class = WebHookFilter
    read_right = RIGHT
    read_scope = "admin"
    write_scope = "admin"
    visible = staticmethod(hooks_of)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("created_by")

    def create(self, request: Request) -> Response:
        """Have an address told of events from now on."""
        self.require(RIGHT)
        return self.answer_made(add_hook(**self.body(WebHookBody), **self.act()))

    @action(detail=True, methods=["post"])
    def end(self, request: Request, uid: Any) -> Response:
        """Tell the address nothing more. Ending it twice is once."""
        hook = self.noun()
        self.require(RIGHT)
        self.body(Body)
        return self.answer(end_hook(hook=hook, **self.act()))


class AttemptFields(serializers.ModelSerializer[WebHookAttempt]):
    """One attempt: what the other side answered, or why nothing was sent or came back."""

    class Meta:
        model = WebHookAttempt
        fields = ("at", "status", "reason")
        read_only_fields = fields


class WebHookDeliveryRepresentation(Representation):
    hook = serializers.UUIDField(source="hook.uid", read_only=True)
    attempts = AttemptFields(many=True, read_only=True)

    class Meta:
        model = WebHookDelivery
        fields = ("uid", "hook", "event", "noun", "happened_at", "created_at", "state", "tries", "ended_at", "attempts")
        read_only_fields = fields


class WebHookDeliveryFilter(FilterSet):
    hook = filters.UUIDFilter(field_name="hook__uid")
    event = filters.ChoiceFilter(choices=Event.choices)
    state = filters.MultipleChoiceFilter(choices=DeliveryState.choices, label=_("how it stands"))


@described(WebHookDeliveryRepresentation, send_anew=Body)
class WebHookDeliveryViewSet(NounViewSet):
    """What one's web hooks were to be told, with every attempt."""

    http_method_names = ["get", "head", "post"]
    queryset = WebHookDelivery.objects.none()
    serializer_class = WebHookDeliveryRepresentation
    filterset_class = WebHookDeliveryFilter
    read_right = RIGHT
    read_scope = "admin"
    write_scope = "admin"
    visible = staticmethod(deliveries_of)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("hook").prefetch_related("attempts")

    @action(detail=True, methods=["post"], url_path="send-anew")
    def send_anew(self, request: Request, uid: Any) -> Response:
        """Send what has ended once more, under the same id."""
        delivery = self.noun()
        self.require(RIGHT)
        self.body(Body)
        send_anew(delivery=delivery, **self.act())
        return self.answer_anew(delivery)
