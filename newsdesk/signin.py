"""Signing in: by invitation only, never by signing up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def display_name(user: AbstractUser) -> str:
    """What the sign-in pages call a person."""
    return str(user)
