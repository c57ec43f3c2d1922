"""Every error as an RFC 9457 problem document, naming the fields at fault."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.apps import apps
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.db import DataError, IntegrityError
from django.db.models import BaseConstraint, CheckConstraint, F, Q, UniqueConstraint
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from annotations import laws as annotation_laws
from annotations.operations.checking.ableness import CannotCheck, DueInThePast
from annotations.operations.checking.blind import BlindAlready, DraftedBefore, RoundOver
from annotations.operations.checking.checklaws import LawBroken
from annotations.operations.checking.claims import QuoteWithoutPlace
from annotations.operations.checking.evidence import AlreadyDetached, AttachedBefore
from annotations.operations.checking.handing import CheckedBefore, HasAChecker, NotInHand, NotYours
from annotations.operations.checking.matching import MatchedBefore
from annotations.operations.checking.quoteclaims import ClaimedBefore, NotDirect
from annotations.operations.checking.replies import NotAsked, ReplyRetracted, TimesOutOfOrder
from annotations.operations.desk.wires import NotWaiting
from annotations.operations.readers.corrections import NotADecision, RequestDecided, RequestOpen
from annotations.operations.readers.methods import (
    MethodsStale,
    MethodsUnchanged,
    RatingMalformed,
    RatingRetired,
    VerdictLeftWithout,
)
from annotations.operations.studies.adopting import NotALaterVersion, StudyBegun, TagUpToDate
from annotations.operations.studies.apart import OutsideReading
from annotations.operations.studies.codebooks import CategoryTwice, CodebookStale, CodebookUnchanged
from annotations.operations.studies.datasets import NothingRead, ReleaseTaken, RoundStillOpen
from annotations.operations.studies.examples import ExampleTwice, KeptFromOthers, NothingToShow
from annotations.operations.studies.handingout import ConsentMissing, NotTakingPart, QuotaReached
from annotations.operations.studies.measuring import MeasurementEnded, RoundOfAnother
from annotations.operations.studies.projects import AssignedBefore, RoundIsOpen, SlugTaken
from annotations.operations.studies.readings import (
    AlreadySubmitted,
    NotASentence,
    NothingToTakeBack,
    NotPinned,
    NotSubmitted,
    ReadingOfAnother,
)
from annotations.operations.studies.rounds import (
    GoldMissing,
    InRoundBefore,
    NotAStudy,
    NothingToRead,
    RoundOutOfOrder,
    TextWithdrawn,
)
from annotations.operations.studies.settling import NoSuchQuestion, NotAnOption, RoundNotClosed, SettledMeanwhile
from annotations.operations.workbench.bias import CategoryOfAnotherCodebook, LevelNotOffered
from annotations.operations.workbench.comments import (
    AlreadyResolved,
    AnotherThread,
    CommentAnswered,
    NobodyCalled,
    NotAThread,
    NotResolved,
    ThreadResolved,
)
from annotations.operations.workbench.revising import NoSuchRemovedLine, NoSuchRevision
from annotations.operations.workbench.undo import NothingToRedo, NothingToUndo
from articles import laws as article_laws
from articles.anchoring.selectors import ExactMismatch, OffsetsOutside
from articles.anchoring.text import BlockMalformed, HeadlineMissing, StoryMissing, TextRefused
from articles.api.articles import RevisionRepresentation
from articles.api.refusals import NotTogether, Refusal
from articles.fetching.refusals import FetchRefused
from articles.ingest.record import ReadingRefused
from articles.models import Revision
from articles.operations.articles import ArticleHeld, RemovedLinesUnseen, StateOutOfOrder
from articles.operations.deciding import NothingToDecide
from articles.operations.declaring import AlreadyAnswered, DatesOutOfOrder, NotOut, OurOwnCopy, Undeclared
from articles.operations.drafting import DraftMovedOn
from articles.operations.feeds import FeedEnded, PolledAlready
from articles.operations.fetching import FetchOutOfOrder
from articles.operations.holds import AlreadyHeld, AnotherRole, NotHeld, PutBackByTwo
from articles.operations.publishing import AddressTaken
from articles.operations.quotes import AlreadyRetracted, QuotedBefore
from articles.operations.revising import NothingChanged
from articles.operations.sources import NothingNew, SourceTextMissing
from articles.operations.spans import StaleRevision, TextMismatch
from articles.operations.speakers import MergeImpossible
from articles.operations.splitting import SplitImpossible
from articles.operations.stories import SameArticle
from newsdesk.api.parsing import too_large
from newsdesk.api.wording import reworded
from newsdesk.hooks import HookEnded, StillWaiting

MEDIA_TYPE = "application/problem+json"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, before it is written as a document.

    :ivar errors: pairs of a field (dotted path into the body, a parameter or a header; empty for the request as a
        whole) and a sentence. Without any, ``detail`` is the one error.
    """

    status: int
    detail: str = ""
    errors: tuple[tuple[str, str], ...] = ()
    members: Mapping[str, Any] | None = None

    def to_json(self) -> dict[str, Any]:
        errors = self.errors or ((FIELDS_OF_STATUS.get(self.status, ""), self.detail),)
        return {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail
            or "; ".join(f"{field}: {message}" if field else message for field, message in errors),
            "errors": [{"field": field, "message": message} for field, message in errors],
            **(self.members or {}),
        }


