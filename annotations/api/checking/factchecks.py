from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.checking.handing import HandedChecks
from annotations.api.filters import DeskVerdictFilter, FactCheckFilter, ReviewFilter
from annotations.api.studies.codebooks import RatingReference, RatingRepresentation, every_scale
from annotations.models import Decision, DeskVerdict, FactCheck, RestingOn, Review, Verdict
from annotations.operations.checking.factchecks import (
    DRAFT_FIELDS,
    log_search,
    open_check,
    propose_check,
    publish_verdict,
    review_check,
    send_to_review,
    withdraw_check,
    write_check,
)
from annotations.permissions import (
    visible_claims,
    visible_desk_verdicts,
    visible_fact_checks,
    visible_reviews,
)
from articles.api.fields import Choice, Reference, Text, WholeNumber, people
from articles.api.nouns import NounViewSet, described
from articles.api.serializing import Body, NounBody, Person, Representation, VersionSeen


class FactCheckRepresentation(Representation):
    claim = serializers.UUIDField(source="claim.uid", read_only=True)
    checker = Person(read_only=True, allow_null=True)
    verdict = serializers.ChoiceField(choices=Verdict.choices, allow_blank=True, read_only=True)
    rating = RatingRepresentation(read_only=True, allow_null=True)
    created_by = Person(read_only=True)

    class Meta:
        model = FactCheck
        fields = (
            "uid",
            "version",
            "claim",
            "checker",
            "state",
            "verdict",
            "rating",
            "qualifiers",
            "reason",
            "note",
            "one_source_reason",
            "claim_version_seen",
            "due_at",
            "created_by",
            "created_at",
        )
        read_only_fields = fields


class FactCheckBody(Body):
    """A claim to be checked, by somebody or by nobody in particular yet."""

    claim = Reference(visible_claims)
    checker = Reference(people, required=False, allow_null=True, default=None)
    due_at = serializers.DateTimeField(required=False, allow_null=True, default=None)


class FactCheckChange(VersionSeen, NounBody):
    rating = RatingReference(every_scale, required=False, allow_null=True)
    withdraw_approval = serializers.BooleanField(
        required=False, help_text=_("Needed to change an approved check: it goes back to review.")
    )

    class Meta:
        model = FactCheck
        fields = (*sorted(DRAFT_FIELDS), "withdraw_approval", "version")


class ReviewRepresentation(Representation):
    fact_check = serializers.UUIDField(source="fact_check.uid", read_only=True)
    created_by = Person(read_only=True)

    class Meta:
        model = Review
        fields = ("uid", "fact_check", "decision", "reason", "version_seen", "created_by", "created_at")
        read_only_fields = fields


class ReviewBody(VersionSeen):
    """A second person's decision."""

    decision = Choice(choices=Decision.choices)
    reason = Text(required=False, allow_blank=True)


class DeskVerdictRepresentation(Representation):
    claim = serializers.UUIDField(source="claim.uid", read_only=True)
    rating = RatingRepresentation(read_only=True)
    correction_of = serializers.UUIDField(source="correction_of.uid", allow_null=True, read_only=True, default=None)
    rests_on = serializers.SerializerMethodField()
    created_by = Person(read_only=True)

    class Meta:
        model = DeskVerdict
        fields = (
            "uid",
            "claim",
            "number",
            "verdict",
            "rating",
            "qualifiers",
            "reason",
            "dissent",
            "rests_on",
            "correction_of",
            "correction_note",
            "created_by",
            "created_at",
        )
        read_only_fields = fields

    def get_rests_on(self, verdict: DeskVerdict) -> list[str]:
        """The uids of the checks it rests on, as far as the person may know of them."""
        return [str(ground.fact_check.uid) for ground in verdict.rests_on.all()]


class Publication(VersionSeen):
    """What goes out beside the verdict."""

    dissent = Text(required=False, allow_blank=True)
    correction_note = Text(required=False, allow_blank=True)


class Search(Body):
    """A search for evidence and how much it found."""

    query = Text(max_length=2000)
    found = WholeNumber(min_value=0)
    sources = WholeNumber(min_value=0, required=False, help_text=_("In how many stored sources."))


