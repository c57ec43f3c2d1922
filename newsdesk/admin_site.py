"""The door of the administration: editors and administrators, signed in where everybody signs in."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from articles.permissions import SEES_ALL, roles_of

View = Callable[..., HttpResponseBase]


class DeskSite(AdminSite):
    """Lets in by role. Signing in is left to the desk's own page, where guessing is slowed down."""

    site_header = site_title = _("Newsdesk administration")
    index_title = _("Everything that is stored")

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(SEES_ALL & roles_of(request.user))

    def admin_view(self, view: View, cacheable: bool = False) -> Any:
        """As Django's, but somebody without the right is told so instead of being asked to sign in again."""
        guarded = super().admin_view(view, cacheable)

        def answer(request: HttpRequest, *values: Any, **names: Any) -> HttpResponseBase:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return guarded(request, *values, **names)

        return update_wrapper(answer, guarded)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next", "/admin/"))
        if not self.has_permission(request):
            raise PermissionDenied
        return redirect("admin:index")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("account_change_password")