# The header that is at fault whenever a status is answered.
FIELDS_OF_STATUS: dict[int, str] = {401: "Authorization", 406: "Accept", 412: "If-Match", 415: "Content-Type"}


# What operations refuse: the status, and the field at fault where the error does not name it itself.
OF_OPERATIONS: dict[type[Exception], tuple[int, str]] = {
    StaleRevision: (409, "base_revision"),
    DraftMovedOn: (409, "over"),
    TextMismatch: (422, "text_sha256"),
    ExactMismatch: (422, "exact"),
    OffsetsOutside: (422, "end"),
    TextRefused: (400, "text"),
    HeadlineMissing: (400, "headline"),
    StoryMissing: (400, "blocks"),
    BlockMalformed: (400, "blocks"),
    ReadingRefused: (400, "text"),
    SourceTextMissing: (400, "text"),
    NothingNew: (409, "text"),
    FetchRefused: (422, "url"),
    FetchOutOfOrder: (409, "state"),
    PolledAlready: (409, "url"),
    FeedEnded: (409, ""),
    NothingChanged: (422, "blocks"),
    NoSuchRemovedLine: (422, "ordinal"),
    NoSuchRevision: (422, "number"),
    AlreadyRetracted: (409, ""),
    NothingToDecide: (409, "origin"),
    QuotedBefore: (409, "start"),
    AlreadyDetached: (409, ""),
    NothingToUndo: (409, ""),
    NothingToRedo: (409, ""),
    AttachedBefore: (409, "start"),
    AnotherThread: (422, "parent"),
    NobodyCalled: (422, "text"),
    ThreadResolved: (409, "text"),
    CommentAnswered: (409, "text"),
    NotAThread: (422, "parent"),
    AlreadyResolved: (409, ""),
    NotResolved: (409, ""),
    RequestDecided: (409, ""),
    RequestOpen: (409, ""),
    NotADecision: (400, "outcome"),
    AddressTaken: (409, "slug"),
    AssignedBefore: (409, "person"),
    SlugTaken: (409, "slug"),
    RoundIsOpen: (409, "is_blind"),
    OutsideReading: (409, "project"),
    ConsentMissing: (409, "project"),
    NotTakingPart: (422, "person"),
    QuotaReached: (409, "person"),
    GoldMissing: (409, "pass_mark"),
    InRoundBefore: (409, "articles"),
    NotAStudy: (422, "project"),
    NothingToRead: (422, "articles"),
    RoundOutOfOrder: (409, ""),
    TextWithdrawn: (409, "text"),
    NotPinned: (422, "revision"),
    ReadingOfAnother: (403, ""),
    NotASentence: (422, "end"),
    AlreadySubmitted: (409, ""),
    NotSubmitted: (409, ""),
    NothingToTakeBack: (409, "start"),
    StateOutOfOrder: (409, "state"),
    RemovedLinesUnseen: (409, "state"),
    NotHeld: (409, ""),
    CannotCheck: (422, "checker"),
    CheckedBefore: (409, "checker"),
    DueInThePast: (422, "due_at"),
    HasAChecker: (409, "checker"),
    NotInHand: (409, "state"),
    NotYours: (403, ""),
    AlreadyHeld: (409, ""),
    AnotherRole: (409, ""),
    PutBackByTwo: (409, ""),
    ArticleHeld: (409, "state"),
    Undeclared: (422, "declared"),
    NotOut: (409, "state"),
    OurOwnCopy: (422, "article"),
    AlreadyAnswered: (409, "answer"),
    DatesOutOfOrder: (422, ""),
    NotWaiting: (409, "item"),
    SameArticle: (422, "other"),
    LevelNotOffered: (422, "level"),
    CategoryOfAnotherCodebook: (422, "category"),
    CategoryTwice: (400, "categories"),
    CodebookStale: (409, "base"),
    CodebookUnchanged: (422, "categories"),
    NotALaterVersion: (422, "codebook"),
    StudyBegun: (409, "codebook"),
    RoundNotClosed: (409, "round"),
    NoSuchQuestion: (422, "rests_on"),
    SettledMeanwhile: (409, "replaces"),
    NotAnOption: (422, "take"),
    ReleaseTaken: (409, "release"),
    RoundStillOpen: (409, "project"),
    NothingRead: (409, "project"),
    TagUpToDate: (409, ""),
    ExampleTwice: (409, "words"),
    KeptFromOthers: (422, "tag"),
    NothingToShow: (422, "tag"),
    QuoteWithoutPlace: (422, "quote"),
    MergeImpossible: (422, "merged"),
    SplitImpossible: (422, "former"),
    MatchedBefore: (409, "other"),
    NotDirect: (422, "quote"),
    ClaimedBefore: (409, "quote"),
    LawBroken: (422, ""),
    MethodsStale: (409, "base"),
    MethodsUnchanged: (422, "text"),
    RatingMalformed: (422, ""),
    RatingRetired: (409, "rating"),
    VerdictLeftWithout: (409, "verdicts"),
    NotAsked: (409, ""),
    BlindAlready: (409, "claim"),
    DraftedBefore: (409, "claim"),
    RoundOver: (409, ""),
    MeasurementEnded: (409, ""),
    RoundOfAnother: (422, "round"),
    ReplyRetracted: (409, ""),
    HookEnded: (409, ""),
    StillWaiting: (409, ""),
    TimesOutOfOrder: (422, "deadline"),
}