@described(
    FactCheckRepresentation,
    create=FactCheckBody,
    partial_update=FactCheckChange,
    submit=VersionSeen,
    withdraw=VersionSeen,
    searches=Search,
)
class FactCheckViewSet(HandedChecks):
    """Each one checker's review of one claim."""

    queryset = FactCheck.objects.none()
    serializer_class = FactCheckRepresentation
    filterset_class = FactCheckFilter
    write_scope = "review"
    visible = staticmethod(visible_fact_checks)
    keyword = "check"
    change_right = "annotations.write_factcheck"
    change_body = FactCheckChange
    changing = staticmethod(write_check)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("claim__quote", "checker", "rating__scale", "created_by")

    def create(self, request: Request) -> Response:
        """Say that a claim should be checked; with a checker, give it to them."""
        self.require("annotations.write_factcheck")
        values = self.body(FactCheckBody)
        if values["checker"] not in {None, request.user}:
            self.require("annotations.assign_to_others")
        if values["checker"] is None:
            check = propose_check(claim=values["claim"], **self.act())
        else:
            check = open_check(**values, **self.act())
        return self.answer_made(self.again(check))

    @action(detail=True, methods=["post"])
    def submit(self, request: Request, uid: Any) -> Response:
        """Hand the draft to a second person."""
        check = self.noun()
        self.require("annotations.write_factcheck", check)
        send_to_review(check=check, seen=self.seen(check, self.body(VersionSeen)), **self.act())
        return self.answer_anew(check)

    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, uid: Any) -> Response:
        """Give it up. It stays in the history."""
        check = self.noun()
        self.require("annotations.write_factcheck", check)
        withdraw_check(check=check, seen=self.seen(check, self.body(VersionSeen)), **self.act())
        return self.answer_anew(check)

    @action(detail=True, methods=["post"])
    def searches(self, request: Request, uid: Any) -> Response:
        """Note a search for evidence."""
        check = self.noun()
        self.require("annotations.write_factcheck", check)
        log_search(check=check, **self.body(Search), **self.act())
        return self.answer_anew(check)

    @extend_schema(request=ReviewBody, responses={201: ReviewRepresentation})
    @action(detail=True, methods=["post"])
    def review(self, request: Request, uid: Any) -> Response:
        """Approve it or return it with a reason. Nobody decides on what they wrote to."""
        check = self.noun()
        self.require("annotations.review_factcheck", check)
        values = self.body(ReviewBody)
        review = review_check(check=check, seen=self.seen(check, values), **values, **self.act())
        answer = ReviewRepresentation(review, context=self.get_serializer_context())
        return Response(answer.data, status=status.HTTP_201_CREATED)

    @extend_schema(request=Publication, responses={201: DeskVerdictRepresentation})
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, uid: Any) -> Response:
        """Make it the desk's verdict. A later one on the same claim is a correction."""
        check = self.noun()
        self.require("annotations.publish_verdict")
        values = self.body(Publication)
        verdict = publish_verdict(check=check, seen=self.seen(check, values), **values, **self.act())
        answer = DeskVerdictRepresentation(verdict, context=self.get_serializer_context())
        return Response(answer.data, status=status.HTTP_201_CREATED)


class ReviewViewSet(NounViewSet):
    """Second persons' decisions on drafted checks. One is made by POST to ``…/fact-checks/{uid}/review/``."""

    http_method_names = ["get", "head"]
    queryset = Review.objects.none()
    serializer_class = ReviewRepresentation
    filterset_class = ReviewFilter
    write_scope = "review"
    visible = staticmethod(visible_reviews)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("fact_check", "created_by")


class DeskVerdictViewSet(NounViewSet):
    """What the desk has said of claims. One is made by POST to ``…/fact-checks/{uid}/publish/``."""

    http_method_names = ["get", "head"]
    queryset = DeskVerdict.objects.none()
    serializer_class = DeskVerdictRepresentation
    filterset_class = DeskVerdictFilter
    write_scope = "review"
    visible = staticmethod(visible_desk_verdicts)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        grounds = RestingOn.objects.filter(fact_check__in=visible_fact_checks(self.request.user))
        return nouns.select_related("claim", "rating__scale", "correction_of", "created_by").prefetch_related(
            Prefetch("rests_on", queryset=grounds.select_related("fact_check").order_by("pk"))
        )
