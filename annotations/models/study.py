"""What a study is run by: rounds and their texts, guidelines, who takes part, and what became of readings."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models import Editable, Noun
from articles.models.laws import append_only, counted_versions, never_deleted


class RoundKind(models.TextChoices):
    TRAINING = "training", _("training")
    TEST = "test", _("test")
    MAIN = "main", _("main")


class TextOrder(models.TextChoices):
    """In which order people get the texts of a round."""

    SAME = "same", _("the same for everybody")
    SHUFFLED = "shuffled", _("shuffled for each person, by the seed")


class Guidelines(Noun):
    """One version of what annotators are told. Rewriting makes the next; what a reading went by stays readable."""

    project = models.ForeignKey("annotations.Project", on_delete=models.PROTECT, related_name="guideline_versions")
    number = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("guidelines")
        verbose_name_plural = _("guidelines")
        default_permissions = ()
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="guidelines_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="guidelines_number_from_one"),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.project_id} · {self.number}"


class Round(Editable):
    """Texts that several people read apart. It is prepared, open, then closed; a text belongs to one round.

    :ivar pass_mark: share of agreement with gold, from 0 to 1, that a training or test takes; None asks for none.
    :ivar annotators_per_text: how many people are to read each text; None where the lead says who reads what.
    :ivar hours_to_submit: after how many hours an assignment that was not submitted goes back; None for never.
    :ivar shows_decided: whether annotators see what adjudication decided on their texts, after the round.
    """

    project = models.ForeignKey("annotations.Project", on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=8, choices=RoundKind, default=RoundKind.MAIN)
    pass_mark = models.FloatField(_("pass mark"), null=True, blank=True)
    annotators_per_text = models.PositiveSmallIntegerField(_("annotators per text"), null=True, blank=True)
    text_order = models.CharField(_("order of texts"), max_length=8, choices=TextOrder, default=TextOrder.SAME)
    seed = models.PositiveIntegerField(_("seed"), default=1)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    hours_to_submit = models.PositiveSmallIntegerField(_("hours until an assignment goes back"), null=True, blank=True)
    shows_decided = models.BooleanField(_("annotators see what was decided"), default=False)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        default_permissions = ()
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="round_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="round_number_from_one"),
            models.CheckConstraint(condition=Q(kind__in=RoundKind.values), name="round_kind_is_known"),
            models.CheckConstraint(condition=Q(text_order__in=TextOrder.values), name="round_order_is_known"),
            models.CheckConstraint(
                condition=Q(pass_mark=None) | Q(pass_mark__gte=0, pass_mark__lte=1), name="round_pass_mark_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(pass_mark=None) | ~Q(kind="main"), name="round_pass_mark_is_for_training_and_tests"
            ),
            models.CheckConstraint(
                condition=Q(annotators_per_text=None) | Q(annotators_per_text__gte=1),
                name="round_texts_have_annotators",
            ),
            models.CheckConstraint(
                condition=Q(hours_to_submit=None) | Q(hours_to_submit__gte=1), name="round_gives_time_to_submit"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(opened_at__isnull=False, closed_at__gte=F("opened_at")),
                name="round_closes_after_it_opened",
            ),
        ]
        triggers = [counted_versions(), never_deleted()]

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None

    def __str__(self) -> str:
        return f"{self.project_id} · {self.number}"


class RoundText(Noun):
    """A pinned text in the round in which it is read, at its place.

    :ivar withdrawn_at: when the lead took it out of the study; what was found in it stays stored.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="texts")
    pinned = models.OneToOneField("annotations.PinnedRevision", on_delete=models.PROTECT, related_name="in_round")
    position = models.PositiveIntegerField(_("place"))
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("text of a round")
        verbose_name_plural = _("texts of rounds")
        default_permissions = ()
        ordering = ["round", "position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "position"], name="round_text_place_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None, withdrawn_reason="")
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False, withdrawn_reason__regex=r"\S"),
                name="round_text_is_withdrawn_by_name_with_a_reason",
            ),
        ]
        triggers = [never_deleted()]

    def __str__(self) -> str:
        return f"{self.round_id} · {self.pinned_id}"


class Participant(Editable):
    """Somebody takes part in a study.

    :ivar quota: the most texts they get in a round; None for no limit.
    :ivar consented_at: when they agreed to the consent note as it stood then; None where they have not, or took it
        back.
    :ivar keeps_time: they agreed to have the time measured that a reading takes them.
    :ivar left_at: when they left, or the lead let them go; nothing is handed to them from then on.
    """

    project = models.ForeignKey("annotations.Project", on_delete=models.PROTECT, related_name="participants")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="takes_part_in")
    quota = models.PositiveIntegerField(_("most texts in a round"), null=True, blank=True)
    consented_at = models.DateTimeField(_("consented"), null=True, blank=True)
    consented_to = models.TextField(_("what they consented to"), blank=True)
    keeps_time = models.BooleanField(_("time is measured"), default=False)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["project", "person"], name="participant_once")]
        triggers = [counted_versions(), never_deleted()]

    def __str__(self) -> str:
        return f"{self.person} · {self.project_id}"


class ReadingReopened(Noun):
    """A submitted reading was opened again, and why.

    :ivar submitted_at: when it had been submitted.
    """

    reading = models.ForeignKey("annotations.Reading", on_delete=models.PROTECT, related_name="reopenings")
    submitted_at = models.DateTimeField(_("had been submitted"))
    reason = models.CharField(_("reason"), max_length=500)

    class Meta:
        verbose_name = _("reopening of a reading")
        verbose_name_plural = _("reopenings of readings")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="reopening_has_a_reason")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return self.reason


class TimeSpent(models.Model):
    """How long a reading took somebody who agreed to have it measured; forgotten when they take that back.

    :ivar seconds: with the text in hand; of a pause only the first minutes count.
    """

    reading = models.OneToOneField("annotations.Reading", on_delete=models.PROTECT, related_name="time_spent")
    seconds = models.PositiveIntegerField(_("seconds"), default=0)
    heard_at = models.DateTimeField()

    class Meta:
        verbose_name = _("time spent")
        verbose_name_plural = _("times spent")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.reading_id} · {self.seconds} s"
