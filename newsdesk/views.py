"""Pages about getting in and feeling at home: the sign-in link, one's account, one's tokens, one's keys."""

from datetime import timedelta

from allauth.account.utils import perform_login
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from newsdesk.forms import AppearanceForm, KeymapForm, TokenForm
from newsdesk.hooks import RIGHT
from newsdesk.keymap import ACT_OF, keys_of
from newsdesk.models import Token, User
from newsdesk.operations import (
    LinkExpired,
    LinkUnknown,
    LinkUnusable,
    LinkUsed,
    choose_keys,
    find_link,
    make_token,
    revoke_token,
    scopes_for,
    use_link,
)
from newsdesk.signin import FACTORS

PREFERENCE_AGE = timedelta(days=365)
WHY_UNUSABLE: dict[type[LinkUnusable], str | Promise] = {
    LinkUnknown: _("This desk knows no such link. Part of the address may have got lost on the way."),
    LinkUsed: _("This link has let somebody in already, and each one does so only once."),
    LinkExpired: _("This link was valid for a while, and that time is over."),
}


class SignedInRequest(HttpRequest):
    """A request behind ``login_required``."""

    user: User


@never_cache
@sensitive_variables("key")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_by_link(request: HttpRequest, key: str) -> HttpResponse:
    """Show a button, and let in whoever presses it: programs that only look at links must not use them up."""
    now = timezone.now()
    try:
        if request.method == "POST":
            return _enter(request, use_link(key=key, at=now))
        link = find_link(key=key, at=now)
    except LinkUnusable as reason:
        context = {"sentence": WHY_UNUSABLE[type(reason)], "keep_out": True}
        return render(request, "account/link_unusable.html", context, status=410)
    return render(request, "account/sign_in_by_link.html", {"person": link.person, "keep_out": True})


def _enter(request: HttpRequest, person: User) -> HttpResponse:
    """Sign a person in; somebody with a second factor is asked for it, as after a password."""
    person.backend = "newsdesk.backends.DeskBackend"
    response: HttpResponse = perform_login(request, person)
    return response


@login_required
@require_GET
def account(request: SignedInRequest) -> HttpResponse:
    chosen = {
        "theme": request.COOKIES.get("theme", "system"),
        "keys": request.COOKIES.get("keys", "on"),
    }
    return _show_account(request, AppearanceForm(initial=chosen))


@login_required
@require_POST
def change_appearance(request: SignedInRequest) -> HttpResponse:
    """Keep in this browser, in two cookies, how the desk looks and listens there."""
    form = AppearanceForm(request.POST)
    if not form.is_valid():
        return _show_account(request, form, status=422)
    response = redirect("account")
    for name, choice in form.cleaned_data.items():
        response.set_cookie(
            name,
            choice,
            max_age=PREFERENCE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def _show_account(request: SignedInRequest, appearance: AppearanceForm, status: int = 200) -> HttpResponse:
    factors = Authenticator.objects.filter(user=request.user).order_by("created_at").values_list("type", flat=True)
    context = {
        "person": request.user,
        "roles": request.user.groups.order_by("name"),
        "second_factors": [FACTORS[factor] for factor in dict.fromkeys(factors)],
        "appearance": appearance,
        "has_web_hooks": request.user.has_perm(RIGHT),
    }
    return render(request, "account/account.html", context, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: SignedInRequest) -> HttpResponse:
    """Choose which key does what. ``reset`` gives one act, or ``all``, the key back that everybody has, and saves the
    rest as it was filled in."""
    present = keys_of(request.user)
    if request.method != "POST":
        return _show_keys(request, KeymapForm(keys=present))
    filled_in = request.POST.dict()
    reset = filled_in.get("reset", "")
    filled_in |= {slug: act.key for slug, act in ACT_OF.items() if reset in (slug, "all")}
    form = KeymapForm(filled_in, keys=present)
    if not form.is_valid():
        return _show_keys(request, form, status=422)
    choose_keys(keys=form.cleaned_data, by=request.user, at=timezone.now())
    messages.success(request, _("Your keys are saved. They hold wherever you sign in."))
    return redirect("keys")


def _show_keys(request: SignedInRequest, form: KeymapForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "own": request.user.keymap, "are_off": request.COOKIES.get("keys") == "off"}
    return render(request, "account/keys.html", context, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: SignedInRequest) -> HttpResponse:
    """List one's tokens and make new ones; a new key is in the answer to the POST and nowhere else."""
    offered = scopes_for(request.user)
    form = TokenForm(request.POST or None, offered=offered)
    token, key, status = None, "", 200
    if request.method == "POST":
        if form.is_valid():
            token, key = make_token(person=request.user, at=timezone.now(), **form.cleaned_data)
            form = TokenForm(offered=offered)
        else:
            status = 422
    context = {
        "form": form,
        "made": token,
        "key": key,
        "tokens": request.user.tokens.all(),
        "now": timezone.now(),
    }
    return render(request, "account/tokens.html", context, status=status)


@login_required
@require_POST
def revoke(request: SignedInRequest, uid: str) -> HttpResponse:
    token = get_object_or_404(Token, uid=uid, person=request.user)
    revoke_token(token=token, by=request.user, at=timezone.now())
    messages.success(request, _("%(name)s is revoked. Nothing gets in with it any more.") % {"name": token.name})
    return redirect("tokens")
