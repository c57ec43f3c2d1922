"""People and how they get in: accounts, tokens, one-time links, and what the API remembers for them."""

from newsdesk.models.access import IdempotencyKey, SignInLink, Token
from newsdesk.models.hooks import Event, WebHook, WebHookAttempt, WebHookDelivery
from newsdesk.models.user import User

__all__ = [
    "Event",
    "IdempotencyKey",
    "SignInLink",
    "Token",
    "User",
    "WebHook",
    "WebHookAttempt",
    "WebHookDelivery",
]
