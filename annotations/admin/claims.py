from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from annotations.models import Claim, ClaimMatch, ClaimRun, Evidence, FactCheck, ProposedClaim
from annotations.operations.checking.claims import change_claim, retract_claim
from annotations.operations.checking.evidence import AlreadyDetached, change_stance
from annotations.permissions import visible_claims, visible_evidence
from articles.admin.desk import DeskAdmin, OperatedAdmin, list_link, page_link
from articles.admin.retracting import retract_action
from articles.models.words import prefix_query
from articles.operations.quotes import AlreadyRetracted
from articles.permissions import visible_articles


@admin.register(Claim)
class ClaimAdmin(OperatedAdmin):
    change_right = "annotations.change_claim"
    refusals = (AlreadyRetracted,)
    changeable = (
        "canonical",
        "claimant_kind",
        "speaker",
        "claim_date",
        "date_basis",
        "date_note",
        "claim_type",
        "checkable",
        "checkable_reason",
        "priority",
        "risk",
        "risk_reason",
        "note",
    )
    # The earlier claim may be of an article that this person may not know of.
    left_out = ("same_as",)
    autocomplete_fields = ("speaker",)
    list_display = ("canonical", "claim_type", "priority", "risk", "checkable", "origin", "created_at", "on_the_desk")
    list_filter = (
        "claim_type",
        "priority",
        "risk",
        "checkable",
        "origin",
        ("retracted_at", admin.EmptyFieldListFilter),
    )
    search_fields = ("canonical",)
    search_help_text = _("Words of the restatement; the last one may be unfinished.")
    readonly_fields = ("on_the_desk", "its_rows", "repeats")
    actions = (retract_action("claim", retract_claim, "annotations.change_claim"),)

    @staticmethod
    def visible(person: Any) -> QuerySet[Claim]:
        earlier = visible_claims(person).filter(pk=OuterRef("same_as")).values("canonical")[:1]
        claims: QuerySet[Claim] = visible_claims(person).annotate(earlier=Subquery(earlier))
        return claims

    @admin.display(description=_("on the desk"))
    def on_the_desk(self, claim: Claim) -> SafeString:
        return page_link("annotations:claim", claim, _("Page"))

    @admin.display(description=_("its rows"))
    def its_rows(self, claim: Claim) -> SafeString:
        links = [(Evidence, _("Evidence")), (FactCheck, _("Fact checks"))]
        return SafeString(" · ".join(list_link(model, text, claim__id__exact=claim.pk) for model, text in links))

    @admin.display(description=_("repeats"), empty_value="–")
    def repeats(self, claim: Any) -> str | None:
        earlier: str | None = claim.earlier
        return earlier

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        query = prefix_query(search_term)
        return (queryset.filter(words=query) if query else queryset), False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (obj is None or obj.is_live) and super().has_change_permission(request, obj)

    def operate(self, noun: Claim, **act: Any) -> None:
        change_claim(claim=noun, **act)


@admin.register(ClaimRun)
class ClaimRunAdmin(DeskAdmin):
    list_display = ("revision", "version", "created_by", "created_at")
    list_filter = ("version",)
    list_select_related = ("revision", "created_by")
    search_fields = ("revision__uid__exact",)
    search_help_text = _("The uid of a revision.")

    @staticmethod
    def visible(person: Any) -> QuerySet[ClaimRun]:
        return ClaimRun.objects.filter(revision__article__in=visible_articles(person))


@admin.register(ProposedClaim)
class ProposedClaimAdmin(DeskAdmin):
    list_display = ("__str__", "claimant", "claim")
    list_select_related = ("claim",)
    search_fields = ("claim__uid__exact",)
    search_help_text = _("The uid of a claim.")

    @staticmethod
    def visible(person: Any) -> QuerySet[ProposedClaim]:
        return ProposedClaim.objects.filter(claim__in=visible_claims(person))


@admin.register(ClaimMatch)
class ClaimMatchAdmin(DeskAdmin):
    list_display = ("__str__", "claim", "earlier", "score", "created_by", "created_at")
    list_filter = ("is_same",)
    list_select_related = ("claim", "earlier", "created_by")
    search_fields = ("claim__uid__exact",)
    search_help_text = _("The uid of the later claim.")

    @staticmethod
    def visible(person: Any) -> QuerySet[ClaimMatch]:
        known = visible_claims(person)
        return ClaimMatch.objects.filter(claim__in=known, earlier__in=known)


@admin.register(Evidence)
class EvidenceAdmin(OperatedAdmin):
    visible = staticmethod(visible_evidence)
    change_right = "annotations.detach_evidence"
    refusals = (AlreadyDetached,)
    changeable = ("stance",)
    list_display = ("excerpt", "stance", "claim", "snapshot", "created_by", "created_at", "detached_at")
    list_filter = ("stance", ("detached_at", admin.EmptyFieldListFilter))
    list_select_related = ("claim", "snapshot", "created_by")
    search_fields = ("excerpt", "question")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (obj is None or obj.detached_at is None) and super().has_change_permission(request, obj)

    def operate(self, noun: Evidence, **act: Any) -> None:
        change_stance(evidence=noun, **act)
