from __future__ import annotations

from collections.abc import Iterable

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from newsdesk.models.access import Scope


class RootView(APIView):
    """The nouns of the API.

    :ivar nouns: their names, as they stand in addresses.
    """

    write_scope = Scope.ADMIN
    nouns: Iterable[str] = ()

    @extend_schema(responses={200: dict[str, str]}, operation_id="nouns", tags=["nouns"])
    def get(self, request: Request) -> Response:
        """Every noun with its address. What each of them lists is for its own rights to say."""
        return Response({noun: request.build_absolute_uri(f"/api/v1/{noun}/") for noun in sorted(self.nouns)})
