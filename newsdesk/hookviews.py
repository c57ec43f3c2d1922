"""The page of one's web hooks: who is told what, and how every delivery went."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from articles.fetching.refusals import FetchRefused
from articles.rights import refusal
from newsdesk.forms import WebHookForm
from newsdesk.hooks import RIGHT, HookEnded, StillWaiting, add_hook, end_hook, secret_of, send_anew
from newsdesk.models import WebHook, WebHookDelivery
from newsdesk.views import SignedInRequest

MOST_DELIVERIES = 50


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def web_hooks(request: SignedInRequest) -> HttpResponse:
    """List one's web hooks with the newest deliveries, and add another."""
    _require(request)
    form = WebHookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_hook(by=request.user, at=timezone.now(), **form.cleaned_data)
        except FetchRefused as refused:
            form.add_error("address", refused.reason)
        else:
            messages.success(request, _("The address is told from now on. Its secret is in the list."))
            return redirect("web_hooks")
    hooks = [(hook, secret_of(hook)) for hook in WebHook.objects.filter(created_by=request.user, ended_at=None)]
    deliveries = WebHookDelivery.objects.filter(hook__created_by=request.user).select_related("hook")
    context = {
        "form": form,
        "hooks": hooks,
        "deliveries": deliveries.prefetch_related("attempts")[:MOST_DELIVERIES],
    }
    return render(request, "account/web_hooks.html", context, status=422 if request.method == "POST" else 200)


@login_required
@require_POST
def end_web_hook(request: SignedInRequest, uid: str) -> HttpResponse:
    """Tell an address nothing more."""
    _require(request)
    hook = get_object_or_404(WebHook, uid=uid, created_by=request.user)
    end_hook(hook=hook, by=request.user, at=timezone.now())
    messages.success(request, _("%(address)s is told nothing more.") % {"address": hook.address})
    return redirect("web_hooks")


@login_required
@require_POST
def send_delivery_anew(request: SignedInRequest, uid: str) -> HttpResponse:
    """Send once more what has ended."""
    _require(request)
    delivery = get_object_or_404(WebHookDelivery, uid=uid, hook__created_by=request.user)
    try:
        send_anew(delivery=delivery, by=request.user, at=timezone.now())
    except (HookEnded, StillWaiting) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("It is on its way again."))
    return redirect("web_hooks")


def _require(request: HttpRequest) -> None:
    """:raises PermissionDenied: saying whom it takes."""
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied(refusal(request.user, RIGHT))
