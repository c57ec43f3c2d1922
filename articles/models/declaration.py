"""What readers are told when a piece they have changes, and what was asked of those whose copy it is."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article, Revision
from articles.models.laws import append_only, counted_versions, never_deleted
from articles.models.noun import Editable, Noun


class ChangeKind(models.TextChoices):
    """What whoever saves a new text of a published piece says it is; the last three are told to readers."""

    MINOR = "minor", _("Minor: spelling, style, nothing a reader would miss")
    UPDATE = "update", _("Update: something new happened")
    CLARIFICATION = "clarification", _("Clarification: it was right, and easy to misread")
    CORRECTION = "correction", _("Correction: something was wrong")
    RETRACTION = "retraction", _("Retraction: the piece is taken back")


PUBLIC_KINDS = (ChangeKind.CLARIFICATION, ChangeKind.CORRECTION, ChangeKind.RETRACTION)


class Declaration(Noun):
    """What a change of a piece that readers have is: said when it is saved, appended, never changed.

    :ivar revision: the text that came with it; of a notice without a new text, the one that stands.
    :ivar text: what was wrong, as readers are told; of a minor change or an update it may be empty.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="declarations")
    # Held by declaration_is_of_a_revision_of_its_article. It is written before the revision, which looks for it.
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="declarations", db_constraint=False)
    kind = models.CharField(_("kind of change"), max_length=13, choices=ChangeKind)
    text = models.TextField(_("what was wrong, as readers are told"), blank=True)

    class Meta:
        verbose_name = _("declaration of a change")
        verbose_name_plural = _("declarations of changes")
        default_permissions = ()
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["-created_at", "-id"], condition=Q(kind__in=PUBLIC_KINDS), name="declaration_public_newest"
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ChangeKind.values), name="declaration_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(kind__in=PUBLIC_KINDS) | Q(text__regex=r"\S"), name="declaration_says_what_was_wrong"
            ),
        ]
        triggers = [
            append_only(),
            pgtrigger.Trigger(
                name="of_a_piece_that_is_out",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=pgtrigger.Func(
                    """
                    IF NOT EXISTS (
                        SELECT FROM articles_article a
                        WHERE a.id = NEW.article_id AND a.state IN ('published', 'corrected')
                    ) THEN
                        RAISE EXCEPTION 'a declaration is of a piece that readers have'
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NEW;
                    """
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} · {self.kind}"

    @property
    def is_public(self) -> bool:
        return self.kind in PUBLIC_KINDS


class OutletAnswer(models.TextChoices):
    """What became of a correction that was asked of an outlet."""

    CORRECTED = "corrected", _("corrected")
    PARTLY = "partly", _("corrected in part")
    REFUSED = "refused", _("refused")
    NONE = "none", _("no answer")


@pghistory.track(pghistory.UpdateEvent("changed", row=pghistory.Old))
class OutletRequest(Editable):
    """The desk asked whoever published copy that is not ours to correct it; readers see when, and the answer."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="outlet_requests")
    asked_of = models.CharField(_("asked of"), max_length=200)
    asked_date = models.DateField(_("asked on"))
    text = models.TextField(_("what is wrong, as readers are told"))
    answer = models.CharField(_("answer"), max_length=9, choices=OutletAnswer, blank=True)
    answer_text = models.TextField(_("answer in their words"), blank=True)
    answered_date = models.DateField(_("answered on"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("request to an outlet")
        verbose_name_plural = _("requests to outlets")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(text__regex=r"\S"), name="outlet_request_says_what_is_wrong"),
            models.CheckConstraint(condition=Q(asked_of__regex=r"\S"), name="outlet_request_names_the_outlet"),
            models.CheckConstraint(
                condition=Q(answer="") | Q(answer__in=OutletAnswer.values), name="outlet_answer_is_known"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answer_text="", answered_date=None, answered_by=None)
                | ~Q(answer="") & Q(answered_date__isnull=False, answered_by__isnull=False),
                name="outlet_answer_has_a_date_and_a_person",
            ),
            models.CheckConstraint(
                condition=Q(answered_date=None) | Q(answered_date__gte=F("asked_date")),
                name="outlet_answer_follows_the_request",
            ),
        ]
        triggers = [
            counted_versions(),
            never_deleted(),
            pgtrigger.Trigger(
                name="answered_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=pgtrigger.Func(
                    """
                    IF OLD.answer <> '' OR (NEW.article_id, NEW.asked_of, NEW.asked_date, NEW.text)
                        <> (OLD.article_id, OLD.asked_of, OLD.asked_date, OLD.text)
                    THEN
                        RAISE EXCEPTION 'a request to an outlet stands as it was sent, and is answered once'
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NEW;
                    """
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_of} · {self.asked_date}"
