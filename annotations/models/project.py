from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.models.bias import Codebook
from annotations.models.study import Guidelines, Round
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
    # What people agree to before their first text; empty asks for nothing.
    consent_note = models.TextField(_("consent note"), blank=True)
    data_note = models.TextField(_("data-protection note"), blank=True)
    offers_time = models.BooleanField(_("people may have their time measured"), default=False)

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
    """Somebody is asked to work on an article within a project; in a study, on a text of one of its rounds.

    :ivar position: where the text stands in the order in which the person reads the round.
    :ivar times_out_at: when it goes back unless its reading was submitted.
    :ivar ended_reason: why it went back, for those who lead the study.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="assignments")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="assignments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments")
    task = models.CharField(_("task"), max_length=300, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    ended_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    ended_reason = models.CharField(_("why it went back"), max_length=500, blank=True)
    position = models.PositiveIntegerField(_("place"), default=0)
    times_out_at = models.DateTimeField(_("goes back"), null=True, blank=True)

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
    """This person read this revision under this codebook; coverage and agreement count readings.

    What somebody marked in a study belongs to their reading of the text, and so to its round.

    :ivar guidelines: the version that stood beside the text when the reading was begun.
    :ivar is_gold: what readings of training and test rounds are compared with; it counts in no agreement.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="readings")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    codebook = models.ForeignKey(Codebook, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, blank=True, related_name="readings")
    guidelines = models.ForeignKey(Guidelines, on_delete=models.PROTECT, null=True, blank=True, related_name="readings")
    is_gold = models.BooleanField(_("gold"), default=False)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["project", "revision", "created_by"], name="reading_one_per_person"),
            models.UniqueConstraint(
                fields=["project", "revision"], condition=Q(is_gold=True), name="reading_one_gold_per_text"
            ),
            models.CheckConstraint(
                condition=Q(is_gold=False) | Q(submitted_at__isnull=False), name="reading_that_is_gold_is_submitted"
            ),
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
