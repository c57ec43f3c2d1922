from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.exchange.webannotations import WebAnnotationRenderer
from annotations.api.filters import ClaimFilter
from annotations.api.studies.apart import StudiedMarks, refuse_apart
from annotations.models import Checkable, Claim, Verdict
from annotations.operations.checking.claims import (
    CHANGEABLE,
    change_claim,
    claim_from_quote,
    record_claim,
    retract_claim,
)
from annotations.operations.checking.matching import confirm_match, dismiss_match, in_order
from annotations.operations.checking.quoteclaims import claims_about_quote
from annotations.permissions import all_visible_claims, visible_claims, visible_projects
from annotations.queries.checking.matching import appearances_of, matches_of
from annotations.queries.checking.restating import proposed_restatement
from annotations.queries.checking.verdicts import NOT_CHECKABLE, OPEN, ShownVerdict, Staleness, as_read, verdicts_of
from annotations.restating import Restatement
from articles.api.fields import Reference, Text, WholeNumber
from articles.api.marks import KEPT_FROM_READERS, MARK_FIELDS, MarkFields, stand_as_marked, standing
from articles.api.nouns import Orders, described, words_of
from articles.api.references import ArticleReference
from articles.api.refusals import NoSuchThing
from articles.api.rows import RowsBody, results_of
from articles.api.serializing import Body, NoPlace, NounBody, Place, Representation, Retraction, VersionSeen
from articles.api.speakers import SpeakerBrief
from articles.permissions import is_working, known_articles, visible_quotes, visible_speakers


class VerdictFields(serializers.Serializer[Any]):
    """The verdict a claim shows: the desk's, else the furthest check's."""

    tone = serializers.ChoiceField(
        choices=["supported", "refuted", "conflicting", "lacking", "open", "none"], read_only=True
    )
    verdict = serializers.ChoiceField(choices=Verdict.choices, allow_blank=True, read_only=True)
    rating = serializers.CharField(read_only=True)
    qualifiers = serializers.ListField(child=serializers.CharField(), read_only=True)
    state = serializers.CharField(read_only=True)
    is_desk = serializers.BooleanField(read_only=True)
    stale = serializers.ListField(child=serializers.ChoiceField(choices=Staleness.choices), read_only=True)
    given_on = serializers.CharField(
        read_only=True, help_text="The words of the article it was given on, where they have changed since; else empty."
    )
    given_as = serializers.CharField(
        read_only=True, help_text="The restatement it was given on, where that has changed since; else empty."
    )


class ReasonFields(serializers.Serializer[Any]):
    """Words that speak for or against checking a sentence; empty where the whole sentence does."""

    kind = serializers.CharField()
    words = serializers.CharField()


class ProposedClaimFields(serializers.Serializer[Any]):
    """Why a sentence was suggested as a claim; its score is the claim's ``confidence``."""

    reasons = ReasonFields(many=True)
    against = ReasonFields(many=True)
    claimant = serializers.CharField(help_text="Whom the text gives the words to; empty for the article’s own voice.")


class ClaimRepresentation(MarkFields, Representation):
    """A claim. Its verdict is looked up for a whole page at once and handed over as ``verdicts`` in the context.

    For people who only read, priority and risk are null, remarks are empty, and of what made the desk's verdict stale
    only changed words are named.
    """

    kept_from_readers: ClassVar[Mapping[str, Any]] = {
        **KEPT_FROM_READERS,
        "confidence": None,
        "proposal": None,
        "checkable_reason": "",
        "priority": None,
        "risk": None,
        "risk_reason": "",
    }
    project = serializers.UUIDField(source="project.uid", read_only=True)
    quote = serializers.UUIDField(source="quote.uid", allow_null=True, read_only=True, default=None)
    speaker = SpeakerBrief(allow_null=True, read_only=True)
    same_as = serializers.UUIDField(source="same_as.uid", allow_null=True, read_only=True, default=None)
    proposal = ProposedClaimFields(allow_null=True, read_only=True, default=None)
    verdict = serializers.SerializerMethodField()

    class Meta:
        model = Claim
        fields = (
            *MARK_FIELDS,
            "project",
            "quote",
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
            "same_as",
            "confidence",
            "proposal",
            "verdict",
        )
        read_only_fields = fields
        extra_kwargs: ClassVar[dict[str, Any]] = {"priority": {"allow_null": True}, "risk": {"allow_null": True}}

    @extend_schema_field(VerdictFields)
    def get_verdict(self, claim: Claim) -> Any:
        shown: ShownVerdict = self.context["verdicts"][claim.pk]
        is_told_all = is_working(self.context["request"].user)
        return _VERDICT.to_representation(shown if is_told_all else as_read(shown))