# What the database refuses, by the name of the constraint: what to do instead.
LAWS: dict[str, Promise] = {**article_laws.SENTENCES, **annotation_laws.SENTENCES}


def answer_problem(error: Exception, context: Mapping[str, Any]) -> Response:
    """The problem document for any error of a view; what nobody expected is logged and told as a 500."""
    request = context.get("request")
    problem = problem_of(error)
    if isinstance(error, exceptions.MethodNotAllowed) and request is not None:
        problem = _not_allowed(str(request.method), ", ".join(context["view"].allowed_methods))
    if request is not None:
        # whatever the view writes otherwise: YAML, a page, a file
        request.accepted_renderer, request.accepted_media_type = JSONRenderer(), MEDIA_TYPE
    if problem.status >= 500:
        log.error("%s %s", getattr(request, "method", ""), getattr(request, "path", ""), exc_info=error)
    return Response(problem.to_json(), status=problem.status, content_type=MEDIA_TYPE, headers=dict(_headers_of(error)))


def problem_of(error: Exception) -> Problem:
    """What an error means to whoever asked."""
    if isinstance(error, NotTogether):
        return Problem(error.status_code, str(error.detail), error.errors)
    if isinstance(error, Refusal):
        errors = ((error.field, str(error.detail)),) if error.field else ()
        return Problem(error.status_code, str(error.detail), errors, error.members)
    if isinstance(error, exceptions.ValidationError):
        return Problem(400, errors=tuple(_flat(error.detail)))
    if isinstance(error, exceptions.APIException):
        return Problem(error.status_code, _remedy(error))
    for kind, (status, field) in OF_OPERATIONS.items():
        if isinstance(error, kind):
            return _of_operation(error, status, getattr(error, "field", "") or field)
    return _of_django(error)


def _remedy(error: exceptions.APIException) -> str:
    """What to do about an error that the framework names without a remedy."""
    if isinstance(error, exceptions.NotAuthenticated):
        return _("Nobody is signed in. Send “Authorization: Bearer …” with a token of your account.")
    if isinstance(error, exceptions.NotAcceptable):
        return _("The API answers in application/json. Leave Accept out, or ask for that.")
    if isinstance(error, exceptions.UnsupportedMediaType):
        return _("The API reads JSON. Send the body with “Content-Type: application/json”.")
    return str(error.detail)


