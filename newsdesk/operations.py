"""What is done about accounts: tokens are made and revoked, people invited and let in by a link, keys chosen."""

import hashlib
import secrets
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

import rules
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import Group
from django.db import transaction

from articles.permissions import Role
from newsdesk.keymap import differences, faults
from newsdesk.models import IdempotencyKey, SignInLink, Token, User
from newsdesk.models.access import Scope

TOKEN_PREFIX = "ndk_"  # noqa: S105 - it marks our tokens for secret scanners; it is none
SECRET_BYTES = 32  # 43 characters when written in the URL-safe alphabet
HINT_CHARACTERS = 8
LONGEST_DAYS = 366
# What each scope beyond reading is good for: with none of these rights a token could do nothing with it.
RIGHTS_OF_SCOPES: dict[Scope, tuple[str, ...]] = {
    Scope.ANNOTATE: ("articles.record_quote", "annotations.attach_evidence", "annotations.comment"),
    Scope.EDIT: ("articles.bring_in", "articles.add_speaker", "articles.store_source"),
    Scope.REVIEW: ("annotations.write_factcheck", "annotations.review_factcheck", "annotations.publish_verdict"),
    Scope.EXPORT: ("annotations.take_out",),
    Scope.ADMIN: ("annotations.assign", "annotations.administer"),
}


class ScopesUnknown(ValueError):
    """A token was asked for without scopes, or with one that does not exist."""


class ScopesBeyond(ValueError):
    """A token was asked for with scopes that its owner has no right to use."""


class DaysOutside(ValueError):
    """A token or a link was asked for that ends at once, or practically never."""


class NotTheirToken(Exception):
    """Somebody tried to revoke a token that is another person's."""


class LinkUnusable(Exception):
    """A sign-in link does not open anything; the kinds below say why."""


class LinkUnknown(LinkUnusable):
    """No such link was ever made, or part of it got lost on the way."""


class LinkExpired(LinkUnusable):
    """The link was valid once and is not any more."""


class LinkUsed(LinkUnusable):
    """The link has let somebody in already; it does so once."""


class KeysUnfit(ValueError):
    """Keys were chosen that cannot be had.

    :ivar faults: what is wrong, as a sentence by slug of the act.
    """

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


class OwnAccount(Exception):
    """Somebody tried to shut themself out, or to give up their own administration."""


def digest_of(key: str) -> str:
    """The SHA-256 of a key in hex: all that is kept of it.

    A plain digest is enough, because a key holds 256 random bits; nobody finds it by trying.
    """
    return hashlib.sha256(key.encode()).hexdigest()


def scopes_for(person: User) -> list[Scope]:
    """The scopes that would let a token of ``person`` do anything; reading is always among them."""
    usable = (
        scope for scope, rights in RIGHTS_OF_SCOPES.items() if any(rules.has_perm(right, person) for right in rights)
    )
    return [Scope.READ, *usable]


def make_token(*, person: User, name: str, scopes: Collection[str], days: int, at: datetime) -> tuple[Token, str]:
    """Make a token for the API and return it with its key, which is never to be seen again.

    :raises ScopesUnknown: without scopes, or when one of them is not a ``Scope``.
    :raises ScopesBeyond: when the person could not use one of them.
    :raises DaysOutside: when ``days`` is not between 1 and 366.
    """
    if not scopes or not set(scopes) <= set(Scope.values):
        raise ScopesUnknown(", ".join(sorted(scopes)) or "none")
    beyond = set(scopes) - set(scopes_for(person))
    if beyond:
        raise ScopesBeyond(", ".join(sorted(beyond)))
    key = TOKEN_PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    token = Token.objects.create(
        person=person,
        name=name,
        digest=digest_of(key),
        hint=key[:HINT_CHARACTERS],
        scopes=sorted(set(scopes)),
        created_at=at,
        expires_at=_end(at, days),
    )
    return token, key


