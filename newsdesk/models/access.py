import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.laws import append_only, never_deleted


class Scope(models.TextChoices):
    """What a token may be used for; the person's own rights still apply on top."""

    READ = "read", _("Read everything its owner may read")
    ANNOTATE = "annotate", _("Make, change and retract quotes, claims, tags and evidence")
    EDIT = "edit", _("Bring in and revise articles, sources and speakers")
    REVIEW = "review", _("Write, review and publish fact checks")
    EXPORT = "export", _("Take out exports")
    ADMIN = "admin", _("Manage people, projects and assignments")


class Token(models.Model):
    """A personal key for the API. Only its SHA-256 is kept; the key itself is shown once, when it is made."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(_("name"), max_length=100)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(_("begins with"), max_length=12, editable=False)
    scopes = ArrayField(models.CharField(max_length=16, choices=Scope), verbose_name=_("scopes"))
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scopes__contained_by=Scope.values) & ~models.Q(scopes=[]),
                name="token_scopes_are_known",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")),
                name="token_expires_after_it_is_made",
            ),
        ]
        triggers = [never_deleted()]

    def __str__(self) -> str:
        return f"{self.name} ({self.hint}…)"


class SignInLink(models.Model):
    """A link that signs one person in, once: an invitation, or the first way into a demo account."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sign_in_links")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("sign-in link")
        verbose_name_plural = _("sign-in links")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.person}, {self.created_at:%Y-%m-%d %H:%M}"


class IdempotencyKey(models.Model):
    """What a POST with this key was answered, so that a repeated request is answered alike and acts once."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=255)
    request_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("idempotency key")
        verbose_name_plural = _("idempotency keys")
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="idempotency_key_once_per_person")]
        triggers = [append_only(deletes=True)]

    def __str__(self) -> str:
        return self.key