_VERDICT = VerdictFields()


class ClaimChange(VersionSeen, NounBody):
    speaker = Reference(visible_speakers, required=False, allow_null=True)
    same_as = Reference(visible_claims, required=False, allow_null=True)

    class Meta:
        model = Claim
        fields = (*sorted(CHANGEABLE), "version")


class ClaimBody(Place, NounBody):
    article = ArticleReference(known_articles)
    project = Reference(visible_projects, required=False)
    quote = Reference(visible_quotes, required=False, allow_null=True)
    speaker = Reference(visible_speakers, required=False, allow_null=True)

    class Meta:
        model = Claim
        fields = (
            "article",
            "base_revision",
            "start",
            "end",
            "exact",
            "text_sha256",
            "project",
            "quote",
            *sorted(CHANGEABLE - {"same_as", "risk", "risk_reason"}),
        )


class ClaimFromQuote(Body):
    """What a quote states, to be checked."""

    quote = Reference(visible_quotes)
    base_revision = WholeNumber(min_value=1)
    canonical = Text(help_text="The statement as it reads alone.")


class Matching(VersionSeen):
    """Whether another claim says the same; ``version`` is that of the later of the two, and needed to link them."""

    other = Reference(visible_claims)
    is_same = serializers.BooleanField()


class FilledInFields(serializers.Serializer[Any]):
    """Words of the article, and what stands for them in the proposal."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()
    words = serializers.CharField()
    by = serializers.CharField()
    is_date = serializers.BooleanField()


class RestatementFields(serializers.Serializer[Any]):
    """A proposal of how a claim reads alone; empty where nothing is to be filled in, or a person has restated it."""

    text = serializers.CharField()
    filled_in = FilledInFields(many=True)


class MatchFields(serializers.Serializer[Any]):
    """A claim that is likely to say the same as another."""

    claim = serializers.UUIDField(source="claim.uid")
    article = serializers.UUIDField(source="claim.article.uid")
    canonical = serializers.CharField(source="claim.canonical")
    score = serializers.FloatField(help_text="How alike they are, from 0 to 1.")
    version = serializers.IntegerField(source="seen", help_text="Of the later of the two, to link them with.")
    verdict = VerdictFields(source="shown")


class AppearanceFields(serializers.Serializer[Any]):
    """Where a claim is made besides."""

    claim = serializers.UUIDField(source="claim.uid")
    article = serializers.UUIDField(source="claim.article.uid")
    canonical = serializers.CharField(source="claim.canonical")
    score = serializers.FloatField(allow_null=True, help_text="Of a suggested sentence; null for a linked claim.")


class QuoteToCheck(Body):
    """A direct quote that somebody has decided on."""

    quote = Reference(visible_quotes)
    base_revision = WholeNumber(min_value=1)


def related_to_claims(claims: QuerySet[Any], person: Any) -> QuerySet[Any]:
    """Claims with what is written beside them. A repeat of a claim the person may not know of is none."""
    return claims.select_related(
        "article", "project", "quote", "speaker", "created_by", "decided_by", "span", "proposal"
    ).prefetch_related(standing(), Prefetch("same_as", queryset=visible_claims(person)))


def represent_claims(claims: Iterable[Claim], context: Mapping[str, Any]) -> Any:
    """Claims as they are answered, with their verdicts, in as many queries for many as for one."""
    claims = list(claims)
    verdicts = verdicts_of([claim.pk for claim in claims])
    return ClaimRepresentation(claims, many=True, context={**context, "verdicts": verdicts}).data


@extend_schema_view(bulk=extend_schema(request=RowsBody, responses=results_of("Claim", ClaimRepresentation)))
@described(
    ClaimRepresentation,
    create=ClaimBody,
    partial_update=ClaimChange,
    accept=VersionSeen,
    reject=VersionSeen,
    retract=Retraction,
    place=Place,
    unplace=NoPlace,
)
class ClaimViewSet(StudiedMarks):
    """Check-worthy statements: where they stand, and what they say when read alone."""

    queryset = Claim.objects.none()
    serializer_class = ClaimRepresentation
    filterset_class = ClaimFilter
    sorted_by: ClassVar[Orders] = {"priority": ("priority", "created_at", "id")}
    renderer_classes = (JSONRenderer, WebAnnotationRenderer)
    write_scope = "annotate"
    visible = staticmethod(all_visible_claims)
    of_the_desk = staticmethod(visible_claims)
    keyword = "claim"
    change_right = "annotations.change_claim"
    change_body = ClaimChange
    changing = staticmethod(change_claim)
    retracting = staticmethod(retract_claim)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return related_to_claims(nouns, self.request.user)

    def represent(self, nouns: Sequence[Any]) -> Any:
        return represent_claims(nouns, self.get_serializer_context())

    def make(self, given: Any) -> Claim:
        """Record that words of the newest text state something that can be checked."""
        self.require("annotations.record_claim")
        values = self.checked(ClaimBody, given)
        refuse_apart(values, self.request)
        base, words = words_of(values)
        quote = values.get("quote")
        if quote is not None and quote.article_id != values["article"].pk:
            raise NoSuchThing(field="quote")
        act = self.act()
        claim = record_claim(base=base, words=words, **values, **act)
        stand_as_marked(claim, by=act["by"])
        return claim

    @extend_schema(request=ClaimFromQuote, responses={201: ClaimRepresentation})
    @action(detail=False, methods=["post"], url_path="from-quote")
    def from_quote(self, request: Request) -> Response:
        """Make a claim of the words of a quote; its speaker is the claimant."""
        self.require("annotations.record_claim")
        values = self.body(ClaimFromQuote)
        claim = claim_from_quote(base=values.pop("base_revision"), **values, **self.act())
        return self.answer_made(self.again(claim))

    @extend_schema(responses=RestatementFields)
    @action(detail=True, methods=["get"])
    def restatement(self, request: Request, uid: Any) -> Response:
        """How the claim reads alone, with who and when filled in from the article; empty where nothing is.

        To take it, change ``canonical``.
        """
        claim = self.noun()
        self.require("annotations.record_claim")
        proposed = proposed_restatement(claim, claim.article.head)
        return Response(RestatementFields(proposed or Restatement("", ())).data)

    @extend_schema(responses=MatchFields(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def matches(self, request: Request, uid: Any) -> Response:
        """Decided claims that are likely to say the same, the likeliest first, with their verdicts."""
        claim = self.noun()
        self.require("annotations.record_claim")
        found = matches_of(claim, request.user)
        return Response(MatchFields(found, many=True).data)

    @extend_schema(responses=AppearanceFields(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def appearances(self, request: Request, uid: Any) -> Response:
        """Every other place where the claim is made: linked claims, then suggested sentences that are like it."""
        claim = self.noun()
        self.require("annotations.record_claim")
        return Response(AppearanceFields(appearances_of(claim, request.user), many=True).data)

    @extend_schema(request=Matching, responses=ClaimRepresentation)
    @action(detail=True, methods=["post"])
    def match(self, request: Request, uid: Any) -> Response:
        """Link the claim with one that says the same, the later naming the first; or keep that it does not."""
        claim = self.noun()
        values = self.body(Matching)
        later = in_order(claim, values["other"])[0]
        self.require("annotations.change_claim", later)
        if values["is_same"]:
            seen = self.seen(later, values)
            confirm_match(claim=claim, other=values["other"], seen=seen, **self.act())
        else:
            dismiss_match(claim=claim, other=values["other"], **self.act())
        return self.answer_anew(claim)

    @extend_schema(request=QuoteToCheck, responses={201: ClaimRepresentation(many=True)})
    @action(detail=False, methods=["post"], url_path="about-quote")
    def about_quote(self, request: Request) -> Response:
        """Have a direct quote checked: whether these were the words, and whether they were said; one act."""
        self.require("annotations.record_claim")
        values = self.body(QuoteToCheck)
        made = claims_about_quote(quote=values["quote"], base=values["base_revision"], **self.act())
        claims = self.get_queryset().filter(pk__in=[claim.pk for claim in made]).order_by("pk")
        return Response(self.represent(list(claims)), status=status.HTTP_201_CREATED)

    def represent_new(self, claim: Claim) -> Any:
        """A claim just made: nobody can have checked it, so nothing is looked up."""
        tone = NOT_CHECKABLE if claim.checkable == Checkable.NO else OPEN
        verdicts = {claim.pk: ShownVerdict(tone=tone)}
        return ClaimRepresentation(claim, context={**self.get_serializer_context(), "verdicts": verdicts}).data
