from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.models.claim import Claim
from articles.models import Anchor, Editable, Noun, Snapshot
from articles.models.laws import append_only, counted_versions, never_deleted


class Verdict(models.TextChoices):
    """What the evidence says (AVeriTeC's four; Schlichtkrull, Guo and Vlachos 2023)."""

    SUPPORTED = "supported", _("Supported")
    REFUTED = "refuted", _("Refuted")
    CONFLICTING = "conflicting", _("Conflicting evidence")
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence", _("Not enough evidence")


class Qualifier(models.TextChoices):
    MISSING_CONTEXT = "missing context", _("missing context")
    OUTDATED = "outdated", _("outdated")
    ALTERED_QUOTE = "altered quote", _("altered quote")
    MISATTRIBUTED = "misattributed", _("misattributed")
    SATIRE = "satire", _("satire")


class RatingQuerySet(models.QuerySet["Rating"]):
    def in_use(self) -> RatingQuerySet:
        """Those that verdicts are given in today."""
        return self.filter(retired_at=None)


class VerdictScale(models.Model):
    """A set of words that verdicts are given in: what the evidence says, or what readers are told."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("verdict scale")
        verbose_name_plural = _("verdict scales")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class Rating(models.Model):
    """One step of a scale, and the evidence verdicts it may stand for.

    Its words never change: a rating that gets other words is retired and another one takes its place, so that what
    was published keeps the words it was published with.

    :ivar since: when it came into the scale; empty for those the desk began with.
    """

    scale = models.ForeignKey(VerdictScale, on_delete=models.PROTECT, related_name="ratings")
    order = models.PositiveSmallIntegerField(_("order"))
    slug = models.SlugField()
    name = models.CharField(_("name"), max_length=100)
    verdicts = ArrayField(models.CharField(max_length=20, choices=Verdict), verbose_name=_("stands for"))
    # Whoever is named by such a rating is heard before it is published.
    asks_for_reply = models.BooleanField(_("asks for a reply"), default=False)
    since = models.DateTimeField(_("in the scale since"), null=True, blank=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        default_permissions = ()
        ordering = ["scale", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["scale", "slug"], condition=Q(retired_at=None), name="rating_slug_once_per_scale"
            ),
            models.UniqueConstraint(
                fields=["scale", "order"], condition=Q(retired_at=None), name="rating_order_once_per_scale"
            ),
            models.CheckConstraint(condition=Q(name__regex=r"\S"), name="rating_has_words"),
            models.CheckConstraint(
                condition=Q(verdicts__contained_by=Verdict.values) & ~Q(verdicts=[]),
                name="rating_stands_for_known_verdicts",
            ),
        ]
        triggers = [never_deleted()]

    def __str__(self) -> str:
        return self.name


class Stance(models.TextChoices):
    SUPPORTS = "supports", _("Supports")
    REFUTES = "refutes", _("Refutes")
    CONTEXT = "context", _("Gives context")


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def attached(self) -> EvidenceQuerySet:
        """Evidence that has not been detached."""
        return self.filter(detached_at=None)


@pghistory.track(pghistory.UpdateEvent("changed", row=pghistory.Old))
class Evidence(Editable):
    """A passage of a snapshot and what it says about a claim. Offsets in code points of the snapshot's text."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="evidence")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="evidence")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    excerpt = models.TextField(_("passage"))
    stance = models.CharField(_("stance"), max_length=8, choices=Stance)
    question = models.CharField(_("question it answers"), max_length=500, blank=True)
    found_query = models.TextField(_("found with"), blank=True)
    found_rank = models.PositiveIntegerField(null=True, blank=True)
    found_score = models.FloatField(null=True, blank=True)
    detached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    detached_at = models.DateTimeField(null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(start__gte=0, end__gt=F("start")), name="evidence_offsets_in_order"),
            models.CheckConstraint(condition=Q(stance__in=Stance.values), name="evidence_stance_is_known"),
            models.CheckConstraint(condition=~Q(excerpt=""), name="evidence_has_an_excerpt"),
            models.UniqueConstraint(
                fields=["claim", "snapshot", "start", "end"],
                condition=Q(detached_at=None),
                name="evidence_attached_once",
            ),
        ]
        triggers = [counted_versions(), never_deleted()]

    def __str__(self) -> str:
        return f"{self.get_stance_display()} · {self.excerpt[:60]}"

    @property
    def published_before_claim(self) -> bool | None:
        """Whether the source is older than the claim; None where one of the dates is unknown."""
        published, said = self.snapshot.source.published_date, self.claim.claim_date
        return None if published is None or said is None else published <= said


