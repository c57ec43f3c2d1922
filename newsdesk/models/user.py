import uuid

import pghistory
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import BooleanField, F, Func
from django.utils.translation import gettext_lazy as _

from articles.models.laws import never_deleted

# An object whose values are strings of one character each. Which acts there are only the code knows.
SINGLE_KEYS = """jsonb_path_match(%(expressions)s, '
    strict $.type() == "object" && !exists($.* ? (@.type() != "string" || !(@ like_regex "^.$")))
')"""


@pghistory.track(pghistory.UpdateEvent("changed", row=pghistory.Old), exclude=["password", "last_login"])
class User(AbstractUser):
    """Somebody with an account. One field holds the whole name, because not every name has two parts."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("email address"), unique=True)
    # by slug of an act (newsdesk.keymap), only those that are not the keys everybody has
    keymap = models.JSONField(_("own keys"), default=dict, blank=True, editable=False)

    REQUIRED_FIELDS = ["name", "email"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Func(F("keymap"), template=SINGLE_KEYS, output_field=BooleanField()),
                name="user_keymap_has_single_keys",
            ),
        ]
        triggers = [never_deleted()]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @property
    def initials(self) -> str:
        """At most two letters that stand for the person in small places."""
        words = str(self).split()
        letters = [words[0][0], words[-1][0]] if len(words) > 1 else [str(self)[:2]]
        return "".join(letters).upper()
