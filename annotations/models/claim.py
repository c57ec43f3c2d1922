from __future__ import annotations

from typing import Any, Self

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models import Article, DateBasis, Mark, Quote, Span, Speaker
from articles.models.laws import counted_versions, never_deleted
from articles.models.noun import MarkQuerySet
from articles.models.words import prefix_query


class ClaimantKind(models.TextChoices):
    AUTHOR = "author", _("the article’s own voice")
    SPEAKER = "speaker", _("a speaker")
    UNATTRIBUTED = "unattributed", _("unattributed")
    UNKNOWN = "unknown", _("unknown")


class ClaimType(models.TextChoices):
    EVENT = "event", _("event")
    NUMERICAL = "numerical", _("number")
    QUOTE_ATTRIBUTION = "quote-attribution", _("who said it")
    QUOTE_WORDING = "quote-wording", _("wording of a quote")
    CAUSAL = "causal", _("cause")
    POSITION = "position", _("position")
    PREDICTION = "prediction", _("prediction")
    LEGAL = "legal", _("law")
    COMPARISON = "comparison", _("comparison")
    IDENTITY = "identity", _("identity or office")


class Checkable(models.TextChoices):
    YES = "yes", _("yes")
    PARTLY = "partly", _("partly")
    NO = "no", _("no")


class Priority(models.IntegerChoices):
    NONE = 0, _("none")
    LOW = 1, _("low")
    MEDIUM = 2, _("medium")
    HIGH = 3, _("high")


class Risk(models.TextChoices):
    """What a wrong verdict could do; high asks for two approving reviewers."""

    NORMAL = "normal", _("normal")
    HIGH = "high", _("high")


def terms_of_restatement() -> pgtrigger.Trigger:
    """Keep the stems by which a claim is found again, whoever writes it; without a language they are English."""
    return pgtrigger.Trigger(
        name="terms_of_restatement",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("canonical"),
        func=pgtrigger.Func(
            """
            NEW.terms := tsvector_to_array(to_tsvector(
                (SELECT CASE split_part(lower(a.language), '-', 1)
                    WHEN '' THEN 'english' WHEN 'en' THEN 'english' WHEN 'de' THEN 'german' WHEN 'fr' THEN 'french'
                    WHEN 'es' THEN 'spanish' WHEN 'ru' THEN 'russian' ELSE 'simple' END
                 FROM articles_article a WHERE a.id = NEW.article_id)::regconfig,
                NEW.canonical
            ));
            RETURN NEW;
            """
        ),
    )


class ClaimQuerySet(MarkQuerySet):
    def checkable(self) -> Self:
        return self.exclude(checkable=Checkable.NO)

    def matching(self, words: str) -> Self:
        query = prefix_query(words)
        return self.filter(words=query) if query else self.none()


@pghistory.track(pghistory.UpdateEvent("changed", row=pghistory.Old), exclude=["words", "terms"])
class Claim(Mark):
    """A check-worthy statement: where it stands, and what it says when read alone."""

    project = models.ForeignKey("annotations.Project", on_delete=models.PROTECT, related_name="claims")
    # One foreign key of both (0002_laws) holds them to a span, and so to its article.
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="claims", db_constraint=False)
    span = models.OneToOneField(Span, on_delete=models.PROTECT, related_name="claim", db_constraint=False)
    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, null=True, blank=True, related_name="claims")
    canonical = models.TextField(_("restatement"))
    claimant_kind = models.CharField(_("claimant"), max_length=12, choices=ClaimantKind, default=ClaimantKind.UNKNOWN)
    speaker = models.ForeignKey(Speaker, on_delete=models.PROTECT, null=True, blank=True, related_name="claims")
    claim_date = models.DateField(_("said on"), null=True, blank=True)
    date_basis = models.CharField(_("date is"), max_length=8, choices=DateBasis, default=DateBasis.UNKNOWN)
    date_note = models.CharField(_("how the date is known"), max_length=500, blank=True)
    claim_type = models.CharField(_("type"), max_length=20, choices=ClaimType, default=ClaimType.EVENT)
    checkable = models.CharField(_("checkable"), max_length=6, choices=Checkable, default=Checkable.YES)
    checkable_reason = models.CharField(_("why not"), max_length=500, blank=True)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority, default=Priority.MEDIUM)
    risk = models.CharField(_("risk"), max_length=6, choices=Risk, default=Risk.NORMAL)
    risk_reason = models.CharField(_("why high"), max_length=500, blank=True)
    same_as = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="repeats")
    words = models.GeneratedField(
        expression=SearchVector("canonical", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    # The stems of the restatement's words, each once; written by the database.
    terms = ArrayField(models.TextField(), default=list, editable=False)

    objects = ClaimQuerySet.as_manager()

    class Meta(Mark.Meta):
        abstract = False
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        default_permissions = ()
        indexes = [
            GinIndex(fields=["words"], name="claim_words"),
            GinIndex(fields=["terms"], name="claim_terms"),
            models.Index(fields=["-priority", "-created_at", "-id"], name="claim_most_pressing_first"),
            models.Index(
                fields=["-confidence", "-id"],
                name="claim_suggested_best_first",
                condition=Q(origin="suggested", retracted_at=None),
            ),
            models.Index(fields=["proposer", "rule", "origin"], name="claim_by_rule", condition=~Q(proposer="")),
        ]
        constraints = [
            *Mark.Meta.constraints,
            models.CheckConstraint(condition=Q(canonical__regex=r"\S"), name="claim_has_a_restatement"),
            models.CheckConstraint(
                condition=Q(claimant_kind="speaker", speaker__isnull=False)
                | (~Q(claimant_kind="speaker") & Q(speaker=None)),
                name="claim_by_a_speaker_names_the_speaker",
            ),
            models.CheckConstraint(
                condition=Q(claim_date=None, date_basis="unknown")
                | Q(claim_date__isnull=False, date_basis__in=["stated", "inferred"]),
                name="claim_date_has_a_basis",
            ),
            models.CheckConstraint(condition=~Q(risk="high") | ~Q(risk_reason=""), name="claim_high_risk_has_a_reason"),
            models.CheckConstraint(condition=~Q(same_as=F("id")), name="claim_is_not_its_own_repeat"),
            models.CheckConstraint(condition=Q(claimant_kind__in=ClaimantKind.values), name="claim_claimant_is_known"),
            models.CheckConstraint(condition=Q(claim_type__in=ClaimType.values), name="claim_type_is_known"),
            models.CheckConstraint(condition=Q(checkable__in=Checkable.values), name="claim_checkable_is_known"),
            models.CheckConstraint(condition=Q(priority__in=Priority.values), name="claim_priority_is_known"),
            models.CheckConstraint(condition=Q(risk__in=Risk.values), name="claim_risk_is_known"),
        ]
        triggers = [counted_versions(), never_deleted(), terms_of_restatement()]

    @property
    def score(self) -> int:
        """How much a suggested one is worth checking, in hundredths."""
        return round(100 * (self.confidence or 0))

    def found_since(self) -> dict[str, Any]:
        """The speaker of the quote whose words it is, where nobody knew them when it was suggested."""
        speaker = self.quote.standing_speaker if self.quote is not None else None
        if self.claimant_kind != ClaimantKind.UNKNOWN or speaker is None:
            return {}
        return {"claimant_kind": ClaimantKind.SPEAKER, "speaker": speaker}

    def __str__(self) -> str:
        return self.canonical
