"""Signing in: by invitation only, never by signing up; and in the words of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django import forms
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# What a person confirms a sign-in with, by the kinds of allauth.
FACTORS: dict[str, str | Promise] = {
    Authenticator.Type.TOTP: _("authenticator app"),
    Authenticator.Type.WEBAUTHN: _("security key"),
    Authenticator.Type.RECOVERY_CODES: _("recovery codes"),
}


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators; nobody signs up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. An administrator of the desk can open it again."),
        "email_password_mismatch": _("The email or the password is not correct. Check both and try again."),
        "username_password_mismatch": _("The user name or the password is not correct. Check both and try again."),
        "enter_current_password": _("This is not your present password. Write the one you signed in with."),
        "incorrect_password": _("This is not your password. Check it and try again."),
        "incorrect_code": _("This code is not correct. Codes change every half minute: write the newest one."),
        "too_many_login_attempts": _("Too many attempts with a wrong password. Wait five minutes, then try again."),
        "rate_limited": _("Too many attempts. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reauthentication_methods(self, user: AbstractUser) -> list[dict[str, str]]:
        """How somebody may confirm who they are; who came in by a link has nothing to confirm with yet."""
        methods: list[dict[str, str]] = super().get_reauthentication_methods(user)
        if not methods:
            return [
                {"id": "set_password", "description": gettext("Set a password"), "url": reverse("account_set_password")}
            ]
        words = {
            "reauthenticate": gettext("Use your password"),
            "mfa_reauthenticate": gettext("Use a code"),
            "mfa_reauthenticate:webauthn": gettext("Use a security key"),
        }
        return [{**method, "description": words.get(method["id"], method["description"])} for method in methods]


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Signing in at a provider: for people who were invited, by the address the provider vouches for."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False


class SecondStepAdapter(DefaultMFAAdapter):
    """The second step of signing in, in plain words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": InvitationOnlyAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": _("Your account has to keep a second step."),
        "cannot_generate_recovery_codes": _("Set up an app or a security key first; recovery codes stand in for them."),
    }

    def generate_authenticator_name(self, user: AbstractUser, type: str) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Security key %(number)s") % {"number": number} if number > 1 else gettext("Security key")


def _call(form: forms.BaseForm, **labels: _StrPromise) -> None:
    """Name the fields of a form; an example inside a field would only say its name again."""
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].widget.attrs.pop("placeholder", None)


class SignIn(LoginForm):
    """A name and a password."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _call(self, login=_("User name or email"), password=_("Password"), remember=_("Stay signed in for two weeks"))


class ChangePassword(ChangePasswordForm):
    """The old password and a new one, twice."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _call(
            self,
            oldpassword=_("Present password"),
            password1=_("New password"),
            password2=_("New password, once more"),
        )


class SetPassword(SetPasswordForm):
    """A first password, twice."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _call(self, password1=_("Password"), password2=_("Password, once more"))


class AskForReset(ResetPasswordForm):
    """The address that a link to set a new password goes to."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _call(self, email=_("Email"))


class ResetPassword(ResetPasswordKeyForm):
    """A new password by a link from an email, twice."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _call(self, password1=_("New password"), password2=_("New password, once more"))


def display_name(user: AbstractUser) -> str:
    """What the sign-in pages call a person."""
    return str(user)