class CheckState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    ASSIGNED = "assigned", _("Assigned")
    GATHERING = "gathering", _("Gathering")
    DRAFTED = "drafted", _("Drafted")
    IN_REVIEW = "in_review", _("In review")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    CORRECTED = "corrected", _("Corrected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# The states of checks that are over; who wants to correct what was published opens another one.
OVER = (CheckState.PUBLISHED, CheckState.CORRECTED, CheckState.WITHDRAWN)


class FactCheckQuerySet(models.QuerySet["FactCheck"]):
    def still_open(self) -> FactCheckQuerySet:
        """Checks that may still be written, reviewed or published."""
        return self.exclude(state__in=OVER)


@pghistory.track(pghistory.UpdateEvent("changed", row=pghistory.Old))
class FactCheck(Editable):
    """One checker's review of one claim. ``authors`` are all who wrote to it; none of them may review it."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="fact_checks")
    checker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="fact_checks", null=True, blank=True
    )
    state = models.CharField(_("state"), max_length=10, choices=CheckState, default=CheckState.PROPOSED)
    verdict = models.CharField(_("what the evidence says"), max_length=20, choices=Verdict, blank=True)
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    qualifiers = ArrayField(
        models.CharField(max_length=20, choices=Qualifier),
        default=list,
        blank=True,
        verbose_name=_("qualifiers"),
    )
    reason = models.TextField(_("reason, as readers will see it"), blank=True)
    note = models.TextField(_("note for the desk"), blank=True)
    one_source_reason = models.CharField(_("why one source suffices"), max_length=500, blank=True)
    search_log = models.JSONField(_("searches made"), default=list, blank=True)
    authors = ArrayField(models.BigIntegerField(), default=list, editable=False)
    anchor_seen = models.ForeignKey(Anchor, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    claim_version_seen = models.PositiveIntegerField(null=True, editable=False)
    # The desk's verdict on the earlier claim that this one repeats.
    matched_seen = models.ForeignKey(
        "DeskVerdict", on_delete=models.PROTECT, null=True, related_name="+", editable=False, db_index=False
    )
    written_at = models.DateTimeField(_("last written"), null=True, editable=False)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)

    objects = FactCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact check")
        verbose_name_plural = _("fact checks")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "checker"],
                condition=~Q(state__in=OVER),
                name="fact_check_open_once_per_checker",
            ),
            models.CheckConstraint(condition=Q(state__in=CheckState.values), name="fact_check_state_is_known"),
            models.CheckConstraint(condition=Q(verdict__in=["", *Verdict.values]), name="fact_check_verdict_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "assigned", "gathering", "withdrawn"])
                | (~Q(verdict="") & Q(reason__regex=r"\S", checker__isnull=False, claim_version_seen__isnull=False)),
                name="fact_check_drafted_has_verdict_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(qualifiers__contained_by=Qualifier.values), name="fact_check_qualifiers_are_known"
            ),
        ]
        triggers = [counted_versions(), never_deleted()]

    def __str__(self) -> str:
        return f"{self.claim} · {self.get_state_display()}"


class Decision(models.TextChoices):
    APPROVE = "approve", _("Approve")
    RETURN = "return", _("Return")


class Review(Noun):
    """A second person's decision on a drafted check, with the version it saw.

    ``authors`` copies the check's through a composite foreign key that follows every change, so that the
    constraint "no reviewer wrote to the draft" holds whichever of the two rows is written last.
    """

    fact_check = models.ForeignKey(FactCheck, on_delete=models.PROTECT, related_name="reviews")
    decision = models.CharField(_("decision"), max_length=8, choices=Decision)
    reason = models.TextField(_("reason"), blank=True)
    version_seen = models.PositiveIntegerField(_("version seen"))
    authors = ArrayField(models.BigIntegerField(), editable=False)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        default_permissions = ()
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="approve") | Q(decision="return", reason__regex=r"\S"),
                name="review_that_returns_says_why",
            )
        ]
        triggers = [never_deleted()]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} · {self.created_by}"


class DeskVerdict(Noun):
    """What the desk says of a claim, appended and numbered: the checks it rests on, and the dissent."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="desk_verdicts")
    number = models.PositiveIntegerField(_("number"))
    verdict = models.CharField(_("what the evidence says"), max_length=20, choices=Verdict)
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="+")
    qualifiers = ArrayField(models.CharField(max_length=20, choices=Qualifier), default=list, blank=True)
    reason = models.TextField(_("reason, as readers see it"))
    correction_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    correction_note = models.TextField(_("what was corrected and why"), blank=True)
    dissent = models.TextField(_("dissent"), blank=True)

    class Meta:
        verbose_name = _("desk verdict")
        verbose_name_plural = _("desk verdicts")
        default_permissions = ()
        ordering = ["claim", "number"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="desk_verdict_number_once"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="desk_verdict_is_known"),
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="desk_verdict_has_a_reason"),
            models.CheckConstraint(
                condition=Q(correction_of=None, number=1)
                | (Q(correction_of__isnull=False, number__gt=1, correction_note__regex=r"\S")),
                name="desk_verdict_after_the_first_is_a_correction",
            ),
        ]
        triggers = [
            append_only(),
            pgtrigger.Trigger(
                name="nothing_holds_it",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=pgtrigger.Func(
                    """
                    IF EXISTS (
                        SELECT FROM articles_hold h JOIN annotations_claim c ON c.span_id = h.span_id
                        WHERE c.id = NEW.claim_id AND h.lifted_at IS NULL
                    ) THEN
                        RAISE EXCEPTION 'no verdict is published on a claim whose verdict is held'
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NEW;
                    """
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim} · {self.rating}"


class RestingOn(models.Model):
    """A desk verdict rests on this fact check, at the version it had then."""

    desk_verdict = models.ForeignKey(DeskVerdict, on_delete=models.PROTECT, related_name="rests_on")
    fact_check = models.ForeignKey(FactCheck, on_delete=models.PROTECT, related_name="+")
    version_seen = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("ground of a desk verdict")
        verbose_name_plural = _("grounds of desk verdicts")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["desk_verdict", "fact_check"], name="ground_once")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return str(self.fact_check)


class Notice(models.Model):
    """Something one person should know: a check came back, a verdict went stale, somebody named them."""

    uid = models.UUIDField(unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=40)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField()
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        default_permissions = ()
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["person", "read_at", "-created_at"], name="notice_unread_first")]

    def __str__(self) -> str:
        return self.text[:80]
