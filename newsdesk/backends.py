"""Who is signed in, with the roles that every page asks for."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Group
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from articles.models.statement import written_once
from articles.permissions import remember_roles
from newsdesk.models import User


class DeskBackend(AuthenticationBackend):
    """Signs in by name or address of mail and password, and finds who is signed in.

    It grants nothing: what a person may do follows from their roles alone (``articles.permissions``).
    """

    def get_user(self, user_id: Any) -> User | None:
        """The person with this key, roles included, in one query; None when the account is closed."""
        for person in _people(int(user_id)):
            remember_roles(person, person.role_names)  # type: ignore[attr-defined]
            return person if self.user_can_authenticate(person) else None
        return None

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return False

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return False


@written_once
def _people(key: int) -> QuerySet[User]:
    roles = ArraySubquery(Group.objects.filter(user=OuterRef("pk")).order_by("pk").values("name"))
    return User.objects.filter(pk=key).annotate(role_names=roles).order_by()
