"""What wires say about their items, one message after the other, and what stops a piece at once."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article, Revision
from articles.models.intake import Capture
from articles.models.laws import append_only, never_deleted
from articles.models.noun import Noun


class PubStatus(models.TextChoices):
    """What a provider says may be done with an item."""

    USABLE = "usable", _("usable")
    WITHHELD = "withheld", _("withheld")
    CANCELED = "canceled", _("canceled")


class Outcome(models.TextChoices):
    """What became of a message of a wire."""

    CREATED = "created", _("became an article")
    REVISED = "revised", _("became a new text of its article")
    NOTED = "noted", _("changed what is known of its article, not its words")
    WAITING = "waiting", _("waits beside what was written here")
    HELD = "held", _("stopped its article")
    IGNORED_OLDER = "ignored_older", _("ignored: a newer version is in")
    IGNORED_SAME = "ignored_same", _("ignored: this version is in")
    REFUSED = "refused", _("refused: it could not be read")


class WireIdentity(Noun):
    """By what a provider knows one item, and the article it is here.

    An empty provider stands for one not named yet. The provider and the article are filled in once.
    """

    # Together short enough for an entry of an index, whatever the script.
    provider = models.CharField(_("provider"), max_length=200, blank=True)
    guid = models.CharField(_("identifier"), max_length=400)
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, null=True, blank=True, related_name="wire_identities"
    )

    class Meta:
        verbose_name = _("wire item's identity")
        verbose_name_plural = _("wire items' identities")
        default_permissions = ()
        constraints = [
            # By guid first, because a bare cancellation names nothing else.
            models.UniqueConstraint(fields=["guid", "provider"], name="wire_identity_once"),
            models.CheckConstraint(condition=~Q(guid=""), name="wire_identity_has_a_guid"),
        ]
        triggers = [
            never_deleted(),
            pgtrigger.Trigger(
                name="filled_in_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=pgtrigger.Func(
                    """
                    IF to_jsonb(NEW) - 'provider' - 'article_id' <> to_jsonb(OLD) - 'provider' - 'article_id'
                        OR OLD.provider NOT IN ('', NEW.provider)
                        OR NEW.article_id IS DISTINCT FROM coalesce(OLD.article_id, NEW.article_id)
                    THEN
                        RAISE EXCEPTION 'the identity of a wire item is filled in once'
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NEW;
                    """
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.guid}".strip()


class WireItem(Noun):
    """One message of a wire as it came, and what became of it. A log: written once, in the order of arrival.

    ``record`` is what a reader read (docs/reference/intake.md). ``blocks`` and ``removed`` are in it only while they
    stand nowhere else, that is, when the message waits. ``record_sha256`` is of the whole record.
    """

    identity = models.ForeignKey(WireIdentity, on_delete=models.PROTECT, related_name="items")
    version = models.BigIntegerField(_("version"), null=True, blank=True)
    pub_status = models.CharField(_("status"), max_length=8, choices=PubStatus, blank=True)
    record = models.JSONField(_("record"))
    record_sha256 = models.CharField("SHA-256", max_length=64)
    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, blank=True, related_name="wire_items")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, blank=True, related_name="wire_items")
    outcome = models.CharField(_("outcome"), max_length=13, choices=Outcome)
    refusal = models.CharField(_("why it was refused"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("wire item")
        verbose_name_plural = _("wire items")
        default_permissions = ()
        indexes = [
            models.Index(fields=["identity", "version"], name="wire_item_by_version"),
            models.Index(fields=["article"], condition=Q(outcome="waiting"), name="wire_item_that_waits"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(pub_status="") | Q(pub_status__in=PubStatus.values), name="wire_status_is_known"
            ),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="wire_outcome_is_known"),
            models.CheckConstraint(condition=Q(version=None) | Q(version__gte=0), name="wire_version_from_zero"),
            models.CheckConstraint(
                condition=~Q(outcome__in=["created", "revised"]) | Q(article__isnull=False, revision__isnull=False),
                name="wire_text_became_a_revision",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="waiting") | Q(article__isnull=False, record__has_key="blocks"),
                name="wire_text_that_waits_is_kept",
            ),
            models.CheckConstraint(
                condition=Q(outcome="refused") & ~Q(refusal="") | ~Q(outcome="refused") & Q(refusal=""),
                name="wire_refusal_says_why",
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.identity} · {self.version}"


class Answer(models.TextChoices):
    """What an editor did about a version of the wire that waited."""

    TAKEN = "taken", _("the wire's version was taken")
    KEPT = "kept", _("ours was kept")


class WireAnswer(Noun):
    """An editor has seen both sides and decided. ``revision`` is the text that was made of a version taken."""

    item = models.OneToOneField(WireItem, on_delete=models.PROTECT, related_name="answer")
    answer = models.CharField(_("answer"), max_length=5, choices=Answer)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("answer to a wire")
        verbose_name_plural = _("answers to wires")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="taken", revision__isnull=False) | Q(answer="kept", revision=None),
                name="wire_answer_names_the_text_taken",
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.item} · {self.get_answer_display()}"
