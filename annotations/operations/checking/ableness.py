"""What keeps a check from being somebody's, or from being due at a moment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from annotations.models import Claim
from annotations.permissions import people_who_check


class CannotCheck(Exception):
    """Somebody cannot be given this check: they may not write checks, may not know of it, or reviewed it."""


class DueInThePast(Exception):
    """Nothing is due before now."""


def refuse_past(due_at: datetime | None, *, at: datetime) -> None:
    """:raises DueInThePast: when something would be late at once."""
    if due_at is not None and due_at <= at:
        raise DueInThePast(_("This moment is over. Choose a later one."))


def refuse_unable(claim: Claim, person: Any) -> None:
    """:raises CannotCheck: when somebody may not write checks, or may not know of the article."""
    if not people_who_check(claim.article).filter(pk=person.pk).exists():
        raise CannotCheck(_("They cannot check this: it takes an open account, the right, and knowing of the article."))