def _not_allowed(method: str, allowed: str) -> Problem:
    message = _("%(method)s is not taken here; what is: %(allowed)s.")
    if method == "DELETE":
        message += " " + _("Nothing is deleted: an annotation is taken back by a POST to its address and retract/.")
    if method == "PUT":
        message += " " + _("Change single fields with PATCH.")
    return Problem(405, message % {"method": method, "allowed": allowed})


def _of_operation(error: Any, status: int, field: str) -> Problem:
    message = str(getattr(error, "reason", "")) or str(error)
    members = {
        name: getattr(error, name)
        for name in ("expected", "allowed", "base", "newest", "existing")
        if getattr(error, name, None) is not None
    }
    if isinstance(error, StaleRevision):
        members["current"] = _newest_text(error)
    return Problem(status, message, ((field, message),) if field else (), members)


def _newest_text(error: StaleRevision) -> dict[str, Any]:
    newest = Revision.objects.select_related("created_by").get(article=error.article, number=error.newest)
    return dict(RevisionRepresentation(newest).data)


def _of_django(error: Exception) -> Problem:
    if isinstance(error, Http404):
        return Problem(404, _("There is nothing here that you may know of."))
    if isinstance(error, PermissionDenied):
        return Problem(
            403, str(error) or _("Your roles do not cover this. If they should, ask an administrator of the desk.")
        )
    if isinstance(error, RequestDataTooBig):
        return Problem(413, too_large())
    if isinstance(error, SuspiciousOperation):
        return Problem(400, _("The request is malformed."))
    if isinstance(error, ValidationError):
        return Problem(400, " ".join(error.messages))
    if isinstance(error, DataError):
        return Problem(400, _("A value does not fit where it should be kept."))
    if isinstance(error, IntegrityError):
        return _of_law(error)
    return Problem(500, _("Something went wrong on our side. It has been noted."))


def _of_law(error: IntegrityError) -> Problem:
    """A broken constraint, in the sentence that says what to do, with the fields it is about."""
    name = str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", None))
    constraint = _constraint(name)
    if constraint is not None and name in LAWS:
        return _about(constraint, 400, str(LAWS[name]))
    if isinstance(constraint, UniqueConstraint):
        return _about(constraint, 409, _("This is there already, or somebody is making it just now. Load it and look."))
    log.warning("a law without a sentence was broken: %s", name, exc_info=error)
    return Problem(409, _("The desk cannot keep this beside what is there. Load it again and look; it has been noted."))


def _about(constraint: BaseConstraint, status: int, sentence: str) -> Problem:
    return Problem(status, sentence, tuple((field, sentence) for field in sorted(set(fields_of(constraint)))))


def _constraint(name: str) -> BaseConstraint | None:
    constraints = (each for model in apps.get_models() for each in model._meta.constraints)
    return next((each for each in constraints if each.name == name), None)


def fields_of(constraint: BaseConstraint) -> Iterator[str]:
    """The fields that a constraint is about, some of them several times."""
    if isinstance(constraint, UniqueConstraint):
        yield from constraint.fields
    elif isinstance(constraint, CheckConstraint):
        yield from _fields_in(constraint.condition)


def _fields_in(condition: Any) -> Iterator[str]:
    if isinstance(condition, Q):
        for child in condition.children:
            yield from _fields_in(child)
    elif isinstance(condition, tuple):
        yield condition[0].split("__")[0]
        yield from _fields_in(condition[1])
    elif isinstance(condition, F):
        yield condition.deconstruct()[1][0].split("__")[0]


def _flat(detail: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Pairs of a dotted path and a message out of nested details."""
    if isinstance(detail, Mapping):
        for name, each in detail.items():
            yield from _flat(each, path if name in {"non_field_errors", ""} else _join(path, str(name)))
    elif isinstance(detail, list | tuple):
        for position, each in enumerate(detail):
            nested = isinstance(each, Mapping | list | tuple)
            yield from _flat(each, _join(path, str(position)) if nested else path)
    else:
        yield path, reworded(detail)


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _headers_of(error: Exception) -> Iterable[tuple[str, str]]:
    if challenge := getattr(error, "auth_header", None):
        yield "WWW-Authenticate", challenge
    if wait := getattr(error, "wait", None):
        yield "Retry-After", str(int(wait))


def answer_outside_views(request: HttpRequest, status: int, detail: str = "") -> JsonResponse:
    """The problem document for an error that no view of the API has seen."""
    return JsonResponse(Problem(status, detail).to_json(), status=status, content_type=MEDIA_TYPE)
