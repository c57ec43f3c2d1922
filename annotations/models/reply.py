from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.models.claim import Claim
from annotations.models.factcheck import Rating
from articles.models import Editable, Speaker, SpeakerKind
from articles.models.laws import counted_versions, never_deleted

# Whoever is named as one of these is heard; nobody asks a state, or a group without a name.
HEARD = frozenset({SpeakerKind.PERSON, SpeakerKind.ORGANISATION})


def asks_for_reply(claim: Claim, rating: Rating | None) -> bool:
    """Whether a rating says of a named person or organisation what they are heard about first."""
    return rating is not None and rating.asks_for_reply and claim.speaker is not None and claim.speaker.kind in HEARD


class Channel(models.TextChoices):
    """By what way somebody was approached."""

    MAIL = "mail", _("by mail")
    TELEPHONE = "telephone", _("by telephone")
    PERSON = "person", _("in person")
    LETTER = "letter", _("by letter")
    FORM = "form", _("through a contact form")
    NETWORK = "network", _("in a social network")


class ReplyQuerySet(models.QuerySet["Reply"]):
    def standing(self) -> ReplyQuerySet:
        """Those that nobody has taken back."""
        return self.filter(retracted_at=None)


@pghistory.track(pghistory.UpdateEvent("changed", row=pghistory.Old))
class Reply(Editable):
    """The reply of somebody whom a verdict may hurt: asked for and perhaps given, or not asked for and why.

    :ivar speaker: whom it is from, where the desk knows them; else ``name`` says it.
    :ivar approached_by: who of the desk asked; with it ``asked_at``, ``channel`` and ``deadline``.
    :ivar answer: verbatim, with ``answered_at``.
    :ivar not_asked_reason: why nobody asked, in place of all these.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="replies")
    speaker = models.ForeignKey(
        Speaker, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("speaker")
    )
    name = models.CharField(_("name"), max_length=300, blank=True)
    approached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    channel = models.CharField(_("how"), max_length=9, choices=Channel, blank=True)
    question = models.TextField(_("what we asked"), blank=True)
    deadline = models.DateTimeField(_("deadline"), null=True, blank=True)
    answer = models.TextField(_("answer, word for word"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    not_asked_reason = models.TextField(_("why nobody asked"), blank=True)
    retracted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    retracted_at = models.DateTimeField(_("retracted"), null=True, blank=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(speaker=None, name__regex=r"\S") | Q(speaker__isnull=False, name=""),
                name="reply_is_of_a_speaker_or_a_name",
            ),
            models.CheckConstraint(
                condition=Q(
                    Q(channel__in=Channel.values),
                    approached_by__isnull=False,
                    asked_at__isnull=False,
                    deadline__isnull=False,
                    not_asked_reason="",
                )
                | Q(
                    approached_by=None,
                    asked_at=None,
                    deadline=None,
                    channel="",
                    question="",
                    answer="",
                    answered_at=None,
                    not_asked_reason__regex=r"\S",
                ),
                name="reply_was_asked_for_or_says_why_not",
            ),
            models.CheckConstraint(
                condition=Q(asked_at=None) | Q(deadline__gt=F("asked_at")), name="reply_deadline_is_after_asking"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | Q(answer__regex=r"\S", answered_at__isnull=False, answered_at__gte=F("asked_at")),
                name="reply_answer_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(retracted_by=None, retracted_at=None)
                | Q(retracted_by__isnull=False, retracted_at__isnull=False),
                name="reply_retraction_has_a_person",
            ),
        ]
        triggers = [counted_versions(), never_deleted()]

    def __str__(self) -> str:
        return f"{self.whom} · {self.claim_id}"

    @property
    def whom(self) -> str:
        """The name of the one it is from."""
        return self.speaker.name if self.speaker is not None else self.name

    @property
    def was_asked(self) -> bool:
        return self.asked_at is not None
