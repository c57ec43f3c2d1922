from __future__ import annotations

from collections.abc import Collection
from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.laws import counted_versions, never_deleted
from articles.models.noun import Editable


class SpeakerKind(models.TextChoices):
    PERSON = "person", _("person")
    ORGANISATION = "organisation", _("organisation")
    STATE = "state", _("state")
    GROUP = "group", _("unnamed group")


class SpeakerQuerySet(models.QuerySet["Speaker"]):
    def unmerged(self) -> Self:
        """Speakers that still stand for themselves."""
        return self.filter(merged_into=None)

    def named(self, *keys: str) -> Self:
        """Speakers one of whose keys (:mod:`articles.naming.keys`) is among ``keys``."""
        return self.filter(keys__overlap=list(keys))

    def with_words(self, words: Collection[str]) -> Self:
        """Speakers who have a name with every one of these word keys; none without any."""
        return self.filter(keys__contains=list(words)) if words else self.none()


@pghistory.track(pghistory.UpdateEvent("changed", row=pghistory.Old))
class Speaker(Editable):
    """A person, organisation, state or unnamed group whose words are reported."""

    name = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=12, choices=SpeakerKind, default=SpeakerKind.PERSON)
    title = models.CharField(_("title"), max_length=300, blank=True)
    affiliation = models.CharField(_("affiliation"), max_length=300, blank=True)
    aliases = ArrayField(models.CharField(max_length=300), default=list, blank=True, verbose_name=_("also known as"))
    keys = ArrayField(models.CharField(max_length=300), default=list, blank=True, editable=False)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    is_demonstration = models.BooleanField(default=False)

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        default_permissions = ()
        indexes = [
            # Written at once: entries that wait in a list of the index would be read through by every look-up.
            GinIndex(fields=["keys"], name="speaker_name_keys", fastupdate=False),
            models.Index(fields=["name", "id"], name="speaker_by_name"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="speaker_is_not_merged_into_itself"),
            models.CheckConstraint(condition=Q(name__regex=r"\S"), name="speaker_has_a_name"),
            models.CheckConstraint(condition=Q(kind__in=SpeakerKind.values), name="speaker_kind_is_known"),
        ]
        triggers = [counted_versions(), never_deleted()]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        """Two letters for badges: first and last name's, or the first two of a single word."""
        words = [word for word in self.name.split() if word[0].isalnum()] or [self.name]
        return (words[0][0] + words[-1][0] if len(words) > 1 else words[0][:2]).upper()
