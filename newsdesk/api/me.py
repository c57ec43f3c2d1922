from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from articles.permissions import roles_of
from newsdesk.models import Token
from newsdesk.models.access import Scope


class MeFields(serializers.Serializer[Any]):
    """Whoever asks: who they are, what they are on the desk, and what their token is for (null in a session)."""

    uid = serializers.UUIDField()
    username = serializers.CharField()
    name = serializers.CharField()
    email = serializers.EmailField()
    roles = serializers.ListField(child=serializers.CharField())
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=Scope.choices), allow_null=True)


class MeView(APIView):
    """Whoever asks."""

    write_scope = Scope.ADMIN

    @extend_schema(responses=MeFields, operation_id="me")
    def get(self, request: Request) -> Response:
        """Who is signed in, or whose token this is."""
        person: Any = request.user
        return Response(
            {
                "uid": str(person.uid),
                "username": person.username,
                "name": person.name,
                "email": person.email,
                "roles": sorted(roles_of(person)),
                "scopes": request.auth.scopes if isinstance(request.auth, Token) else None,
            }
        )
