"""People and how they get in: accounts, tokens, one-time links, and what the API remembers for them."""

from newsdesk.models.access import IdempotencyKey, SignInLink, Token, WebHook
from newsdesk.models.user import User

__all__ = ["IdempotencyKey", "SignInLink", "Token", "User", "WebHook"]
