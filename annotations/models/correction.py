from __future__ import annotations

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.models.claim import Claim
from articles.models import Article, Editable, Revision
from articles.models.laws import counted_versions, never_deleted


class RequestState(models.TextChoices):
    """What became of a reader's request."""

    OPEN = "open", _("waiting for a decision")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")


@pghistory.track(pghistory.UpdateEvent("changed", row=pghistory.Old))
class CorrectionRequest(Editable):
    """A reader says that something published is wrong. Written by nobody whom the desk knows, so it has no author.

    ``revision`` is what they had before them; ``claim`` the check it is about, where it is about one.
    """

    created_by = None  # type: ignore[assignment]
    # Held to the article of the request by correction_request_is_about_one_article.
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="correction_requests")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="correction_requests"
    )
    place = models.CharField(_("where"), max_length=500, blank=True)
    text = models.TextField(_("what is wrong"))
    state = models.CharField(_("state"), max_length=8, choices=RequestState, default=RequestState.OPEN)
    decision_reason = models.TextField(_("reason, as whoever asked reads it"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("correction request")
        verbose_name_plural = _("correction requests")
        default_permissions = ()
        indexes = [
            models.Index(fields=["created_at"], condition=Q(state="open"), name="correction_request_that_waits"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(text__regex=r"\S"), name="correction_request_has_text"),
            models.CheckConstraint(
                condition=Q(state__in=RequestState.values), name="correction_request_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_by=None, decided_at=None, decision_reason="")
                | (
                    ~Q(state="open")
                    & Q(decided_by__isnull=False, decided_at__isnull=False, decision_reason__regex=r"\S")
                ),
                name="correction_request_is_decided_by_name_with_a_reason",
            ),
        ]
        triggers = [counted_versions(), never_deleted()]

    def __str__(self) -> str:
        return self.text[:80]


class ReaderContact(models.Model):
    """How a reader who asked for a correction can be answered. Apart from what they said, for few eyes, and forgotten
    on demand: the one thing here that may be deleted."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.OneToOneField(CorrectionRequest, on_delete=models.PROTECT, related_name="contact")
    contact = models.CharField(_("contact"), max_length=300)
    created_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("reader's contact")
        verbose_name_plural = _("readers' contacts")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(contact__regex=r"\S"), name="reader_contact_is_not_empty"),
        ]

    def __str__(self) -> str:
        return str(self.request_id)
