"""What every stored thing has: a uid for the world outside, and who wrote it when."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


class Stale(Exception):
    """Somebody else changed the thing since the caller read it.

    :ivar noun: the thing as it stands now.
    :ivar seen: the version the caller had seen.
    """

    def __init__(self, noun: Any, *, seen: int) -> None:
        self.noun = noun
        self.seen = seen
        super().__init__(f"{noun._meta.verbose_name} is at version {noun.version}, not {seen}")


class Noun(models.Model):
    """A thing with an immutable public identity. Bigint keys stay inside the database."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Without an index, as whoever decides and retracts: no list asks what somebody made, and each row would pay.
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("made by")
    )
    created_at = models.DateTimeField(_("made"))

    class Meta:
        abstract = True


class Editable(Noun):
    """A noun that people change, under an optimistic version."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True

    def change(self, *, seen: int, **values: Any) -> Self:
        """Write ``values`` in one statement if the row is still at version ``seen``.

        :returns: self, with the new values and version.
        :raises Stale: when it is not; nothing has been written.
        """
        # _base_manager, because a QuerySet that hides rows must not turn a change into a conflict.
        manager = type(self)._base_manager
        written = manager.filter(pk=self.pk, version=seen).update(**values, version=seen + 1)
        if not written:
            raise Stale(manager.get(pk=self.pk), seen=seen)
        for name, value in values.items():
            setattr(self, name, value)
        self.version = seen + 1
        return self


class Origin(models.TextChoices):
    """Where an annotation comes from; a machine's proposal never counts as human work."""

    HUMAN = "human", _("made by a person")
    SUGGESTED = "suggested", _("suggested, not decided")
    ACCEPTED = "accepted", _("suggested, accepted")
    ACCEPTED_IN_BULK = "accepted_in_bulk", _("suggested, accepted in bulk")
    CORRECTED = "corrected", _("suggested, corrected")
    REJECTED = "rejected", _("suggested, rejected")


class Mark(Editable):
    """An annotation: made by a person or proposed by a machine, retracted but never deleted."""

    origin = models.CharField(_("origin"), max_length=16, choices=Origin, default=Origin.HUMAN)
    proposer = models.CharField(_("proposed by"), max_length=100, blank=True)
    proposer_version = models.CharField(max_length=40, blank=True)
    confidence = models.FloatField(_("confidence"), null=True, blank=True)
    rule = models.CharField(_("rule"), max_length=100, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    retracted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    retracted_at = models.DateTimeField(_("retracted"), null=True, blank=True)
    retraction_reason = models.CharField(_("reason of retraction"), max_length=500, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(origin="human", proposer="") | (~models.Q(origin="human") & ~models.Q(proposer="")),
                name="%(app_label)s_%(class)s_machine_has_a_name",
            ),
            models.CheckConstraint(
                condition=models.Q(origin__in=["human", "suggested"], decided_by=None, decided_at=None)
                | (
                    ~models.Q(origin__in=["human", "suggested"])
                    & models.Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
                name="%(app_label)s_%(class)s_decision_has_a_person",
            ),
            models.CheckConstraint(
                condition=models.Q(retracted_by=None, retracted_at=None)
                | models.Q(retracted_by__isnull=False, retracted_at__isnull=False),
                name="%(app_label)s_%(class)s_retraction_has_a_person",
            ),
            models.CheckConstraint(
                condition=models.Q(confidence=None) | models.Q(confidence__gte=0, confidence__lte=1),
                name="%(app_label)s_%(class)s_confidence_is_a_share",
            ),
        ]

    @property
    def is_suggested(self) -> bool:
        """Proposed by a machine, and decided by nobody."""
        return self.origin == Origin.SUGGESTED

    def decided(self, origin: Origin, *, by: AbstractBaseUser, at: datetime) -> dict[str, Any]:
        """The columns that a decision on a suggestion writes; none for what is no suggestion or was decided."""
        return {"origin": origin, "decided_by_id": by.pk, "decided_at": at} if self.is_suggested else {}

    def found_since(self) -> dict[str, Any]:
        """The columns of a suggestion that what was decided since it was made fills in; nothing unless a kind says."""
        return {}

    @property
    def is_live(self) -> bool:
        """Neither retracted nor a rejected suggestion."""
        return self.retracted_at is None and self.origin != Origin.REJECTED


class MarkQuerySet(models.QuerySet[Any]):
    """Filters that every kind of annotation shares."""

    def live(self) -> Self:
        """Marks that stand: neither retracted nor rejected."""
        return self.filter(retracted_at=None).exclude(origin=Origin.REJECTED)

    def decided(self) -> Self:
        """Without what a machine proposed and nobody has decided on."""
        return self.exclude(origin=Origin.SUGGESTED)

    def by_people(self) -> Self:
        """Human work only: made, accepted one by one, or corrected."""
        return self.filter(origin__in=[Origin.HUMAN, Origin.ACCEPTED, Origin.CORRECTED])
