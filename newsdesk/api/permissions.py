"""What a token is good for. What its owner may do is asked by the views themselves."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from newsdesk.models import Token
from newsdesk.models.access import Scope


class SignedInWithScope(BasePermission):
    """Signed in, and if by a token, by one with the scope that the view names for what is asked.

    A view names ``write_scope``, and ``read_scope`` where reading asks for more than :attr:`Scope.READ`.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        """:raises PermissionDenied: naming the scope that the token lacks."""
        if not request.user.is_authenticated:
            return False
        scope = scope_for(request, view)
        if isinstance(request.auth, Token) and scope not in request.auth.scopes:
            raise PermissionDenied(
                _("This token lacks the scope “%(scope)s”. Make one that has it in your account, under Tokens.")
                % {"scope": scope}
            )
        return True


def scope_for(request: Request, view: Any) -> str:
    """The scope that a request asks for."""
    if request.method in SAFE_METHODS:
        return str(getattr(view, "read_scope", Scope.READ))
    return str(view.write_scope)
