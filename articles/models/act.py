from __future__ import annotations

import uuid
from typing import Self

import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.laws import append_only


class Verb(models.TextChoices):
    """What somebody did. What it was done to says the rest: evidence that is recorded is attached."""

    RECORD = "record", _("record")
    CHANGE = "change", _("change")
    RETRACT = "retract", _("retract")
    RESTORE = "restore", _("restore")
    PLACE = "place", _("place")
    UNPLACE = "unplace", _("unplace")
    ACCEPT = "accept", _("accept")
    REJECT = "reject", _("reject")
    REOPEN = "reopen", _("reopen")


class Step(models.TextChoices):
    """Whether an act was done for its own sake, or to reverse another."""

    DO = "do", _("done")
    UNDO = "undo", _("undone")
    REDO = "redo", _("done again")


class ActQuerySet(models.QuerySet["Act"]):
    def standing(self) -> Self:
        """Acts that hold: done, or done again, and not undone since. What changed nothing is no act to undo."""
        return self.exclude(step=Step.UNDO).filter(reversed_by=None).exclude(verb=Verb.CHANGE, before={})

    def leading(self) -> Self:
        """The first act of each group, and those that stand alone."""
        return self.filter(position=0)


class Act(models.Model):
    """That somebody did something to a thing of an article, and what it takes to reverse it.

    Appended in the transaction of the act, never changed. ``before`` and ``after`` hold the columns that changed, by
    name: foreign keys as keys, a place as its revision, sequence, offsets and words.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("person")
    )
    at = models.DateTimeField(_("when"))
    verb = models.CharField(_("act"), max_length=8, choices=Verb)
    step = models.CharField(_("step"), max_length=4, choices=Step, default=Step.DO)
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("article")
    )
    # What it was done to, by the name of its model, because texts know nothing of judgements.
    kind = models.CharField(_("done to"), max_length=20)
    noun = models.UUIDField(_("uid of what it was done to"))
    version_before = models.PositiveIntegerField()
    version_after = models.PositiveIntegerField()
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    undoes = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="reversed_by",
        db_index=False,
        verbose_name=_("undoes"),
    )
    # Acts that are one for whoever did them, such as accepting in bulk; the first has position 0.
    group = models.UUIDField(_("group"), null=True)
    position = models.PositiveIntegerField(default=0)

    objects = ActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        default_permissions = ()
        indexes = [
            models.Index(fields=["person", "-id"], name="act_by_person"),
            models.Index(fields=["noun"], name="act_on_noun"),
            models.Index(fields=["group"], condition=Q(group__isnull=False), name="act_in_group"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["undoes"], condition=Q(undoes__isnull=False), name="act_reversed_once"),
            models.CheckConstraint(condition=Q(verb__in=Verb.values), name="act_verb_is_known"),
            models.CheckConstraint(
                condition=Q(step="do", undoes=None) | Q(step__in=["undo", "redo"], undoes__isnull=False),
                name="act_that_reverses_names_which",
            ),
            models.CheckConstraint(condition=Q(version_after__gte=F("version_before")), name="act_versions_in_order"),
            models.CheckConstraint(condition=Q(position=0) | Q(group__isnull=False), name="act_position_is_in_a_group"),
        ]
        triggers = [
            append_only(),
            pgtrigger.Trigger(
                name="reverses_the_same_thing",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__undoes__isnull=False),
                func=pgtrigger.Func(
                    """
                    IF NOT EXISTS (
                        SELECT FROM articles_act a
                        WHERE a.id = NEW.undoes_id AND a.kind = NEW.kind AND a.noun = NEW.noun
                            AND a.article_id = NEW.article_id AND (a.step = 'undo') = (NEW.step = 'redo')
                    ) THEN
                        RAISE EXCEPTION 'act % reverses an act on another thing, or in the wrong direction', NEW.uid
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NEW;
                    """
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} · {self.kind}"

    @property
    def changed_nothing(self) -> bool:
        """A change that was saved as it stood."""
        return self.verb == Verb.CHANGE and not self.before
