from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.models.bias import Codebook
from articles.models import Article, Editable, Noun, Revision
from articles.models.laws import append_only, counted_versions, never_deleted


class SuggestionPolicy(models.TextChoices):
    NONE = "none", _("no suggestions")
    LISTED = "listed", _("only the listed rules")
    ALL = "all", _("every suggestion")


@pghistory.track(pghistory.UpdateEvent("changed", row=pghistory.Old))
class Project(Editable):
    """A study, or the everyday desk (the default project)."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(unique=True)
    is_default = models.BooleanField(_("the everyday desk"), default=False)
    codebook = models.ForeignKey(Codebook, on_delete=models.PROTECT, related_name="projects")
    guidelines = models.TextField(_("guidelines"), blank=True)
    suggestion_policy = models.CharField(max_length=8, choices=SuggestionPolicy, default=SuggestionPolicy.ALL)
    suggestion_rules = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    is_blind = models.BooleanField(_("blind"), default=False)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="project_one_everyday_desk"
            ),
            models.CheckConstraint(
                condition=Q(is_default=False) | Q(is_blind=False), name="project_everyday_desk_is_open"
            ),
        ]
        triggers = [counted_versions(), never_deleted()]

    def __str__(self) -> str:
        return self.name


class PinnedRevision(models.Model):
    """A study reads this revision, whatever the newsroom does to the article later."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="pinned_revisions")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("pinned revision")
        verbose_name_plural = _("pinned revisions")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["project", "revision"], name="revision_pinned_once")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.project_id} · {self.revision_id}"


@pghistory.track(pghistory.UpdateEvent("changed", row=pghistory.Old))
class Assignment(Editable):
    """Somebody is asked to work on an article within a project."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="assignments")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="assignments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments")
    task = models.CharField(_("task"), max_length=300, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    ended_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["project", "article", "person"],
                condition=Q(done_at=None, ended_at=None),
                name="assignment_open_once",
            )
        ]
        triggers = [counted_versions(), never_deleted()]

    def __str__(self) -> str:
        return f"{self.person} · {self.task or self.article_id}"


@pghistory.track(pghistory.UpdateEvent("changed", row=pghistory.Old))
class Reading(Editable):
    """This person read this revision under this codebook; coverage and agreement count readings."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="readings")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    codebook = models.ForeignKey(Codebook, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["project", "revision", "created_by"], name="reading_one_per_person")
        ]
        triggers = [counted_versions(), never_deleted()]

    def __str__(self) -> str:
        return f"{self.created_by} · {self.revision_id}"


class Finding(models.TextChoices):
    NOTHING = "nothing", _("nothing found")
    OPINION = "opinion", _("opinion")


class SentenceFinding(Noun):
    """What a reader says of one sentence that got no mark. Offsets in code points of the reading's revision.

    The last word on a sentence, by its sequence, is the one that counts; an empty finding takes back what was said.
    """

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="findings")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    finding = models.CharField(max_length=8, choices=Finding)
    sequence = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("finding on a sentence")
        verbose_name_plural = _("findings on sentences")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["reading", "start", "sequence"], name="finding_sequence_once"),
            models.CheckConstraint(condition=Q(start__gte=0, end__gt=F("start")), name="finding_offsets_in_order"),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"[{self.start}, {self.end}) {self.finding}"