@transaction.atomic
def revoke_token(*, token: Token, by: User, at: datetime) -> Token:
    """End a token for good. Revoking it again changes nothing: the first moment stands.

    :raises NotTheirToken: when the token is not ``by``'s own.
    """
    if token.person_id != by.pk:
        raise NotTheirToken(token.uid)
    Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at)
    token.refresh_from_db()
    return token


@transaction.atomic
def choose_keys(*, keys: Mapping[str, str], by: User, at: datetime) -> User:
    """Have keys of one's own for what single keys do. Acts that are left out go back to the key that everybody has.

    :param keys: the key by slug of the act.
    :raises KeysUnfit: when an act is unknown, a key is none or is reserved, or two acts in one place would share one.
    """
    if wrong := faults(keys):
        raise KeysUnfit(wrong)
    by.keymap = differences(keys)
    by.save(update_fields=["keymap"])
    return by


@transaction.atomic
def add_person(*, username: str, name: str, email: str, roles: Collection[str], by: User, at: datetime) -> User:
    """Add somebody to the desk, without a password: they come in by an invitation and choose one."""
    person = User(username=username, name=name, email=email)
    person.set_unusable_password()
    person.save(force_insert=True)
    person.groups.set(Group.objects.filter(name__in=roles))
    return person


@transaction.atomic
def change_person(
    *, person: User, name: str, email: str, roles: Collection[str], is_active: bool, by: User, at: datetime
) -> User:
    """Change what is known of somebody, what they are on the desk, and whether they may come in at all.

    Whoever is deactivated is signed out everywhere with their next step, and their tokens are revoked.

    :raises OwnAccount: when ``by`` would deactivate themself or give up their own administration.
    """
    if person.pk == by.pk and not (is_active and Role.ADMINISTRATOR in roles):
        raise OwnAccount("Somebody else has to take your administration away, so that one person always has it.")
    person.name, person.email, person.is_active = name, email, is_active
    person.save(update_fields=["name", "email", "is_active"])
    person.groups.set(Group.objects.filter(name__in=roles))
    if not is_active:
        Token.objects.filter(person=person, revoked_at=None).update(revoked_at=at)
    return person


@transaction.atomic
def invite(*, person: User, by: User, at: datetime, days: int) -> str:
    """Make a link that signs a person in, once, and return its key, which is never to be seen again.

    The address is ``/in/<key>/``. Who made it for whom stays in the administration's log.

    :raises DaysOutside: when ``days`` is not between 1 and 366.
    """
    key = secrets.token_urlsafe(SECRET_BYTES)
    link = SignInLink.objects.create(person=person, digest=digest_of(key), created_at=at, expires_at=_end(at, days))
    LogEntry.objects.log_actions(by.pk, [link], ADDITION, change_message="Invited", single_object=True)
    return key


def find_link(*, key: str, at: datetime) -> SignInLink:
    """Return the link of a key without using it, as long as it would let somebody in.

    :raises LinkUnusable: as ``LinkUnknown``, ``LinkUsed`` or ``LinkExpired``.
    """
    link = SignInLink.objects.select_related("person").filter(digest=digest_of(key)).first()
    if link is None or not link.person.is_active:
        raise LinkUnknown
    if link.used_at is not None:
        raise LinkUsed
    if link.expires_at <= at:
        raise LinkExpired
    return link


@transaction.atomic
def use_link(*, key: str, at: datetime) -> User:
    """Use a link up and return the person it signs in. Of two who come at once, one is let in.

    :raises LinkUnusable: as ``LinkUnknown``, ``LinkUsed`` or ``LinkExpired``.
    """
    link = find_link(key=key, at=at)
    if not SignInLink.objects.filter(pk=link.pk, used_at=None).update(used_at=at):
        raise LinkUsed
    return link.person


def _end(at: datetime, days: int) -> datetime:
    if not 1 <= days <= LONGEST_DAYS:
        raise DaysOutside(days)
    return at + timedelta(days=days)


def forget_answers(*, before: datetime) -> int:
    """Drop the remembered answers to idempotent requests that are older; returns how many."""
    return IdempotencyKey.objects.filter(created_at__lt=before).delete()[0]
