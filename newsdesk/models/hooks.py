"""Web hooks: who is told of which events, what was to be told, and every attempt to tell it."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.laws import append_only, never_deleted


class Event(models.TextChoices):
    """What an address can ask to be told of; the first word is the kind of the noun that is named."""

    ARTICLE_PUBLISHED = "article.published", _("A text of an article goes out to readers")
    ARTICLE_DECLARED = "article.declared", _("Readers are told of a clarification, a correction or a retraction")
    VERDICT_PUBLISHED = "verdict.published", _("A verdict is published")
    CORRECTION_REQUESTED = "correction.requested", _("A reader asks for a correction")


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    DELIVERED = "delivered", _("delivered")
    FAILED = "failed", _("failed")
    WITHHELD = "withheld", _("withheld")


class WebHook(models.Model):
    """An address that is told of events, on behalf of whoever made it: of nothing that they may not know of."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    address = models.URLField(_("address"), max_length=500)
    events = ArrayField(models.CharField(max_length=64, choices=Event), verbose_name=_("events"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("made"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("web hook")
        verbose_name_plural = _("web hooks")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(events__contained_by=Event.values) & ~Q(events=[]),
                name="web_hook_events_are_known",
            ),
        ]
        triggers = [never_deleted()]

    def __str__(self) -> str:
        return self.address


class WebHookDelivery(models.Model):
    """One event that one hook is to be told of.

    ``tries`` counts the attempts, ``tries_before`` those made before it was last sent anew by hand.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hook = models.ForeignKey(WebHook, on_delete=models.PROTECT, related_name="deliveries")
    event = models.CharField(_("event"), max_length=64, choices=Event)
    noun = models.UUIDField(_("uid of what it happened to"))
    happened_at = models.DateTimeField(_("happened"))
    created_at = models.DateTimeField(_("made"))
    state = models.CharField(_("state"), max_length=12, choices=DeliveryState, default=DeliveryState.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    tries_before = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("delivery of a web hook")
        verbose_name_plural = _("deliveries of web hooks")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["hook", "event", "noun", "happened_at"], name="web_hook_is_told_once"),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.WAITING, ended_at=None)
                | (~Q(state=DeliveryState.WAITING) & Q(ended_at__isnull=False)),
                name="web_hook_delivery_waits_or_has_ended",
            ),
            models.CheckConstraint(
                condition=Q(tries__gte=models.F("tries_before")), name="web_hook_delivery_tries_rise"
            ),
        ]
        triggers = [never_deleted()]

    def __str__(self) -> str:
        return f"{self.event} {self.noun}"


class WebHookAttempt(models.Model):
    """One attempt to deliver: what the other side answered, or why nothing was sent or came back."""

    delivery = models.ForeignKey(WebHookDelivery, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField(_("at"))
    status = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("attempt of a delivery")
        verbose_name_plural = _("attempts of deliveries")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__isnull=False) | ~Q(reason=""), name="web_hook_attempt_says_how_it_ended"
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return str(self.status or self.reason)
