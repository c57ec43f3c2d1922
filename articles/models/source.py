from __future__ import annotations

from typing import Self

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Access, Rights
from articles.models.intake import Capture
from articles.models.laws import append_only, counted_versions, never_deleted, verified_hash
from articles.models.noun import Editable, Noun
from articles.models.words import prefix_query


class Basis(models.TextChoices):
    """What the stored text of a source is. Only the first two hold the source's own words."""

    CAPTURE = "capture", _("captured text")
    TRANSCRIPT = "transcript", _("transcript")
    DESK_NOTE = "desk_note", _("note by the desk")
    PARAPHRASE = "paraphrase", _("paraphrase")


class SourceQuerySet(models.QuerySet["Source"]):
    def matching(self, words: str) -> Self:
        """Sources whose title or publisher has every one of ``words``, the last one as a prefix."""
        query = prefix_query(words)
        return self.filter(words=query) if query else self.none()


@pghistory.track(pghistory.UpdateEvent("changed", row=pghistory.Old), exclude=["words"])
class Source(Editable):
    """A stored document, never a person."""

    title = models.CharField(_("title"), max_length=500)
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=100, blank=True)
    url = models.URLField(_("address"), max_length=2000, blank=True)
    url_note = models.CharField(_("note on the address"), max_length=500, blank=True)
    published_date = models.DateField(_("published"), null=True, blank=True)
    obtained_from = models.CharField(_("obtained from"), max_length=500, blank=True)
    interests = models.TextField(_("interests of the publisher"), blank=True)
    language = models.CharField(_("language"), max_length=35, blank=True)
    rights = models.CharField(_("rights"), max_length=14, choices=Rights, default=Rights.UNKNOWN)
    rights_terms = models.TextField(_("terms"), blank=True)
    rights_end_date = models.DateField(_("rights end"), null=True, blank=True)
    access = models.CharField(_("access"), max_length=10, choices=Access, default=Access.DESK)
    access_reason = models.CharField(_("reason"), max_length=500, blank=True)
    is_demonstration = models.BooleanField(_("demonstration"), default=False)
    words = models.GeneratedField(
        expression=SearchVector("title", "publisher", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        default_permissions = ()
        indexes = [
            GinIndex(fields=["words"], name="source_words"),
            models.Index(fields=["-created_at", "-id"], name="source_newest_first"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(title__regex=r"\S"), name="source_has_a_title"),
            models.CheckConstraint(condition=Q(rights__in=Rights.values), name="source_rights_are_known"),
            models.CheckConstraint(
                condition=Q(access="desk", access_reason="") | (Q(access="restricted") & ~Q(access_reason="")),
                name="source_restriction_has_a_reason",
            ),
        ]
        triggers = [counted_versions(), never_deleted()]

    def __str__(self) -> str:
        return self.title


class SourceAdmission(models.Model):
    """One person is named in the restriction of one source."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="admissions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("source admission")
        verbose_name_plural = _("source admissions")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["source", "person"], name="source_admission_once")]

    def __str__(self) -> str:
        return f"{self.person} · {self.source_id}"


class Snapshot(Noun):
    """The text of a source as it was captured once. Never changes; evidence counts its offsets in ``text``."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="snapshots")
    number = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("text"))
    text_sha256 = models.CharField("SHA-256", max_length=64)
    basis = models.CharField(_("basis"), max_length=10, choices=Basis)
    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, null=True, blank=True, related_name="snapshots")
    captured_at = models.DateTimeField(_("captured"))
    note = models.TextField(_("how this text was obtained"), blank=True)

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        default_permissions = ()
        ordering = ["source", "number"]
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="snapshot_number_once"),
            models.CheckConstraint(condition=Q(text__regex=r"\S"), name="snapshot_has_text"),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="snapshot_basis_is_known"),
            verified_hash("text", "text_sha256", name="snapshot_text_matches_its_hash"),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.source_id} · {self.number}"

    @property
    def is_verbatim(self) -> bool:
        """Whether the text holds the source's own words and may stand in quotation marks."""
        return self.basis in {Basis.CAPTURE, Basis.TRANSCRIPT}


class Passage(models.Model):
    """A paragraph of a snapshot, or some sentences of a long one: the unit of evidence search.

    Offsets in code points of the snapshot's text, half-open.
    """

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="passages")
    position = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        default_permissions = ()
        ordering = ["snapshot", "position"]
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "position"], name="passage_position_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="passage_offsets_in_order"),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return self.text[:80]
